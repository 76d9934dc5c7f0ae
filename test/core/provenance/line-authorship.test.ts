import { describe, expect, test } from "vitest";
import { writerOf, type Writer } from "../../../core/change/authorship.ts";
import type { LineOrigin } from "../../../core/change/line-origins.ts";
import { absent, present } from "../../../core/evidence.ts";
import type { AttributedLines, Attribution } from "../../../core/provenance/attribution/attribution.ts";
import { changeProvenance } from "../../../core/provenance/change-provenance.ts";
import { authorship } from "../../../core/provenance/line-authorship.ts";
import type { Ruling } from "../../../core/provenance/provenance.ts";
import { recorded, sampleAttribution, sampleSha } from "../../builders.ts";

const ann = { name: "Ann Example", email: "ann@example.com" };
const words = { author: ann, committer: ann };
const a = sampleSha("a");
const b = sampleSha("b");
const commits = [
  { ...words, sha: a, message: "Fix\n\nAssisted-by: Crush:glm-5.2\nAI-Accepted: edited\n" },
  { ...words, sha: b, message: "Fix\n" },
];
const from = (start: number, end: number, commit: string | null, path = "src/a.ts", line = start): LineOrigin => ({
  start,
  end,
  commit,
  path: commit === null ? null : path,
  line: commit === null ? null : line,
});
const origins = new Map([
  ["src/a.ts", [from(3, 5, a), from(6, 6, b), from(9, 12, null)]],
  ["empty.ts", []],
]);

function written(branch: string | null) {
  const branchOf = branch === null ? absent("not read") : present(branch);
  const provenance = changeProvenance({ commits, branch: branchOf, pullRequest: absent("not read") });
  return authorship(origins, provenance, []);
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
        commit: a,
        evidence: "commit",
      },
    },
    {
      says: "its neighbour by another commit",
      line: 6,
      writer: { verdict: "undeclared", agent: null, commit: b, evidence: "none" },
    },
    {
      says: "a line of no commit",
      line: 10,
      writer: { verdict: "undeclared", acceptance: "unstated", commit: null, evidence: "none" },
    },
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
      evidence: "change",
      session: null,
    });
  });

  test("a commit that says nothing itself has what the change says, and the change as evidence", () => {
    const found = writerOf(written("codex/x"), "src/a.ts", 6);
    expect(found).toMatchObject({ verdict: "agent-assisted", agent: "codex", commit: b, evidence: "change" });
  });

  test("a session of the commit is said of its lines when there is one, and of no line when there are two", () => {
    const session = (ids: string[]) => {
      const message = `Fix\n\nAssisted-by: Crush:glm-5.2\n${ids.map((id) => `AI-Session: ${id}\n`).join("")}`;
      const read = changeProvenance({ ...nothing, commits: [{ ...words, sha: a, message }] });
      return writerOf(authorship(origins, read, []), "src/a.ts", 3)?.session;
    };
    expect([session(["one"]), session(["one", "two"]), session([])]).toEqual(["one", null, null]);
  });
});

const nothing = { branch: absent("not read"), pullRequest: absent("not read") } as const;

/** Lines 1 to 10 of one commit, where a record speaks of lines 3 to 6; what line 4 comes to. */
const messages = {
  silent: "Fix\n",
  assisted: "Fix\n\nAssisted-by: Crush:glm-5.2\nAI-Accepted: rewritten\n",
  generated: "Fix\n\nGenerated-by: Crush:glm-5.2\n",
  sameTool: "Fix\n\nAssisted-by: claude-code:claude-opus-4-5\nAI-Session: declared\n",
  human: "Fix\n\nAI-Assisted: no\n",
};
const claude = { agent: "claude-code", model: "claude-opus-4-7", session: "s_1" };

interface Row {
  says: string;
  message: keyof typeof messages;
  attributions: Attribution[];
  rulings?: Ruling[];
  line4: Partial<Writer>;
  line8: Partial<Writer>;
}

const record = (...lines: AttributedLines[]) => sampleAttribution({ commit: a, path: "src/a.ts", lines });
const undeclared = { verdict: "undeclared", agent: null, evidence: "none", session: null } as const;
const byCommit = { verdict: "agent-assisted", agent: "crush", model: "glm-5.2", evidence: "commit" } as const;

