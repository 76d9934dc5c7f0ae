import { otherBodyEntry } from "../../../adapters/store/other-body.ts";
import type {
  Audit,
  AuditEntry,
  ClaimedDelivery,
  ClaimedSubject,
  Deliveries,
  Delivery,
  DeliveryOutcome,
  Heads,
  Installation,
  Installations,
  Leases,
  Memo,
  Memory,
  PublishedHead,
  Store,
  SubjectMark,
  Subjects,
  VerdictRow,
  Verdicts,
} from "../../../adapters/store/store.ts";

/**
 * What the two databases must do, said once more without one: the whole of `Store` in memory, for tests that need a store
 * and for the property test that compares. Nothing in it waits, so that each method is one transaction by itself.
 */
export function modelStore(): Store {
  const audit = modelAudit();
  const subjects = modelSubjects();
  const memory = modelMemory(subjects);
  return {
    deliveries: modelDeliveries(subjects, memory, audit),
    subjects,
    heads: modelHeads(),
    verdicts: modelVerdicts(),
    memory,
    leases: modelLeases(),
    installations: modelInstallations(),
    audit,
    ping: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

interface DeliveryRow extends ClaimedDelivery {
  dueAt: string;
  lease: Lease | null;
  takenAt: string | null;
  outcome: DeliveryOutcome | null;
}

interface Lease {
  owner: string;
  until: string;
}

function modelDeliveries(subjects: Subjects, memory: Memory, audit: Audit): Deliveries {
  const rows = new Map<string, DeliveryRow>();
  const waiting = () => [...rows.values()].filter((row) => row.outcome === null).sort(byReceipt);
  return {
    append: async (delivery) => {
      const known = rows.get(delivery.id);
      if (known === undefined) {
        const { id, event, bodyHash, body, receivedAt } = delivery;
        const state = { dueAt: receivedAt, lease: null, takenAt: null, outcome: null, attempts: 0 };
        rows.set(id, { id, event, bodyHash, body, receivedAt, ...state });
        return "stored";
      }
      if (known.bodyHash === delivery.bodyHash) return "known";
      await audit.append([otherBodyEntry(delivery, known.bodyHash)]);
      return "other-body";
    },
    claim: (owner, most, now, until) => {
      const due = waiting().filter((row) => row.dueAt <= now && isFree(row.lease, now));
      const claimed = due.slice(0, most);
      for (const row of claimed) Object.assign(row, { lease: { owner, until }, takenAt: now });
      return Promise.resolve(
        claimed.map(({ id, event, bodyHash, body, receivedAt, attempts }) => {
          return { id, event, bodyHash, body, receivedAt, attempts };
        }),
      );
    },
    finish: async (id, owner, outcome, effects) => {
      const row = rows.get(id);
      if (row?.lease?.owner !== owner) return;
      Object.assign(row, { outcome, lease: null });
      await subjects.mark(effects.subjects);
      await memory.remember(effects.memories);
      await audit.append(effects.audit);
    },
    postpone: (id, owner, at) => {
      const row = rows.get(id);
      if (row?.lease?.owner === owner) Object.assign(row, { lease: null, dueAt: at, attempts: row.attempts + 1 });
      return Promise.resolve();
    },
    waiting: () => Promise.resolve({ count: waiting().length, oldest: waiting()[0]?.receivedAt ?? null }),
    prune: (before) => {
      const old = [...rows.values()].filter((row) => row.outcome !== null && row.body !== "" && row.takenAt! < before);
      for (const row of old) row.body = "";
      return Promise.resolve(old.length);
    },
  };
}

function byReceipt(a: Delivery, b: Delivery): number {
  return compareBytes(a.receivedAt, b.receivedAt) || compareBytes(a.id, b.id);
}

interface SubjectRow extends ClaimedSubject {
  judged: number;
  markedAt: string;
  fault: string | null;
  lease: Lease | null;
}

interface ModelSubjects extends Subjects {
  has: (key: string) => boolean;
}

function modelSubjects(): ModelSubjects {
  const rows = new Map<string, SubjectRow>();
  const waiting = () => [...rows.values()].filter((row) => row.generation > row.judged).sort(byMark);
  const leasedTo = (key: string, owner: string) => {
    const row = rows.get(key);
    return row?.lease?.owner === owner ? row : undefined;
  };
  const finish = (row: SubjectRow, generation: number) => {
    row.judged = Math.min(generation, row.generation);
    // Marked while it was judged: it waits since that mark.
    Object.assign(row, { attempts: 0, fault: null, lease: null, markedAt: row.dueAt });
  };
  return {
    mark: (marks) => {
      for (const mark of marks) rows.set(mark.key, marked(rows.get(mark.key), mark));
      return Promise.resolve();
    },
    claim: (owner, now, until) => {
      const due = waiting().filter((row) => row.dueAt <= now && isFree(row.lease, now));
      const row = due.sort((a, b) => compareBytes(a.dueAt, b.dueAt) || compareBytes(a.key, b.key))[0];
      if (row === undefined) return Promise.resolve(null);
      const claimed = claimedSubject(row);
      // Its due instant is spent: a mark that comes while it is judged brings its own.
      Object.assign(row, { lease: { owner, until }, dueAt: until });
      return Promise.resolve(claimed);
    },
    renew: (key, owner, until) => {
      const row = leasedTo(key, owner);
      if (row?.lease) row.lease.until = until;
      return Promise.resolve(row !== undefined);
    },
    finish: (key, owner, generation) => {
      const row = leasedTo(key, owner);
      if (row !== undefined) finish(row, generation);
      return Promise.resolve();
    },
    over: (key, owner, generation) => {
      const row = leasedTo(key, owner);
      if (row !== undefined && row.generation <= generation) rows.delete(key);
      else if (row !== undefined) finish(row, generation);
      return Promise.resolve();
    },
    postpone: (key, owner, at, fault) => {
      const row = leasedTo(key, owner);
      if (row !== undefined) Object.assign(row, { lease: null, dueAt: at, fault, attempts: row.attempts + 1 });
      return Promise.resolve();
    },
    stuck: (before) =>
      Promise.resolve(
        waiting()
          .filter((row) => row.markedAt < before)
          .map((row) => ({ ...claimedSubject(row), fault: row.fault, markedAt: row.markedAt })),
      ),
    waiting: () => Promise.resolve({ count: waiting().length, oldest: waiting()[0]?.markedAt ?? null }),
    of: ({ installation, repository }) =>
      Promise.resolve(
        [...rows.values()]
          .filter((row) => row.installation === installation)
          .filter((row) => repository === undefined || row.repository === repository)
          .sort((a, b) => compareBytes(a.key, b.key))
          .map((row) => subjectMark(row)),
      ),
    forget: (keys) => {
      for (const key of keys) rows.delete(key);
      return Promise.resolve();
    },
    has: (key) => rows.has(key),
  };
}

function marked(row: SubjectRow | undefined, mark: SubjectMark): SubjectRow {
  const fresh = { generation: 0, judged: 0, attempts: 0, fault: null, lease: null, markedAt: mark.dueAt };
  const known = row ?? { ...fresh, ...mark };
  const waits = known.generation > known.judged;
  return {
    ...known,
    ...subjectMark(mark),
    generation: known.generation + 1,
    dueAt: waits && known.dueAt < mark.dueAt ? known.dueAt : mark.dueAt,
    markedAt: waits ? known.markedAt : mark.dueAt,
  };
}

function subjectMark({ key, installation, repository, about, dueAt }: SubjectMark): SubjectMark {
  return { key, installation, repository, about, dueAt };
}

function claimedSubject(row: SubjectRow): ClaimedSubject {
  return { ...subjectMark(row), generation: row.generation, attempts: row.attempts };
}

function byMark(a: SubjectRow, b: SubjectRow): number {
  return compareBytes(a.markedAt, b.markedAt) || compareBytes(a.key, b.key);
}

function modelHeads(): Heads {
  const rows = new Map<string, PublishedHead>();
  return {
    read: (repository, sha) => Promise.resolve(rows.get(`${repository}/${sha}`) ?? null),
    write: (head) => {
      rows.set(`${head.repository}/${head.sha}`, { ...head });
      return Promise.resolve();
    },
    prune: (before) => {
      const old = [...rows].filter(([, head]) => head.at < before);
      for (const [key] of old) rows.delete(key);
      return Promise.resolve(old.length);
    },
  };
}

function modelVerdicts(): Verdicts {
  let rows: VerdictRow[] = [];
  const isLatest = (verdict: VerdictRow) => rows.findLast((row) => row.subject === verdict.subject) === verdict;
  return {
    append: (verdict) => {
      const last = rows.findLast((row) => row.subject === verdict.subject);
      if (last?.evaluation !== verdict.evaluation) rows.push({ ...verdict });
      return Promise.resolve();
    },
    latest: (subject) => Promise.resolve(rows.findLast((row) => row.subject === subject) ?? null),
    onHead: (repository, sha) =>
      Promise.resolve(
        rows
          .filter((row) => row.repository === repository && row.head === sha && isLatest(row))
          .sort((a, b) => compareBytes(a.subject, b.subject)),
      ),
    history: (subject, most) =>
      Promise.resolve(
        rows
          .filter((row) => row.subject === subject)
          .reverse()
          .slice(0, most)
          .map((row) => withoutReview(row)),
      ),
    prune: (before) => {
      const kept = rows.filter((row) => row.at >= before || isLatest(row));
      const gone = rows.length - kept.length;
      rows = kept;
      return Promise.resolve(gone);
    },
  };
}

function withoutReview(verdict: VerdictRow): Omit<VerdictRow, "review"> {
  const rest: Partial<VerdictRow> & Omit<VerdictRow, "review"> = { ...verdict };
  delete rest.review;
  return rest;
}

const aging = new Set(["asked", "label", "published", "queued", "seen"]);

function modelMemory(subjects: ModelSubjects): Memory {
  const rows = new Map<string, Memo>();
  const keyOf = (subject: string, kind: string, id: string) => JSON.stringify([subject, kind, id]);
  return {
    remember: (memos) => {
      for (const memo of memos) rows.set(keyOf(memo.subject, memo.kind, memo.id), { ...memo });
      return Promise.resolve();
    },
    of: (subject) =>
      Promise.resolve(
        [...rows.values()]
          .filter((memo) => memo.subject === subject)
          .sort((a, b) => compareBytes(a.kind, b.kind) || compareBytes(a.id, b.id)),
      ),
    forget: (subject, kind, id) => {
      rows.delete(keyOf(subject, kind, id));
      return Promise.resolve();
    },
    prune: (before) => {
      const old = [...rows].filter(
        ([, { subject, kind, id, at }]) =>
          at < before && aging.has(kind) && !id.startsWith("record") && !subjects.has(subject),
      );
      for (const [key] of old) rows.delete(key);
      return Promise.resolve(old.length);
    },
  };
}

function modelLeases(): Leases {
  const leases = new Map<string, Lease>();
  return {
    take: (name, owner, now, until) => {
      const lease = leases.get(name) ?? null;
      const taken = lease?.owner === owner || isFree(lease, now);
      if (taken) leases.set(name, { owner, until });
      return Promise.resolve(taken);
    },
    release: (name, owner) => {
      if (leases.get(name)?.owner === owner) leases.delete(name);
      return Promise.resolve();
    },
  };
}

function isFree(lease: Lease | null, now: string): boolean {
  return lease === null || lease.until <= now;
}

function modelInstallations(): Installations {
  const rows = new Map<number, Installation>();
  return {
    write: (installation) => {
      rows.set(installation.id, { ...installation });
      return Promise.resolve();
    },
    remove: (id) => {
      rows.delete(id);
      return Promise.resolve();
    },
    all: () => Promise.resolve([...rows.values()].sort((a, b) => a.id - b.id)),
  };
}

function modelAudit(): Audit {
  let rows: (AuditEntry & { serial: number })[] = [];
  let serial = 0;
  return {
    append: (entries) => {
      for (const entry of entries) rows.push({ ...entry, serial: (serial += 1) });
      return Promise.resolve();
    },
    read: (after, most) => Promise.resolve(rows.filter((row) => row.serial > after).slice(0, most)),
    prune: (now) => {
      // By day: on the last day itself it is kept.
      const kept = rows.filter((row) => row.keepUntil.slice(0, 10) >= now.slice(0, 10));
      const gone = rows.length - kept.length;
      rows = kept;
      return Promise.resolve(gone);
    },
  };
}

/** As both databases compare text: by its UTF-8 bytes, whatever the language of the machine. */
function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
