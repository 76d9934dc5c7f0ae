import { describe, expect, test } from "vitest";
import { recorded, sampleAttribution, sampleSha } from "../../../builders.ts";
import { judged } from "../history-commits.ts";

/** One commit of a history, by its own words, its records, and what later commits declare. */

const assisted = "Fix\n\nAssisted-by: codex:gpt-5\n";
const note = (...lines: ReturnType<typeof recorded>[]) =>
  sampleAttribution({ commit: sampleSha("history 0"), path: "a.ts", lines });

test("its own words give the verdict", () => {
  const [commit] = judged({ message: assisted });
  expect(commit?.provenance).toMatchObject({
    verdict: "agent-assisted",
    agent: "codex",
    model: "gpt-5",
    conflict: false,
  });
  expect(commit?.shares).toEqual([{ verdict: "agent-assisted", agent: "codex", model: "gpt-5", lines: 10 }]);
});

test("a record raises the commit, and only the lines that it names", () => {
  const records = [note(recorded("ai", 1, 4), recorded("human", 5, 6))];
  const [commit] = judged({ records });
  expect(commit?.provenance.verdict).toBe("agent-assisted");
  expect(commit?.shares.map(({ verdict, lines }) => ({ verdict, lines }))).toEqual([
    { verdict: "agent-authored", lines: 4 },
    { verdict: "human", lines: 2 },
    { verdict: "undeclared", lines: 4 },
  ]);
});

describe("disagreement", () => {
  test.each([
    {
      says: "silence beside lines by a tool is none that conflicts",
      message: "Fix\n",
      by: "ai",
      kinds: ["attested-not-declared"],
      conflict: false,
    },
    {
      says: "a trailer beside a person's lines",
      message: assisted,
      by: "human",
      kinds: ["declared-not-attested"],
      conflict: true,
    },
    {
      says: "a denial beside lines by a tool",
      message: "Fix\n\nAI-Assisted: no\n",
      by: "ai",
      kinds: ["denied-but-attested"],
      conflict: true,
    },
    { says: "both say the same", message: assisted, by: "ai", kinds: [], conflict: false },
  ] as const)("$says", ({ message, by, kinds, conflict }) => {
    const [commit] = judged({ message, records: [note(recorded(by, 1, 10))] });
    expect(commit?.disagreements.map(({ kind }) => kind)).toEqual(kinds);
    expect(commit?.provenance.conflict).toBe(conflict);
  });

  test.each(["Merge\n", "Merge\n\nAI-Assisted: no\n", assisted])(
    "none at a merge, whose own lines nobody knows: %j",
    (message) => {
      const parents = [sampleSha("one"), sampleSha("two")];
      const [commit] = judged({ message, parents, lines: null, records: [note(recorded("ai", 1, 10))] });
      expect(commit?.disagreements).toEqual([]);
    },
  );
});

describe("a declaration for an earlier commit", () => {
  const older = sampleSha("history 1");
  test.each([
    { says: "speaks for it", declares: older, verdict: "agent-assisted" },
    { says: "speaks for it by the first 12 digits", declares: older.slice(0, 12), verdict: "agent-assisted" },
    { says: "speaks for nobody by fewer", declares: older.slice(0, 11), verdict: "undeclared" },
    { says: "speaks for no other commit", declares: sampleSha("another"), verdict: "undeclared" },
  ])("$says", ({ declares, verdict }) => {
    const message = `Declare\n\nAssisted-by: codex:gpt-5\nAI-Declares: ${declares}\n`;
    expect(judged({ message }, {})[1]?.provenance.verdict).toBe(verdict);
  });

  test("never for a later one", () => {
    const message = `Declare\n\nAssisted-by: codex:gpt-5\nAI-Declares: ${sampleSha("history 0")}\n`;
    expect(judged({}, { message })[0]?.provenance.verdict).toBe("undeclared");
  });
});
