import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  couldDecide,
  matchOwners,
  ownersBroader,
  ownerText,
  parseCodeowners,
} from "../../../../core/ownership/index.ts";
import { coversPattern } from "../../../../core/ownership/codeowners/covers.ts";
import { shadowedBy } from "../../../../core/ownership/codeowners/idle-lines.ts";
import { compilePattern, matchesPattern } from "../../../../core/ownership/codeowners/pattern.ts";
import { endOfMatch } from "../../../../core/ownership/codeowners/wildcards.ts";
import { path, pattern, realPattern } from "./arbitraries.ts";
import { naiveMatch } from "./naive-oracle.ts";

const matches = (text: string, at: string) => matchesPattern(compilePattern(text), at.split("/"));

test("a pattern matches what trying everything says that it matches", () => {
  let matched = 0;
  fc.assert(
    fc.property(pattern, path, (text, at) => {
      const expected = naiveMatch(text, at);
      matched += expected ? 1 : 0;
      expect(matches(text, at)).toBe(expected);
    }),
    { numRuns: 3_000 },
  );
  // Half of the truth is easy: a matcher that always says no must not pass for one.
  expect(matched).toBeGreaterThan(300);
});

test("the last line that matches decides, whatever stands around it", () => {
  const line = fc.tuple(pattern, fc.constantFrom("@a", "@o/t", "e@x.org", ""));
  fc.assert(
    fc.property(fc.array(line, { maxLength: 8 }), path, (lines, at) => {
      const text = lines.map(([written, owner]) => `${written} ${owner}`).join("\n");
      const found = matchOwners(parseCodeowners(text), at);
      const index = lines.findLastIndex(([written]) => naiveMatch(written, at));
      expect(found.line).toBe(index === -1 ? null : index + 1);
      expect(found.owners.map(ownerText)).toEqual(
        index === -1 ? [] : [lines[index]?.[1]].filter((owner) => owner !== ""),
      );
      const broader = ownersBroader(parseCodeowners(text), at, found.line ?? Infinity);
      const above = lines.findLastIndex(
        ([written, owner], at_) => at_ < index && owner !== "" && naiveMatch(written, at),
      );
      expect(broader.line).toBe(index === -1 || above === -1 ? null : above + 1);
    }),
    { numRuns: 500 },
  );
});

test("a pattern that is said to cover another matches all that the other matches", () => {
  let covered = 0;
  fc.assert(
    fc.property(pattern, pattern, fc.array(path, { minLength: 20, maxLength: 20 }), (wide, narrow, paths) => {
      if (!coversPattern(compilePattern(wide), compilePattern(narrow))) return;
      covered += 1;
      for (const at of paths)
        if (naiveMatch(narrow, at)) expect(`${wide} ${at} ${naiveMatch(wide, at)}`).toBe(`${wide} ${at} true`);
    }),
    { numRuns: 3_000 },
  );
  expect(covered).toBeGreaterThan(300);
});

test.each([
  { says: "of few letters", patterns: pattern },
  { says: "as real files hold them", patterns: realPattern },
])("lines $says: the ones that a later line covers are all found, with the first that does", ({ patterns: some }) => {
  let covered = 0;
  fc.assert(
    fc.property(fc.array(some, { maxLength: 10 }), (patterns) => {
      const { lines } = parseCodeowners(patterns.map((text) => `${text} @a`).join("\n"));
      const expected = lines.flatMap((line, index) => {
        const later = lines.slice(index + 1).find((other) => coversPattern(other.matches, line.matches));
        return later === undefined ? [] : [[line.line, later.line]];
      });
      covered += expected.length;
      const found = shadowedBy(lines, () => false);
      expect(found?.map(([line, later]) => [line.line, later.line])).toEqual(expected);
    }),
    { numRuns: 500 },
  );
  expect(covered).toBeGreaterThan(300);
});

