import { describe, expect, test } from "vitest";
import { isExcluded, listMatches, listMatchesAgain } from "../../../core/policy/path-list.ts";
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
});
