import type { SourceFile } from "../../syntax/index.ts";
import type { Report } from "../pattern.ts";

/** Comments that say the code is not the real one. */
export function reportNotes(file: SourceFile, report: Report): void {
  for (const { text, start } of file.comments) {
    // What docs show as an example is written by who reads them.
    const shown = text.startsWith("/**") ? text.indexOf("@example") : -1;
    let offset = start;
    for (const whole of text.split("\n")) {
      const line = whole.slice(0, 2000);
      if (shown !== -1 && offset > start + shown) break;
      const lead = /^[\s/*#<!-]*/.exec(line)?.[0].length ?? 0;
      const body = line.slice(lead);
      if (openings.some((form) => form.test(body)) || phrases.some((form) => form.test(body))) {
        report(
          { start: offset + lead, end: offset + line.trimEnd().length },
          "This comment says that the real code is missing.",
        );
        break;
      }
      offset += whole.length + 1;
    }
  }
}

/** What a comment begins with. */
const openings = [
  /^(?:@?todo|fixme|xxx)\b[^a-z]{0,3}(?:\([^)]{0,40}\)\s?:?\s?)?(?:please )?(?:actually )?(?:implement\b|add (?:the |your |an? )?(?:actual |real |proper )?(?:implementation|logic|code)\b|write (?:the |this |me\b)|(?:replace|swap) (?:this |it )?(?:with|by|for) (?:an? |the )?(?:actual|real|proper)\b|(?:the )?(?:actual|real) (?:implementation|logic)\b|stub\b|placeholder\b)/i,
  /^(?:not (?:yet )?implemented(?: yet)?|unimplemented|implement me|implementation (?:pending|missing|goes here)|to be implemented(?: later)?|stub|placeholder)\s?[.!…]{0,3}\s*(?:\*\/)?$/i,
  /^(?:add|insert|put|write) (?:your|the actual|actual|the real|real) (?:\w+ )?(?:code|logic|implementation)\b/i,
  /^(?:your|actual|real|business) (?:code|logic|implementation) (?:goes |would go |should go |will go |comes )?here\b/i,
  /^(?:mock(?:ed)?|dummy|fake|placeholder) (?:data|responses?|values?|results?|users?|database|db)(?: for\b.{0,80})?[\s.:!]*(?:\*\/)?$/i,
  /^simulat(?:e|es|ed|ing) (?:an? |the |some |async )?(?:api|network|database|db|server|backend|http|external|remote|async|payment|data)\b/i,
];

/** What it says wherever in it. */
const phrases = [
  /\bin (?:a|the) (?:real|actual)(?:[- ]world|[- ]life)? (?:implementation|app|application|system|scenario|project|service|deployment|environment|production|program|codebase|version)\b/i,
  /\bin (?:a )?(?:real )?production(?: (?:environment|app|application|system|code|version|implementation|setting|scenario))?,? (?:you(?:'d| would| should|'ll| will| might)|we(?:'d| would| should|'ll| will)|this (?:would|should|will|might)|it (?:would|should)|use a real)\b/i,
  /\b(?:placeholder|dummy|stub(?:bed)?|mock(?:ed)?|fake) (?:implementation|logic)\b(?! (?:is|are|will be) (?:used|only used) (?:in|by|for) tests)/i,
  /\b(?:placeholder|dummy|stub) (?:function(?:ality)?|method|handler)\b/i,
  /\b(?:return(?:s|ing)?|us(?:e|es|ing)|with) (?:some |an? |the |hard-?coded )?(?:placeholder|dummy|mock(?:ed)?|fake|sample) (?:data|values?|responses?|results?|users?|objects?)\b/i,
  /\b(?:this is|just|only|as|using) an? (?:placeholder|dummy|stub)\b(?! (?:for|that|which|in|node|element|type|attribute|text))/i,
  /\b(?:for|of) demo(?:nstration)? purposes\b|\bfor the sake of (?:this |the |an? )?(?:demo|example)\b/i,
  /\bfor now,? (?:we |we'll |we just |i |i'll |it |just |simply |let's |this )?(?:just |simply )?(?:return(?:s|ing)? (?:an? )?(?:empty|dummy|mock|fake|null|none|nil|true|false|hard|static|fixed|the same|success|placeholder|0|\[\])|hard-?cod|fake|mock|stub|simulat|pretend|use (?:an? )?(?:dummy|mock|fake|placeholder|hard-?coded))/i,
  /\b(?:replace|swap) (?:this |it |these |them )?(?:with|by|for) (?:an? |the |your )?(?:actual|real) \w+/i,
  /\bimplementation (?:goes|would go|should go|will go) here\b/i,
];
