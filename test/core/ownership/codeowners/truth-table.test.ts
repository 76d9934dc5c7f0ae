import { describe, expect, test } from "vitest";
import { matchOwners, ownerText, parseCodeowners } from "../../../../core/ownership/index.ts";
import { fileRows, patternRows } from "./truth-table.ts";

/** The truth table of CODEOWNERS: see `truth-table.ts` for its rows. */

describe.each(Object.entries(Object.groupBy(patternRows, ({ sentence }) => sentence)))("%s", (_sentence, rows = []) => {
  test.each(rows)("$pattern and $path: $matches", ({ pattern, path, matches }) => {
    const file = parseCodeowners(`${pattern} @owner\n`);
    expect(file.problems).toEqual([]);
    expect(matchOwners(file, path)).toMatchObject({ matched: matches, line: matches ? 1 : null });
  });
});

describe.each(Object.entries(Object.groupBy(fileRows, ({ sentence }) => sentence)))("%s", (_sentence, rows = []) => {
  test.each(rows)("$path in $text", ({ text, path, owners, line }) => {
    const found = matchOwners(parseCodeowners(text), path);
    expect({ owners: found.matched ? found.owners.map(ownerText) : null, line: found.line }).toEqual({ owners, line });
  });
});

test("the table has at least 200 rows, and no row twice", () => {
  const all = [
    ...patternRows.map(({ pattern, path }) => JSON.stringify([pattern, path])),
    ...fileRows.map(({ text, path }) => JSON.stringify([text, path])),
  ];
  expect(all.length).toBeGreaterThanOrEqual(200);
  expect(new Set(all).size).toBe(all.length);
});
