import type { Mirrors } from "../../adapters/git/mirror.ts";
import { removingFolders } from "../../adapters/git/temporary-folder.ts";
import type { Evaluate, Evaluation, Stand } from "../evaluation.ts";
import type { AppPorts } from "../ports.ts";
import type { Subject } from "../subject.ts";
import { evaluateGroup } from "./evaluate-group.ts";
import { evaluateLanding } from "./evaluate-landing.ts";
import { evaluatePull } from "./evaluate-pull.ts";
import { unjudged } from "./unjudged.ts";
import { hints, type Hints } from "./hints.ts";
import type { PoliciesSeen } from "./policy-once.ts";

/** What the evaluator knows of its surroundings. */
export interface EvaluateSettings {
  /** GitHub's id of the App: its own checks are none. */
  appId: number;
  /** `https://github.com`, or an Enterprise Server's: where repositories are fetched from. */
  webUrl: string;
  mirrors: Mirrors;
}

/** What judging one subject works with. */
export interface Bench {
  ports: AppPorts;
  settings: EvaluateSettings;
  signal: AbortSignal;
  hints: Hints;
  /** Is told where a pull request stands, before it is judged. */
  found: (stand: Stand) => Promise<void>;
  policies: PoliciesSeen;
}

/**
 * Reads what is true of a subject now and judges it by the core. What cannot be read or decided is a `fault` with what to
 * do; what is not to be judged any more is `over`. Throws for our own mistakes, and when the signal is aborted.
 */
export function evaluator(ports: AppPorts, settings: EvaluateSettings): Evaluate {
  const known = { hints: hints(), policies: new Set<string>() };
  return async (subject, signal, found = () => Promise.resolve()) => {
    const bench = { ports, settings, signal, found, ...known };
    try {
      signal.throwIfAborted();
      return await removingFolders(() => evaluate(bench, subject));
    } catch (error) {
      signal.throwIfAborted();
      return unjudged(subject, error);
    }
  };
}

function evaluate(bench: Bench, subject: Subject): Promise<Evaluation> {
  switch (subject.kind) {
    case "pull-request":
      return evaluatePull(bench, subject);
    case "merge-group":
      return evaluateGroup(bench, subject);
    case "landing":
      return evaluateLanding(bench, subject);
    case "replies":
      return Promise.resolve({ state: "to-tell", subject });
    default:
      return Promise.resolve({ state: "over", subject, reason: "it stands for other subjects, and is none itself" });
  }
}