const rows: Row[] = [
  {
    says: "a tool's line in a silent commit; an untracked line stays undeclared",
    message: "silent",
    attributions: [record(recorded("ai", 3, 6, claude))],
    line4: { verdict: "agent-authored", acceptance: "unstated", ...claude, evidence: "git-ai", commit: a },
    line8: undeclared,
  },
  {
    says: "a mixed line is assisted, and was edited where the commit does not state it",
    message: "silent",
    attributions: [record(recorded("mixed", 3, 6, claude))],
    line4: { verdict: "agent-assisted", acceptance: "edited", ...claude },
    line8: undeclared,
  },
  {
    says: "a mixed line keeps the acceptance that the commit states, and is named by the record",
    message: "assisted",
    attributions: [record(recorded("mixed", 3, 6, claude))],
    line4: { verdict: "agent-assisted", acceptance: "rewritten", ...claude, evidence: "git-ai" },
    line8: byCommit,
  },
  {
    says: "a person's line in a silent commit is human",
    message: "silent",
    attributions: [record(recorded("human", 3, 6))],
    line4: { verdict: "human", agent: null, evidence: "git-ai" },
    line8: undeclared,
  },
  {
    says: "a record in the change's own tree makes no line human",
    message: "silent",
    attributions: [{ ...record(recorded("human", 3, 6)), source: "agent-trace", strength: "claim" }],
    line4: undeclared,
    line8: undeclared,
  },
  {
    says: "and raises the lines of a tool",
    message: "silent",
    attributions: [{ ...record(recorded("ai", 3, 6, claude)), source: "agent-trace", strength: "claim" }],
    line4: { verdict: "agent-authored", ...claude, evidence: "agent-trace" },
    line8: undeclared,
  },
  {
    says: "a person's line in a commit of a tool is not lowered",
    message: "assisted",
    attributions: [record(recorded("human", 3, 6))],
    line4: byCommit,
    line8: byCommit,
  },
  {
    says: "a tool's line raises an assisted commit's to authored",
    message: "assisted",
    attributions: [record(recorded("ai", 3, 6, claude))],
    line4: { verdict: "agent-authored", ...claude, evidence: "git-ai" },
    line8: byCommit,
  },
  {
    says: "a mixed line in a commit that a tool wrote stays authored",
    message: "generated",
    attributions: [record(recorded("mixed", 3, 6, claude))],
    line4: { verdict: "agent-authored", agent: "crush", evidence: "commit", session: null },
    line8: { verdict: "agent-authored", agent: "crush", evidence: "commit" },
  },
  {
    says: "a record as strong as the commit that names nobody leaves the commit's names",
    message: "assisted",
    attributions: [record(recorded("mixed", 3, 6))],
    line4: byCommit,
    line8: byCommit,
  },
  {
    says: "a record that names the tool alone has the model that the commit names for the same tool",
    message: "sameTool",
    attributions: [record(recorded("ai", 3, 6, { agent: "claude-code" }))],
    line4: { verdict: "agent-authored", agent: "claude-code", model: "claude-opus-4-5", session: "declared" },
    line8: { verdict: "agent-assisted", session: "declared" },
  },
  {
    says: "and never the model of another tool",
    message: "assisted",
    attributions: [record(recorded("ai", 3, 6, { agent: "claude-code" }))],
    line4: { verdict: "agent-authored", agent: "claude-code", model: null },
    line8: byCommit,
  },
  {
    says: "a denial is raised by a tool's line, and holds for the others",
    message: "human",
    attributions: [record(recorded("ai", 3, 6, claude))],
    line4: { verdict: "agent-authored", evidence: "git-ai" },
    line8: { verdict: "human", evidence: "commit" },
  },
  {
    says: "of several records the strongest counts, whichever comes first",
    message: "silent",
    attributions: [
      record(recorded("human", 1, 10)),
      sampleAttribution({ commit: a, path: "src/a.ts", source: "whogitit", lines: [recorded("ai", 4, 4, claude)] }),
      record(recorded("mixed", 3, 6, claude)),
    ],
    line4: { verdict: "agent-authored", evidence: "whogitit" },
    line8: { verdict: "human", evidence: "git-ai" },
  },
  {
    says: "a source that names no lines is no evidence of one",
    message: "silent",
    attributions: [
      sampleAttribution({ commit: a, path: "src/a.ts", source: "entire", lines: [recorded("ai", 1, 10, claude)] }),
      sampleAttribution({ commit: a, path: "src/a.ts", source: "qwen-code", lines: [recorded("ai", 1, 10, claude)] }),
    ],
    line4: undeclared,
    line8: undeclared,
  },
  {
    says: "of equal records one that names a model counts",
    message: "silent",
    attributions: [
      record(recorded("ai", 3, 6, { agent: "claude-code" })),
      sampleAttribution({ commit: a, path: "src/a.ts", source: "whogitit", lines: [recorded("ai", 3, 6, claude)] }),
    ],
    line4: { ...claude, evidence: "whogitit" },
    line8: undeclared,
  },
  {
    says: "a record of another commit, or of another file, says nothing here",
    message: "silent",
    attributions: [
      sampleAttribution({ commit: b, path: "src/a.ts", lines: [recorded("ai", 1, 10, claude)] }),
      sampleAttribution({ commit: a, path: "src/b.ts", lines: [recorded("ai", 1, 10, claude)] }),
    ],
    line4: undeclared,
    line8: undeclared,
  },
  {
    says: "a person's ruling is stronger than any record",
    message: "assisted",
    attributions: [record(recorded("ai", 3, 6, claude))],
    rulings: [{ commit: a, verdict: "human", by: "ann", reason: "typed it", at: "2026-11-21T08:00:00Z" }],
    line4: { verdict: "human", evidence: "commit" },
    line8: { verdict: "human", evidence: "commit" },
  },
];

