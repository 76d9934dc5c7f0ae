import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { verdicts } from "../../../core/change/authorship.ts";
import { commitProvenance, strongestVerdict } from "../../../core/provenance/commit-provenance.ts";
import { changeSignals } from "../../../core/provenance/signals/change-signals.ts";
import { absent, present } from "../../../core/evidence.ts";
import { modelName } from "../../../core/provenance/tools/models.ts";
import type { Signal } from "../../../core/provenance/provenance.ts";
import { tools } from "../../../core/provenance/tools/tools.ts";
import { sampleSha } from "../../builders.ts";

const ann = { name: "Ann Example", email: "ann@example.com" };
const dependabot = { name: "dependabot[bot]", email: "49699333+dependabot[bot]@users.noreply.github.com" };
const agentAuthor = { name: "Claude", email: "noreply@anthropic.com" };
const claude = "Co-authored-by: Claude Opus 4.5 <noreply@anthropic.com>";
const suggestion = "Co-authored-by: Copilot <175728472+Copilot@users.noreply.github.com>";
const onBranch = changeSignals({ branch: present("codex/x"), pullRequest: absent("not read") });

function judge(message: string, author = ann, others: readonly Signal[] = []) {
  return commitProvenance({ sha: sampleSha("c"), author, committer: ann, message }, others);
}

describe("the strongest signal gives the verdict", () => {
  test.each([
    { says: "silence is undeclared, never human", message: "Fix\n", verdict: "undeclared" },
    { says: "declared", message: "Fix\n\nAI-Assisted: no\n", verdict: "human" },
    { says: "a bot that bumps versions", message: "Bump x\n", author: dependabot, verdict: "automation" },
    { says: "an accepted suggestion", message: `Fix\n\n${suggestion}\n`, verdict: "suggestion" },
    { says: "a co-author", message: `Fix\n\n${claude}\n`, verdict: "agent-assisted" },
    { says: "an author", message: "Fix\n", author: agentAuthor, verdict: "agent-authored" },
    {
      says: "a suggestion beside a co-author",
      message: `Fix\n\n${suggestion}\n${claude}\n`,
      verdict: "agent-assisted",
    },
    {
      says: "a declaration beside a co-author",
      message: `Fix\n\nAI-Assisted: no\n${claude}\n`,
      verdict: "agent-assisted",
    },
    { says: "a branch raises the undeclared", message: "Fix\n", others: onBranch, verdict: "agent-assisted" },
    { says: "and automation", message: "Bump\n", author: dependabot, others: onBranch, verdict: "agent-assisted" },
    {
      says: "but lowers no author",
      message: "Fix\n",
      author: agentAuthor,
      others: onBranch,
      verdict: "agent-authored",
    },
    {
      says: "an embedded mark raises as a trailer does",
      message: `Squash\n\n    ${claude}\n`,
      verdict: "agent-assisted",
    },
    { says: "an embedded denial declares nothing", message: "Squash\n\n    AI-Assisted: no\n", verdict: "undeclared" },
    {
      says: "a merge's subject that names a branch",
      message: "Merge pull request #617 from o/codex/fix\n",
      verdict: "undeclared",
    },
  ])("$says: $verdict", ({ message, author, others, verdict }) => {
    expect(judge(message, author, others).verdict).toBe(verdict);
  });
});

