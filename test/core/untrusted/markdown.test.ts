import fc from "fast-check";
import type { Nodes, Root } from "mdast";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { expect, test } from "vitest";
import { inertLines } from "../../../core/untrusted/inert.ts";
import { codeBlock, codeSpan, escapeMarkdown, inertText, tableCell } from "../../../core/untrusted/index.ts";
import { cpuTime } from "../../cpu-time.ts";

const parser = unified().use(remarkParse).use(remarkGfm);

function parse(page: string): Root {
  return parser.parse(page);
}

/** Every node below the root, with its type. */
function nodes(tree: Nodes): Nodes[] {
  return "children" in tree ? tree.children.flatMap((child): Nodes[] => [child, ...nodes(child)]) : [];
}

function types(page: string): string[] {
  return [...new Set(nodes(parse(page)).map((node) => node.type))].sort();
}

function textOf(page: string): string {
  return nodes(parse(page))
    .map((node) => (node.type === "text" ? node.value : ""))
    .join("");
}

/** What GitHub makes links, mentions, emoji or formulas of, in text that is no code, after the page is parsed. */
const livesInText = [
  /@[A-Za-z0-9]/,
  /#[0-9]/,
  /\bGH-[0-9]/i,
  /[0-9a-f]{7}/i,
  /:[A-Za-z0-9_+-]+:/,
  /:\/\//,
  /www\./i,
  /\$/,
];

const syntax = fc.constantFrom(
  ..."\\`*_{}[]()<>#+-.!|~^&$@:=\"'/% \t\n".split(""),
  ...[
    "![",
    "](",
    "<!--",
    "-->",
    "<img src=x>",
    "</code></pre>",
    "[^1]",
    "[^1]: x",
    "[x]: http://a.b",
    "- [ ] ",
    "1. ",
    "1) ",
  ],
  ...[
    "http://",
    "https://a.b",
    "www.a.b",
    "mailto:a@b.co",
    "a@b.co",
    "@octocat",
    "@org/team",
    "#12",
    "GH-1",
    "o/r#1",
    "x@deadbeef",
  ],
  ...[
    "0123456789abcdef0123456789abcdef01234567",
    ":tada:",
    "```",
    "~~~",
    "$x$",
    "$$",
    "\n\n",
    "    ",
    "---",
    "===",
    "| a |",
    "|-|",
  ],
  ...[
    "&amp;",
    "&#64;",
    "&lt;",
    "\r\n",
    "\u2028",
    "\u200b",
    "\u202e",
    "\ud800",
    "<details>",
    "> ",
    "word",
    "a_b",
    "__init__",
  ],
);
const markdown = fc
  .array(
    fc.oneof({ weight: 4, arbitrary: syntax }, { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 3 }) }),
    {
      maxLength: 25,
    },
  )
  .map((pieces) => pieces.join(""));

/** What a reader should see: the text on one line. */
function plain(text: string): string {
  return inertText(text).trim();
}

function seen(page: string): string {
  return textOf(page).replaceAll("\u200b", "").replaceAll("＄", "$");
}

test("the parser that judges here sees what GitHub's would", () => {
  const page =
    "a@b.co https://a.b www.a.b <b>x</b> ![i](u) [l](u) **s** `c` [^1] ~~d~~\n\n[^1]: note\n\n# h\n\n- [ ] t";
  const live = [
    "delete",
    "footnoteDefinition",
    "footnoteReference",
    "heading",
    "html",
    "image",
    "inlineCode",
    "link",
    "list",
  ];
  expect(types(page)).toEqual(expect.arrayContaining([...live, "strong"]));
  expect(nodes(parse(page)).filter((node) => node.type === "link").length).toBe(4);
});

test("row 67: any text renders as itself in a paragraph, and as nothing else", () => {
  fc.assert(
    fc.property(markdown, (text) => {
      const escaped = escapeMarkdown(text);
      expect(types(escaped)).toEqual(escaped === "" ? [] : ["paragraph", "text"]);
      // A `$` of the input is shown by its twin, so the twin in the input reads the same.
      expect(seen(escaped)).toBe(plain(text).replaceAll("＄", "$"));
      for (const pattern of livesInText) expect(textOf(escaped)).not.toMatch(pattern);
    }),
    { numRuns: 300 },
  );
});

test.each([
  { says: "a list item", page: (text: string) => `- x ${text}`, expected: ["list", "listItem", "paragraph", "text"] },
  {
    says: "the start of a list item",
    page: (text: string) => `- ${text} x`,
    expected: ["list", "listItem", "paragraph", "text"],
  },
  { says: "a heading", page: (text: string) => `## x ${text}`, expected: ["heading", "text"] },
  { says: "strong text", page: (text: string) => `**x ${text} x**`, expected: ["paragraph", "strong", "text"] },
  {
    says: "a line of its own in a paragraph",
    page: (text: string) => `x\n${text}\nx`,
    expected: ["paragraph", "text"],
  },
  { says: "a quotation", page: (text: string) => `> x ${text}`, expected: ["blockquote", "paragraph", "text"] },
])("any text stays text in $says", ({ page, expected }) => {
  fc.assert(
    fc.property(markdown, (text) => {
      // An empty slot leaves the template alone, which is not what is tested.
      fc.pre(plain(text) !== "");
      expect(types(page(escapeMarkdown(text)))).toEqual(expected);
    }),
    { numRuns: 60 },
  );
});

