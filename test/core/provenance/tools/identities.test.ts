import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseIdentity, toolOfAccount, toolOfIdentity } from "../../../../core/provenance/tools/identities.ts";

test.each([
  { text: "Ann Example <ann@example.com>", name: "Ann Example", email: "ann@example.com" },
  { text: "<ann@example.com>", name: "", email: "ann@example.com" },
  { text: "Ann <a@b.c> (aider)", name: "Ann", email: "a@b.c" },
  { text: "Ann <team> <ann@example.com>", name: "Ann <team>", email: "ann@example.com" },
  { text: "Ann <ann@example.com", name: "Ann", email: "ann@example.com" },
  { text: "Ann ann@example.com", name: "Ann", email: "ann@example.com" },
  { text: "Ann", name: "Ann", email: "" },
  { text: "", name: "", email: "" },
])("$text", ({ text, name, email }) => expect(parseIdentity(text)).toEqual({ name, email }));

describe("login first, number second, mailbox third", () => {
  test.each([
    {
      says: "the login beats another bot's number",
      email: "41898282+claude[bot]@users.noreply.github.com",
      tool: "claude-code",
    },
    {
      says: "the number counts where the login is unknown",
      email: "158243242+x@users.noreply.github.com",
      tool: "devin",
    },
    { says: "but never makes a robot", email: "49699333+x@users.noreply.github.com", tool: null },
    {
      says: "a robot's login with another's number",
      email: "1+mergify[bot]@users.noreply.github.com",
      tool: "mergify",
    },
    { says: "a login without its number", email: "cursor[bot]@users.noreply.github.com", tool: "cursor" },
    { says: "letters in either case", email: "1+CLAUDE[Bot]@Users.NoReply.GitHub.com", tool: "claude-code" },
    { says: "an unknown login and number", email: "12+x@users.noreply.github.com", tool: null },
    { says: "no number in front of the plus", email: "+x@users.noreply.github.com", tool: null },
    { says: "a look-alike mailbox", email: "noreply@аnthropic.com", tool: "claude-code" },
    { says: "a mailbox with more in front", email: "not-noreply@anthropic.com", tool: null },
    { says: "a mailbox with more behind", email: "noreply@anthropic.com.example", tool: null },
  ])("$says", ({ email, tool }) => {
    expect(toolOfIdentity({ name: "x", email })?.tool.id ?? null).toBe(tool);
  });

  test("a bot's name is its login where the mail says nothing", () => {
    expect(toolOfIdentity({ name: "claude[bot]", email: "ci@example.com" })?.tool.id).toBe("claude-code");
    expect(toolOfIdentity({ name: "claude", email: "ci@example.com" })).toBeNull();
  });

  test("except a robot's, whose mail must say it too", () => {
    expect(toolOfIdentity({ name: "dependabot[bot]", email: "eve@example.org" })).toBeNull();
    expect(toolOfIdentity({ name: "dependabot[bot]", email: "12+eve@users.noreply.github.com" })).toBeNull();
    expect(toolOfIdentity({ name: "dependabot[bot]", email: "support@github.com" })?.tool.id).toBe("dependabot");
  });

  test("which of an account's uses is meant", () => {
    const use = (email: string) => toolOfIdentity({ name: "Copilot", email })?.identity.suggestion ?? false;
    expect(use("175728472+Copilot@users.noreply.github.com")).toBe(true);
    expect(use("223556219+Copilot@users.noreply.github.com")).toBe(false);
    expect(use("Copilot@users.noreply.github.com")).toBe(false);
  });
});

test.each([
  { login: "claude[bot]", isBot: true, tool: "claude-code" },
  { login: "Claude[bot]", isBot: true, tool: "claude-code" },
  { login: "claude", isBot: true, tool: "claude-code" },
  { login: "claude", isBot: false, tool: null },
  { login: "renovate[bot]", isBot: true, tool: "renovate" },
  { login: "ann", isBot: false, tool: null },
])("the account $login (a bot: $isBot)", ({ login, isBot, tool }) => {
  expect(toolOfAccount(login, isBot)?.id ?? null).toBe(tool);
});

test("any identity is read; case never matters", () => {
  const mails = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("noreply@anthropic.com", "copilot@github.com"));
  fc.assert(
    fc.property(fc.string(), mails, (name, email) => {
      const tool = toolOfIdentity({ name, email })?.tool.id;
      expect(toolOfIdentity({ name, email: email.toLowerCase() })?.tool.id).toBe(tool);
    }),
  );
});
