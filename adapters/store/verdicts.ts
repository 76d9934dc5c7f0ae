import type { Database, Query } from "./database.ts";
import { prune } from "./prune.ts";
import { HistoryRow, VerdictRow, rowOrNull, rowsOf } from "./rows.ts";
import * as statements from "./statements.ts";
import type * as store from "./store.ts";

/** What was decided, in the order in which it was. */
export function verdictsOf(database: Database): store.Verdicts {
  return {
    append: (verdict) => database.write((query) => append(query, verdict)),
    latest: (subject) =>
      database.read(async (query) => rowOrNull(VerdictRow, await query(statements.latestVerdict, subject))),
    onHead: (repository, sha) =>
      database.read(async (query) => rowsOf(VerdictRow, await query(statements.verdictsOnHead, repository, sha))),
    history: (subject, most) =>
      database.read(async (query) => rowsOf(HistoryRow, await query(statements.verdictHistory, subject, most))),
    prune: (before) => prune(database, statements.pruneVerdicts, before),
  };
}

async function append(query: Query, verdict: store.VerdictRow): Promise<void> {
  const { subject, installation, repository, head, number, evaluation, decision, conclusion, title } = verdict;
  const { policyDigest, engine, review, at } = verdict;
  await query(statements.lockVerdictsOf, subject);
  await query(
    statements.insertVerdict,
    ...[subject, installation, repository, head, number, evaluation, decision, conclusion, title],
    ...[policyDigest, engine, review, at],
  );
}