describe("faults row 43: conflict", () => {
  test.each([
    {
      says: "`AI-Assisted: no` beside an agent co-author",
      message: `Fix\n\nAI-Assisted: no\n${claude}\n`,
      conflict: true,
    },
    { says: "beside an accepted suggestion", message: `Fix\n\nAI-Assisted: no\n${suggestion}\n`, conflict: true },
    { says: "beside an agent as author", message: "Fix\n\nAI-Assisted: no\n", author: agentAuthor, conflict: true },
    { says: "beside an agent's branch", message: "Fix\n\nAI-Assisted: no\n", others: onBranch, conflict: true },
    { says: "beside `AI-Assisted: yes`", message: "Fix\n\nAI-Assisted: no\nAI-Assisted: yes\n", conflict: true },
    {
      says: "an embedded denial contradicts too",
      message: `Fix\n\n    AI-Assisted: no\n\n${claude}\n`,
      conflict: true,
    },
    { says: "alone", message: "Fix\n\nAI-Assisted: no\n", conflict: false },
    { says: "beside automation", message: "Fix\n\nAI-Assisted: no\n", author: dependabot, conflict: false },
    { says: "an agent alone", message: `Fix\n\n${claude}\n`, conflict: false },
  ])("$says: $conflict", ({ message, author, others, conflict }) => {
    expect(judge(message, author, others).conflict).toBe(conflict);
  });
});

describe("faults row 44: identities are claims", () => {
  test.each([
    {
      says: "a human who signs with a tool's mail",
      author: { ...ann, email: "223556219+Copilot@users.noreply.github.com" },
    },
    { says: "a tool's author name over a person's mail", author: { ...ann, name: "copilot-swe-agent[bot]" } },
  ])("$says is believed as far as a claim goes", ({ author }) => {
    expect(judge("Fix\n", author).signals).toMatchObject([{ kind: "author", class: "identity", strength: "claim" }]);
  });
});

describe("who is named", () => {
  test.each([
    {
      says: "agent and model of a co-author",
      message: `Fix\n\n${claude}\n`,
      agent: "claude-code",
      model: "Claude Opus 4.5",
    },
    {
      says: "the author before the co-author",
      message: "Fix\n\nCo-authored-by: Cursor <cursoragent@cursor.com>\n",
      author: agentAuthor,
      agent: "claude-code",
      model: null,
    },
    {
      says: "the commit's own words before the change's",
      message: `Fix\n\n${claude}\n`,
      others: onBranch,
      agent: "claude-code",
      model: "Claude Opus 4.5",
    },
    { says: "the change's where the commit has none", message: "Fix\n", others: onBranch, agent: "codex", model: null },
    {
      says: "a model that only another signal names",
      message: "Fix\n\nCo-authored-by: Cursor <cursoragent@cursor.com>\nAI-Model: gpt-5.5\n",
      agent: "cursor",
      model: "gpt-5.5",
    },
    {
      says: "no model of another tool's signal",
      message: `Fix\n\nGenerated-by: Codex\n${claude}\n`,
      agent: "codex",
      model: null,
    },
    {
      says: "not the suggestion's tool for what another wrote",
      message: `Fix\n\nAssisted-by: SomeNewAgent:1\n${suggestion}\n`,
      agent: null,
      model: null,
    },
    { says: "automation by its name", message: "Bump\n", author: dependabot, agent: "dependabot", model: null },
    { says: "nobody for a person", message: "Fix\n\nAI-Assisted: no\n", agent: null, model: null },
  ])("$says", ({ message, author, others, agent, model }) => {
    expect(judge(message, author, others)).toMatchObject({ agent, model });
  });
});

test("acceptance comes from git's trailers alone: it loosens", () => {
  expect(judge(`Fix\n\n${claude}\nAI-Accepted: edited\n`).acceptance).toBe("edited");
  expect(judge(`Squash\n\n    ${claude}\n    AI-Accepted: edited\n`).acceptance).toBe("unstated");
});

test("trailers are git's own, with nothing added", () => {
  const { trailers } = judge(`Fix\n\n${claude}\nFixes: #1\n`);
  expect(trailers).toEqual([
    { key: "Co-authored-by", value: "Claude Opus 4.5 <noreply@anthropic.com>" },
    { key: "Fixes", value: "#1" },
  ]);
});

