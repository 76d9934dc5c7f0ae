import { describe, expect, test } from "vitest";
import { readYaml } from "../../../core/policy/read-yaml.ts";
import { quoted } from "../../../core/policy/yaml-traps.ts";

/** `line:column code path: fix`, of each problem of a text. */
function told(text: string): string[] {
  const { problems, place } = readYaml(text);
  return problems.map(({ offset, code, path, fix }) => {
    const { line, column } = place(offset);
    return `${line}:${column} ${code} ${path.join(".")}: ${fix}`;
  });
}

describe("words that YAML readers disagree about", () => {
  const or = (text: string) => `, or quote it when the text is meant: \`"${text}"\`.`;
  test.each([
    ...["yes", "on", "y", "Y", "YES", "On"].map((text) => ({ text, is: "Write `true`" })),
    ...["no", "off", "n", "N", "NO", "oFF"].map((text) => ({ text, is: "Write `false`" })),
    ...[".inf", "+.inf", "-.inf", ".nan", ".NaN", "-.Inf"].map((text) => ({ text, is: "Write a number" })),
    { text: "00", is: "Write `0`" },
    { text: "0_7", is: "Write `7`" },
    { text: "-012", is: "Write `-12`" },
    { text: "+012", is: "Write `12`" },
    { text: "0o17", is: "Write it in decimal digits" },
    { text: "0B11", is: "Write it in decimal digits" },
    { text: "-0xff", is: "Write it in decimal digits" },
    { text: "+0x_f", is: "Write it in decimal digits" },
    { text: "1_", is: "Write it in plain digits" },
    { text: "-1_0", is: "Write it in plain digits" },
    { text: "1:2:03", is: "Write it in plain digits" },
    { text: "+190:20", is: "Write it in plain digits" },
  ])("$text: $is", ({ text, is }) => expect(told(`a: ${text}`)).toEqual([`1:4 CS014 a: ${is}${or(text)}`]));

  test.each(
    [
      "true",
      "1",
      "0",
      "-1",
      "1.0",
      "+1",
      "0.5",
      "x0_7",
      "0_7x",
      "0x",
      "0o",
      "x0x1",
      "0x1g",
      "12:",
      "1:234",
      "_1",
      "1-_",
      "yess",
      "0b",
    ].map((text) => ({ text })),
  )("not $text", ({ text }) => expect(told(`a: '${text}'\nb: [${text === "12:" ? "1 2" : text}]`)).toEqual([]));

  test("nor any of them in quotes or in a block of text", () =>
    expect(told(`a: "yes"\nb: '012'\nc: |\n  no\nd: >-\n  2027-01-15`)).toEqual([]));

  test("what turns a comment on or off means the same to all of them, at the top alone", () => {
    expect(told("comment: on")).toEqual([]);
    expect(told("comment: off")).toEqual([]);
    expect(told("comment: On")).toEqual([`1:10 CS014 comment: Write \`true\`${or("On")}`]);
    expect(told("comment: yes")).toEqual([`1:10 CS014 comment: Write \`true\`${or("yes")}`]);
    expect(told("a: { comment: on }")).toEqual([`1:15 CS014 a.comment: Write \`true\`${or("on")}`]);
    expect(told("comments: on")).toEqual([`1:11 CS014 comments: Write \`true\`${or("on")}`]);
    expect(told("comment: [on]")).toEqual([`1:11 CS014 comment.0: Write \`true\`${or("on")}`]);
  });
});

describe("dates without quotes", () => {
  test.each(["2027-01-15", "2027-1-5", "2027-01-15T10:00:00Z", "2027-01-15t10:00:00Z", "2027-01-15 10:00:00"])(
    "%s",
    (text) => expect(told(`a: ${text}`)).toEqual([`1:4 CS015 a: Quote it: \`"${text}"\`.`]),
  );
  test.each(["2027-01-150", "12027-01-15", "2027-01", "2027-01-15x", "2027-011-15", "202-01-15", "v2027-01-15"])(
    "not %s",
    (text) => expect(told(`a: ${text}`)).toEqual([]),
  );
});

