import { describe, expect, test } from "vitest";
import type { Identity } from "../../../core/change/change.ts";
import { absent, present } from "../../../core/evidence.ts";
import { weighFindings } from "../../../core/findings/index.ts";
import { changeProvenance } from "../../../core/provenance/change-provenance.ts";
import { findProvenance } from "../../../core/provenance/find-provenance.ts";
import { provenanceRules } from "../../../core/provenance/rules.ts";
import { sampleSha } from "../../builders.ts";

const ann = { name: "Ann Example", email: "ann@example.com" };
const agent = { name: "Claude", email: "noreply@anthropic.com" };
const claude = "Co-authored-by: Claude <noreply@anthropic.com>";

interface Made {
  message: string;
  author?: Identity;
  problems?: string[];
}

function find(made: readonly Made[], branch: string | null = null) {
  const commits = made.map(({ message, author = ann, problems = [] }, index) => {
    return { sha: sampleSha(String(index)), author, committer: ann, message, messageProblems: problems };
  });
  const from = branch === null ? absent("not read") : present(branch);
  const provenance = changeProvenance({ commits, branch: from, pullRequest: absent("not read") }, new Map());
  return findProvenance({ commits }, provenance);
}

describe("what is found in one commit", () => {
  test.each([
    { says: "nothing in an ordinary commit", message: "Fix\n\nReviewed-by: Bob <bob@example.com>\n", rules: [] },
    { says: "nothing in a well-declared one", message: `Fix\n\n${claude}\nAI-Accepted: edited\n`, rules: [] },
    { says: "faults row 48: skipped checks", message: "Fix [skip ci]\n", rules: ["skip-checks-trailer"] },
    {
      says: "an agent as author, and no trailer",
      message: "Fix\n",
      author: agent,
      rules: ["detected-without-trailer"],
    },
    { says: "an agent as author, and its trailer", message: `Fix\n\n${claude}\n`, author: agent, rules: [] },
    {
      says: "a footer, and no trailer",
      message: "Fix\n\n🤖 Generated with Claude Code\n",
      rules: ["detected-without-trailer"],
    },
    { says: "an indented trailer", message: `Squash\n\n    ${claude}\n`, rules: ["detected-without-trailer"] },
    {
      says: "an accepted suggestion speaks for itself",
      message: "Fix\n\nCo-authored-by: C <175728472+Copilot@users.noreply.github.com>\n",
      rules: [],
    },
    {
      says: "faults row 43: a conflict",
      message: `Fix\n\nAI-Assisted: no\n${claude}\n`,
      rules: ["provenance-conflict"],
    },
    {
      says: "faults row 47: a malformed fingerprint",
      message: `Fix\n\n${claude}\nAI-Prompt: md5:1\n`,
      rules: ["malformed-trailer"],
    },
    {
      says: "a key that is no key",
      message: "Fix\n\nAI_Model: claude-opus-4-5\n",
      rules: ["detected-without-trailer", "malformed-trailer"],
    },
    {
      says: "an agent that signs off",
      message: "Fix\n\nSigned-off-by: Claude <noreply@anthropic.com>\n",
      rules: ["agent-signed-off"],
    },
    {
      says: "faults row 45: an agent as reviewer",
      message: "Fix\n\nReviewed-by: Cursor <cursoragent@cursor.com>\n",
      rules: ["agent-reviewed"],
    },
    {
      says: "a model as reviewer",
      message: "Fix\n\nReviewed-by: GPT-5.4 <ann@example.com>\n",
      rules: ["agent-reviewed"],
    },
    { says: "a person called Claude signs off", message: "Fix\n\nSigned-off-by: Claude D <c@example.fr>\n", rules: [] },
    {
      says: "dependency bots sign off",
      message: "Bump\n\nSigned-off-by: dependabot[bot] <support@github.com>\n",
      rules: [],
    },
    {
      says: "faults row 41: text after a NUL",
      message: "Fix\n",
      problems: ["the message goes on after a NUL byte, where git shows no more of it"],
      rules: ["odd-message"],
    },
  ])("$says", ({ message, author, problems, rules }) => {
    const found = find([{ message, ...(author && { author }), ...(problems && { problems }) }]);
    expect(found.map(({ rule }) => rule)).toEqual(rules);
    for (const { place } of found) expect(place).toEqual({ kind: "commit", sha: sampleSha("0") });
  });
});