test("any text is read without throwing, each line once, as a line or as a problem", () => {
  const character = fc.constantFrom(
    "a",
    "/",
    "*",
    "?",
    "[",
    "]",
    "!",
    "#",
    "\\",
    " ",
    "\t",
    "@",
    ".",
    "\r",
    "\n",
    "\u00a0",
  );
  fc.assert(
    fc.property(fc.string({ unit: character, maxLength: 60 }), (text) => {
      const file = parseCodeowners(text);
      const numbers = [...file.lines, ...file.problems].map(({ line }) => line);
      expect(new Set(numbers).size).toBe(numbers.length);
      for (const { line, column, source, message } of file.problems) {
        expect(text.split("\n")[line - 1]?.replace(/\r$/, "")).toBe(source);
        expect(column).toBeLessThanOrEqual(source.length);
        expect(message).toContain(`on line ${line}`);
      }
    }),
    { numRuns: 1_000 },
  );
});

test("a skipped line could decide whatever it would match without its fault", () => {
  // A range as gitignore reads it, a longer run of stars, a negation, and a comment without a blank.
  const faults = [
    (text: string) => ({ faulty: `${text}[ab]`, meant: [`${text}a`, `${text}b`] }),
    (text: string) => ({ faulty: `${text}*/***`, meant: [`${text}*/**`] }),
    (text: string) => ({ faulty: `!${text}`, meant: [text] }),
    (text: string) => ({ faulty: `${text}#x`, meant: [text] }),
    (text: string) => ({ faulty: `${text}\u00a0@b`, meant: [text] }),
  ];
  const written = pattern.filter((text) => !text.endsWith("*"));
  fc.assert(
    fc.property(written, fc.constantFrom(...faults), path, (text, spoil, at) => {
      const { faulty, meant } = spoil(text);
      const [problem] = parseCodeowners(`${faulty} @x`).problems;
      expect(problem?.kind).toBe("Invalid pattern");
      if (meant.some((one) => naiveMatch(one, at))) expect(problem && couldDecide(problem, at)).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});

describe("no pattern takes long", () => {
  test.each([10, 100, 1_000])(
    "%i any-depth folders: each pair of a name and a part is looked at once at most",
    (count) => {
      const text = `${"**/a/".repeat(count)}b`;
      const names = Array.from({ length: 2 * count }, () => "a");
      let looks = 0;
      const watched = new Proxy(names, {
        get: (target, key, receiver): unknown => {
          looks += typeof key === "string" && key !== "length" ? 1 : 0;
          return Reflect.get(target, key, receiver);
        },
      });
      expect(matchesPattern(compilePattern(text), watched)).toBe(false);
      expect(looks).toBeGreaterThan(0);
      expect(looks).toBeLessThanOrEqual((count + 1) * names.length);
    },
  );

  test.each([
    { says: "stars in a row of letters", parts: "*a".repeat(200), items: "a".repeat(400) },
    { says: "stars that almost fit", parts: `${"*ab".repeat(100)}*c`, items: "ab".repeat(200) },
    { says: "one star and a long tail", parts: `*${"a".repeat(200)}b`, items: "a".repeat(400) },
    { says: "stars alone", parts: "*".repeat(500), items: "a".repeat(500) },
  ])("$says: each pair once at most", ({ parts, items }) => {
    const asked = new Map<string, number>();
    let item = 0;
    const letters = Array.from(items, () => (item += 1));
    let part = 0;
    const wanted = Array.from(parts, (character) => ({ character, id: (part += 1) }));
    const rules = {
      isStar: ({ character }: { character: string }) => character === "*",
      fits: ({ character, id }: { character: string; id: number }, at: number) => {
        const key = `${id}:${at}`;
        asked.set(key, (asked.get(key) ?? 0) + 1);
        return items[at - 1] === character;
      },
    };
    for (const whole of [true, false]) {
      asked.clear();
      endOfMatch(rules, wanted, letters, whole);
      expect(Math.max(0, ...asked.values())).toBeLessThanOrEqual(1);
    }
  });
});
