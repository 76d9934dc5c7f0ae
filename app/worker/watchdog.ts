import type { ClaimedSubject } from "../../adapters/store/store.ts";
import { auditEntry } from "../audit-kinds.ts";
import { aboutOf, isWide } from "./expand.ts";
import { standsFor, type StoodFor } from "./stands-for.ts";
import { after, type Work } from "./work.ts";

/**
 * Turns what waits for too long into an honest failure, so that nobody looks at an old verdict or at none and wonders. It
 * goes on being tried; each is told once in that time, by one instance.
 */
export async function watch(work: Work): Promise<void> {
  const { store, clock, log, metrics } = work.ports;
  const late = await store.subjects.stuck(after(clock.now(), -work.pace.lateMs));
  metrics.gauge("countersign_late", late.length);
  for (const row of late) {
    if (work.stopping.aborted) return;
    if (!(await isFirstToTell(row.key, work))) continue;
    const minutes = Math.floor((clock.now().getTime() - Date.parse(row.markedAt)) / 60_000);
    log.warn("subject is late", { subject: row.key, minutes, fault: row.fault, attempts: row.attempts });
    for (const each of await waitingFor(row, work)) await told({ ...row, ...each, minutes }, work);
  }
}

type Row = ClaimedSubject & { fault: string | null; markedAt: string };

/**
 * Whose verdicts wait for it: its own, or those of all that a wide one stands for and GitHub did not list. What was taken up
 * before the mark may have been judged by what was true before it.
 */
function waitingFor(row: Row, work: Work): Promise<(Omit<StoodFor, "head"> & { head: string | null })[]> {
  const subject = aboutOf(row);
  // Nobody waits for an answer as for a verdict, nor for one on a branch that may be nobody's base.
  if (subject.kind === "replies" || subject.kind === "push") return Promise.resolve([]);
  if (!isWide(subject)) return Promise.resolve([{ subject, mark: row, head: null }]);
  return standsFor(subject, after(new Date(row.markedAt), work.pace.limitMs), work);
}

/** The lease is never released: it runs out when it is time to tell again. Its owner is not even this instance later on. */
function isFirstToTell(key: string, { ports, pace }: Work): Promise<boolean> {
  const now = ports.clock.now();
  const owner = `${ports.instance}/${now.toISOString()}`;
  return ports.store.leases.take(`late/${key}`, owner, now.toISOString(), after(now, pace.lateMs));
}

type Late = Pick<Row, "fault" | "attempts"> & Awaited<ReturnType<typeof waitingFor>>[number] & { minutes: number };

async function told(late: Late, work: Work): Promise<void> {
  if (work.stopping.aborted) return;
  try {
    await tell(late, work);
  } catch (error) {
    work.ports.log.error("lateness not published", error, { subject: late.mark.key });
  }
}

async function tell(
  { subject, mark: own, head, fault, minutes, attempts }: Late,
  { ports, lent, givingUp }: Work,
): Promise<void> {
  const { store, clock } = ports;
  const why = fault === null ? "" : ` The last fault: ${fault}`;
  const what = `This has waited for ${minutes} minutes to be judged.${why}`;
  const fix = "It is tried again by itself. If it stays so, re-run this check, or ask who runs the App.";
  // Somebody may be about to publish the verdict that was missed; then this must not stay as the last word. Before as well
  // as after, because this process may end in between.
  const mark = () => store.subjects.mark([{ ...own, dueAt: clock.now().toISOString() }]);
  await mark();
  await lent.publish({ state: "fault", subject, head, what, fix, again: true }, givingUp);
  await mark();
  const detail = { subject: own.key, minutes, attempts };
  await store.audit.append([
    auditEntry({ kind: "verdict-late", at: clock.now(), installation: own.installation, detail }),
  ]);
}
