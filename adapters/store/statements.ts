import type { Dialect, Statement } from "./database.ts";

/**
 * Every statement that the store asks, the tables aside (schema.ts). Parameters are `$1`, `$2` … in both engines. Columns
 * are named as the contract names them. What changes rows returns them, so that the answer says how many there were.
 */

/** Of several instances, one migrates. In SQLite the transaction itself is that lock. */
export const lockMigrations = { sqlite: "select 1", postgres: "select pg_advisory_xact_lock(7264711)" };
export const createVersions: Statement = {
  sqlite: "create table if not exists schema_versions (version integer primary key, name text not null) strict",
  postgres: "create table if not exists schema_versions (version bigint primary key, name text not null)",
};
export const readVersion = "select coalesce(max(version), 0) as version from schema_versions";
export const insertVersion = "insert into schema_versions (version, name) values ($1, $2) returning version";
export const ping = "update counters set value = value + 1 where name = 'ping' returning value";

// Deliveries.

const delivery = `id, event, body_hash as "bodyHash", received_at as "receivedAt",
  (select bodies.body from bodies where bodies.delivery = deliveries.id) as body`;

export const insertDelivery = `
  insert into deliveries (id, event, body_hash, received_at, due_at) values ($1, $2, $3, $4, $4)
  on conflict (id) do nothing returning id`;

export const insertBody = `insert into bodies (delivery, body) values ($1, $2) returning delivery`;

/** Many at once, as a JSON list of rows: for a server, to which each statement is a journey. */
export const insertDeliveries = `
  with given as (
    select * from json_to_recordset(cast($1 as json))
      as given(id text, event text, body_hash text, body text, received_at text)
  ), stored as (
    insert into deliveries (id, event, body_hash, received_at, due_at)
    select id, event, body_hash, received_at, received_at from given
    on conflict (id) do nothing returning id
  ), kept as (
    insert into bodies (delivery, body) select given.id, given.body from given join stored on stored.id = given.id
  )
  select id from stored`;

export const readBodyHash = `select body_hash as "bodyHash" from deliveries where id = $1`;

/** In no order: `returning` promises none. */
export const claimDeliveries = lockingRows(
  (locked) => `
  with due as (
    select id as due_id from deliveries
    where outcome is null and due_at <= $3 and (lease_until is null or lease_until <= $3)
    order by received_at, id limit $2 ${locked}
  )
  update deliveries set lease_owner = $1, lease_until = $4, taken_at = $3
  from due where id = due_id returning ${delivery}, attempts`,
);

export const finishDelivery = `
  update deliveries set outcome = $3, fault = null, lease_owner = null, lease_until = null
  where id = $1 and lease_owner = $2 returning id`;

export const postponeDelivery = `
  update deliveries set due_at = $3, fault = $4, attempts = attempts + 1, lease_owner = null, lease_until = null
  where id = $1 and lease_owner = $2 returning id`;

export const waitingDeliveries = `
  select count(*) as count, min(received_at) as oldest from deliveries where outcome is null`;

export const pruneDeliveries = `
  update deliveries set taken_at = null where id in (
    select id from deliveries where outcome is not null and taken_at < $1 limit $2
  ) returning id`;

/** Of deliveries whose ids are given as a JSON list. */
export const deleteBodies = {
  sqlite: "delete from bodies where delivery in (select value from json_each($1)) returning delivery",
  postgres: `delete from bodies where delivery in (select json_array_elements_text(cast($1 as json))) returning delivery`,
};

// Subjects.

const mark = `key, installation, repository, about, due_at as "dueAt"`;

export const markSubject = `
  insert into subjects (key, installation, repository, about, due_at, marked_at, generation, judged, attempts)
  values ($1, $2, $3, $4, $5, $5, 1, 0, 0)
  on conflict (key) do update set
    installation = excluded.installation, repository = excluded.repository, about = excluded.about,
    generation = subjects.generation + 1,
    due_at = case
      when subjects.generation > subjects.judged and subjects.due_at < excluded.due_at then subjects.due_at
      else excluded.due_at end,
    marked_at = case when subjects.generation > subjects.judged then subjects.marked_at else excluded.due_at end
  returning key`;

export const dueSubject = lockingRows(
  (locked) => `
  select ${mark}, generation, attempts from subjects
  where generation > judged and due_at <= $1 and (lease_until is null or lease_until <= $1)
  order by subjects.due_at, key limit 1 ${locked}`,
);

/** The due instant is spent: a mark that comes meanwhile brings its own, and without one it is due when the lease is out. */
export const leaseSubject = `
  update subjects set lease_owner = $2, lease_until = $3, due_at = $3 where key = $1 returning key`;

export const renewSubject = `
  update subjects set lease_until = $3 where key = $1 and lease_owner = $2 returning key`;

/** Marked while it was judged, it waits since that mark, whose due instant it has. */
export const finishSubject = `
  update subjects set judged = case when $3 < generation then $3 else generation end, marked_at = due_at,
    attempts = 0, fault = null, lease_owner = null, lease_until = null
  where key = $1 and lease_owner = $2 returning key`;

export const deleteSubjectAsOf = `
  delete from subjects where key = $1 and lease_owner = $2 and generation <= $3 returning key`;

export const postponeSubject = `
  update subjects set due_at = $3, fault = $4, attempts = attempts + 1, lease_owner = null, lease_until = null
  where key = $1 and lease_owner = $2 returning key`;

export const stuckSubjects = `
  select ${mark}, generation, attempts, fault, marked_at as "markedAt" from subjects
  where generation > judged and marked_at < $1 order by subjects.marked_at, key`;

export const waitingSubjects = `
  select count(*) as count, min(marked_at) as oldest from subjects where generation > judged`;

