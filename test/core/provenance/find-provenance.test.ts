import { describe, expect, test } from "vitest";
import type { Identity } from "../../../core/change/change.ts";
import { absent, present } from "../../../core/evidence.ts";
import { weighFindings } from "../../../core/findings/index.ts";
import type { Attribution } from "../../../core/provenance/attribution/attribution.ts";
import { changeProvenance, type ProvenanceInput } from "../../../core/provenance/change-provenance.ts";
import { findProvenance } from "../../../core/provenance/find-provenance.ts";
import { provenanceRules } from "../../../core/provenance/rules.ts";
import { countingAsAi } from "../../ai-judgement.ts";
import { sampleSha } from "../../builders.ts";

const ann = { name: "Ann Example", email: "ann@example.com" };
const agent = { name: "Claude", email: "noreply@anthropic.com" };
const claude = "Co-authored-by: Claude <noreply@anthropic.com>";

interface Made {
  message: string;
  committer?: Identity;
  author?: Identity;
  problems?: string[];
}

type Beside = Pick<ProvenanceInput, "attributions" | "earlier" | "rulings">;

function find(made: readonly Made[], branch: string | null = null, beside: Beside = {}) {
  const commits = made.map(({ message, author = ann, committer = ann, problems = [] }, index) => {
    return { sha: sampleSha(String(index)), author, committer, message, messageProblems: problems };
  });
  const from = branch === null ? absent("not read") : present(branch);
  const provenance = changeProvenance({ commits, branch: from, pullRequest: absent("not read"), ...beside });
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

const first = sampleSha("0");
const record: Attribution = {
  commit: first,
  source: "git-ai",
  place: "refs/notes/ai",
  strength: "attested",
  files: [
    {
      path: "a",
      lines: [{ start: 1, end: 12, by: "ai", agent: "claude-code", model: "claude-opus-5", session: null }],
    },
  ],
  totals: null,
  unread: [],
};
const none: Attribution = { ...record, files: [] };
const earlier = { commit: first, verdict: "agent-assisted" as const, agent: "claude-code", model: null };
const ruling = { commit: first, verdict: "human" as const, by: "ann", reason: "seen", at: "2026-01-01T00:00:00Z" };

describe("what stands beside a commit", () => {
  test.each([
    {
      says: "attested and not declared",
      message: "Fix\n",
      beside: { attributions: present([record]) },
      found: [
        "provenance-disagreement: A record of git-ai shows 12 lines by claude-code, and no trailer says that a tool took part.",
      ],
    },
    {
      says: "declared and not attested",
      message: `Fix\n\n${claude}\n`,
      beside: { attributions: present([none]) },
      found: [
        "provenance-disagreement: The commit names a tool, and the record of git-ai shows no line by one. The commit's own word counts.",
      ],
    },
    {
      says: "denied but attested is a conflict",
      message: "Fix\n\nAI-Assisted: no\n",
      beside: { attributions: present([record]) },
      found: [
        "provenance-conflict: The commit says `AI-Assisted: no` and bears the mark of claude-code. The mark counts.",
      ],
    },
    {
      says: "declared and attested agree",
      message: `Fix\n\n${claude}\n`,
      beside: { attributions: present([record]) },
      found: [],
    },
    {
      says: "a person ruled about the disagreement",
      message: `Fix\n\n${claude}\n`,
      beside: { attributions: present([none]), rulings: present([ruling]) },
      found: [],
    },
    {
      says: "a commit that showed more once",
      message: "Fix\n",
      beside: { earlier: present([earlier, { ...earlier, verdict: "agent-authored" as const }]) },
      found: [
        "provenance-removed: The commit once counted as agent-authored by claude-code, and shows nothing now. The earlier verdict counts.",
      ],
    },
    {
      says: "a commit that shows as much",
      message: `Fix\n\n${claude}\n`,
      beside: { earlier: present([earlier]) },
      found: [],
    },
    {
      says: "a person ruled about what was removed",
      message: "Fix\n",
      beside: { earlier: present([earlier]), rulings: present([ruling]) },
      found: [],
    },
    {
      says: "a commit that is gone",
      message: "Fix\n",
      beside: { earlier: present([{ ...earlier, commit: sampleSha("gone") }]) },
      found: [
        "provenance-removed: A commit that counted as agent-assisted by claude-code was rewritten or is gone from the change. Its verdict counts for the whole change.",
      ],
    },
    {
      says: "a person's commit that is gone",
      message: "Fix\n",
      beside: { earlier: present([{ ...earlier, commit: sampleSha("gone"), verdict: "human" as const }]) },
      found: [],
    },
  ])("$says", ({ message, beside, found }) => {
    expect(find([{ message }], null, beside).map(({ rule, message: text }) => `${rule}: ${text}`)).toEqual(found);
  });
});

describe("faults row 45: who reviews their own commit", () => {
  const bob = { name: "Bob Example", email: "bob@example.com" };
  test.each([
    { says: "the author", reviewer: "Ann Example <ann@example.com>", rules: ["self-reviewed"] },
    { says: "by another name", reviewer: "A. E. <ann@example.com>", rules: ["self-reviewed"] },
    { says: "in other letters", reviewer: "Ann <ANN@Example.COM>", rules: ["self-reviewed"] },
    { says: "with Cyrillic letters in the mail", reviewer: "Ann <аnn@example.com>", rules: ["self-reviewed"] },
    { says: "a twin of the name", reviewer: "Аnn Example <other@example.org>", rules: ["self-reviewed"] },
    {
      says: "an invisible letter in the name",
      reviewer: "Ann\u200b Example <o@example.org>",
      rules: ["self-reviewed"],
    },
    { says: "somebody of the same name", reviewer: "Ann Example <ann@example.org>", rules: [] },
    { says: "somebody else", reviewer: "Bea Example <bea@example.com>", rules: [] },
    { says: "a tool is reported as a tool", reviewer: "Claude <noreply@anthropic.com>", rules: ["agent-reviewed"] },
    { says: "the committer", reviewer: "Bob <bob@example.com>", rules: ["self-reviewed"] },
  ])("$says", ({ reviewer, rules }) => {
    const message = `Fix\n\nReviewed-by: ${reviewer}\nReviewed-by: ${reviewer}\n`;
    expect(find([{ message, committer: bob }]).map(({ rule }) => rule)).toEqual(rules);
  });
});

describe("a declaration for another commit", () => {
  const declares = (id: string) => ({
    message: `Declare\n\nAssisted-by: claude-code:claude-opus-5\nAI-Declares: ${id}\n`,
  });

  test("makes a silent commit speak", () => {
    const silent = { message: "Fix\n", author: agent };
    expect(find([silent]).map(({ rule }) => rule)).toEqual(["detected-without-trailer"]);
    expect(find([silent, declares(first)])).toEqual([]);
  });

  test.each([
    { says: "of a commit that is not there", id: sampleSha("gone") },
    { says: "of a later commit", id: sampleSha("2") },
    { says: "of itself", id: sampleSha("1") },
  ])("$says declares nothing, and is reported", ({ id }) => {
    const found = find([{ message: "Fix\n" }, declares(id), { message: "Fix\n" }]);
    expect(found).toMatchObject([
      { rule: "malformed-trailer", identity: "AI-Declares", place: { sha: sampleSha("1") } },
    ]);
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
    "AI-Prompt-Summary",
    "AI-Declares",
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
  const made = [
    { message: "Fix [skip ci]\n\nAI-Accepted: x\nSigned-off-by: Claude <noreply@anthropic.com>\n", problems: ["NUL"] },
    { message: "Fix\n\nAI-Assisted: no\nReviewed-by: Claude <noreply@anthropic.com>\n", author: agent },
    { message: "Fix\n\nReviewed-by: Ann <ann@example.com>\n" },
  ];
  const found = find(made, null, {
    attributions: present([none]),
    earlier: present([{ ...earlier, commit: sampleSha("gone"), agent: "cursor" }]),
  });
  expect(new Set(found.map(({ rule }) => rule))).toEqual(new Set(provenanceRules.map(({ id }) => id)));
  const scales = {
    rules: provenanceRules,
    authorship: { files: new Map() },
    writerOfCommit: () => null,
    ai: countingAsAi([]),
  };
  expect(weighFindings(found, scales)).toHaveLength(found.length);
});
