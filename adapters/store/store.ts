/**
 * What the App remembers, as one interface over two databases: `node:sqlite` (nothing to run beside it) and PostgreSQL
 * (many instances share it). Each method is one transaction: what it has returned from survives a crash, and what it has
 * not is as if it had never been asked. Instants are ISO 8601 in UTC, in milliseconds, and come from the caller: the
 * database has no clock. A method throws `StoreFault` for what the database did not do, and nothing else.
 */
export interface Store {
  deliveries: Deliveries;
  subjects: Subjects;
  heads: Heads;
  verdicts: Verdicts;
  memory: Memory;
  leases: Leases;
  installations: Installations;
  audit: Audit;
  /** Resolves when a row can be written and read: what readiness means. */
  ping: () => Promise<void>;
  close: () => Promise<void>;
}

/** The database did not answer, is full, or is of a version that this one does not know. The cause is the driver's. */
export class StoreFault extends Error {}

/** One webhook delivery, its signature checked, its body as it came. */
export interface Delivery {
  /** `X-GitHub-Delivery`; GitHub sends the same again when it redelivers. */
  id: string;
  /** `X-GitHub-Event`. */
  event: string;
  /** Sha-256 of the raw bytes, in hex. */
  bodyHash: string;
  /** The body's text: JSON, whose shape was checked before it came here. */
  body: string;
  receivedAt: string;
}

export interface ClaimedDelivery extends Delivery {
  /** How often it was postponed. */
  attempts: number;
}

export interface Deliveries {
  /**
   * Durable when it resolves. `known`: the same bytes came under this id before. `other-body`: other bytes did; nothing is
   * stored, and the audit table says so.
   */
  append: (delivery: Delivery) => Promise<"stored" | "known" | "other-body">;
  /** Up to `most` that nobody has worked through, oldest first, leased to `owner` until `until`. */
  claim: (owner: string, most: number, now: string, until: string) => Promise<ClaimedDelivery[]>;
  /** Worked through: what came of it is stored in the same transaction. Does nothing when the lease is another's by now. */
  finish: (id: string, owner: string, outcome: DeliveryOutcome, effects: Effects) => Promise<void>;
  /** It could not be worked through now; it is due again at `at`. */
  postpone: (id: string, owner: string, at: string, fault: string) => Promise<void>;
  /** How many wait, and since when the oldest does; null when none waits. */
  waiting: () => Promise<{ count: number; oldest: string | null }>;
  /**
   * Forgets the bodies of what was worked through under a claim from before `before`; ids and hashes stay, so that they
   * are known again. How many it forgot.
   */
  prune: (before: string) => Promise<number>;
}

/** `ignored`: an event that changes no answer. `refused`: of a shape that GitHub does not document. */
export type DeliveryOutcome = "handled" | "ignored" | "refused";

/** What a delivery, or a sweep, leaves behind. */
export interface Effects {
  subjects: SubjectMark[];
  memories: Memo[];
  audit: AuditEntry[];
}

/** Something that may have to be judged again: one row by its key, however many events speak of it. */
export interface SubjectMark {
  /** `app/subject.ts` makes it; the same thing has the same key at every instance. */
  key: string;
  installation: number;
  /** GitHub's id of the repository: it stays when the repository is renamed or transferred. 0 for a whole installation. */
  repository: number;
  /** What the key stands for, as JSON; a later mark's replaces it. */
  about: string;
  /** Not before this instant: events that come in a burst are judged once. */
  dueAt: string;
}

export interface ClaimedSubject extends SubjectMark {
  /** How often it was marked, at the time of the claim. */
  generation: number;
  /** How often judging it has failed in a row. */
  attempts: number;
}

export interface Subjects {
  /**
   * Adds one to the generation of each; makes the row where there is none. An earlier due instant stays, while nobody has
   * taken the subject up; what is marked while it is judged is due by its new mark.
   */
  mark: (marks: readonly SubjectMark[]) => Promise<void>;
  /** One that is due, was marked since it was last judged, and is leased to nobody; the longest due first. */
  claim: (owner: string, now: string, until: string) => Promise<ClaimedSubject | null>;
  /** False when the lease is another's by now: then nothing of the work may be published. */
  renew: (key: string, owner: string, until: string) => Promise<boolean>;
  /** Judged as of `generation`. When it was marked since, it is due again. */
  finish: (key: string, owner: string, generation: number) => Promise<void>;
  /**
   * Nothing of it is to be judged any more: forgotten, unless it was marked since `generation` (a pull request that was
   * reopened while we read that it is closed); then as `finish`. Does nothing when the lease is another's by now.
   */
  over: (key: string, owner: string, generation: number) => Promise<void>;
  /** It could not be judged; it is due again at `at`, and `fault` says why, inert. */
  postpone: (key: string, owner: string, at: string, fault: string) => Promise<void>;
  /** What waits longer than it should: due by its first mark before `before`, and not judged since. For the watchdog. */
  stuck: (before: string) => Promise<(ClaimedSubject & { fault: string | null; markedAt: string })[]>;
  waiting: () => Promise<{ count: number; oldest: string | null }>;
  /** All of a repository, or of an installation, whatever their state: for a sweep, or when it is gone. */
  of: (where: { installation: number; repository?: number }) => Promise<SubjectMark[]>;
  /** Gone, whatever marked it meanwhile: an installation that was removed. For one that was claimed, see `over`. */
  forget: (keys: readonly string[]) => Promise<void>;
}