describe("what begins with `!`", () => {
  const exclusion = (text: string) => `Quote an exclusion: \`"${text}"\`; leave real tags out.`;
  const plain = (text: string) =>
    `Quote a text: \`"${text}"\`; only patterns of paths and branches take a \`!\` that excludes.`;
  test.each([
    ...["paths", "exclude", "base", "branch", "branches"].map((key) => ({
      text: `${key}: [!a/b]`,
      are: [`1:${key.length + 4} CS008 ${key}.0: ${exclusion("!a/b")}`],
    })),
    { text: "!a", are: [`1:1 CS008 : ${exclusion("!a")}`] },
    { text: "labels: [!a]", are: [`1:10 CS008 labels.0: ${plain("!a")}`] },
    { text: "labels: [!a, b]", are: [`1:10 CS008 labels.0: ${plain("!a")}`] },
    { text: "labels: {a: !b}", are: [`1:13 CS008 labels.a: ${plain("!b")}`] },
    { text: "a: !x y z", are: [`1:4 CS008 a: ${plain("!x")}`] },
    { text: "a: !!int 1", are: ["1:4 CS008 a: Remove `!!int`: a value says itself what it is."] },
    { text: "a: !!seq [1]", are: ["1:4 CS008 a: Remove `!!seq`: a value says itself what it is."] },
    { text: "if: !a.b && c", are: ['1:5 CS008 if: Quote the expression: `"!a.b && c"`.'] },
    { text: "if: !a('b')\nc: 1", are: ["1:5 CS008 if: Quote the expression: `\"!a('b')\"`."] },
    { text: "when: { if: !a }", are: ['1:13 CS008 when.if: Quote the expression: `"!a }"`.'] },
  ])("$text", ({ text, are }) => expect(told(text)).toEqual(are));

  test("a long one is cut", () => {
    const long = "x".repeat(80);
    expect(told(`a: !${long}`)).toEqual([`1:4 CS008 a: ${plain(`!${long.slice(0, 58)}…`)}`]);
    expect(told(`if: !${"x".repeat(300)}`)).toEqual([
      `1:5 CS008 if: Quote the expression: \`"!${"x".repeat(198)}…"\`.`,
    ]);
  });
});

describe("aliases and anchors", () => {
  const written = "Write the value out where it is needed, or quote it.";
  test.each([
    { text: "a: &b 1", are: [`1:4 CS007 a: ${written}`] },
    { text: "a: &b\n  c: 1", are: [`1:4 CS007 a: ${written}`] },
    { text: "a: &b [1]", are: [`1:4 CS007 a: ${written}`] },
    { text: "a: x&b\nc: &b 1", are: [`2:4 CS007 c: ${written}`] },
    { text: "a: [*b, c]", are: ['1:5 CS007 a.0: Quote a glob: `"*b"`; write a repeated value out.'] },
    {
      text: `a: [*${"x".repeat(80)}]`,
      are: [`1:5 CS007 a.0: Quote a glob: \`"*${"x".repeat(59)}…"\`; write a repeated value out.`],
    },
  ])("$text", ({ text, are }) => expect(told(text)).toEqual(are));

  test("a long name is cut", () =>
    expect(readYaml(`a: &${"x".repeat(80)} 1`).problems.map(({ what }) => what)).toEqual([
      `\`&${"x".repeat(59)}…\` is read as an anchor`,
    ]));
});

describe("keys that are no words", () => {
  const word = "Write `name: value`.";
  test.each([
    { text: "? [a]\n: b", are: [`1:3 CS018 : ${word}`] },
    { text: "? { a: 1 }\n: b", are: [`1:3 CS018 : ${word}`] },
    { text: ": b", are: [`1:1 CS018 : ${word}`] },
    { text: "a: { : b }", are: [`1:5 CS018 a: ${word}`] },
    { text: "<<: { a: 1 }", are: ["1:1 CS018 : Write the keys out."] },
    { text: "a: { __proto__: 1 }", are: ["1:6 CS018 a: Remove it."] },
    { text: "1.5: b", are: ['1:1 CS018 : Write a word, or quote it: `"1.5"`.'] },
    { text: "null: b", are: ['1:1 CS018 : Write a word, or quote it: `"null"`.'] },
    { text: `${"1".repeat(80)}: b`, are: [`1:1 CS018 : Write a word, or quote it: \`"${"1".repeat(59)}…"\`.`] },
    { text: "2027-01-15: b", are: ['1:1 CS015 : Quote it: `"2027-01-15"`.'] },
    { text: "y: b", are: ['1:1 CS014 : Quote it: `"y"`.'] },
    { text: '"y": b\n"1": c', are: [] },
  ])("$text", ({ text, are }) => expect(told(text)).toEqual(are));
});

describe("a text in quotes that it does not hold itself", () => {
  test.each([
    { text: "a b", is: '"a b"' },
    { text: "it's", is: `"it's"` },
    { text: 'a "b"', is: `'a "b"'` },
    { text: "a\\b", is: `'a\\b'` },
    { text: `it's "b"`, is: `'it''s "b"'` },
  ])("$is", ({ text, is }) => expect(quoted(text)).toBe(is));
});