test.each([
  "===",
  "---",
  "- - -",
  "-",
  "+ a",
  "1. a",
  "2) a",
  "# a",
  "    a",
  "| a |",
  "> a",
  "[a]: b",
  "```",
  "~~~",
  "<!--",
  "***",
])("a line %j makes nothing of the line before it, nor of itself", (text) =>
  expect(types(`x\n${escapeMarkdown(text)}\nx`)).toEqual(["paragraph", "text"]),
);

test("row 67: any text stays in its cell of a table", () => {
  fc.assert(
    fc.property(markdown, markdown, (left, right) => {
      const page = `| a | b | c |\n|---|---|---|\n| ${tableCell(left)} | ${codeSpan(right)} | end |`;
      const cells = nodes(parse(page)).filter((node) => node.type === "tableCell");
      expect(cells.length).toBe(6);
      expect(cells.slice(3).map((cell) => nodes(cell).map((node) => node.type))).toEqual([
        ["text"],
        ["inlineCode"],
        ["text"],
      ]);
    }),
  );
});

test("an HTML element on the page is not left by the text in it", () => {
  fc.assert(
    fc.property(markdown, (text) => {
      const page = `<details><summary>${escapeMarkdown(text)}</summary>`;
      // Escaped text has no bracket and no quote, so the only tags are the template's.
      expect(page.match(/[<>]/g)?.length).toBe(6);
      expect(page).not.toContain('"');
    }),
  );
});

test("any text is one code span with just that text", () => {
  fc.assert(
    fc.property(markdown, (text) => {
      const [paragraph, code] = nodes(parse(`x ${codeSpan(text)} y`)).filter((node) => node.type !== "text");
      expect(paragraph?.type).toBe("paragraph");
      expect(code).toMatchObject({ type: "inlineCode", value: inertText(text).replaceAll("|", "｜") || " " });
      expect(types(codeSpan(text))).toEqual(["inlineCode", "paragraph"]);
    }),
    { numRuns: 300 },
  );
});

test("any lines are one code block with just those lines", () => {
  fc.assert(
    fc.property(markdown, (text) => {
      const tree = parse(`before\n\n${codeBlock(text, "ts")}\n\nafter`);
      expect(tree.children.map((node) => node.type)).toEqual(["paragraph", "code", "paragraph"]);
      expect(tree.children[1]).toMatchObject({ lang: "ts", value: inertLines(text, 10_000) });
    }),
  );
});

test.each([
  { says: "a mention", text: "ask @octocat", expected: "ask @&#8203;octocat" },
  { says: "a reference", text: "fixes o/r#12 GH-7", expected: "fixes o/r#&#8203;12 GH-&#8203;7" },
  { says: "a commit id", text: "see 86caabf", expected: "see 86caab&#8203;f" },
  { says: "an address", text: "https://a.b www.a.b", expected: "https:&#8203;//a.b www&#8203;.a.b" },
  { says: "an emoji name", text: ":tada:", expected: ":&#8203;tada:" },
  { says: "a formula", text: "$x$", expected: "＄x＄" },
  { says: "an entity", text: "&lt;b>", expected: "&#38;lt;b&#62;" },
  { says: "the marker of a list", text: "- a", expected: "&#45; a" },
  { says: "the number of a list", text: "1) a", expected: "1&#41; a" },
  { says: "a backslash at the end", text: "a\\", expected: "a&#92;" },
])("the source breaks $says", ({ text, expected }) => expect(escapeMarkdown(text)).toBe(expected));

test("ordinary words stay readable in the source", () => {
  const words = "fix(core): don't drop snake_case names (1.2.3, 50 %) in src/a-b.ts; it's done!";
  expect(escapeMarkdown(words)).toBe(words);
});

test.each([
  { says: "a fence longer than the runs inside", given: codeSpan("a``b`c"), expected: "```a``b`c```" },
  { says: "space between a fence and a backtick", given: codeSpan("`a"), expected: "`` `a ``" },
  { says: "something to see for an empty text", given: codeSpan(""), expected: "` `" },
  { says: "a pipe that cannot end a cell", given: codeSpan("a|b\\|c"), expected: "`a｜b\\｜c`" },
  { says: "no language that GitHub draws", given: codeBlock("a", "mermaid"), expected: "```\na\n```" },
  { says: "no language that offers a change", given: codeBlock("a", "Suggestion"), expected: "```\na\n```" },
  { says: "no language that is not a word", given: codeBlock("a", "ts\n# x"), expected: "```\na\n```" },
  { says: "a block fence of four around three", given: codeBlock("```\na"), expected: "````\n```\na\n````" },
  { says: "a dash for an empty cell", given: tableCell(" \u200b"), expected: "–" },
  {
    says: "a cut at the limit",
    given: escapeMarkdown("@".repeat(9), { maxGraphemes: 3 }),
    expected: "@&#8203;@&#8203;…",
  },
])("code and cells have $says", ({ given, expected }) => expect(given).toBe(expected));

test("huge texts are cut before they are looked at", () => {
  const spent = cpuTime();
  const pages = ["@", "`", "\u0301", "|", "\n"].flatMap((piece) => {
    const text = piece.repeat(3_000_000);
    return [escapeMarkdown(text), codeSpan(text), codeBlock(text), tableCell(text)];
  });
  expect(spent()).toBeLessThan(2_000);
  expect(Math.max(...pages.map((page) => page.length))).toBeLessThan(100_000);
});