export const subjectsOfInstallation = `select ${mark} from subjects where installation = $1 order by key`;
export const subjectsOfRepository = `
  select ${mark} from subjects where installation = $1 and repository = $2 order by key`;

export const deleteSubject = `delete from subjects where key = $1 returning key`;

// Heads.

export const readHead = `
  select repository, sha, external_id as "externalId", check_run as "checkRun", conclusion, at
  from heads where repository = $1 and sha = $2`;

export const writeHead = `
  insert into heads (repository, sha, external_id, check_run, conclusion, at) values ($1, $2, $3, $4, $5, $6)
  on conflict (repository, sha) do update set external_id = excluded.external_id, check_run = excluded.check_run,
    conclusion = excluded.conclusion, at = excluded.at
  returning sha`;

export const pruneHeads = lockingRows(
  (locked) => `
  with old as (select repository as old_repository, sha as old_sha from heads where at < $1 limit $2 ${locked})
  delete from heads where (repository, sha) in (select old_repository, old_sha from old) returning sha`,
);

// Verdicts.

const verdict = `subject, installation, repository, head, number, evaluation, decision, conclusion, title,
  policy_digest as "policyDigest", engine, at`;

/** Which verdict is a subject's latest is asked and answered by one at a time. In SQLite only one writes anyway. */
export const lockVerdictsOf = {
  sqlite: "select $1 as subject",
  postgres: "select pg_advisory_xact_lock(hashtextextended($1, 0))",
};

export const insertVerdict = `
  insert into verdicts (subject, installation, repository, head, number, evaluation, decision, conclusion, title,
    policy_digest, engine, review, at)
  select $1, cast($2 as bigint), cast($3 as bigint), $4, cast($5 as bigint), $6, $7, $8, $9, $10, $11, $12, $13
  where (select evaluation from verdicts where subject = $1 order by serial desc limit 1) is distinct from $6
  returning serial`;

export const latestVerdict = `
  select ${verdict}, review from verdicts where subject = $1 order by serial desc limit 1`;

export const verdictsOnHead = `
  select ${verdict}, review from verdicts
  where repository = $1 and head = $2
    and serial = (select max(later.serial) from verdicts as later where later.subject = verdicts.subject)
  order by subject`;

export const verdictHistory = `
  select ${verdict} from verdicts where subject = $1 order by serial desc limit $2`;

export const pruneVerdicts = `
  delete from verdicts where serial in (
    select serial from verdicts as old where at < $1
      and serial < (select max(later.serial) from verdicts as later where later.subject = old.subject)
    limit $2
  ) returning serial`;

// Memory.

export const writeMemo = `
  insert into memos (subject, kind, id, value, at) values ($1, $2, $3, $4, $5)
  on conflict (subject, kind, id) do update set value = excluded.value, at = excluded.at
  returning id`;

export const memosOf = `select subject, kind, id, value, at from memos where subject = $1 order by kind, id`;

export const deleteMemo = `delete from memos where subject = $1 and kind = $2 and id = $3 returning id`;

/** Not of a pull request that somebody may still be waiting for, and no record: a squash has left no other. */
export const pruneMemos = lockingRows(
  (locked) => `
  with old as (
    select subject as old_subject, kind as old_kind, id as old_id from memos
    where at < $1 and kind in ('asked', 'label', 'published', 'queued', 'seen') and id not like 'record%'
      and not exists (select 1 from subjects where subjects.key = memos.subject)
    limit $2 ${locked}
  )
  delete from memos where (subject, kind, id) in (select old_subject, old_kind, old_id from old) returning id`,
);

// Leases.

export const takeLease = `
  insert into leases (name, owner, lease_until) values ($1, $2, $4)
  on conflict (name) do update set owner = excluded.owner, lease_until = excluded.lease_until
  where leases.owner = excluded.owner or leases.lease_until <= $3
  returning name`;

export const releaseLease = `delete from leases where name = $1 and owner = $2 returning name`;

// Installations.

export const writeInstallation = `
  insert into installations (id, account, suspended_at, swept_at) values ($1, $2, $3, $4)
  on conflict (id) do update set account = excluded.account, suspended_at = excluded.suspended_at,
    swept_at = excluded.swept_at
  returning id`;

export const deleteInstallation = `delete from installations where id = $1 returning id`;

export const allInstallations = `
  select id, account, suspended_at as "suspendedAt", swept_at as "sweptAt" from installations order by id`;

// Audit. There is no statement that changes a row, and a trigger refuses one.

/**
 * Serial numbers without gaps, in the order of commits: the row is locked until then. A sequence would let a reader see 8
 * before 7 has committed, and never come back for 7.
 */
export const takeAuditSerials = `update counters set value = value + $1 where name = 'audit' returning value`;

export const insertAudit = `
  insert into audit (serial, at, tenant, kind, change, detail, keep_until) values ($1, $2, $3, $4, $5, $6, $7)
  returning serial`;

/** One row where there is such a table. */
export const findAudit = {
  sqlite: "select name from sqlite_master where type = 'table' and name = 'audit'",
  postgres: "select relname as name from pg_class where oid = to_regclass('audit')",
};

export const readAudit = `
  select serial, at, tenant, kind, change, detail, keep_until as "keepUntil"
  from audit where serial > $1 order by serial limit $2`;

/** By day, so that a row is still there on its last one. */
export const pruneAudit = `
  delete from audit where serial in (
    select serial from audit where substr(keep_until, 1, 10) < substr($1, 1, 10) order by serial limit $2
  ) returning serial`;

/** Rows that another transaction has locked are passed over. In SQLite only one transaction writes. */
function lockingRows(statement: (locked: string) => string): Record<Dialect, string> {
  return { sqlite: statement(""), postgres: statement("for update skip locked") };
}
