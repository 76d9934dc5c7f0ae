import type { Dialect, Statement } from "./database.ts";

const types = {
  sqlite: { text: "text", integer: "integer", serial: "integer primary key autoincrement", end: " strict" },
  postgres: {
    text: 'text collate "C"',
    integer: "bigint",
    serial: "bigint generated always as identity primary key",
    end: "",
  },
};

/**
 * The tables as they were first. `integer` holds GitHub's ids: 64 bits in both. Text compares by its bytes in both: in
 * PostgreSQL a database's own collation would sort instants and keys by the language of the machine.
 */
export const schema: readonly Statement[] = [
  table(({ text, integer }) => [
    "deliveries",
    `id ${text} primary key`,
    ...[`event ${text} not null`, `body_hash ${text} not null`, `body ${text} not null`],
    ...[`received_at ${text} not null`, `due_at ${text} not null`, `attempts ${integer} not null default 0`],
    ...[`fault ${text}`, `lease_owner ${text}`, `lease_until ${text}`, `taken_at ${text}`, `outcome ${text}`],
  ]),
  "create index deliveries_waiting on deliveries (received_at, id) where outcome is null",
  "create index deliveries_kept on deliveries (taken_at) where outcome is not null and body <> ''",

  table(({ text, integer }) => [
    "subjects",
    `key ${text} primary key`,
    ...[`installation ${integer} not null`, `repository ${integer} not null`, `about ${text} not null`],
    ...[`due_at ${text} not null`, `marked_at ${text} not null`],
    ...[`generation ${integer} not null`, `judged ${integer} not null`, `attempts ${integer} not null`],
    ...[`fault ${text}`, `lease_owner ${text}`, `lease_until ${text}`],
  ]),
  "create index subjects_due on subjects (due_at, key) where generation > judged",
  "create index subjects_marked on subjects (marked_at, key) where generation > judged",
  "create index subjects_of on subjects (installation, repository)",

  table(({ text, integer }) => [
    "heads",
    ...[`repository ${integer} not null`, `sha ${text} not null`, `external_id ${text} not null`],
    ...[`check_run ${integer} not null`, `conclusion ${text} not null`, `at ${text} not null`],
    "primary key (repository, sha)",
  ]),
  "create index heads_at on heads (at)",

  table(({ text, integer, serial }) => [
    "verdicts",
    `serial ${serial}`,
    ...[`subject ${text} not null`, `installation ${integer} not null`, `repository ${integer} not null`],
    ...[`head ${text} not null`, `number ${integer}`, `evaluation ${text} not null`, `decision ${text} not null`],
    ...[`conclusion ${text} not null`, `title ${text} not null`, `policy_digest ${text} not null`],
    ...[`engine ${text} not null`, `review ${text} not null`, `at ${text} not null`],
  ]),
  "create index verdicts_of on verdicts (subject, serial)",
  "create index verdicts_on_head on verdicts (repository, head)",
  "create index verdicts_at on verdicts (at)",

  table(({ text }) => [
    "memos",
    ...[`subject ${text} not null`, `kind ${text} not null`, `id ${text} not null`],
    ...[`value ${text} not null`, `at ${text} not null`],
    "primary key (subject, kind, id)",
  ]),

  table(({ text }) => [
    "leases",
    ...[`name ${text} primary key`, `owner ${text} not null`, `lease_until ${text} not null`],
  ]),

  table(({ text, integer }) => [
    "installations",
    ...[`id ${integer} primary key`, `account ${text} not null`, `suspended_at ${text}`, `swept_at ${text}`],
  ]),

  table(({ text, integer }) => [
    "audit",
    ...[`serial ${integer} primary key`, `at ${text} not null`, `tenant ${text} not null`, `kind ${text} not null`],
    ...[`change ${text}`, `detail ${text} not null`, `keep_until ${text} not null`],
  ]),
  "create index audit_kept on audit (substr(keep_until, 1, 10))",
  {
    sqlite: "select 1",
    postgres: `create function audit_is_append_only() returns trigger language plpgsql as
      $$ begin raise exception 'the audit table is append-only'; end $$`,
  },
  {
    sqlite: `create trigger audit_is_append_only before update on audit
      begin select raise(abort, 'the audit table is append-only'); end`,
    postgres: `create trigger audit_is_append_only before update or truncate on audit
      for each statement execute function audit_is_append_only()`,
  },

  table(({ text, integer }) => ["counters", `name ${text} primary key`, `value ${integer} not null`]),
  "insert into counters (name, value) values ('audit', 0), ('ping', 0)",
];

/**
 * Bodies in a table of their own: SQLite writes a row anew, however long, when anything of it changes, and a delivery is
 * taken up and done with. What has no `taken_at` any more has no body.
 */
export const bodiesApart: readonly Statement[] = [
  table(({ text }) => ["bodies", `delivery ${text} primary key`, `body ${text} not null`]),
  "insert into bodies (delivery, body) select id, body from deliveries where body <> ''",
  "update deliveries set taken_at = null where body = ''",
  "drop index deliveries_kept",
  "alter table deliveries drop column body",
  "create index deliveries_kept on deliveries (taken_at) where outcome is not null and taken_at is not null",
];

/** A table of this name and these columns, in both dialects. */
function table(describe: (type: (typeof types)[Dialect]) => string[]): Statement {
  const inDialect = (dialect: Dialect) => {
    const [name, ...columns] = describe(types[dialect]);
    return `create table ${name} (${columns.join(", ")})${types[dialect].end}`;
  };
  return { sqlite: inDialect("sqlite"), postgres: inDialect("postgres") };
}
