import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadParser } from "../../../adapters/sandbox/parser.ts";
import { patterns } from "../../../core/lint/patterns.ts";
import type { Pattern } from "../../../core/lint/pattern.ts";
import { fileKind, grammars } from "../../../core/syntax/index.ts";
import { findInFixture, readFixture } from "./fixture.ts";

/**
 * The fixtures of each rule carry their verdict: `NOT OK` on the line where a finding is expected, or alone on the line
 * before; everywhere else none may be. test/fixtures/lint/<rule>/.
 */
const folder = join(import.meta.dirname, "../../fixtures/lint");
const parse = await loadParser(grammars);

test("every folder of fixtures is a rule's", () => {
  expect(readdirSync(folder).filter((name) => !patterns.some(({ rule }) => rule.id === name))).toEqual([]);
});

describe.each(patterns.map((pattern) => ({ id: pattern.rule.id, pattern })))("$id", ({ id, pattern }) => {
  const names = existsSync(join(folder, id))
    ? readdirSync(join(folder, id), { recursive: true, encoding: "utf8" })
    : [];
  const files = names.filter((name) => /\.\w+$/.test(name) && !/(?:^|[\\/])base\.\w+$/.test(name)).sort();
  const fixtures = files.map((name) => {
    const before = join(folder, id, name).replace(/head(\.\w+)$/, "base$1");
    const base = before !== join(folder, id, name) && existsSync(before) ? readFileSync(before, "utf8") : null;
    return { name, ...readFixture(name, readFileSync(join(folder, id, name), "utf8")), base };
  });

  test.each(fixtures)("$name", ({ name, text, base, expected }) => {
    expect(findInFixture({ name, text, base }, pattern, parse)).toEqual(expected);
  });

  test.each(languagesOf(pattern))("has what is wrong and what is right in %s", (language) => {
    const ofLanguage = fixtures.filter(({ name }) => fileKind(name)?.language === language);
    expect(ofLanguage.flatMap(({ expected }) => expected)).not.toEqual([]);
    expect(ofLanguage.some(({ hasOk }) => hasOk)).toBe(true);
  });
});

function languagesOf({ languages, findInText }: Pattern): readonly string[] {
  return languages.length === 0 && findInText !== undefined ? [] : languages;
}
