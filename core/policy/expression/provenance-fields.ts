import { isAi } from "../../change/ai-judgement.ts";
import { verdicts, type Verdict } from "../../change/authorship.ts";
import type { JudgedChange } from "../judged.ts";
import { namedInChange } from "./named.ts";
import { Fields, Unknown, type Value } from "./values.ts";

/** `change.provenance`: who or what wrote the change. */
export function provenanceFields(judged: JudgedChange): Fields {
  const { provenance } = judged.subject;
  const ai = aiTotals(judged);
  const present = strongestFirst(provenance.commits.map(({ verdict }) => verdict));
  return new Fields({
    verdict: () => present[0] ?? new Unknown("the change has no commits"),
    verdicts: () => present,
    acceptance: () => provenance.acceptance,
    conflict: () => provenance.commits.some(({ conflict }) => conflict),
    tools: () => namesOr(namedInChange("agent", judged), "tool", commitless(judged)),
    models: () => namesOr(namedInChange("model", judged), "model", commitless(judged)),
    commits: () => totalFields(provenance.totals.commits, ai.commits),
    lines: () => totalFields(provenance.totals.lines, ai.lines),
    disagreements: () => new Set(provenance.disagreements.map(({ commit }) => commit)).size,
  });
}

function commitless({ subject }: JudgedChange): Unknown | null {
  return subject.provenance.commits.length > 0 ? null : new Unknown("the change has no commits");
}

/** A list that leaves one out is no list of all: where a part of the work names none, or nobody knows whose it is, it is unknown. */
export function namesOr(names: readonly (string | null)[], what: string, missing: Unknown | null): Value {
  if (missing !== null) return missing;
  return names.includes(null)
    ? new Unknown(`a part of a tool's work names no ${what}`)
    : unique(names.filter((name) => name !== null));
}

/** What counts as AI, asked of every commit and line when a field wants it. */
function aiTotals({ ai, subject }: JudgedChange): Record<"commits" | "lines", () => number> {
  return {
    commits: () => subject.provenance.commits.filter(({ sha }) => isAi(ai.ofCommit(sha))).length,
    lines: () =>
      sum(
        [...subject.authorship.files].flatMap(([path, stretches]) =>
          stretches.filter(({ writer }) => isAi(ai.ofLine(path, writer))).map(({ start, end }) => end - start + 1),
        ),
      ),
  };
}

function totalFields(totals: Readonly<Record<Verdict, number>>, ai: () => number): Fields {
  return new Fields({
    total: () => sum(verdicts.map((verdict) => totals[verdict])),
    ai,
    agent_authored: () => totals["agent-authored"],
    agent_assisted: () => totals["agent-assisted"],
    suggestion: () => totals.suggestion,
    automation: () => totals.automation,
    human: () => totals.human,
    undeclared: () => totals.undeclared,
  });
}

/** The verdicts that there are, each once. */
export function strongestFirst(present: readonly Verdict[]): Verdict[] {
  return verdicts.filter((verdict) => present.includes(verdict));
}

/** Each name once, in order: the same facts give the same list. */
export function unique(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
