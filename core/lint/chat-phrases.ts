/** Words that a chat leaves behind, and what to say of them. */
export interface ChatPhrase {
  form: RegExp;
  message: string;
  /** Only in comments of code: in prose the same words may be meant. */
  inCode?: true;
}

const things =
  "(?:code|file|function|method|class|component|implementation|imports?|logic|module|script|config(?:uration)?|content|routes?|handlers?|tests?|properties|fields|methods|functions|setup|styles?|template|program|document|page)";

/** What stands for code that was left out. */
const elided = "This comment stands for code that was left out.";
/** What one says to whom one works for. */
const chat = "These words belong to a chat, not into a file.";

/** Looked for in a comment from its first word on, marks and dots aside. */
export const openings: readonly ChatPhrase[] = [
  {
    form: new RegExp(
      `^(?:the |your |all )?(?:rest|remainder|remaining) (?:of )?(?:the |your |this |my )?(?:\\w+ )?(?:${things})?\\s*(?:here\\s*)?(?:(?:remains?|stays?|is|are|goes?|continues?) (?:\\w+ )?(?:unchanged|the same|here|as (?:is|before)|unmodified|untouched)|unchanged|as before|\\.{3}|…)`,
      "i",
    ),
    message: elided,
    inCode: true,
  },
  {
    form: new RegExp(
      `^rest of (?:the |your |this )?(?:existing |original |previous )?${things}\\s*(?:here|below)?$`,
      "i",
    ),
    message: elided,
    inCode: true,
  },
  {
    form: new RegExp(
      `^(?:the |your |all )?(?:existing|previous|original|unchanged|other existing|same) (?:(?:code|implementation|logic|content)$|${things} (?:here|goes here|stays here|remains(?: unchanged| the same)?|continues|unchanged)$|${things}\\s?(?:\\.{3}|…))`,
      "i",
    ),
    message: elided,
    inCode: true,
  },
  {
    form: /^(?:keep|leave|retain) (?:the |your |all )?(?:rest|existing|remaining|original)\b.{0,60}\b(?:unchanged|as (?:is|before)|the same|intact|here)\b/i,
    message: elided,
    inCode: true,
  },
  {
    form: /^(?:same as (?:before|above|previous)|(?:code|content|implementation|details|rest) (?:omitted|elided|truncated|unchanged|continues|remains)\b|(?:omitted|truncated|abbreviated|shortened) for (?:brevity|clarity))/i,
    message: elided,
    inCode: true,
  },
  {
    form: /^(?:<[-=]+ ?|[-=]+> ?|← ?|👈 ?)?(?:add|added|insert|change|changed|new|update|updated|modify|modified|remove|removed) (?:this|the following|these|here)(?: new)?(?: (?:line|lines|code|block|import|function|section))?(?: here)?[\s:.!]*$/i,
    message: "This comment speaks to who applies an edit.",
    inCode: true,
  },
  {
    form: /^step \d{1,2}\s?[:.)-]\s?(?:import|define|declare|initiali[sz]e|return|print|export|require|instantiate|call)\b/i,
    message: "This comment retells the code below it, step by step.",
    inCode: true,
  },
  {
    form: /^import(?:ing)? (?:the |all )?(?:necessary|required|needed) (?:modules?|librar(?:y|ies)|packages?|dependencies|classes)\b/i,
    message: "This comment retells the code below it.",
    inCode: true,
  },
  {
    form: /^(?:certainly|sure|of course|absolutely|great question|no problem)\s?[!,.:]\s?(?:here|i|let|below|this|we)\b/i,
    message: chat,
  },
  {
    form: /^here(?:'s| is|’s) (?:the |your |an? )?(?:updated|complete|full|modified|corrected|refactored|revised|fixed|improved|rewritten|final|enhanced) (?:\w+ )?(?:code|version|file|implementation|script|function|solution|snippet|component)\b/i,
    message: chat,
  },
  {
    form: /^i(?:'ve| have|’ve) (?:updated|added|modified|refactored|fixed|implemented|made|changed|created|removed|rewritten)\b.{0,80}\b(?:you|your|as requested|the code|the file|for you)\b/i,
    message: chat,
  },
  {
    form: /^(?:as (?:you )?requested|per your (?:request|instructions)|as per your (?:request|instructions|requirements)|based on your (?:request|requirements|feedback))\b/i,
    message: chat,
  },
  {
    form: /^i(?:'ll|’ll| will) (?:help you|now|go ahead|create|implement|update|start by)\b.{0,60}\b(?:you|your|for you|now)\b/i,
    message: chat,
  },
  { form: /^(?:human|assistant|user): ?(?:please|can you|could you|i|sure|certainly|here)\b/i, message: chat },
];

/** Looked for in the same way where dots stand before the words: what is left out is named by its kind alone. */
export const afterDots: readonly ChatPhrase[] = [
  {
    form: new RegExp(
      `^(?:the |your |all )?(?:rest|remainder|other|others|existing|previous|remaining|unchanged|same|more|similar)\\b(?: [\\w-]+){0,4} ?${things}\\b`,
      "i",
    ),
    message: elided,
    inCode: true,
  },
  {
    form: /^(?:unchanged|same as (?:before|above)|existing|the rest|rest|omitted|as before)$/i,
    message: elided,
    inCode: true,
  },
];

/** Looked for anywhere in a comment or a line of prose. */
export const phrases: readonly ChatPhrase[] = [
  {
    form: /\bas an? (?:ai|artificial intelligence|large language model|llm)(?: (?:language )?(?:model|assistant))?(?:[,;]? (?:i\b|developed by|trained by|created by|my\b)|,)/i,
    message: chat,
  },
  {
    form: /\bas an ai language model\b|\bi(?:'m| am|’m) (?:just )?an? (?:ai|artificial intelligence)(?: language model| assistant)?\b(?! (?:engineer|researcher))/i,
    message: chat,
  },
  {
    form: /\b(?:as of )?my (?:last )?knowledge (?:cut-?off|update)\b|\bas of my last (?:knowledge )?update\b|\bmy training data\b/i,
    message: chat,
  },
  {
    form: /\bi(?:'m| am|’m) sorry,? but i (?:can'?t|cannot|can’t|am unable)|\bi (?:can'?t|cannot|can’t) (?:assist|help) with (?:that|this)\b|\bi apologi[sz]e for (?:the |any )?(?:confusion|mistake|error|oversight|inconvenience)/i,
    message: chat,
  },
  {
    form: /\blet me know if (?:you(?:'d|’d| would| need| want| have| prefer)|there(?:'s| is) anything|this (?:helps|works))|\bi hope this helps\b|\bhope this helps!/i,
    message: chat,
  },
  {
    form: /\byou(?:'re|’re| are) absolutely right\b|\bwould you like me to\b|\bis there anything else (?:i can|you)\b/i,
    message: chat,
  },
  { form: /\bfeel free to (?:ask (?:me|if|for|any)|let me know|reach out if you have any)/i, message: chat },
  {
    form: /<\|(?:im_start|im_end|endoftext|assistant|user|system|eot_id|start_header_id)\|>|:contentReference\[oaicite|\boaicite:\d|\bturn\d+(?:search|view|news|image)\d+\b|【\d+†[^】]{0,40}】|[?&]utm_source=(?:chatgpt\.com|openai|perplexity)/,
    message: "A mark of a chat's own format was left behind.",
  },
  {
    form: /(?:\.{3}|…)\s?(?:\(?(?:the )?(?:rest of (?:the |your )?)?(?:existing|remaining|other|previous|unchanged|same|rest of)[\w ]{0,30}(?:code|methods?|functions?|imports?|implementation|file|logic|content|properties|fields|routes|tests?)[\w ]{0,20}\)?)\s?(?:\.{3}|…)/i,
    message: elided,
  },
];

/** Holds for every text in which one of these may stand. */
export const chatTrigger =
  /rest of|remain|other|more |similar|existing|previous|unchanged|same as|omitted|elided|truncated|abbreviated|shortened|keep|leave|retain|add|insert|change|new|update|modif|remove|step \d|import|sure|certainly|of course|absolutely|great|no problem|here|i['’ ]|as |per your|based on|human|assistant|user|my |you|sorry|hope|let me|feel free|<\||oaicite|turn\d|†|utm_source|<{7}|>{7}|```/i;
