import fc from "fast-check";
import { expect, test } from "vitest";
import { escapeHtml, inertMultiline, inertText, withoutWorkflowCommands } from "../../../core/untrusted/index.ts";
import { cpuTime } from "../../cpu-time.ts";

/** Any string at all: lone surrogates, controls and invisible characters far more often than chance. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "\n",
        "\r\n",
        "\t",
        "\u2028",
        "\u0085",
        "\x1b[31m",
        "\u202e",
        "\u200b",
        "\u{e0041}",
        "\ud800",
        "\udc41",
      ),
      fc.constantFrom("::", "##[", " ", "\u00a0", "error", "e\u0301", "👨‍👩‍👧", "&", "<", '"', "\ufe0f", "\u3164"),
      fc.string({ unit: "binary", maxLength: 4 }),
    ),
    { maxLength: 40 },
  )
  .map((pieces) => pieces.join(""));

const unseen = /[\p{Cc}\p{Cs}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}]/u;

test.each([
  { says: "a terminal escape loses its escape", text: "a\x1b[31mred", expected: "a[31mred" },
  { says: "a C1 control goes", text: "a\x9b31mb", expected: "a31mb" },
  { says: "text direction is as stored", text: "a\u202egpj.exe\u2066b", expected: "agpj.exeb" },
  { says: "zero-width characters go", text: "a\u200bb\u200dc\ufeffd\u2060e\u00adf", expected: "abcdef" },
  { says: "tag characters go", text: "hi\u{e0049}\u{e0067}\u{e007f}", expected: "hi" },
  { says: "variation selectors, which can carry bytes, go", text: "a\ufe01\u{e0142}", expected: "a" },
  { says: "letters that show nothing go", text: "a\u3164\u115f\uffa0b", expected: "ab" },
  { says: "half a pair is replaced", text: "a\ud800b", expected: "a\ufffdb" },
  {
    says: "two halves do not join to a tag when the middle goes",
    text: "a\udb40\u200b\udc41",
    expected: "a\ufffd\ufffd",
  },
  {
    says: "every line break becomes one space",
    text: "a\r\nb\nc\rd\u2028e\u2029f\u0085g\vh",
    expected: "a b c d e f g h",
  },
  { says: "a tab becomes a space", text: "a\tb", expected: "a b" },
  { says: "other scripts stay", text: "日本語 Кириллица café 👍", expected: "日本語 Кириллица café 👍" },
])("$says", ({ text, expected }) => expect(inertText(text)).toBe(expected));

test("a line break can be shown", () => expect(inertText("a\r\nb\n", { lineBreak: "⏎" })).toBe("a⏎b⏎"));

test.each([
  { says: "a text at the limit stays whole", text: "abcd", maxGraphemes: 4, expected: "abcd" },
  { says: "a longer one ends with an ellipsis inside the limit", text: "abcde", maxGraphemes: 4, expected: "abc…" },
  {
    says: "a letter with its accent counts once",
    text: "e\u0301".repeat(4),
    maxGraphemes: 4,
    expected: "e\u0301".repeat(4),
  },
  {
    says: "no letter loses its accent",
    text: "e\u0301".repeat(5),
    maxGraphemes: 4,
    expected: `${"e\u0301".repeat(3)}…`,
  },
  { says: "flags are not torn", text: "🇩🇪🇫🇷🇮🇹", maxGraphemes: 2, expected: "🇩🇪…" },
  { says: "one grapheme is room for the ellipsis", text: "ab", maxGraphemes: 1, expected: "…" },
  { says: "a limit below one counts as one", text: "ab", maxGraphemes: 0, expected: "…" },
  {
    says: "a tower of accents is cut short",
    text: `a${"\u0301".repeat(100)}b`,
    maxGraphemes: 4,
    expected: `a${"\u0301".repeat(31)}…`,
  },
])("$says", ({ text, maxGraphemes, expected }) => expect(inertText(text, { maxGraphemes })).toBe(expected));

test("a cut is told even when what is left is short", () => {
  expect(inertText("\u200b".repeat(100) + "secret", { maxGraphemes: 5 })).toBe("…");
});

test("row 49: a one-line text has nothing unseen, one line and at most the given length", () => {
  fc.assert(
    fc.property(hostile, fc.integer({ min: 1, max: 30 }), (text, maxGraphemes) => {
      const line = inertText(text, { maxGraphemes });
      expect(line).not.toMatch(unseen);
      expect([...new Intl.Segmenter("en").segment(line)].length).toBeLessThanOrEqual(maxGraphemes);
      expect(inertText(line, { maxGraphemes })).toBe(line);
    }),
  );
});

test.each([
  { says: "a command at the start of a line", text: "a\n::error::x", expected: "a\n\\::error::x" },
  { says: "a command after white space", text: " \u00a0\t::set-env::", expected: " \u00a0    \\::set-env::" },
  { says: "a command after a lone carriage return", text: "a\r::add-mask::x", expected: "a\n\\::add-mask::x" },
  { says: "the older form anywhere", text: "see ##[error]x", expected: "see ##\\[error]x" },
  { says: "a command hidden behind an invisible character", text: "\u200b::error::x", expected: "\\::error::x" },
  { says: "a command split by one", text: ":\u200b:error::x", expected: "\\::error::x" },
  { says: "and leaves two colons inside a line", text: "std::fmt", expected: "std::fmt" },
])("lines disarm $says", ({ text, expected }) => expect(inertMultiline(text)).toBe(expected));

/** As the runner reads a log: lines end at any of these, and white space before a command does not matter. */
function isCommand(line: string): boolean {
  return line.trimStart().startsWith("::") || line.includes("##[");
}

test("row 67: no line of any text is a workflow command", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const lines = inertMultiline(text).split(/\r\n|[\r\n\v\f\u0085\u2028\u2029]/);
      expect(lines.filter(isCommand)).toEqual([]);
      expect(lines.join("")).not.toMatch(unseen);
      expect(withoutWorkflowCommands(text).split("\n").filter(isCommand)).toEqual([]);
    }),
  );
});

test("HTML keeps the text and its lines, and nothing that a browser would act on", () => {
  expect(escapeHtml(`<a href="x" title='y'>\n&\`\u202e\x00`)).toBe(
    "&#60;a href=&#34;x&#34; title=&#39;y&#39;&#62;\n&#38;&#96;",
  );
  fc.assert(
    fc.property(hostile, (text) => {
      expect(escapeHtml(text)).not.toMatch(/[<>"'`]|&(?!#[0-9]+;)/);
    }),
  );
});

test.each([
  { says: "accents", piece: "\u0301" },
  { says: "invisible characters", piece: "\u200b" },
  { says: "commands", piece: "\n::x" },
])("ten million $says take less than a second", ({ piece }) => {
  const text = piece.repeat(10_000_000 / piece.length);
  const spent = cpuTime();
  inertText(text);
  inertMultiline(text);
  escapeHtml(text);
  expect(spent()).toBeLessThan(1_000);
});
