import type { Evaluation } from "../evaluation.ts";
import { slept } from "./loops.ts";
import { after, type Work } from "./work.ts";

/**
 * Runs something while nobody else publishes on the same head: of two pull requests on one commit, each must see what the
 * other came to. Waits for its turn.
 */
export async function onHead(
  evaluation: Exclude<Evaluation, { state: "over" }>,
  owner: string,
  { ports, pace }: Work,
  signal: AbortSignal,
  run: () => Promise<void>,
): Promise<void> {
  const { head, subject } = evaluation;
  if (head === null || subject.kind === "installation") return run();
  const name = `publishing/${subject.repository}/${head}`;
  const take = () => {
    const now = ports.clock.now();
    return ports.store.leases.take(name, owner, now.toISOString(), after(now, pace.leaseMs));
  };
  while (!(await take())) {
    if (!(await slept(ports.clock, pace.idleMs, signal))) signal.throwIfAborted();
  }
  try {
    await run();
  } finally {
    await ports.store.leases.release(name, owner);
  }
}
