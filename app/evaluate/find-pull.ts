import type { Subject } from "../subject.ts";
import { subjectKey } from "../subject.ts";
import type { Bench } from "./evaluator.ts";
import { underPresentName } from "./find-repository.ts";
import { readPullNow, type Now } from "./read-pull-now.ts";
import { AtHead, NotThere, Over } from "./unjudged.ts";

/**
 * A pull request as it is now. GitHub closes pull requests, and takes none away: where its repository is readable and it is
 * not found, it may be open still, and a green may stand on it. What was open when it was last judged is then a fault of
 * GitHub's, which may be over in a moment; what was never known to be open is none.
 */
export async function findPull(bench: Bench, subject: Extract<Subject, { kind: "pull-request" }>): Promise<Now> {
  try {
    return await underPresentName(bench, subject, (place) => readPullNow(bench, place, subject.number));
  } catch (error) {
    if (!(error instanceof NotThere)) throw error;
    const last = await bench.ports.store.verdicts.latest(subjectKey(subject));
    throw last === null || last.decision === "over" ? new Over(error.message) : new AtHead(last.head, error);
  }
}