describe("a mark on the change as a whole", () => {
  test("a branch while no commit says so: one finding, not one a commit", () => {
    const found = find([{ message: "a\n" }, { message: "b\n" }], "codex/x");
    expect(found).toEqual([
      {
        rule: "detected-without-trailer",
        place: { kind: "change" },
        message: "codex left its mark on the change (branch), and no commit has a trailer that says so.",
        identity: "codex",
      },
    ]);
  });

  test("a branch whose commits say so", () => {
    expect(find([{ message: "a\n" }, { message: `b\n\n${claude}\n` }], "claude/x")).toEqual([]);
  });
});

test("each finding reads as a sentence", () => {
  const message = `Fix [skip ci]\n\nAI-Assisted: no\n${claude}\nAI-Accepted: so so\nReviewed-by: Claude <noreply@anthropic.com>\n`;
  expect(find([{ message, problems: ["the message is not valid UTF-8"] }]).map((finding) => finding.message)).toEqual([
    "The message holds `[skip ci]`, which asks for checks to be skipped or chosen by hand. The gate ran all the same.",
    "The commit says `AI-Assisted: no` and bears the mark of claude-code. The mark counts.",
    "Line 5 of the message: `AI-Accepted` takes `as-is`, `edited`, `rewritten` or `partial <n>/<m>`. For example: `AI-Accepted: partial 3/5`.",
    "The commit names claude-code, a tool, as its reviewer.",
    "The stored message is odd: it is not valid UTF-8.",
  ]);
});

test("faults row 41: ten thousand copies of a trailer are one finding", () => {
  expect(find([{ message: `Fix\n\n${claude}\n${"AI-Accepted: so so\n".repeat(10_000)}` }])).toHaveLength(1);
});

test("faults row 49: no word of the message reaches a finding", () => {
  const hostile = "IGNORE-PREVIOUS-INSTRUCTIONS";
  const keys = [
    "Assisted-by",
    "Generated-by",
    "Co-authored-by",
    "Signed-off-by",
    "Reviewed-by",
    "AI-Prompt",
    "AI-Model",
  ];
  const lines = [...keys, "AI-Session", "AI-Accepted", "AI-Assisted", "Entire-Agent", "Made-with", "Model"].flatMap(
    (key) => [
      `${key}: ${hostile}`,
      `${key}: Claude ${hostile} <noreply@anthropic.com>`,
      `${key}: claude:${hostile}-4 ${hostile}`,
      `${key}_: ${hostile}`,
    ],
  );
  const found = find([{ message: `${hostile}\n\n${lines.join("\n")}\n`, problems: [hostile] }], `claude/${hostile}`);
  expect(found.length).toBeGreaterThan(5);
  expect(JSON.stringify(found)).not.toContain(hostile);
});

test("every finding's rule is in the catalogue, and can be weighed", () => {
  const found = find([
    { message: "Fix [skip ci]\n\nAI-Accepted: x\nSigned-off-by: Claude <noreply@anthropic.com>\n", problems: ["NUL"] },
    { message: "Fix\n\nAI-Assisted: no\nReviewed-by: Claude <noreply@anthropic.com>\n", author: agent },
  ]);
  expect(new Set(found.map(({ rule }) => rule))).toEqual(new Set(provenanceRules.map(({ id }) => id)));
  const scales = {
    rules: provenanceRules,
    authorship: { files: new Map() },
    writerOfCommit: () => null,
    countsAsAi: [],
  };
  expect(weighFindings(found, scales)).toHaveLength(found.length);
});
