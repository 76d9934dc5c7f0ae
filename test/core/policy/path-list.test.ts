import { describe, expect, test } from "vitest";
import {
  includedIn,
  isExcluded,
  listEntryProblem,
  listMatches,
  listMatchesAgain,
  partsOf,
} from "../../../core/policy/path-list.ts";
import { newWork, type Work } from "../../../core/policy/work.ts";
import { buildSubject, type FileSketch } from "../../subjects.ts";

function file(sketch: FileSketch) {
  return buildSubject({ files: [sketch] }).files[0]!;
}

describe("a trick with names brings a file under a list, and never out of it", () => {
  test.each([
    { says: "the path itself", list: ["src/auth/**"], file: { path: "src/auth/a.ts" }, is: true },
    { says: "another folder", list: ["src/auth/**"], file: { path: "src/other/a.ts" }, is: false },
    { says: "moved out", list: ["src/auth/**"], file: { path: "docs/a.ts", previousPath: "src/auth/a.ts" }, is: true },
    { says: "moved in", list: ["src/auth/**"], file: { path: "src/auth/a.ts", previousPath: "docs/a.ts" }, is: true },
    { says: "another case", list: ["src/auth/**"], file: { path: "SRC/Auth/a.ts" }, is: true },
    { says: "a pattern with capitals", list: ["Src/Auth/**"], file: { path: "src/auth/a.ts" }, is: true },
    { says: "a Cyrillic letter", list: ["src/auth/**"], file: { path: "src/\u0430uth/a.ts" }, is: true },
    { says: "a pattern with a Cyrillic letter", list: ["src/\u0430uth/**"], file: { path: "src/auth/a.ts" }, is: true },
    { says: "decomposed letters", list: ["src/café/**"], file: { path: "src/cafe\u0301/a.ts" }, is: true },
    { says: "an invisible character", list: ["src/auth/**"], file: { path: "src/au\u200dth/a.ts" }, is: true },
    { says: "a trailing dot", list: ["src/auth/**"], file: { path: "src/auth./a.ts" }, is: true },
    {
      says: "the short name of the folder",
      list: ["src/authentication/**"],
      file: { path: "src/AUTHEN~1/s.ts" },
      is: true,
    },
    {
      says: "a short name that begins otherwise",
      list: ["src/auth/**"],
      file: { path: "src/OTHER~1/s.ts" },
      is: false,
    },
    { says: "a short name of the file", list: ["src/sessions.ts"], file: { path: "src/SESSIO~2.TS" }, is: true },
    { says: "a short name and a star", list: ["**/auth*n/*.ts"], file: { path: "src/authen~1/s.ts" }, is: true },
    { says: "a short name of a hidden folder", list: [".github/**"], file: { path: "GITHUB~1/w.yml" }, is: true },
    {
      says: "the folder became a link",
      list: ["src/auth/**"],
      file: { path: "src/auth", kind: "symlink" as const },
      is: true,
    },
    { says: "one of several patterns", list: ["a/**", "src/auth/**"], file: { path: "src/auth/a.ts" }, is: true },
  ])("$says", ({ list, file: sketch, is }) => expect(listMatches(list, file(sketch))).toBe(is));
});

describe("an exclusion holds only for exactly this path, on both sides", () => {
  const list = ["src/**", "!src/gen/**"];
  test.each([
    { says: "a file inside", file: { path: "src/gen/a.ts" }, is: false },
    { says: "a file outside", file: { path: "src/a.ts" }, is: true },
    { says: "what may be its short name", file: { path: "src/GEN~1/a.ts" }, is: true },
    { says: "moved from outside to inside", file: { path: "src/gen/a.ts", previousPath: "src/a.ts" }, is: true },
    { says: "moved from inside to outside", file: { path: "src/a.ts", previousPath: "src/gen/a.ts" }, is: true },
    { says: "moved within", file: { path: "src/gen/a.ts", previousPath: "src/gen/b.ts" }, is: false },
    { says: "another case", file: { path: "src/GEN/a.ts" }, is: true },
    { says: "a look-alike", file: { path: "src/g\u0435n/a.ts" }, is: true },
    { says: "a link", file: { path: "src/gen/a.ts", kind: "symlink" as const }, is: true },
    { says: "a submodule", file: { path: "src/gen/a", kind: "submodule" as const }, is: true },
    { says: "bytes that are not UTF-8", file: { path: "src/gen/\\xff.ts", validUtf8: false }, is: true },
  ])("$says", ({ file: sketch, is }) => {
    const subject = file(sketch);
    expect(listMatches(list, subject)).toBe(is);
    expect(listMatches([...list].reverse(), subject)).toBe(is);
    expect(isExcluded(["src/gen/**"], subject.file)).toBe(!is);
  });
});

