import { describe, expect, test } from "vitest";
import type { CoverageReview } from "../../../core/coverage/coverage-review.ts";
import { absent, present } from "../../../core/evidence.ts";
import { buildCoverage, firstRule, fixes } from "../../subjects.ts";

const none = { covered: 0, total: 0 };
const counted = present({ lines: { covered: 1, total: 1 }, branches: none, functions: none });
const fallen = present({ lines: -0.01, branches: null });
const toBase = "Hand the base branch's coverage report to `--base-coverage`.";
const toPattern = "See where the tests write the coverage report, and name that file.";
const toPaths = "Write the coverage report with paths relative to the repository.";
const noPath = "no path in the coverage report is a file of the tested tree: it names /app/z.js";

describe("what to do about the coverage of the whole project", () => {
  test.each<{
    says: string;
    patch?: CoverageReview["patch"];
    after?: CoverageReview["project"]["after"];
    delta: CoverageReview["project"]["delta"];
    fix: string;
  }>([
    {
      says: "the head report was not found",
      after: absent("no file matches `coverage/*.info`"),
      delta: absent("another reason"),
      fix: toPattern,
    },
    { says: "the head report is of other files", patch: absent(noPath), delta: absent(noPath), fix: toPaths },
    {
      says: "the head report is of other files, and something else is missing",
      patch: absent(noPath),
      delta: absent("no report of the base"),
      fix: toBase,
    },
    { says: "the base report is missing", delta: absent("no report of the base"), fix: toBase },
    {
      says: "the head report leaves files out",
      delta: absent("the head report no longer measures 1 file that the base's did: z.ts"),
      fix: "Let the coverage tool measure every file that it measured before, also those that no test loads.",
    },
    { says: "nothing could run before", delta: present({ lines: null, branches: null }), fix: toBase },
    { says: "it falls", delta: fallen, fix: "Cover more lines." },
    {
      says: "it falls, and of the change nothing is known",
      patch: absent(noPath),
      delta: fallen,
      fix: "Cover more lines.",
    },
  ])("$says", ({ patch = counted, after = counted, delta, fix }) => {
    const { project, ...rest } = buildCoverage({ files: [] });
    const coverage = { ...rest, patch, project: { ...project, after, delta } };
    const result = firstRule("rules: [{ id: r, require: { coverage: { project_delta: 0 } } }]", { coverage });
    expect(fixes(result)).toEqual([fix]);
  });
});
