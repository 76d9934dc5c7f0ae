import type { Facts } from "../core/facts.ts";
import { isOtherToolRule } from "../core/findings/index.ts";
import type { Review } from "../core/report/index.ts";
import { Problem } from "../core/problem.ts";
import { reviewChange } from "../core/review-change.ts";
import { allLintRules } from "../core/rules.ts";
import { inertText } from "../core/untrusted/index.ts";
import { engine } from "./engine.ts";
import { readFacts, type GateInput, type GatePorts } from "./read-facts.ts";

/** What one run came to. */
export interface GateResult {
  facts: Facts;
  review: Review;
}

/**
 * The one line from end to end: reads the facts, then decides. Throws a `Problem` for what the person can mend (no
 * history, an invalid policy, a broken report); never turns a fault into a pass.
 */
export async function runGate(input: GateInput, ports: GatePorts): Promise<GateResult> {
  const facts = await readFacts(input, ports);
  return replay(facts, ports);
}

/**
 * Decides again from facts that were read before: the same facts and the same version give the same review, to the
 * byte. What decides is this version, whichever one read the facts, and the review says so.
 */
export async function replay(facts: Facts, ports: Pick<GatePorts, "stage">): Promise<GateResult> {
  refuseUnknownRules(facts);
  const review = await ports.stage("decide", () => reviewChange(facts, engine), {
    "countersign.change.id": facts.change.id,
  });
  return { facts, review };
}

function refuseUnknownRules({ rawFindings }: Facts): void {
  const known = new Set(allLintRules.map(({ id }) => id));
  const unknown = rawFindings.find(
    ({ rule, toolSeverity }) => !(toolSeverity === undefined ? known.has(rule) : isOtherToolRule(rule)),
  );
  if (unknown === undefined) return;
  throw new Problem(
    `The facts hold findings of a lint rule that this version does not have: ${inertText(unknown.rule, { maxGraphemes: 100 })}.`,
    "Read the change anew, or decide with the version that read it.",
  );
}
