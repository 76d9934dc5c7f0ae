import type { Facts } from "../core/facts.ts";
import type { Review } from "../core/report/index.ts";
import { reviewChange } from "../core/review-change.ts";
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

/** Decides again from facts that were read before: the same facts give the same review, to the byte. */
export async function replay(facts: Facts, ports: Pick<GatePorts, "stage">): Promise<GateResult> {
  const review = await ports.stage("decide", () => reviewChange(facts), { "countersign.change.id": facts.change.id });
  return { facts, review };
}
