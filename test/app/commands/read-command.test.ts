import fc from "fast-check";
import { expect, test } from "vitest";
import { readCommand } from "../../../app/commands/index.ts";

const fence = "```";

test.each([
  { says: "a command", comment: "/countersign explain", command: { verb: "explain" } },
  {
    says: "in the midst of a comment",
    comment: "Hm.\r\n  /Countersign RECHECK now\nThanks",
    command: { verb: "recheck" },
  },
  {
    says: "only the first counts",
    comment: "/countersign explain\n/countersign recheck",
    command: { verb: "explain" },
  },
  {
    says: "a tool and its model",
    comment: "/countersign declare ABCDEF1 claude:opus-4",
    command: { verb: "declare", commit: "abcdef1", verdict: "agent-assisted" },
  },
  {
    says: "written by a tool alone",
    comment: "/countersign declare abcdef1 generated-by claude",
    command: { verb: "declare", verdict: "agent-authored" },
  },
  {
    says: "written by hand",
    comment: "/countersign declare abcdef1 human",
    command: { verb: "declare", verdict: "human", agent: null, model: null },
  },
  {
    says: "a reason",
    comment: "/countersign clear abcdef12 I wrote   this",
    command: { verb: "clear", commit: "abcdef12", reason: "I wrote   this" },
  },
  {
    says: "break-glass",
    comment: "/countersign override INC-42: refunds fail",
    command: { verb: "override", reason: "INC-42: refunds fail" },
  },
  {
    says: "a reason that turns the line around is shown as it is stored",
    comment: "/countersign override a\u202Eb",
    command: { verb: "override", reason: "ab" },
  },
  {
    says: "behind a block of code",
    comment: `${fence}\nx\n${fence}\n/countersign explain`,
    command: { verb: "explain" },
  },
  { says: "behind a hidden line", comment: "<!-- x -->\n/countersign explain", command: { verb: "explain" } },
])("$says", ({ comment, command }) => expect(readCommand(comment)).toMatchObject(command));

test.each([
  { says: "nothing", comment: "" },
  { says: "in a sentence", comment: "Write /countersign override x" },
  { says: "another word", comment: "/countersignature explain" },
  { says: "a quotation", comment: "> /countersign override x" },
  { says: "a quotation with spaces before it", comment: "  > /countersign override x" },
  { says: "a block of code", comment: `${fence}sh\n/countersign override x\n${fence}` },
  { says: "a block of code that does not end", comment: `${fence}\n/countersign override x` },
  { says: "a block that a shorter fence does not end", comment: `~~~~\n~~~\n/countersign override x\n~~~~` },
  { says: "a block that a fence with words does not end", comment: `${fence}\n${fence}js\n/countersign override x` },
  { says: "an indented line", comment: "    /countersign override x" },
  { says: "a line behind a tab", comment: "\t/countersign override x" },
  { says: "a hidden line", comment: "<!--\n/countersign override x\n-->" },
  { says: "hidden once more", comment: "<!-- a --> <!--\n/countersign override x\n-->" },
  { says: "code in a line", comment: "`/countersign override x`" },
  { says: "behind more than a comment can hold", comment: `${"x\n".repeat(40_000)}/countersign override x` },
])("no command: $says", ({ comment }) => expect(readCommand(comment)).toBeNull());

test.each([
  { says: "no verb", comment: "/countersign" },
  { says: "an unknown verb", comment: "/countersign approve" },
  { says: "a verb of every object", comment: "/countersign constructor" },
  { says: "no commit", comment: "/countersign declare claude" },
  { says: "a commit that is too short", comment: "/countersign clear abc because" },
  { says: "no tool", comment: "/countersign declare abcdef1" },
  { says: "a tool that nobody knows", comment: "/countersign declare abcdef1 my-uncle" },
  { says: "no reason", comment: "/countersign clear abcdef1" },
  { says: "a reason that nobody sees", comment: "/countersign override \u200B" },
])("answered with what to write: $says", ({ comment }) => {
  expect(readCommand(comment)).toMatchObject({
    verb: "mistake",
    says: expect.stringContaining("/countersign") as string,
  });
});

test("a reason holds no secret and stays short", () => {
  const command = readCommand(`/countersign override ghp_${"a1B2".repeat(9)} ${"x".repeat(10_000)}`);
  expect(command).toMatchObject({ verb: "override", reason: expect.not.stringContaining("a1B2") as string });
  expect(command?.verb === "override" && command.reason.length).toBeLessThanOrEqual(500);
});

test("no comment is an error, and reading takes time linear in its length", () => {
  const parts = fc.constantFrom(
    "/countersign ",
    "declare ",
    "abcdef1 ",
    fence,
    "~~~",
    "<!--",
    "-->",
    ">",
    "\n",
    "\t",
    " ",
    "x",
  );
  fc.assert(fc.property(fc.array(parts, { maxLength: 60 }), (texts) => void readCommand(texts.join(""))));
  for (const part of ["`", "<!--", "/countersign ", "\n", "-->", " ", "~~~\n"]) {
    const began = performance.now();
    readCommand(part.repeat(65_536));
    expect(performance.now() - began).toBeLessThan(1_000);
  }
});