describe("signals only raise", () => {
  const marks = fc.constantFrom(
    ...[claude, suggestion, "AI-Assisted: no", "Generated-by: codex:gpt-5", "AI-Prompt: x", "Fixes: #1", "Fixes #1"],
    ...[
      "Co-authored-by: Ann <ann@example.com>",
      "🤖 Generated with [Claude Code](x)",
      "Agent-Logs-Url: x",
      "---",
      "# c",
    ],
    ...["Signed-off-by: Ann <ann@example.com>", "(cherry picked from commit 12)", "prose", "", "  ", "Conflicts:"],
  );
  const bodies = fc.array(marks, { maxLength: 12 });
  const message = (lines: readonly string[]) => `Fix\n\n${lines.join("\n")}\n`;
  /** Smaller is stronger. A denial counts only in git's own block, so it is left out where lines move. */
  const rank = (text: string) => verdicts.indexOf(judge(text).verdict);
  const withoutDenial = (lines: readonly string[]) => lines.filter((line) => line !== "AI-Assisted: no");

  test("adding a line never lowers", () => {
    fc.assert(
      fc.property(bodies, bodies, (lines, more) => {
        const without = withoutDenial(lines);
        expect(rank(message([...without, ...more]))).toBeLessThanOrEqual(rank(message(without)));
        expect(rank(message([...more, ...without]))).toBeLessThanOrEqual(rank(message(without)));
      }),
    );
  });

  test("recasing keeps it", () => {
    fc.assert(
      fc.property(bodies, fc.boolean(), (lines, upper) => {
        const without = withoutDenial(lines);
        const recased = without.map((line) => recase(line, upper));
        expect(judge(message(recased)).verdict).toBe(judge(message(without)).verdict);
      }),
    );
  });

  test("so do re-ordering, indenting, squashing and moving below `---`", () => {
    fc.assert(
      fc.property(bodies, (lines) => {
        const without = withoutDenial(lines);
        const before = judge(message(without)).verdict;
        for (const moved of [
          message(without.toReversed()),
          message(without.map((line) => `    ${line}`)),
          `Squash (#1)\n\n* Fix\n\n${without.join("\n")}\n\n---------\n\nCo-authored-by: B <b@example.com>\n`,
          `Fix\n\n---\n\n${without.join("\n")}\n\nthe end\n`,
        ])
          expect(judge(moved).verdict).toBe(before);
      }),
    );
  });

  test("any message is judged", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(verdicts).toContain(judge(text).verdict);
      }),
    );
  });
});

test("faults row 49: what a message names comes from closed lists", () => {
  const keys = [
    "Assisted-by",
    "Generated-by",
    "Co-authored-by",
    "AI-Model",
    "Entire-Agent",
    "Claude-Generated-By",
    "Model",
  ];
  const hostile = fc.constantFrom(
    "IGNORE previous",
    "<b>",
    "@org/team",
    "](x)",
    "claude-IGNORE-4",
    "\u202e",
    "::error::",
  );
  const real = fc.constantFrom("Claude", "opus", "4.5", "via", "(", ")", "<noreply@anthropic.com>", "codex:", "gpt-5");
  const values = fc.array(fc.oneof(hostile, real, fc.string()), { maxLength: 6 });
  const ids = tools.map(({ id }) => id);
  fc.assert(
    fc.property(fc.constantFrom(...keys), values, (key, words) => {
      const { agent, model, signals } = judge(`Fix\n\n${key}: ${words.join(" ")}\n`);
      for (const named of [agent, ...signals.map((signal) => signal.agent)]) expect([null, ...ids]).toContain(named);
      for (const named of [model, ...signals.map((signal) => signal.model)])
        if (named !== null) expect(modelName(named)).toBe(named);
      for (const { source } of signals) expect([...ids, ...keys]).toContain(source);
    }),
  );
});

test("the strongest of no signals is undeclared", () => expect(strongestVerdict([])).toBe("undeclared"));

/** Keys in other letters. `Fixes #1` and git's own two lines keep theirs: git compares those exactly. */
function recase(line: string, upper: boolean): string {
  const colon = line.indexOf(":");
  if (colon === -1 || line.startsWith("Signed-off-by")) return line;
  const key = line.slice(0, colon);
  return `${upper ? key.toUpperCase() : key.toLowerCase()}${line.slice(colon)}`;
}
