import { describe, expect, test } from "vitest";
import { agentOfIdentity, coAuthorMark, identityMark } from "../../../../core/provenance/signals/signers.ts";

describe("a tool among those who sign or review", () => {
  test.each([
    { value: "Claude <noreply@anthropic.com>", agent: "claude-code" },
    { value: "Claude <noreply@anthropic.com>, Bob <b@x.org>", agent: "claude-code" },
    { value: "Bob <b@x.org>, Claude <noreply@anthropic.com>", agent: "claude-code" },
    { value: "Ann <ann@example.com> with Claude Code", agent: "claude-code" },
    { value: "Ann <ann@example.com> and Claude", agent: null },
    { value: "Claude <claude@example.com>, Bob <b@x.org>", agent: null },
    { value: "Ann (aider) <ann@example.com>", agent: null },
    { value: "dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>", agent: null },
  ])("$value: $agent", ({ value, agent }) => expect(agentOfIdentity(value)).toBe(agent));
});

describe("a name that a tool appends to its user's", () => {
  test.each([
    { value: "Ann (aider) <ann@example.com>", agent: "aider" },
    { value: "Ann <ann@example.com>, Bob (Aider) <b@x.org>", agent: "aider" },
    { value: "Ann (aiders) <ann@example.com>", agent: undefined },
  ])("$value: $agent", ({ value, agent }) => {
    expect(coAuthorMark(value)?.agent).toBe(agent);
    expect(identityMark(value, "author", "agent-authored")?.agent).toBe(agent);
  });
});

test("of several the strongest counts, in whatever order", () => {
  const names = ["Copilot <175728472+Copilot@users.noreply.github.com>", "Cursor <cursoragent@cursor.com>"];
  for (const order of [names, names.toReversed()])
    expect(coAuthorMark(order.join(", "))).toMatchObject({ verdict: "agent-assisted", agent: "cursor" });
});
