import { expect, test } from "vitest";
import { reviewCoverage } from "../../../core/coverage/review-coverage.ts";
import type { FileCoverage } from "../../../core/coverage/report.ts";
import { absent, present } from "../../../core/evidence.ts";
import { countingAsAi } from "../../ai-judgement.ts";
import { authorshipOf, branch, changed, changeOf, file, report } from "./samples.ts";

const fresh = (path: string) => changed(path, ["@@ -0,0 +1,2 @@"], { status: "added" });
const running = (path: string, more: Partial<FileCoverage> = {}) => ({ ...file(path, { 1: 1 }), ...more });
const branches = branch(1, [1]);
const functions = [{ name: "f", line: 1, endLine: null, hits: 1 }];

test.each([
  {
    says: "a report without either",
    files: [running("a.ts")],
    changes: ["a.ts"],
    branches: ["a.ts"],
    functions: ["a.ts"],
  },
  {
    says: "one with both",
    files: [running("a.ts", { branches, functions })],
    changes: ["a.ts"],
    branches: [],
    functions: [],
  },
  {
    says: "both in another file of the language, that the change does not touch",
    files: [running("a.ts"), running("b.mjs", { branches, functions })],
    changes: ["a.ts"],
    branches: [],
    functions: [],
  },
  {
    says: "both in another language only",
    files: [running("a.ts", { branches, functions }), running("b.py"), running("c.py")],
    changes: ["a.ts", "b.py"],
    branches: ["b.py"],
    functions: ["b.py"],
  },
  { says: "nothing added that can run", files: [file("a.ts", {})], changes: ["a.ts"], branches: [], functions: [] },
  { says: "a file that is in no report is told elsewhere", files: [], changes: ["a.ts"], branches: [], functions: [] },
])("$says", ({ files, changes, branches, functions }) => {
  const change = changeOf(changes.map(fresh));
  const { review: found } = reviewCoverage({
    change,
    coverage: { head: present(report(files)), base: absent("no report") },
    lineMaps: [],
    authorship: authorshipOf(change, () => "undeclared"),
    ai: countingAsAi([]),
  });
  expect(found.silentOn).toEqual({ branches, functions });
});
