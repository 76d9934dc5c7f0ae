import { verdicts } from "../../change/authorship.ts";
import type { Signal } from "../provenance.ts";

/** What one `Key: value` line says about who wrote the commit: a signal without its place. */
export type Mark = Pick<Signal, "kind" | "source" | "agent" | "model" | "verdict">;

/** A mark with the names of tool and model that are known. */
export function mark(
  kind: Signal["kind"],
  source: string,
  verdict: Signal["verdict"],
  who: { agent?: string | null; model?: string | null },
): Mark {
  return { kind, source, agent: who.agent ?? null, model: who.model ?? null, verdict };
}

/** The first of those with the strongest verdict. */
export function strongestOf(marks: readonly (Mark | null)[]): Mark | null {
  const rank = (found: Mark) => verdicts.indexOf(found.verdict);
  const found = marks.filter((each) => each !== null);
  return found.reduce<Mark | null>((best, each) => (best === null || rank(each) < rank(best) ? each : best), null);
}