describe("a record raises the lines that it names", () => {
  test.each(rows)("$says", ({ message, attributions, rulings = [], line4, line8 }) => {
    const found = attributed(messages[message], [from(1, 10, a)], attributions, rulings);
    expect(writerOf(found, "src/a.ts", 4)).toMatchObject(line4);
    expect(writerOf(found, "src/a.ts", 8)).toMatchObject(line8);
  });

  test("at the place that the lines had in their commit, under the name the file had there", () => {
    const found = attributed(
      messages.silent,
      [from(21, 30, a, "old/name.ts", 1)],
      [sampleAttribution({ commit: a, path: "old/name.ts", lines: [recorded("ai", 3, 6, claude)] })],
    );
    expect(found.files.get("src/a.ts")?.map(({ start, end, writer }) => [start, end, writer.verdict])).toEqual([
      [21, 22, "undeclared"],
      [23, 26, "agent-authored"],
      [27, 30, "undeclared"],
    ]);
  });

  test("stretches are exactly the added lines, ascending, and neighbours with one writer are one", () => {
    const found = attributed(
      messages.silent,
      [from(1, 4, a), from(5, 6, a, "src/moved.ts", 40), from(8, 9, a), from(12, 12, null)],
      [
        record(recorded("ai", 2, 3, claude), recorded("ai", 4, 4, claude), recorded("human", 9, 40)),
        sampleAttribution({ commit: a, path: "src/moved.ts", lines: [recorded("ai", 1, 40, claude)] }),
      ],
    );
    expect(found.files.get("src/a.ts")?.map(({ start, end, writer }) => [start, end, writer.verdict])).toEqual([
      [1, 1, "undeclared"],
      [2, 5, "agent-authored"],
      [6, 6, "undeclared"],
      [8, 8, "undeclared"],
      [9, 9, "human"],
      [12, 12, "undeclared"],
    ]);
  });
});

function attributed(message: string, stretches: LineOrigin[], attributions: Attribution[], rulings: Ruling[] = []) {
  const read = changeProvenance({
    ...nothing,
    commits: [{ ...words, sha: a, message }],
    attributions: present(attributions),
    rulings: present(rulings),
  });
  return authorship(new Map([["src/a.ts", stretches]]), read, attributions);
}
