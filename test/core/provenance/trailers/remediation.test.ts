import { describe, expect, test } from "vitest";
import { readCommit } from "../../../../core/provenance/commit-provenance.ts";
import { danglingDeclarations, remediationsOf } from "../../../../core/provenance/trailers/remediation.ts";
import { sampleSha } from "../../../builders.ts";

const ann = { name: "Ann Example", email: "ann@example.com" };
const assisted = "Assisted-by: claude-code:claude-opus-5";

function history(...messages: string[]) {
  return messages.map((message, index) =>
    readCommit({ sha: sampleSha(String(index)), author: ann, committer: ann, message }),
  );
}

const shaOf = (index: number) => sampleSha(String(index));
const declare = (id: string, ...lines: string[]) => `Declare\n\n${[...lines, `AI-Declares: ${id}`].join("\n")}\n`;

describe("which commit is declared for", () => {
  test.each([
    { says: "the whole id", id: shaOf(0), found: [shaOf(0)] },
    { says: "12 digits", id: shaOf(0).slice(0, 12), found: [shaOf(0)] },
    { says: "capitals", id: shaOf(0).slice(0, 20).toUpperCase(), found: [shaOf(0)] },
    { says: "11 digits are too few", id: shaOf(0).slice(0, 11), found: [] },
    { says: "a wrong digit", id: `${shaOf(0).slice(0, 19)}x`, found: [] },
    { says: "more than the id", id: `${shaOf(0)}0`, found: [] },
    { says: "a later commit", id: shaOf(2), found: [] },
    { says: "the commit itself", id: shaOf(1), found: [] },
    { says: "a commit of elsewhere", id: sampleSha("elsewhere"), found: [] },
  ])("$says", ({ id, found }) => {
    const commits = history("Fix\n", declare(id, assisted), "Fix\n");
    expect([...remediationsOf(commits).keys()]).toEqual(found);
    const dangling = id.length >= 12 && !id.endsWith("x") && found.length === 0 && id.length <= 64;
    expect([...danglingDeclarations(commits)]).toEqual(dangling ? [shaOf(1)] : []);
  });

  test("several, each once, by several", () => {
    const both = `Declare\n\n${assisted}\nAI-Declares: ${shaOf(0)}\nAI-Declares: ${shaOf(1)}\nAI-Declares: ${shaOf(1)}\n`;
    const found = remediationsOf(history("a\n", "b\n", both, declare(shaOf(0), "AI-Session: x1")));
    expect(found.get(shaOf(0))?.remediations.map(({ commit }) => commit)).toEqual([shaOf(2), shaOf(3)]);
    expect(found.get(shaOf(1))?.remediations.map(({ commit }) => commit)).toEqual([shaOf(2)]);
  });

  test("a declaration outside git's own block declares nothing", () => {
    expect(remediationsOf(history("a\n", `Declare\n\n${assisted}\nAI-Declares: ${shaOf(0)}\n\nmore\n`)).size).toBe(0);
    const elsewhere = `Declare\n\n${assisted}\n\nAI-Declares: ${shaOf(0)}\n`;
    expect(remediationsOf(history("a\n", elsewhere)).get(shaOf(0))).toEqual({
      remediations: [{ commit: shaOf(1), trailers: [] }],
      signals: [],
    });
  });
});

test("the trailers about tools speak for it, as trailers, from where they stand", () => {
  const declaring = declare(shaOf(0), assisted, "AI-Session: x1", "Reviewed-by: Bob <bob@example.com>");
  const found = remediationsOf(history("a\n", declaring)).get(shaOf(0));
  expect(found?.remediations[0]?.trailers).toEqual([
    { key: "Assisted-by", value: "claude-code:claude-opus-5" },
    { key: "AI-Session", value: "x1" },
  ]);
  expect(found?.signals).toMatchObject([
    { kind: "remediation", class: "trailer", agent: "claude-code", place: { commit: shaOf(1), line: 3 } },
    { kind: "remediation", class: "trailer", source: "AI-Session" },
  ]);
});

test("however many declarations there are, what is kept of them is bounded", () => {
  const sessions = Array.from({ length: 200 }, (_, index) => `AI-Session: s${index}`);
  const declaring = Array.from({ length: 40 }, () => declare(shaOf(0), ...sessions));
  const found = remediationsOf(history("a\n", ...declaring)).get(shaOf(0));
  expect(found?.remediations).toHaveLength(20);
  expect(found?.remediations[0]?.trailers).toHaveLength(50);
});
