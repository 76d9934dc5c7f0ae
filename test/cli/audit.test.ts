import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { migrate, migrations, readVersion } from "../../adapters/store/migrations.ts";
import { openStore } from "../../adapters/store/open-store.ts";
import { openSqlite } from "../../adapters/store/sqlite-database.ts";
import type { AuditEntry } from "../../adapters/store/store.ts";
import { auditEntry, auditKinds, type AuditKind } from "../../app/audit-kinds.ts";
import { processIo } from "../../cli/io.ts";
import { runCli } from "../../cli/run-cli.ts";
import { useEngines, type Place } from "../adapters/store/engines.ts";
import { at, entry } from "../adapters/store/sample.ts";
import { runCommand } from "../command-line.ts";
import { newFolder } from "../git-repository.ts";

const { databases } = useEngines();

/** What a command of whoever runs the App is given: where its database is. */
function environmentOf({ url, path }: Place) {
  return { COUNTERSIGN_DATA: join(path, ".."), ...(url === undefined ? {} : { DATABASE_URL: url }) };
}

function exported(place: Place, ...flags: string[]) {
  return runCommand(["audit", "export", ...flags], { environment: environmentOf(place) });
}

function linesOf(stdout: string): unknown[] {
  return stdout.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as unknown]));
}

async function filled(place: Place, entries: readonly AuditEntry[]): Promise<Place> {
  const store = await openStore(place);
  await store.audit.append(entries);
  await store.close();
  return place;
}