describe("work", () => {
  const subject = file({ path: "src/a.ts" });
  const list = ["src/b.ts", "src/**", "!docs/**"];
  const spent = (ask: (work: Work) => unknown): number => {
    const work = newWork();
    ask(work);
    return work.spent;
  };

  test("asking again within a decision costs a few steps, and a new decision pays again", () => {
    const work = newWork();
    listMatchesAgain(list, subject, work);
    const first = work.spent;
    for (let again = 0; again < 10; again += 1) expect(listMatchesAgain(list, subject, work)).toBe(true);
    expect(work.spent).toBe(first + 10 * 15);
    expect(spent((other) => listMatchesAgain(list, subject, other))).toBe(first);
  });

  test("4,000 paths that are written out are looked up, and not compared one by one", () => {
    const paths = Array.from({ length: 4_000 }, (_, index) => `src/x${index}.ts`);
    expect(spent((work) => listMatches(paths, subject, work))).toBeLessThan(60);
    expect(spent((work) => isExcluded(paths, subject.file, work))).toBeLessThan(60);
    expect(isExcluded([...paths, "src/a.ts"], subject.file)).toBe(true);
  });

  test.each([
    { says: "looking an empty list up, and each form of the file", list: [], is: false, steps: 41 },
    { says: "nothing more where paths are written out", list: ["src/a.ts", "src/b.ts"], is: true, steps: 41 },
    { says: "comparing a pattern", list: ["src/*.ts"], is: true, steps: 62 },
    { says: "each of them, up to the first that fits", list: ["lib/*.ts", "src/*.ts", "**"], is: true, steps: 74 },
    { says: "looking exclusions up", list: ["src/**", "!src/b.ts"], is: true, steps: 90 },
    { says: "and comparing them", list: ["src/**", "!src/*.ts"], is: false, steps: 111 },
    { says: "no exclusion of what no pattern means", list: ["lib/**", "!src/*.ts"], is: false, steps: 46 },
  ])("of a list costs $says", ({ list: asked, is, steps }) => {
    expect(spent((work) => expect(listMatches(asked, subject, work)).toBe(is))).toBe(steps);
    expect(listMatches(asked, subject)).toBe(is);
  });

  test.each([
    { says: "nothing where there are none", patterns: [], is: false, steps: 0 },
    { says: "looking a path up", patterns: ["src/a.ts"], is: true, steps: 40 },
    { says: "comparing a pattern", patterns: ["src/*.ts"], is: true, steps: 61 },
    { says: "each of them, up to the first that fits", patterns: ["lib/*", "src/*.ts", "**"], is: true, steps: 68 },
  ])("of exclusions alone costs $says", ({ patterns, is, steps }) => {
    expect(spent((work) => expect(isExcluded(patterns, subject.file, work)).toBe(is))).toBe(steps);
    expect(isExcluded(patterns, subject.file)).toBe(is);
  });

  test("of a short name costs sixty steps beside", () => {
    const short = file({ path: "src/AUTHEN~1/s.ts" });
    expect(spent((work) => expect(listMatches(["src/authentication/**"], short, work)).toBe(true))).toBe(127);
  });
});

describe("an answer is remembered for the same file and the same decision alone", () => {
  const asked = ["src/**", "!src/gen/**"];
  const plain = file({ path: "src/gen/a.ts" });
  const link = { ...plain, file: file({ path: "src/gen/a.ts", kind: "symlink" }).file };

  test("another file of the same name is asked about anew", () => {
    expect(listMatchesAgain(asked, plain)).toBe(false);
    expect(listMatchesAgain(asked, link)).toBe(true);
    expect(listMatchesAgain(asked, plain)).toBe(false);
  });

  test("without a decision an answer is taken, and nothing is paid", () => {
    const work = newWork();
    expect(listMatchesAgain([...asked], plain, work)).toBe(false);
    const list = [...asked];
    expect(listMatchesAgain(list, plain)).toBe(false);
    expect(listMatchesAgain(list, plain)).toBe(false);
    const before = work.spent;
    expect(listMatchesAgain(list, plain, work)).toBe(false);
    expect(work.spent).toBeGreaterThan(before + 15);
    const paid = work.spent;
    expect(listMatchesAgain(list, plain)).toBe(false);
    expect(work.spent).toBe(paid);
    expect(listMatchesAgain(list, plain, work)).toBe(false);
    expect(work.spent).toBe(paid + 15);
  });
});

describe("an entry of a list", () => {
  const group = `Write one pattern for each choice; to exclude a name that begins with \`(\`, write "!?…" for it.`;
  test.each([
    { entry: "src/**", is: null },
    { entry: "!src/**", is: null },
    { entry: "!(a)", is: `the pattern has an extended glob. ${group}` },
    { entry: "!src/", is: 'the pattern ends with a slash. Write "!src/**".' },
    { entry: "src/", is: 'the pattern ends with a slash. Write "src/**".' },
    { entry: "!", is: 'the pattern is empty. Write a path or a pattern such as "src/**".' },
    { entry: "!!a", is: "the pattern has a `!`. A `!` excludes only as the first character of a pattern." },
  ])("$entry", ({ entry, is }) => {
    const found = listEntryProblem(entry);
    expect(found === null ? null : `${found.what}. ${found.fix}`).toBe(is);
  });
});

describe("what a list and a file are taken apart into", () => {
  const shown = (list: readonly string[]) =>
    includedIn(list).map(({ parts }) => parts.map((part) => (part.kind === "any-depth" ? "**" : part.text)).join("/"));

  test("patterns in every form, without exclusions, those of one path first", () => {
    expect(shown(["Src/A*", "!x", "Lib/a.ts", "lib/a.ts"])).toEqual(["Lib/a.ts", "lib/a.ts", "Src/A*", "src/a*"]);
    const list = ["a"];
    expect(includedIn(list)).toBe(includedIn(list));
  });

  test("forms into their parts, and those that may be short beside", () => {
    const forms = ["a/b", "c~1/d"];
    expect(partsOf(forms)).toEqual({
      split: [
        ["a", "b"],
        ["c~1", "d"],
      ],
      short: [["c~1", "d"]],
    });
    expect(partsOf(forms)).toBe(partsOf(forms));
  });
});
