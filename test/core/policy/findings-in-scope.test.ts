import { describe, expect, test } from "vitest";
import type { Place } from "../../../core/findings/finding.ts";
import { findingsIn, notAnalysedIn, placeWords } from "../../../core/policy/findings-in-scope.ts";
import { judgeChange, scopeOf } from "../../../core/policy/judge.ts";
import type { Scope } from "../../../core/policy/judged.ts";
import { sampleFinding, sampleSha } from "../../builders.ts";
import { buildPolicy, buildSubject, sampleVocabulary, type SubjectSketch } from "../../subjects.ts";

const [a, b] = ["src/a.ts", "src/b.ts"];
const places: Readonly<Record<string, Place>> = {
  "lines of a": { kind: "lines", path: a, start: 7, end: 9 },
  "a as it was called": { kind: "file", path: "old/a.ts" },
  "b as a whole": { kind: "file", path: b },
  "commit of a": { kind: "commit", sha: sampleSha("a") },
  "commit of b": { kind: "commit", sha: sampleSha("b") },
  "empty commit": { kind: "commit", sha: sampleSha("empty") },
  "the change": { kind: "change" },
};
const sketch: SubjectSketch = {
  commits: ["a", "b", "empty"].map((name) => ({ name })),
  files: [
    { path: a, previousPath: "old/a.ts", commits: ["a"] },
    { path: b, commits: ["b"] },
  ],
  findings: Object.entries(places).map(([identity, place]) => sampleFinding({ identity, place })),
};

/** The scope of these files under a policy in which `src/b.ts` is sensitive. */
function scopeFor(paths: readonly string[], narrowed: boolean, more: SubjectSketch = {}): Scope {
  const policy = buildPolicy("areas: { b: { paths: [src/b.ts], tier: 1 } }");
  const change = judgeChange(policy, buildSubject({ ...sketch, ...more }), sampleVocabulary);
  const files = change.files.filter(({ shown }) => paths.includes(shown));
  return scopeOf(change, files, narrowed);
}

describe("which findings a rule looks at", () => {
  test.each([
    { says: "all of them, about the whole change", paths: [a, b], narrowed: false, is: Object.keys(places) },
    {
      says: "those on a file, under each of its names, and those on no file",
      paths: [a],
      narrowed: true,
      is: ["lines of a", "a as it was called", "commit of a", "empty commit", "the change"],
    },
    {
      says: "those on another file",
      paths: [b],
      narrowed: true,
      is: ["b as a whole", "commit of b", "empty commit", "the change"],
    },
    { says: "those on no file, about none", paths: [], narrowed: true, is: ["empty commit", "the change"] },
    { says: "all, about a change of which no file is left", paths: [], narrowed: false, is: Object.keys(places) },
  ])("$says", ({ paths, narrowed, is }) => {
    expect(findingsIn(scopeFor(paths, narrowed)).map(({ identity }) => identity)).toEqual(is);
  });

  test("each look is counted, and the commits of all files once", () => {
    const scope = scopeFor([a], true);
    const { work } = scope.change;
    const steps = [1, 2].map(() => {
      const before = work.spent;
      findingsIn(scope);
      return work.spent - before;
    });
    expect(steps).toEqual([3 * 7 + 5 * 2, 3 * 7]);
  });
});

test("each commit that touched a file is counted with it", () => {
  const scope = scopeFor([a], true, { files: [{ path: a, commits: ["a", "b", "empty"] }], findings: [] });
  const before = scope.change.work.spent;
  findingsIn(scope);
  expect(scope.change.work.spent - before).toBe(5 * 3);
});

describe("what it means that files were not analysed", () => {
  const unread = (path: string) => ({ path, reason: "it has 9,000 lines" });
  const outcome = (state: string, says: readonly string[]) => ({
    state,
    reason: {
      says: `files that were not analysed: ${says.length}`,
      state: "unknown",
      fix: "Split or shorten these files, or have a person look at them.",
      reasons: says.map((each) => ({ says: each, state: "unknown", fix: null, reasons: [] })),
    },
  });
  const ofA = `${a}: it has 9,000 lines`;
  const ofB = `${b}: it has 9,000 lines`;
  test.each([
    { says: "nothing, where all were", paths: [a, b], notAnalysed: [], is: null },
    { says: "nothing, where another rule's was not", paths: [a], notAnalysed: [unread(b)], is: null },
    { says: "a warning", paths: [a, b], notAnalysed: [unread(a)], is: outcome("warned", [ofA]) },
    {
      says: "no decision, in an area of tier 1",
      paths: [b],
      notAnalysed: [unread(b)],
      is: outcome("undecided", [ofB]),
    },
    {
      says: "no decision, where one of them lies there",
      paths: [a, b],
      notAnalysed: [unread(b), unread(a)],
      is: outcome("undecided", [ofA, ofB]),
    },
  ])("$says", ({ paths, notAnalysed, is }) => {
    expect(notAnalysedIn(scopeFor(paths, true, { notAnalysed }))).toEqual(is);
  });
});

test.each([
  { place: "lines of a", is: "src/a.ts:7" },
  { place: "b as a whole", is: "src/b.ts" },
  { place: "commit of a", is: `commit ${sampleSha("a").slice(0, 10)}` },
  { place: "the change", is: "the change" },
])("a finding on $place lies at $is", ({ place, is }) => {
  expect(placeWords(places[place]!)).toBe(is);
});
