import { describe, expect, test } from "vitest";
import { readYaml } from "../../../core/policy/read-yaml.ts";

/** `line:column code: what. fix`, of each problem of a text. */
function told(text: string): string[] {
  const { problems, place } = readYaml(text);
  return problems.map(({ offset, code, what, fix }) => {
    const { line, column } = place(offset);
    return `${line}:${column} ${code}: ${what}. ${fix}`;
  });
}

const block = (mark: string) => `\`${mark}\` begins a block of text in YAML, and cannot begin a value`;
const begins = (mark: string) => `a value must not begin with \`${mark}\``;

describe("a comparison in a value's place", () => {
  const only = (number: number) => `Write only the number, \`${number}\`, or quote the text.`;
  test.each([
    { text: "max: >= 12", are: [`1:6 CS016: ${block(">")}. Write \`max: 12\`.`] },
    { text: "max:   >= 12", are: [`1:8 CS016: ${block(">")}. Write \`max: 12\`.`] },
    { text: "max: >12 # few", are: [`1:6 CS016: ${block(">")}. Write \`max: 12\`.`] },
    { text: "max: >= 12\r\nb: 1", are: [`1:6 CS016: ${block(">")}. Write \`max: 12\`.`] },
    { text: "title2: >= 12 of them", are: [`1:9 CS016: ${block(">")}. ${only(12)}`] },
    { text: "a2: >= 4", are: [`1:5 CS016: ${block(">")}. ${only(4)}`] },
    { text: "2a: >= 4", are: [`1:5 CS016: ${block(">")}. ${only(4)}`] },
    { text: "max: >x >= 4", are: [`1:6 CS016: ${block(">")}. ${only(4)}`] },
    { text: "max: >= 1234567890", are: [`1:6 CS016: ${block(">")}. ${only(1_234_567_890)}`] },
    { text: "max: |x", are: [`1:6 CS016: ${block("|")}. Quote the text.`] },
    { text: "max: [>= 4]", are: [`1:7 CS016: ${begins(">")}. Quote it: \`">="\`.`] },
    { text: "a: { max: >x }", are: [`1:11 CS016: ${begins(">")}. Quote it: \`">x"\`.`] },
    { text: "a: {max: >= 4}", are: [`1:10 CS016: ${begins(">")}. Write \`max: 4\`.`] },
    { text: "a: { max: >= 4, b: 1 }", are: [`1:11 CS016: ${begins(">")}. Write \`max: 4\`.`] },
  ])("$text", ({ text, are }) => expect(told(text)).toEqual(are));

  test("what follows it is read all the same", () => {
    expect(told("max: >= 0\nb: x: y")).toEqual([
      `1:6 CS016: ${block(">")}. Write \`max: 0\`.`,
      '2:4 CS006: a second `: ` stands on this line. Quote the text: `"x: y"`; or start the inner key on a line of its own.',
    ]);
  });
});

describe("an owner with its `@`", () => {
  const below = (kind: string, name: string) =>
    `Write an owner without it, below \`${kind}\`: \`${name}\`. Quote anything else: \`"@${name}"\`.`;
  test.each([
    ...["owners", "fallback", "who", "policy_owners", "default_owners"].map((key) => ({
      text: `${key}: @ann`,
      fix: `Write \`${key}: { users: [ann] }\`.`,
    })),
    { text: "owners: @acme/x", fix: "Write `owners: { teams: [acme/x] }`." },
    { text: "teams: @acme/x", fix: "Write `teams: [acme/x]`." },
    { text: "users: @ann", fix: "Write `users: [ann]`." },
    { text: "users: @acme/x", fix: below("teams", "acme/x") },
    { text: "author: @ann", fix: "Write `author: ann`." },
    { text: "owner: @ann", fix: 'Write `owner: ann`, or quote it: `owner: "@ann"`.' },
    { text: "title: @ann", fix: below("users", "ann") },
    { text: "{ owners: @ann }", fix: "Write `owners: { users: [ann] }`." },
    { text: "{a: 1,owners: @ann}", fix: "Write `owners: { users: [ann] }`." },
    { text: "users: [x, @ann]", fix: below("users", "ann") },
    { text: `users: @${"a".repeat(58)}`, fix: `Write \`users: [${"a".repeat(58)}]\`.` },
    { text: "owners: @$a", fix: 'Quote it: `"@$a"`.' },
    { text: "owners: @a$", fix: 'Quote it: `"@a$"`.' },
    { text: "owners: @", fix: 'Quote it: `"@"`.' },
    { text: "a: @x, y", fix: below("users", "x") },
  ])("$text", ({ text, fix }) =>
    expect(told(text)).toEqual([expect.stringContaining(`CS016: ${begins("@")}. ${fix}`)]),
  );
});

