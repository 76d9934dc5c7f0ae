import { inertText, withoutWorkflowCommands } from "../../untrusted/index.ts";
import type { Signal } from "../provenance.ts";
import type { TrailerReport } from "./trailer-report.ts";

/** The report as text for a terminal. The message's own words are made inert; the text ends with a newline. */
export function renderTrailers(report: TrailerReport): string {
  const trailers = report.trailers.map(({ key, value }) => `  ${shown(`${key}: ${value}`)}`);
  const embedded = report.embedded.map(({ key, value, line }) => `  line ${line}: ${shown(`${key}: ${value}`)}`);
  const misses = report.nearMisses.map(({ line, says }) => `  line ${line}: ${says}`);
  const sections = [
    ...section("Trailers, as git reads them", trailers, "none"),
    ...(embedded.length > 0 ? section("Elsewhere in the message (labels, but satisfies no rule)", embedded, "") : []),
    ...section("Recognised", report.signals.map(signalLine), "nothing"),
    ...(misses.length > 0 ? section("Almost a trailer", misses, "") : []),
    `Verdict: ${report.verdict}`,
  ];
  return withoutWorkflowCommands(`${sections.join("\n")}\n`);
}

/** More lines than these help nobody on a terminal; `--json` has them all. */
const mostLines = 40;

function section(title: string, lines: readonly string[], none: string): string[] {
  const left = lines.length - mostLines;
  const rest = left > 0 ? [`  and ${left} more`] : [];
  return [`${title}:`, ...(lines.length === 0 ? [`  ${none}`] : lines.slice(0, mostLines)), ...rest, ""];
}

function signalLine({ kind, agent, model, source, place, verdict }: Signal): string {
  const who = [agent ?? source, model].filter((part) => part !== null).join(", ");
  const where = place.line === null ? place.field : `line ${place.line}`;
  return `  ${verdict}: ${who} (${kind}, ${where})`;
}

function shown(text: string): string {
  return inertText(text, { maxGraphemes: 200 });
}
