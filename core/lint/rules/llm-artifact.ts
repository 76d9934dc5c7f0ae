import type { Comment, SourceFile } from "../../syntax/index.ts";
import { afterDots, chatTrigger, openings, phrases, type ChatPhrase } from "../chat-phrases.ts";
import { conflictLines } from "../conflict-lines.ts";
import type { Pattern, Report, TextFile } from "../pattern.ts";
import { fencedLines, ownWords, prosePath } from "../prose-lines.ts";

/** What was meant for who talks with a model, or for who merges, stands in the file. */
export const llmArtifact: Pattern = {
  rule: {
    id: "llm-artifact",
    title: "Words of a chat or of a merge were left in the file",
    help: "Delete it; where it stands for code, put the code back.",
    confidence: "high",
    severity: { human: "warning", aiEdited: "warning", aiAsIs: "error" },
  },
  languages: ["javascript", "python", "go", "java"],
  trigger: chatTrigger,
  find(file, report) {
    if (!/^(?:<{7}|>{7}|```)/m.test(file.text)) return;
    const isShown = shownLines(file);
    for (const spot of conflictLines(file.text.split("\n")))
      if (!isShown.has(spot.line)) report(spot, conflict, "conflict");
    for (const line of frameLines(file)) if (!isShown.has(line)) report({ line, endLine: line }, frame, "frame");
  },
  findInText(file, report) {
    const isPage = prosePath.test(file.path);
    const shown = isPage ? fencedLines(file.lines) : new Set<number>();
    if (file.language === null && !/\.(?:diff|patch|rej)$/i.test(file.path))
      for (const spot of conflictLines(file.lines)) if (!shown.has(spot.line)) report(spot, conflict, "conflict");
    if (isPage) reportProse(file, shown, report);
    else for (const comment of file.comments) reportComment(comment, report);
  },
};

const conflict = "Marks of a merge conflict were left behind.";
const frame = "The frame of a code block was left behind.";

/** Lines that begin within a literal or a comment: what stands there is a text about it. */
function shownLines(file: SourceFile): Set<number> {
  const texts = file.nodes("string", "template_string", "raw_string_literal", "string_literal");
  const spans = [...texts, ...file.comments].sort((a, b) => a.line - b.line);
  const shown = new Set<number>();
  let last = 0;
  for (const { line, endLine } of spans) {
    for (let at = Math.max(line, last) + 1; at <= endLine; at += 1) shown.add(at);
    last = Math.max(last, endLine);
  }
  return shown;
}

/** Lines that open or close a code block of Markdown, which no language but that has at the start of a line. */
function frameLines(file: SourceFile): number[] {
  return file.text.split("\n").flatMap((text, index) => (/^```[\w+-]{0,20}\s*$/.test(text) ? [index + 1] : []));
}

function reportProse({ lines }: TextFile, shown: ReadonlySet<number>, report: Report): void {
  const known = [...phrases, ...openings].filter(({ inCode }) => inCode !== true);
  let offset = 0;
  lines.forEach((whole, index) => {
    const line = whole.slice(0, longestLine);
    if (!shown.has(index + 1) && chatTrigger.test(line)) reportLine(ownWords(line), offset, known, report);
    offset += whole.length + 1;
  });
}

function reportComment({ text, start }: Comment, report: Report): void {
  let offset = start;
  for (const whole of text.split("\n")) {
    const line = whole.slice(0, longestLine);
    if (chatTrigger.test(line)) reportLine(ownWords(line), offset, everywhere, report);
    offset += whole.length + 1;
  }
}

const longestLine = 2000;
const everywhere = [...openings, ...phrases];

/** The first that a line holds. */
function reportLine(line: string, offset: number, known: readonly ChatPhrase[], report: Report): void {
  const lead = /^[\s/*#!<;%{([.…>-]*/.exec(line)?.[0] ?? "";
  const body = line.slice(lead.length).replace(/[\s*/)\].…>!:}-]{1,100}$/, "");
  const isDotted = /\.{3}|…/.test(lead) && known === everywhere;
  const phrase = [...known, ...(isDotted ? afterDots : [])].find(
    ({ form }) => form.test(body) || (anywhere.has(form) && form.test(line)),
  );
  if (phrase === undefined) return;
  report({ start: offset + lead.length, end: offset + line.trimEnd().length }, phrase.message);
}

const anywhere = new Set(phrases.map(({ form }) => form));
