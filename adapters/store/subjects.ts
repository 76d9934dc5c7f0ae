import type { Database, Query } from "./database.ts";
import { ClaimRow, MarkRow, StuckRow, WaitingRow, compareBytes, onlyRow, rowOrNull, rowsOf } from "./rows.ts";
import * as statements from "./statements.ts";
import type { ClaimedSubject, SubjectMark, Subjects } from "./store.ts";

/** What may have to be judged again: one row each, with how often it was marked and how often of that it was judged. */
export function subjectsOf(database: Database): Subjects {
  return {
    mark: (marks) => database.write((query) => mark(query, marks)),
    claim: (owner, now, until) => database.write((query) => claim(query, owner, now, until)),
    renew: async (key, owner, until) => {
      const ours = await database.write((query) => query(statements.renewSubject, key, owner, until));
      return ours.length > 0;
    },
    finish: async (key, owner, generation) => {
      await database.write((query) => query(statements.finishSubject, key, owner, generation));
    },
    over: (key, owner, generation) =>
      database.write(async (query) => {
        const gone = await query(statements.deleteSubjectAsOf, key, owner, generation);
        if (gone.length === 0) await query(statements.finishSubject, key, owner, generation);
      }),
    postpone: async (key, owner, at, fault) => {
      await database.write((query) => query(statements.postponeSubject, key, owner, at, fault));
    },
    stuck: (before) => database.read(async (query) => rowsOf(StuckRow, await query(statements.stuckSubjects, before))),
    waiting: () => database.read(async (query) => onlyRow(WaitingRow, await query(statements.waitingSubjects))),
    of: (where) => database.read(async (query) => rowsOf(MarkRow, await subjectsWhere(query, where))),
    forget: (keys) =>
      database.write(async (query) => {
        for (const key of inOrder(keys, (each) => each)) await query(statements.deleteSubject, key);
      }),
  };
}

/** As `Subjects.mark`, inside another's transaction. */
export async function mark(query: Query, marks: readonly SubjectMark[]): Promise<void> {
  for (const { key, installation, repository, about, dueAt } of inOrder(marks, (each) => each.key)) {
    await query(statements.markSubject, key, installation, repository, about, dueAt);
  }
}

async function claim(query: Query, owner: string, now: string, until: string): Promise<ClaimedSubject | null> {
  const subject = rowOrNull(ClaimRow, await query(statements.dueSubject, now));
  if (subject !== null) await query(statements.leaseSubject, subject.key, owner, until);
  return subject;
}

function subjectsWhere(query: Query, { installation, repository }: { installation: number; repository?: number }) {
  return repository === undefined
    ? query(statements.subjectsOfInstallation, installation)
    : query(statements.subjectsOfRepository, installation, repository);
}

/** Rows are locked in one order by everybody: two transactions that met the other way round would wait for each other. */
function inOrder<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] {
  return items.toSorted((a, b) => compareBytes(keyOf(a), keyOf(b)));
}