describe("other values that lack their quotes", () => {
  test.each([
    { text: "a: %80", are: [`1:4 CS016: ${begins("%")}. Quote it: \`"%80"\`.`] },
    { text: "a: `x y`", are: ['1:4 CS016: a value must not begin with a backtick. Quote it: `"`x"`.'] },
    { text: "a: [%a,b]", are: [`1:5 CS016: ${begins("%")}. Quote it: \`"%a"\`.`] },
    { text: "a: ['b\n  c', @x]", are: [expect.stringContaining(`CS016: ${begins("@")}`)] },
    { text: 'a: b !("c")', are: [] },
    { text: 'a: !("c")', are: [`1:4 CS016: ${begins("!")}. Quote the whole text: \`'!("c")'\`.`] },
    {
      text: `a: !("${"c".repeat(300)}")`,
      are: [`1:4 CS016: ${begins("!")}. Quote the whole text: \`'!("${"c".repeat(196)}…'\`.`],
    },
  ])("$text", ({ text, are }) => expect(told(text)).toEqual(are));
});

describe("lines that are no YAML", () => {
  const second = (text: string) =>
    `a second \`: \` stands on this line. Quote the text: \`"${text}"\`; or start the inner key on a line of its own.`;
  test.each([
    { text: "a: b: c   ", are: [`1:4 CS006: ${second("b: c")}`] },
    { text: `a: b: ${"c".repeat(70)}`, are: [`1:4 CS006: ${second(`b: ${"c".repeat(56)}…`)}`] },
    {
      text: "a: 1\n  b: 2",
      are: ["1:4 CS006: keys are indented below a value. Remove the value, or indent the keys like its own key."],
    },
    {
      text: "a: 1\nb\n",
      are: ["2:1 CS006: a line without a value stands here. Write `key: value`, with a space after the colon."],
    },
    {
      text: "a: 1\nb:c\nd: e",
      are: ["2:1 CS006: a line without a key stands here. Write `key: value`, with a space after the colon."],
    },
    {
      text: 'a: "x\nb: yes',
      are: ["1:4 CS006: a text that begins with a quote does not end on its line. Write the closing quote."],
    },
    {
      text: "a: 1\n---\nb: 2\n---\nc: 3",
      are: ["2:1 CS017: a second document begins here. Keep one document: remove the `---` and what follows it."],
    },
    {
      text: 'a: "\\q"',
      are: [
        "1:5 CS006: unknown escape in a text with double quotes. Separate folders by `/`; for a backslash itself, use single quotes.",
      ],
    },
    {
      text: "a: { b: 1 c: 2 }",
      are: [
        expect.stringContaining("CS006: a comma is missing in this `{…}` or `[…]`. Write a comma between the entries."),
      ],
    },
    { text: "a: [yes\nb: 1", are: ["1:4 CS006: a list that begins with `[` does not end. Write the `]`."] },
    {
      text: "a: 'x' y",
      are: [
        "1:8 CS006: something stands here that does not belong to the value before it. Quote the whole text, or put a comma or a line break between.",
      ],
    },
  ])("$text", ({ text, are }) => expect(told(text)).toEqual(are));
});

describe("a bracket that the wrong one ends, before an open quote", () => {
  const quote = "1:11 CS006: a text that begins with a quote does not end on its line. Write the closing quote.";
  test.each([
    { text: 'a: {]b|c: "x', is: "1:5 CS006: a mapping that begins with `{` does not end. Write the `}`." },
    { text: 'a: [}b|c: "x', is: "1:5 CS006: a list that begins with `[` does not end. Write the `]`." },
  ])("$text", ({ text, is }) => expect(told(text)).toEqual([is, quote]));
});

describe("what a tab leaves open is not told", () => {
  const tab = (place: string) => `${place} CS005: a tab stands here. Write spaces; inside a text, write "\\t".`;
  test.each([
    { text: "a:\n  b: 1\n\tc", are: [tab("3:1")] },
    { text: "a:\n  b: 1\n\tc: @x", are: [tab("3:1"), expect.stringContaining(`CS016: ${begins("@")}`)] },
    { text: "a:\n  b: 1\n\tb: 2", are: [tab("3:1")] },
  ])("$text", ({ text, are }) => expect(told(text)).toEqual(are));
});
