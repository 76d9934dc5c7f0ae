import type { AppPorts } from "../ports.ts";
import { markOf } from "../marks.ts";
import { subjectKey } from "../subject.ts";
import type { PullSubject } from "./decorate.ts";
import type { Remembered } from "./remembered.ts";

/** One, four and sixteen minutes: what GitHub does not take for longer waits for the next event. */
const delaysMs = [60_000, 240_000, 960_000];

/** Some step failed for now: the pull request is taken up again by itself. */
export async function decoratedLater(
  { store, clock }: AppPorts,
  subject: PullSubject,
  { tries }: Remembered,
): Promise<void> {
  const delay = delaysMs[tries];
  if (delay === undefined) return;
  const now = clock.now();
  const value = JSON.stringify({ tries: tries + 1 });
  const at = now.toISOString();
  await store.memory.remember([{ subject: subjectKey(subject), kind: "published", id: "decoration", value, at }]);
  await store.subjects.mark([markOf(subject, new Date(now.getTime() + delay))]);
}

/** Nothing is left to do. */
export async function decoratedWhole({ store }: AppPorts, subject: PullSubject, { tries }: Remembered): Promise<void> {
  if (tries > 0) await store.memory.forget(subjectKey(subject), "published", "decoration");
}
