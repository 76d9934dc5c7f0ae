import { describe, expect, test } from "vitest";
import { writerOf } from "../../../core/change/authorship.ts";
import { absent, present } from "../../../core/evidence.ts";
import { changeProvenance } from "../../../core/provenance/change-provenance.ts";
import { authorship } from "../../../core/provenance/line-authorship.ts";
import { sampleSha } from "../../builders.ts";

const ann = { name: "Ann Example", email: "ann@example.com" };
const words = { author: ann, committer: ann };
const commits = [
  { ...words, sha: sampleSha("a"), message: "Fix\n\nAssisted-by: Crush:glm-5.2\nAI-Accepted: edited\n" },
  { ...words, sha: sampleSha("b"), message: "Fix\n" },
];
const origins = new Map([
  [
    "src/a.ts",
    [
      { start: 3, end: 5, commit: sampleSha("a") },
      { start: 6, end: 6, commit: sampleSha("b") },
      { start: 9, end: 12, commit: null },
    ],
  ],
  ["empty.ts", []],
]);

function written(branch: string | null) {
  const from = branch === null ? absent("not read") : present(branch);
  const provenance = changeProvenance({ commits, branch: from, pullRequest: absent("not read") }, new Map());
  return authorship(origins, provenance);
}

describe("who wrote each added line", () => {
  test.each([
    {
      says: "the commit that brought it",
      line: 3,
      writer: {
        verdict: "agent-assisted",
        acceptance: "edited",
        agent: "crush",
        model: "glm-5.2",
        commit: sampleSha("a"),
      },
    },
    {
      says: "its neighbour by another commit",
      line: 6,
      writer: { verdict: "undeclared", agent: null, commit: sampleSha("b") },
    },
    { says: "a line of no commit", line: 10, writer: { verdict: "undeclared", acceptance: "unstated", commit: null } },
    { says: "a line that the change did not add", line: 7, writer: null },
  ])("$says", ({ line, writer }) => {
    const found = writerOf(written(null), "src/a.ts", line);
    if (writer === null) expect(found).toBeNull();
    else expect(found).toMatchObject(writer);
  });

  test("a line of no commit has what the change as a whole says", () => {
    expect(writerOf(written("codex/x"), "src/a.ts", 10)).toEqual({
      verdict: "agent-assisted",
      acceptance: "unstated",
      agent: "codex",
      model: null,
      commit: null,
    });
  });

  test("stretches and files stay as they came", () => {
    const files = written(null).files;
    expect(files.get("src/a.ts")?.map(({ start, end }) => [start, end])).toEqual([
      [3, 5],
      [6, 6],
      [9, 12],
    ]);
    expect(files.get("empty.ts")).toEqual([]);
  });
});
