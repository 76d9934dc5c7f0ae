import * as z from "zod";
import { NotTold } from "../../adapters/github/client.ts";
import type { Installation, Memo } from "../../adapters/store/store.ts";
import { markOf } from "../marks.ts";
import { memoValue } from "../memo-value.ts";
import { subjectKey, type Subject } from "../subject.ts";
import { cameTo, keepCameTo, startingAfter } from "./came-to.ts";
import { aboutOf, isNotOpen, pullSubject } from "./expand.ts";
import type { InstalledAt } from "./lent.ts";
import { after, type Work } from "./work.ts";

/**
 * Looks at everything that is open, so that no lost event stays lost: on start and then every ten minutes, each
 * installation by one instance. What seems to be another than at the last look is judged anew; of the rest those that were
 * looked at the longest ago, because a list does not tell everything (who is in a team, what a check says).
 */
export async function sweep(work: Work): Promise<void> {
  const { store, clock, log } = work.ports;
  const installed = await work.lent.installations(work.givingUp);
  const known = await store.installations.all();
  const strange = [...installed, ...known.filter((each) => !installed.some(({ id }) => id === each.id))];
  // Its own row, and what follows from it, is for `expand` to make true.
  const changed = strange.filter((each) => !isSame(each, known, installed));
  const marks = changed.map(({ id }) => markOf({ kind: "installation", installation: id }, clock.now()));
  await store.subjects.mark(marks);
  for (const installation of known) {
    if (work.stopping.aborted) return;
    if (installation.suspendedAt !== null || !isDue(installation, work)) continue;
    try {
      await inTurn(`sweep/${installation.id}`, work, () => sweepInstallation(installation, work));
    } catch (error) {
      log.error("sweep failed", error, { installation: installation.id });
    }
  }
}

function isSame({ id }: InstalledAt, known: readonly Installation[], installed: readonly InstalledAt[]): boolean {
  const [before, now] = [known.find((each) => each.id === id), installed.find((each) => each.id === id)];
  return before !== undefined && before.account === now?.account && before.suspendedAt === now.suspendedAt;
}

/** Another instance may just have done it. */
function isDue({ sweptAt }: Installation, { ports, pace }: Work): boolean {
  return sweptAt === null || sweptAt <= after(ports.clock.now(), -pace.sweepMs / 2);
}

/** Runs something when nobody else does, over all instances. False: somebody else does. */
export async function inTurn(name: string, { ports, pace }: Work, run: () => Promise<void>): Promise<boolean> {
  const { clock, store, instance } = ports;
  const now = clock.now();
  if (!(await store.leases.take(name, instance, now.toISOString(), after(now, pace.limitMs)))) return false;
  try {
    await run();
    return true;
  } finally {
    await store.leases.release(name, instance);
  }
}

/**
 * Where GitHub asks us to wait, it goes on next time behind the repository that it came to: the last ones of a large
 * installation are looked at as often as the first.
 */
async function sweepInstallation(installation: Installation, work: Work): Promise<void> {
  const { store, clock, log } = work.ports;
  const quiet: Looked[] = [];
  const repositories = await work.lent.repositories(installation.id, work.givingUp);
  let last = await cameTo(installation.id, store);
  for (const repository of startingAfter(last, repositories)) {
    const place = { installation: installation.id, repository };
    try {
      quiet.push(...(await sweepRepository(place, work)));
      last = repository;
    } catch (error) {
      // One that GitHub does not list holds up no other.
      work.givingUp.throwIfAborted();
      log.error("sweep failed", error, place);
      if (!asksToWait(error)) continue;
      await askLongest(quiet, work);
      return keepCameTo(installation.id, last, work.ports);
    }
  }
  await askLongest(quiet, work);
  await store.installations.write({ ...installation, sweptAt: clock.now().toISOString() });
}

function asksToWait(error: unknown): boolean {
  return error instanceof NotTold && error.status === 429;
}

function askLongest(quiet: Looked[], work: Work): Promise<void> {
  return askAnew(quiet.sort((a, b) => compare(a.at, b.at)).slice(0, work.pace.sweptAnew), work);
}

/** A pull request, what the list says of it now, and when it was last judged because of a sweep. */
interface Looked {
  subject: Subject;
  fingerprint: string;
  at: string;
}

/** Asks about what is another, and returns the rest. */
async function sweepRepository(place: { installation: number; repository: number }, work: Work): Promise<Looked[]> {
  const { store, clock } = work.ports;
  const pulls = await work.lent.openPulls({ ...place, purpose: "sweep" }, work.givingUp);
  // What waits for its instant is looked at then: GitHub hides a pull request from lists, too.
  const soon = after(clock.now(), work.pace.leaseMs);
  const due = (await store.subjects.of(place)).filter(({ dueAt }) => dueAt <= soon);
  const known = due.map(aboutOf).filter((each) => isNotOpen(each, pulls ?? []));
  await store.subjects.mark(known.map((subject) => markOf(subject, clock.now())));
  const looked = await Promise.all(
    (pulls ?? []).map(async (pull) => {
      const subject = pullSubject(place, pull);
      const seen = seenIn(await store.memory.of(subjectKey(subject)));
      return { subject, fingerprint: pull.fingerprint, at: seen?.at ?? "", before: seen?.fingerprint };
    }),
  );
  await askAnew(
    looked.filter(({ before, fingerprint }) => before !== fingerprint),
    work,
  );
  return looked.filter(({ before, fingerprint }) => before === fingerprint);
}

/** Marked first: a crash in between asks once more, and forgets nothing. */
async function askAnew(looked: readonly Looked[], { ports: { store, clock, metrics } }: Work): Promise<void> {
  if (looked.length === 0) return;
  const now = clock.now();
  await store.subjects.mark(looked.map(({ subject }) => markOf(subject, now)));
  await store.memory.remember(looked.map((each) => seenMemo(each, now.toISOString())));
  metrics.count("countersign_swept_total", {}, looked.length);
}

const sweepId = "sweep";
const Seen = z.object({ fingerprint: z.string() });

function seenMemo({ subject, fingerprint }: Looked, at: string): Memo {
  return { subject: subjectKey(subject), kind: "seen", id: sweepId, value: JSON.stringify({ fingerprint }), at };
}

function seenIn(memos: readonly Memo[]): { fingerprint: string; at: string } | undefined {
  const memo = memos.find(({ kind, id }) => kind === "seen" && id === sweepId);
  const seen = memo === undefined ? null : memoValue(Seen, memo);
  return memo && seen !== null ? { fingerprint: seen.fingerprint, at: memo.at } : undefined;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