/** What was published on a commit. */
export interface PublishedHead {
  repository: number;
  sha: string;
  /** Of the evaluations of all pull requests on that head: the same again needs no write. */
  externalId: string;
  checkRun: number;
  conclusion: string;
  at: string;
}

export interface Heads {
  read: (repository: number, sha: string) => Promise<PublishedHead | null>;
  write: (head: PublishedHead) => Promise<void>;
  /** Forgets what was published before `before`: it would be published once more. How many it forgot. */
  prune: (before: string) => Promise<number>;
}

/** One verdict on one subject, never changed afterwards. */
export interface VerdictRow {
  /** The subject's key. */
  subject: string;
  installation: number;
  repository: number;
  head: string;
  /** The pull request's number; null for a merge group or what landed. */
  number: number | null;
  evaluation: string;
  decision: string;
  conclusion: string;
  title: string;
  policyDigest: string;
  engine: string;
  /** The review as JSON: what the status page shows. */
  review: string;
  at: string;
}

export interface Verdicts {
  /** Keeps one of a run of the same evaluation: the first. */
  append: (verdict: VerdictRow) => Promise<void>;
  latest: (subject: string) => Promise<VerdictRow | null>;
  /** The latest of each subject whose latest verdict is about this head, in the order of their keys. */
  onHead: (repository: number, sha: string) => Promise<VerdictRow[]>;
  /** Newest first, without the reviews. */
  history: (subject: string, most: number) => Promise<Omit<VerdictRow, "review">[]>;
  /** Forgets verdicts from before `before`, but for the latest of each subject. How many it forgot. */
  prune: (before: string) => Promise<number>;
}

/** Something to remember of a subject that GitHub would not tell again. The value's shape is its kind's, checked by the reader. */
export interface Memo {
  subject: string;
  kind: MemoKind;
  /** Within its kind: a commit, the id of a comment, a login. The same again replaces it. */
  id: string;
  /** JSON. */
  value: string;
  at: string;
}

export type MemoKind =
  /** A verdict that a commit showed once: it stays though the commit is gone. */
  | "earlier"
  /** Decisions of people, from comments: `declare`, `clear`, `override`. */
  | "declaration"
  | "ruling"
  | "override"
  /** What such a decision came to when it was first looked at. */
  | "settled"
  /** A label that a person set or took away. */
  | "label"
  /** Whom we asked for a review, and at which head. */
  | "asked"
  /** An answer to a command that is still to be written. */
  | "queued"
  /** Things of ours on GitHub, by what they are: the sticky comment, the record. */
  | "published"
  /** A question of a person, from a comment or a button: `explain`, `recheck`. */
  | "command"
  /** What a sweep saw when it last asked for a judgement. */
  | "seen"
  /** Of a repository, for good: that it had a policy, and whether it is out of the App's reach. */
  | "repository";

export interface Memory {
  remember: (memos: readonly Memo[]) => Promise<void>;
  /** In the order of kind and id. */
  of: (subject: string) => Promise<Memo[]>;
  forget: (subject: string, kind: MemoKind, id: string) => Promise<void>;
  /**
   * Forgets what was remembered before `before` of subjects that are not to be judged any more: labels, requests for a
   * review, what was published or seen. Records, what people wrote, and earlier signals stay. How many it forgot.
   */
  prune: (before: string) => Promise<number>;
}

/** One at a time, over all instances: publishing on a head, a sweep of an installation. */
export interface Leases {
  /** True when it is free, ours, or run out. */
  take: (name: string, owner: string, now: string, until: string) => Promise<boolean>;
  release: (name: string, owner: string) => Promise<void>;
}

export interface Installation {
  id: number;
  account: string;
  /** Null while it is not suspended. */
  suspendedAt: string | null;
  /** When all its open pull requests were last looked at; null: never. */
  sweptAt: string | null;
}

export interface Installations {
  write: (installation: Installation) => Promise<void>;
  remove: (id: number) => Promise<void>;
  all: () => Promise<Installation[]>;
}

/** A line of the audit table: never changed, kept until its retention date. */
export interface AuditEntry {
  at: string;
  /** In whose name it is kept: `installation/<id>`, or `app`. */
  tenant: string;
  /** Closed vocabulary: `app/audit-kinds.ts`. */
  kind: string;
  /** The change id, when it is about one. */
  change: string | null;
  /** What happened, as JSON: ids and digests, no source text, no secret. */
  detail: string;
  /** After this day it may go. */
  keepUntil: string;
}

export interface Audit {
  append: (entries: readonly AuditEntry[]) => Promise<void>;
  /** In the order of their serial number; each with it. */
  read: (after: number, most: number) => Promise<(AuditEntry & { serial: number })[]>;
  prune: (now: string) => Promise<number>;
}
