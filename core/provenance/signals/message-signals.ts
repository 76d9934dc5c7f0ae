import type { Sha } from "../../change/change.ts";
import { disclosureMark } from "./disclosures.ts";
import { embeddedMark, keyLine, type EmbeddedTrailer } from "./embedded.ts";
import { footerOf, isOpenBox } from "./footers.ts";
import type { Mark } from "./mark.ts";
import { isMarkKey, markOf } from "./marks.ts";
import type { Signal } from "../provenance.ts";
import { tools } from "../tools/tools.ts";
import { readTrailers, type TrailerLine, type TrailerReading } from "../trailers/trailers.ts";

/** Everything that one commit message says. */
export interface MessageReading {
  reading: TrailerReading;
  /** Trailers in all but place: git does not read them as such. */
  embedded: EmbeddedTrailer[];
  /** In the order of the lines; a mark that comes again is given once, in its strongest class. */
  signals: Signal[];
}

/**
 * The marks of tools in a commit message: git's trailers, what stands elsewhere and would be a trailer, footers and
 * session links. One pass over the lines; the message may be of any size and hold anything.
 */
export function readMessage(message: string, commit: Sha | null): MessageReading {
  const reading = readTrailers(message);
  const trailers = new Map(reading.trailers.map((trailer) => [trailer.line, trailer]));
  const found = { embedded: [] as EmbeddedTrailer[], signals: [] as Signal[] };
  let line = 0;
  let start = 0;
  while (start < message.length) {
    line++;
    const end = lineEnd(message, start);
    const next = end + 1;
    const text = message.slice(start, end);
    const signal = lineSignal(text, { message, next }, trailers.get(line));
    start = next;
    if (signal === null) continue;
    if (signal.embedded !== undefined) found.embedded.push({ ...signal.embedded, line });
    const place = { commit, field: "message" as const, line };
    found.signals.push({ ...signal.mark, class: signal.class, strength: "claim", place, raw: rawMark(text) });
  }
  return {
    reading,
    embedded: found.embedded,
    signals: eachOnce([...subjectSignal(message, commit), ...found.signals]),
  };
}

/** The line that bears a mark, as evidence: no longer than a reader needs. */
export function rawMark(text: string): string {
  return text.trim().slice(0, longestRaw).toWellFormed();
}

const longestRaw = 200;

/** The same marks, each once: the first in its strongest class. Ten thousand copies of a trailer are one signal. */
export function eachOnce(signals: readonly Signal[]): Signal[] {
  if (signals.length < 2) return [...signals];
  const best = new Map<string, Signal>();
  for (const signal of signals) {
    const { kind, source, agent, model, verdict, place } = signal;
    const key = [kind, source, agent, model, verdict, place.field].join("\n");
    const known = best.get(key);
    if (known === undefined || (known.class === "embedded" && signal.class !== "embedded")) best.set(key, signal);
  }
  return [...best.values()];
}

interface LineSignal {
  mark: Mark;
  class: Signal["class"];
  embedded?: Omit<EmbeddedTrailer, "line">;
}

/** What follows a line: the message, and where in it the next line begins. */
interface Following {
  message: string;
  next: number;
}

function lineSignal(text: string, following: Following, trailer: TrailerLine | undefined): LineSignal | null {
  if (trailer !== undefined) {
    const mark = markOf(trailer.key, trailer.value);
    if (mark !== null) return { mark, class: "trailer" };
  }
  // A key that git takes, and that only looks like one of ours, is asked too.
  const embedded = trailer !== undefined && isMarkKey(trailer.key) ? null : embeddedSignal(text, following);
  if (embedded !== null) return embedded;
  const disclosed = disclosureMark(text, () => textBelow(following));
  if (disclosed !== null) return { mark: disclosed, class: "embedded" };
  const footer = isOpenBox(text) ? null : footerOf(text);
  if (footer === null) return null;
  const { tool, kind } = footer;
  const agent = tool.kind === "agent" ? tool.id : null;
  return { mark: { kind, source: tool.id, agent, model: null, verdict: "agent-assisted" }, class: "embedded" };
}

/** The next line with something on it; a heading and its text are not far from one another. */
function textBelow({ message, next }: Following): string {
  let start = next;
  for (let skipped = 0; skipped <= mostSkipped && start < message.length; skipped++) {
    const text = message.slice(start, lineEnd(message, start));
    if (text.trim() !== "" && !isOpenBox(text)) return text;
    start += text.length + 1;
  }
  return "";
}

const mostSkipped = 4;

function embeddedSignal(text: string, { message, next }: Following): LineSignal | null {
  const found = keyLine(text);
  if (found === null) return null;
  const line = found.value === "" ? { ...found, value: message.slice(next, lineEnd(message, next)).trim() } : found;
  const mark = embeddedMark(line);
  return mark === null ? null : { mark, class: "embedded", embedded: { key: line.written, value: line.value } };
}

/** `aider: Added …` was how one tool began its subjects; `aider: 0.80` is a package's version bump. */
function subjectSignal(message: string, commit: Sha | null): Signal[] {
  return subjects
    .filter(({ subject }) => message.startsWith(subject) && isCapital(message[subject.length]))
    .map(({ id }) => ({
      kind: "footer",
      source: id,
      agent: id,
      model: null,
      verdict: "agent-assisted",
      class: "embedded",
      strength: "claim",
      place: { commit, field: "message", line: 1 },
      raw: rawMark(message.slice(0, lineEnd(message, 0))),
    }));
}

const subjects = tools.flatMap(({ id, subject }) => (subject === undefined ? [] : [{ id, subject }]));

function isCapital(character: string | undefined): boolean {
  return character !== undefined && character >= "A" && character <= "Z";
}

function lineEnd(text: string, start: number): number {
  const newline = text.indexOf("\n", start);
  return newline === -1 ? text.length : newline;
}
