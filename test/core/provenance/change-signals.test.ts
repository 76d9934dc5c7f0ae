import { describe, expect, test } from "vitest";
import { absent, present } from "../../../core/evidence.ts";
import { changeSignals, type PullRequestMarks } from "../../../core/provenance/change-signals.ts";

const unread = absent("not read");

function bodySignals(body: string) {
  const pullRequest: PullRequestMarks = { author: "ann", authorType: "User", body, labels: [] };
  return changeSignals({ branch: unread, pullRequest: present(pullRequest) });
}

test("nothing read, nothing said", () => {
  expect(changeSignals({ branch: unread, pullRequest: unread })).toEqual([]);
});

test("a branch is a claim about the whole change", () => {
  expect(changeSignals({ branch: present("codex/fix-login"), pullRequest: unread })).toEqual([
    {
      kind: "branch",
      source: "codex",
      agent: "codex",
      model: null,
      verdict: "agent-assisted",
      class: "embedded",
      strength: "claim",
      place: { commit: null, field: "branch", line: null },
      raw: "codex/fix-login",
    },
  ]);
});

test("who opened the pull request is the platform's word", () => {
  const pullRequest = { author: "Copilot", authorType: "Bot", body: "", labels: ["AI-assisted"] };
  expect(changeSignals({ branch: present("copilot/fix-12"), pullRequest: present(pullRequest) })).toMatchObject([
    { kind: "branch", strength: "claim" },
    { kind: "pull-request-author", strength: "platform", class: "identity", agent: "copilot" },
    { kind: "label", source: "ai-label", agent: null },
  ]);
});

describe("the body", () => {
  test.each([
    { says: "a footer, on its line", body: "What\n\n🤖 Generated with [Claude Code](https://claude.com)", line: 3 },
    { says: "a co-author", body: "Co-authored-by: Claude <noreply@anthropic.com>", line: 1 },
    { says: "an answer to the template", body: "<!-- question -->\nGenerated-by: Claude Code 4.5", line: 2 },
    { says: "a ticked box", body: "- [x] Generated with [Claude Code](https://claude.com)", line: 1 },
    { says: "after a comment that ends", body: "<!-- a\nb -->\nAssisted-by: Claude Code", line: 3 },
    { says: "after a fence that ends", body: "```\nx\n```\nAssisted-by: Claude Code", line: 4 },
  ])("$says", ({ body, line }) => {
    expect(bodySignals(body)).toMatchObject([
      { kind: "pull-request-body", agent: "claude-code", verdict: "agent-assisted", place: { commit: null, line } },
    ]);
  });

  test.each([
    { says: "a comment holds a template", body: "<!--\nAssisted-by: Claude Code\n-->" },
    { says: "a fence quotes", body: "```\nAssisted-by: Claude Code\n```" },
    { says: "an open box is a question", body: "- [ ] Generated with [Claude Code](https://claude.com)" },
    { says: "an unknown tool is not believed here", body: "Assisted-by: SomeNewAgent:1" },
    { says: "a denial is no declaration", body: "AI-Assisted: no" },
    {
      says: "a suggestion is the commit's matter",
      body: "Co-authored-by: C <175728472+Copilot@users.noreply.github.com>",
    },
    { says: "words", body: "This adds support for Claude Code, Codex and Cursor." },
  ])("$says", ({ body }) => expect(bodySignals(body)).toEqual([]));

  test("the same mark ten times is one signal", () => {
    expect(bodySignals("Made with [Cursor](https://cursor.com)\n".repeat(10))).toHaveLength(1);
  });
});
