import { writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Database } from "../../../adapters/store/database.ts";
import { type Migration, migrate, migrations, readVersion } from "../../../adapters/store/migrations.ts";
import { StoreFault } from "../../../adapters/store/store.ts";
import { useEngines } from "./engines.ts";
import { at, delivery } from "./sample.ts";

const { databases } = useEngines();

const first: Migration = {
  name: "first",
  statements: ["create table one (value integer)", "insert into one values (1)"],
};
const broken: Migration = {
  name: "second",
  statements: ["create table two (value integer)", "insert into none values (1)"],
};
const mended: Migration = {
  name: "second",
  statements: ["create table two (value integer)", "insert into two values (2)"],
};

describe.each(databases)("$name", ({ newPlace, open, database }) => {
  test("an empty database gets every step, and a second start adds nothing", async () => {
    const place = await newPlace();
    await (await open(place)).close();
    await (await open(place)).close();
    await using(database(place), async (raw) => {
      expect(await raw.read((query) => readVersion(query))).toBe(migrations.length);
      expect(await raw.read((query) => query("select name from schema_versions order by version"))).toEqual(
        migrations.map(({ name }) => ({ name })),
      );
    });
  });

  test("fault 73: a step that was cut off has left nothing, and is resumed", async () => {
    await using(database(await newPlace()), async (raw) => {
      await expect(migrate(raw, [first, broken])).rejects.toThrow(/none/);
      expect(await raw.read((query) => readVersion(query, 2))).toBe(1);
      await expect(raw.read((query) => query("select * from two"))).rejects.toThrow(/two/);
      await migrate(raw, [first, mended]);
      expect(await raw.read((query) => query("select one.value as a, two.value as b from one, two"))).toMatchObject([
        {},
      ]);
    });
  });

  test("what the older steps hold is still there after the newer ones", async () => {
    await using(database(await newPlace()), async (raw) => {
      await migrate(raw, [first]);
      await raw.write((query) => query("insert into one values (5) returning value"));
      await migrate(raw, [first, mended]);
      expect(await raw.read((query) => query("select value from one order by value"))).toEqual([
        { value: 1 },
        { value: 5 },
      ]);
    });
  });

  test("a delivery keeps its body, and whether it has one still, when bodies get a table of their own", async () => {
    const place = await newPlace();
    const row = (id: string, body: string, takenAt: string, outcome: string) =>
      `('${id}', 'push', 'hash of ${id}', '${body}', '${at(0)}', '${at(0)}', ${takenAt}, ${outcome})`;
    await using(database(place), async (raw) => {
      await migrate(raw, migrations.slice(0, 2));
      await raw.write((query) =>
        query(`insert into deliveries (id, event, body_hash, body, received_at, due_at, taken_at, outcome) values
          ${row("waiting", "one", "null", "null")}, ${row("done", "two", `'${at(1)}'`, "'handled'")},
          ${row("pruned", "", `'${at(1)}'`, "'handled'")} returning id`),
      );
    });
    const store = await open(place);
    expect(await store.deliveries.claim("me", 9, at(2), at(9))).toMatchObject([{ id: "waiting", body: "one" }]);
    expect(await store.deliveries.prune(at(5))).toBe(1);
    expect(await store.deliveries.append(delivery("pruned"))).toBe("known");
    await store.close();
    await using(database(place), async (raw) =>
      expect(await raw.read((query) => query("select delivery from bodies"))).toEqual([{ delivery: "waiting" }]),
    );
  });

  test("fault 73: a database of a later version is refused, with what to do, and left alone", async () => {
    const place = await newPlace();
    const store = await open(place);
    await store.deliveries.append(delivery("a"));
    await using(database(place), (raw) =>
      raw.write((query) => query("insert into schema_versions (version, name) values (99, 'later')")),
    );
    const refused = open(place);
    await expect(refused).rejects.toThrow(StoreFault);
    await expect(refused).rejects.toThrow(/version 99.*none above 3\. Run the later Countersign.*backup/);
    await expect(store.ping()).rejects.toThrow(/version 99/);
    await using(database(place), (raw) =>
      raw.write((query) => query("delete from schema_versions where version = 99")),
    );
    expect(await store.deliveries.append(delivery("a"))).toBe("known");
    await store.close();
  });

  test("tables of somebody else are not built upon", async () => {
    const place = await newPlace();
    await using(database(place), (raw) => raw.write((query) => query("create table deliveries (theirs integer)")));
    await expect(open(place)).rejects.toThrow(/deliveries.*already exists/);
    await using(database(place), async (raw) =>
      expect(await raw.read((query) => query("select * from deliveries"))).toEqual([]),
    );
  });
});

test.each([
  { says: "a file that is no database", place: "text", message: /restore the last backup/ },
  { says: "a folder", place: "folder", message: /EISDIR/ },
])("$says is a fault that says so", async ({ place, message }) => {
  const { newPlace, open } = databases[0]!;
  const { path } = await newPlace();
  if (place === "text")
    writeFileSync(path, "not a database, but long enough to be read as the head of one ".repeat(20));
  const opened = open({ path: place === "text" ? path : `${path}/..` });
  await expect(opened).rejects.toThrow(StoreFault);
  await expect(opened).rejects.toThrow(message);
});

test("a server that is not there is a fault that says which setting to look at, and no password", async () => {
  const opened = databases[1]!.open({ url: "postgresql://user:hunter2@127.0.0.1:1/none", path: "" });
  await expect(opened).rejects.toThrow(StoreFault);
  await expect(opened).rejects.toThrow(/DATABASE_URL/);
  await expect(opened).rejects.not.toThrow(/hunter2/);
});

async function using<T>(database: Database, run: (database: Database) => Promise<T>): Promise<T> {
  try {
    return await run(database);
  } finally {
    await database.close();
  }
}
