import type { ClaimedSubject } from "../../adapters/store/store.ts";
import { auditEntry } from "../audit-kinds.ts";
import { rememberLost } from "../lost.ts";
import { markOf } from "../marks.ts";
import { subjectKey, Subject } from "../subject.ts";
import type { OpenPull } from "./lent.ts";
import type { Work } from "./work.ts";

/** A subject that stands for others. */
export type WideSubject = Extract<Subject, { kind: "base" | "head" | "repository" | "installation" }>;

export function isWide(subject: Subject): subject is WideSubject {
  return ["base", "head", "repository", "installation"].includes(subject.kind);
}

/**
 * Marks what a wide subject stands for, by what is open now; then it is done with: `over`, whatever it found. The marks
 * come first, so that a crash in between repeats them and loses none.
 */
export async function expand(subject: WideSubject, work: Work, signal: AbortSignal): Promise<"over"> {
  const { store, clock } = work.ports;
  const found =
    subject.kind === "installation"
      ? await ofInstallation(subject.installation, work, signal)
      : await ofRepository(subject, work, signal);
  await store.subjects.mark(found.map((each) => markOf(each, clock.now())));
  return "over";
}

async function ofRepository(
  subject: Exclude<WideSubject, { kind: "installation" }>,
  work: Work,
  signal: AbortSignal,
): Promise<Subject[]> {
  const { installation, repository } = subject;
  const { subjects } = work.ports.store;
  const pulls = await work.lent.openPulls({ installation, repository, purpose: "read" }, signal);
  const known = await subjects.of({ installation, repository });
  await rememberLost(work.ports, repository, pulls === null);
  if (pulls === null) {
    await subjects.forget(known.map(({ key }) => key).filter((key) => key !== subjectKey(subject)));
    return [];
  }
  const open = pulls.filter((pull) => isMeant(pull, subject)).map((pull) => pullSubject(subject, pull));
  return [...open, ...alsoMeant(subject, pulls, known.map(aboutOf))];
}

function isMeant(pull: OpenPull, subject: Exclude<WideSubject, { kind: "installation" }>): boolean {
  if (subject.kind === "repository") return true;
  return subject.kind === "base" ? pull.base === subject.branch : pull.head === subject.head;
}

/** Beside open pull requests: merge groups on that head, and of a repository what we still hold for open, and is not. */
function alsoMeant(subject: WideSubject, pulls: readonly OpenPull[], known: readonly Subject[]): Subject[] {
  if (subject.kind === "head") return known.filter((each) => each.kind === "merge-group" && each.head === subject.head);
  return subject.kind === "repository" ? known.filter((each) => isNotOpen(each, pulls)) : [];
}

/** What may be over: a pull request that is not open, and a merge group, of which no list tells. */
export function isNotOpen(subject: Subject, pulls: readonly OpenPull[]): boolean {
  if (subject.kind === "merge-group") return true;
  return subject.kind === "pull-request" && !pulls.some(({ number }) => number === subject.number);
}

/** What a row is about. */
export function aboutOf({ about }: Pick<ClaimedSubject, "about">): Subject {
  return Subject.parse(JSON.parse(about));
}

/** An open pull request of a repository. */
export function pullSubject(place: { installation: number; repository: number }, { number }: OpenPull): Subject {
  return { kind: "pull-request", installation: place.installation, repository: place.repository, number };
}

/** All its repositories; and what is known of the installation itself is made true. */
async function ofInstallation(id: number, work: Work, signal: AbortSignal): Promise<Subject[]> {
  const { store } = work.ports;
  const installed = (await work.lent.installations(signal)).find((each) => each.id === id);
  if (installed === undefined) return gone(id, work);
  const before = (await store.installations.all()).find((each) => each.id === id);
  await store.installations.write({ ...installed, sweptAt: before?.sweptAt ?? null });
  if (installed.suspendedAt !== null) return [];
  const repositories = await work.lent.repositories(id, signal);
  return repositories.map((repository) => ({ kind: "repository", installation: id, repository }));
}

async function gone(id: number, { ports: { store, clock, log } }: Work): Promise<Subject[]> {
  const known = await store.subjects.of({ installation: id });
  const own = subjectKey({ kind: "installation", installation: id });
  await store.subjects.forget(known.map(({ key }) => key).filter((key) => key !== own));
  const was = (await store.installations.all()).some((each) => each.id === id);
  await store.installations.remove(id);
  log.info("installation gone", { installation: id });
  const detail = { subjects: known.length };
  if (was)
    await store.audit.append([auditEntry({ kind: "installation-gone", at: clock.now(), installation: id, detail })]);
  return [];
}
