import { mayBeRandom } from "../random-delay.ts";
import { retryCalls, retryLoops, type Pause } from "../retry-loops.ts";
import { retrySettings } from "../retry-settings.ts";
import type { Pattern, Report } from "../pattern.ts";
import type { SourceFile, SyntaxNode } from "../../syntax/index.ts";

/** All who failed together try again together. */
export const retryWithoutJitter: Pattern = {
  rule: {
    id: "retry-without-jitter",
    title: "A retry waits equally long in every client",
    help: "Wait a random time up to a growing limit: random(0, min(cap, base * 2 ** attempt)).",
    confidence: "medium",
    severity: { human: "notice", aiEdited: "warning", aiAsIs: "error" },
  },
  languages: ["javascript", "python", "go", "java"],
  trigger:
    /[rR]etr(?:y|ies)|RETR|[bB]ackoff|[bB]ackOff|attempt|tries|(?:[sS]leep|delay|wait|setTimeout|After|pause)\(|tenacity|IntervalFunction|WaitStrateg/,
  find(file, report) {
    for (const { node, pauses } of retryLoops(file)) if (!isWaiting(node, file)) reportFirst(pauses, file, report);
    for (const { pause } of retryCalls(file)) if (pause !== null) reportFirst([pause], file, report);
    for (const { node, lacks } of retrySettings(file))
      if (lacks === "jitter") report(node, "This retry is set to wait equally long in every client.");
  },
};

/** `waitForPort`, `pollStatus`: it asks until something is there, and nothing has failed. */
function isWaiting(loop: SyntaxNode, file: SourceFile): boolean {
  return /^_*(?:wait|poll|watch|await|until)/i.test(file.functionAround(loop)?.name ?? "");
}

function reportFirst(pauses: readonly Pause[], file: SourceFile, report: Report): void {
  const fixed = pauses.filter(({ delay }) => delay !== null);
  if (fixed.some(({ delay }) => mayBeRandom(delay!, file))) return;
  const [first] = fixed;
  if (first !== undefined)
    report(first.node, "This waits equally long before each retry in every client: nothing random is in the delay.");
}
