import { jsonText } from "../../json-text.ts";
import type { HistoryCommit, Signal } from "../../provenance/index.ts";
import { attributedCounts, recordedLines } from "../../provenance/index.ts";
import { inertJson, redactDeep } from "../../untrusted/index.ts";
import type { HistoryDocument } from "./document.ts";

/** The document as JSON: without secrets, and harmless on a terminal. Ends with a newline. */
export function renderHistoryJson(document: HistoryDocument): string {
  return inertJson(jsonText(redactDeep(document), 3));
}

/**
 * One commit as a line of JSON. Values of trailers and marks are shown as git gives them, without secrets: this is a
 * repository's own reader, and a line is data for programs. Ends with a newline.
 */
export function historyLine({ entry, provenance, attributions }: HistoryCommit): string {
  const { sha, verdict, agent, model, trailers, signals, conflict } = provenance;
  const notes = attributions.map((each) => {
    const { ai, mixed, human } = recordedLines(each);
    const { agent, model } = attributedCounts(each);
    return {
      source: each.source,
      aiLines: ai,
      mixedLines: mixed,
      humanLines: human,
      agent,
      model,
      unread: each.unread,
    };
  });
  const said = { trailers, signals: signals.map(withoutCutWord), notes };
  const line = { commit: sha, verdict, agent, model, ...withoutSecrets(said), conflict };
  return `${inertJson(JSON.stringify({ ...line, date: entry.committedAt, lines: entry.lines }))}\n`;
}

/** A long mark was cut, and half a secret has not the shape of one. */
function withoutCutWord(signal: Signal): Signal {
  const { raw } = signal;
  return raw.length < longestWhole ? signal : { ...signal, raw: raw.slice(0, raw.lastIndexOf(" ") + 1) };
}

/** Marks are cut at 200 characters. */
const longestWhole = 200;

/** Most commits say nothing that could hold one. */
function withoutSecrets<T extends { trailers: unknown[]; signals: unknown[]; notes: unknown[] }>(said: T): T {
  return said.trailers.length + said.signals.length + said.notes.length === 0 ? said : redactDeep(said);
}