describe.each(databases)("$name", ({ newPlace }) => {
  test("every line is exported, in the order of the serial numbers, with its retention date", async () => {
    const detail = JSON.stringify({ subject: "pull-request/1/2", minutes: 3 });
    const place = await filled(await newPlace(), [
      entry("{}", { kind: "verdict", change: "github.com/octo/orders#2", tenant: "installation/9" }),
      entry(detail, { at: at(5), keepUntil: "2027-03-01T00:00:00.000Z" }),
    ]);
    const { code, stdout, stderr } = await exported(place);
    expect([code, stderr]).toEqual([0, ""]);
    expect(linesOf(stdout)).toEqual([
      {
        ...{ serial: 1, at: at(0), tenant: "installation/9", kind: "verdict", change: "github.com/octo/orders#2" },
        ...{ detail: {}, keepUntil: "2026-02-01" },
      },
      {
        ...{ serial: 2, at: at(5), tenant: "app", kind: "test", change: null },
        ...{ detail: { subject: "pull-request/1/2", minutes: 3 }, keepUntil: "2027-03-01T00:00:00.000Z" },
      },
    ]);
  });

  test("`--since` reads on behind the last serial number, and `--json` changes nothing", async () => {
    const place = await filled(
      await newPlace(),
      ["1", "2", "3"].map((detail) => entry(detail)),
    );
    const rest = await exported(place, "--since", "1", "--json");
    expect(linesOf(rest.stdout)).toMatchObject([{ serial: 2 }, { serial: 3 }]);
    expect(await exported(place, "--since", "3")).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  test("lines past their date are gone, the others keep their numbers, and what is missing is told", async () => {
    const place = await newPlace();
    const store = await openStore(place);
    const late = { keepUntil: "2028-01-01" };
    await store.audit.append([entry("1"), entry("2", late), entry("3"), entry("4", late)]);
    await store.audit.prune("2026-02-02T00:00:00.000Z");
    await store.audit.append([entry("5", late)]);
    // The App may run meanwhile.
    const { stdout, stderr } = await exported(place);
    await store.close();
    expect(linesOf(stdout)).toMatchObject([{ serial: 2 }, { serial: 4 }, { serial: 5 }]);
    expect(stderr).toBe(
      "note: 2 of the serial numbers 1 to 5 have no line any more: their retention date is over. What was exported before it has them.\n",
    );
  });

  test("more lines than are read at once", async () => {
    const place = await filled(
      await newPlace(),
      Array.from({ length: 2_001 }, () => entry("{}")),
    );
    const { stdout } = await exported(place, "--since", "1");
    const lines = linesOf(stdout);
    expect([lines.length, lines[0], lines.at(-1)]).toMatchObject([2_000, { serial: 2 }, { serial: 2_001 }]);
  });
});

const newPlace = (): Place => ({ path: join(newFolder("audit"), "store.db") });

describe("what is not there is told, and nothing is made or changed", () => {
  test("no database: the folder may be a mistake", async () => {
    const place = newPlace();
    const { code, stdout, stderr } = await exported(place);
    expect([code, stdout]).toEqual([3, ""]);
    expect(stderr).toMatch(/^error: There is no database at .*store\.db\.\n {2}Set COUNTERSIGN_DATA .*DATABASE_URL/);
    expect(existsSync(place.path)).toBe(false);
  });

  test.each([
    {
      says: "no database",
      text: "x".repeat(5_000),
      told: /^error: The audit table could not be read: .*not a database/,
    },
    {
      says: "a database without our tables",
      text: "",
      told: /^error: The audit table could not be read: .*no database of Countersign's/,
    },
  ])("a file that is $says", async ({ text, told }) => {
    const { path } = newPlace();
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, text);
    const { code, stderr } = await exported({ path });
    expect(code).toBe(3);
    expect(stderr).toMatch(told);
  });

  test("a PostgreSQL that does not answer", async () => {
    const { code, stderr } = await exported({ url: "postgres://u:geheim12345@127.0.0.1:1/x", path: "/nowhere" });
    expect(code).toBe(3);
    expect(stderr).toMatch(/^error: The audit table could not be read: /);
    expect(stderr).not.toContain("geheim12345");
  });

  test("the database of an older App that runs is read, and is not brought further under it", async () => {
    const { path } = newPlace();
    const database = openSqlite(path);
    await migrate(database, migrations.slice(0, 1));
    expect(await exported({ path })).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(await database.read(readVersion)).toBe(1);
    await database.close();
  });

  test("the database of a later version is refused with both versions", async () => {
    const { path } = newPlace();
    const database = openSqlite(path);
    await migrate(database, [...migrations, { name: "later", statements: [] }]);
    await database.close();
    const { code, stderr } = await exported({ path });
    expect(code).toBe(3);
    expect(stderr).toContain(`has version ${migrations.length + 1}`);
  });

  test.each(["x", "-1", "1.5", "1e3", ""])("`--since %s` is a mistake", async (since) => {
    const { code, stdout } = await exported(newPlace(), "--since", since);
    expect([code, stdout]).toEqual([3, ""]);
  });
});

test("a reader that has seen enough ends it, and nothing is said of what it did not read", async () => {
  const { path } = await filled(
    newPlace(),
    Array.from({ length: 2_001 }, () => entry("{}")),
  );
  const [output, errors]: [string[], string[]] = [[], []];
  const code = await runCli(["audit", "export"], {
    ...{ ...processIo(), cwd: "/", environment: environmentOf({ path }) },
    stdout: (text) => void output.push(text),
    stderr: (text) => void errors.push(text),
    drained: () => Promise.resolve(false),
  });
  expect([code, linesOf(output.join("")).length, errors]).toEqual([0, 1_000, []]);
});

test("what strangers named is inert and redacted, and a detail that is no JSON is a text", async () => {
  const branch = "a\u202Eb\u001b[31m";
  const token = `ghp_${"a1B2c3D4e5F6".repeat(3)}`;
  const place = await filled(newPlace(), [entry(JSON.stringify({ branch, by: token })), entry("no JSON")]);
  const { stdout } = await exported(place);
  expect(stdout).not.toMatch(/[\u202E\u001b]/);
  expect(stdout).not.toContain(token);
  expect(linesOf(stdout)).toMatchObject([{ detail: { branch } }, { detail: "no JSON" }]);
});

test.each(Object.keys(auditKinds) as AuditKind[])("a line of kind %s has a retention date, 400 days later", (kind) => {
  const made = auditEntry({ kind, at: new Date(at(0)), installation: null, detail: {} });
  expect(made).toMatchObject({ kind, keepUntil: at(400 * 86_400) });
});
