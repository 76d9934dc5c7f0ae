import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readYaml, type YamlNode } from "../../../core/policy/read-yaml.ts";
import { cpuTime } from "../../cpu-time.ts";

/** The problems of a text as `line:column code what. fix`, in the order found. */
function problemsOf(text: string): string[] {
  const reading = readYaml(text);
  return reading.problems.map(({ offset, code, what, fix }) => {
    const { line, column } = reading.place(offset);
    return `${line}:${column} ${code} ${what}. ${fix}`;
  });
}

describe("every trap of YAML has its own message, with the place and what to write", () => {
  test.each([
    {
      says: "a team without quotes",
      text: "a:\n  owners: @acme/x",
      is: "2:11 CS016 a value must not begin with `@`. Write `owners: { teams: [acme/x] }`.",
    },
    {
      says: "a team in a list",
      text: "owners: [@acme/x, @acme/y]",
      is: '1:10 CS016 a value must not begin with `@`. Write an owner without it, below `teams`: `acme/x`. Quote anything else: `"@acme/x"`.',
    },
    { says: "a backtick", text: "a: `x`", is: '1:4 CS016 a value must not begin with a backtick. Quote it: `"`x`"`.' },
    { says: "a percent sign", text: "a: %80", is: '1:4 CS016 a value must not begin with `%`. Quote it: `"%80"`.' },
    {
      says: "a glob in brackets",
      text: "paths: [*.tf]",
      is: '1:9 CS007 `*.tf` is read as an alias, because it begins with `*`. Quote a glob: `"*.tf"`; write a repeated value out.',
    },
    {
      says: "a glob as an item",
      text: "paths:\n  - **/*.tf",
      is: '2:5 CS007 `**/*.tf` is read as an alias, because it begins with `*`. Quote a glob: `"**/*.tf"`; write a repeated value out.',
    },
    {
      says: "an exclusion in brackets",
      text: "paths: [!src/a]",
      is: '1:9 CS008 `!src/a` is read as a tag, because it begins with `!`. Quote an exclusion: `"!src/a"`; leave real tags out.',
    },
    {
      says: "an exclusion as an item",
      text: "paths:\n  - src/**\n  - !src/gen/**",
      is: '3:5 CS008 `!src/gen/**` is read as a tag, because it begins with `!`. Quote an exclusion: `"!src/gen/**"`; leave real tags out.',
    },
    {
      says: "a real tag",
      text: "a: !!str x",
      is: "1:4 CS008 `!!str` is read as a tag, because it begins with `!`. Remove `!!str`: a value says itself what it is.",
    },
    {
      says: "a tag on a mapping",
      text: "a: !t\n  b: 1",
      is: '1:4 CS008 `!t` is read as a tag, because it begins with `!`. Quote a text: `"!t"`; only patterns of paths and branches take a `!` that excludes.',
    },
    {
      says: "an expression that begins with `!` and goes on with a quote",
      text: 'if: !("wip" in pull_request.labels)\nb: 1',
      is: "1:5 CS016 a value must not begin with `!`. Quote the whole text: `'!(\"wip\" in pull_request.labels)'`.",
    },
    {
      says: "the same in a list, behind other words",
      text: 'b c: [x, !a("b")]',
      is: "1:10 CS016 a value must not begin with `!`. Quote the whole text: `'!a(\"b\")]'`.",
    },
    {
      says: "a comparison",
      text: "a:\n  max: >= 0",
      is: "2:8 CS016 `>` begins a block of text in YAML, and cannot begin a value. Write `max: 0`.",
    },
    {
      says: "a comparison with a space",
      text: "max: > 12",
      is: "1:6 CS016 `>` begins a block of text in YAML, and cannot begin a value. Write `max: 12`.",
    },
    {
      says: "a comparison in braces",
      text: "when: { ai: true, added_lines_over: >= 4 }",
      is: "1:37 CS016 a value must not begin with `>`. Write `added_lines_over: 4`.",
    },
    {
      says: "a comparison in braces without a space, and a percentage",
      text: "coverage: {patch_lines: >=80%}",
      is: "1:25 CS016 a value must not begin with `>`. Write `patch_lines: 80`.",
    },
    {
      says: "a text with a comparison in it",
      text: "title: >= 4 of them",
      is: "1:8 CS016 `>` begins a block of text in YAML, and cannot begin a value. Write only the number, `4`, or quote the text.",
    },
    {
      says: "a bar before words",
      text: "title: |x",
      is: "1:8 CS016 `|` begins a block of text in YAML, and cannot begin a value. Quote the text.",
    },
    {
      says: "an anchor",
      text: "a: &x 1",
      is: "1:4 CS007 `&x` is read as an anchor. Write the value out where it is needed, or quote it.",
    },
    {
      says: "an anchor on a mapping",
      text: "a: &x\n  b: 1",
      is: "1:4 CS007 `&x` is read as an anchor. Write the value out where it is needed, or quote it.",
    },
    {
      says: "a merge key",
      text: "a:\n  <<: { b: 1 }",
      is: "2:3 CS018 `<<` would merge another mapping into this one. Write the keys out.",
    },
    { says: "a prototype", text: "a: { __proto__: 1 }", is: "1:6 CS018 `__proto__` is not a key. Remove it." },
    {
      says: "a number as a key",
      text: "1: x",
      is: '1:1 CS018 the key `1` is not a word. Write a word, or quote it: `"1"`.',
    },
    { says: "a list as a key", text: "? [a]\n: b", is: "1:3 CS018 a key must be a word. Write `name: value`." },
    {
      says: "a truth value as a key",
      text: "true: x",
      is: '1:1 CS018 the key `true` is not a word. Write a word, or quote it: `"true"`.',
    },
    {
      says: "a key twice",
      text: "a: 1\nb: 2\na: 3",
      is: "3:1 CS009 `a` stands here a second time, first on line 1. Keep one of the two.",
    },
    {
      says: "a key twice in braces",
      text: "a: { b: 1, b: 2 }",
      is: "1:12 CS009 `b` stands here a second time, first on line 1. Keep one of the two.",
    },
    {
      says: "a date",
      text: "enforce_after: 2027-01-15",
      is: '1:16 CS015 the date 2027-01-15 is not quoted. Quote it: `"2027-01-15"`.',
    },
    {
      says: "a date with a time",
      text: "a: 2027-01-15T10:00:00Z",
      is: '1:4 CS015 the date 2027-01-15T10:00:00Z is not quoted. Quote it: `"2027-01-15T10:00:00Z"`.',
    },
    {
      says: "yes",
      text: "ai: yes",
      is: '1:5 CS014 `yes` means different things to different YAML readers. Write `true`, or quote it when the text is meant: `"yes"`.',
    },
    {
      says: "no",
      text: "secrets: no",
      is: '1:10 CS014 `no` means different things to different YAML readers. Write `false`, or quote it when the text is meant: `"no"`.',
    },
    {
      says: "Off, whatever its capitals",
      text: "a: Off",
      is: '1:4 CS014 `Off` means different things to different YAML readers. Write `false`, or quote it when the text is meant: `"Off"`.',
    },
    {
      says: "on as a key",
      text: "on: 1",
      is: '1:1 CS014 `on` means different things to different YAML readers. Quote it: `"on"`.',
    },
    {
      says: "an octal number of YAML 1.1",
      text: "max: 012",
      is: '1:6 CS014 `012` means different things to different YAML readers. Write `12`, or quote it when the text is meant: `"012"`.',
    },
    {
      says: "a negative one",
      text: "max: -007",
      is: '1:6 CS014 `-007` means different things to different YAML readers. Write `-7`, or quote it when the text is meant: `"-007"`.',
    },
    {
      says: "a hexadecimal number",
      text: "max: 0x1F",
      is: '1:6 CS014 `0x1F` means different things to different YAML readers. Write it in decimal digits, or quote it when the text is meant: `"0x1F"`.',
    },
    {
      says: "a number in base 60",
      text: "max: 12:30",
      is: '1:6 CS014 `12:30` means different things to different YAML readers. Write it in plain digits, or quote it when the text is meant: `"12:30"`.',
    },
    {
      says: "a number with underscores",
      text: "max: 1_000",
      is: '1:6 CS014 `1_000` means different things to different YAML readers. Write it in plain digits, or quote it when the text is meant: `"1_000"`.',
    },
    {
      says: "infinity",
      text: "max: .inf",
      is: '1:6 CS014 `.inf` means different things to different YAML readers. Write a number, or quote it when the text is meant: `".inf"`.',
    },
    {
      says: "a tab as indentation",
      text: "a:\n\tb: 1",
      is: '2:1 CS005 a tab stands here. Write spaces; inside a text, write "\\t".',
    },
    {
      says: "a tab elsewhere",
      text: "a: b\tc",
      is: '1:5 CS005 a tab stands here. Write spaces; inside a text, write "\\t".',
    },
    {
      says: "a second document",
      text: "a: 1\n---\nb: 2",
      is: "2:1 CS017 a second document begins here. Keep one document: remove the `---` and what follows it.",
    },
    {
      says: "a directive",
      text: "%YAML 1.1\n---\na: 1",
      is: "1:1 CS017 a YAML directive stands here. Remove the line: a policy is always read as YAML 1.2.",
    },
    {
      says: "a directive further down",
      text: "a: 1\n%TAG ! x",
      is: "2:1 CS017 a YAML directive stands here. Remove the line: a policy is always read as YAML 1.2.",
    },
    {
      says: "a byte order mark",
      text: "\uFEFFa: 1",
      is: "1:1 CS004 the file begins with a byte order mark. Save it as UTF-8 without one.",
    },
    {
      says: "a direction override in a comment",
      text: "a: 1 # \u202E",
      is: '1:8 CS004 a control or text-direction character stands here. Remove it; inside a text, write it as an escape such as "\\u202e".',
    },
    {
      says: "a carriage return alone",
      text: "a: 1\rb: 2",
      is: '1:5 CS004 a control or text-direction character stands here. Remove it; inside a text, write it as an escape such as "\\u202e".',
    },
    {
      says: "half a surrogate pair",
      text: "a: \uD800",
      is: '1:4 CS004 a control or text-direction character stands here. Remove it; inside a text, write it as an escape such as "\\u202e".',
    },
    {
      says: "a colon inside a text",
      text: "title: AI: tested",
      is: '1:8 CS006 a second `: ` stands on this line. Quote the text: `"AI: tested"`; or start the inner key on a line of its own.',
    },
    {
      says: "no space after the colon",
      text: "a: 1\nmode:enforce\nb: 2",
      is: "2:1 CS006 a line without a key stands here. Write `key: value`, with a space after the colon.",
    },
    {
      says: "a line without a colon",
      text: "a: 1\nb\nc: d",
      is: "2:1 CS006 a line without a value stands here. Write `key: value`, with a space after the colon.",
    },
    {
      says: "an open bracket",
      text: "a: [1, 2",
      is: "1:4 CS006 a list that begins with `[` does not end. Write the `]`.",
    },
    {
      says: "an open brace",
      text: "a: { b: 1",
      is: "1:4 CS006 a mapping that begins with `{` does not end. Write the `}`.",
    },
    {
      says: "an open quote",
      text: 'a: "x',
      is: "1:4 CS006 a text that begins with a quote does not end on its line. Write the closing quote.",
    },
    { says: "a bracket too many", text: "a: ]", is: "1:4 CS006 a `]` without its `[`. Remove it, or quote the text." },
    { says: "a brace too many", text: "a: }", is: "1:4 CS006 a `}` without its `{`. Remove it, or quote the text." },
    {
      says: "an unknown escape",
      text: 'a: "\\q"',
      is: "1:5 CS006 unknown escape in a text with double quotes. Separate folders by `/`; for a backslash itself, use single quotes.",
    },
    {
      says: "a value and keys below it",
      text: "a: 1\n  b: 2",
      is: "1:4 CS006 keys are indented below a value. Remove the value, or indent the keys like its own key.",
    },
    {
      says: "indentation that falls between",
      text: "a:\n    b: 1\n  c: 2",
      is: "3:1 CS006 the indentation is off. Indent keys of one mapping by the same number of spaces.",
    },
    {
      says: "an item without its dash",
      text: "rules:\n  - id: x\n   title: y",
      is: "3:1 CS006 an item of this list has no dash, or its indentation is off. Indent it like its neighbours.",
    },
    {
      says: "a list in the middle of a line",
      text: "a: - b",
      is: "1:4 CS006 a list begins in the middle of a line or at the wrong indentation. Write each `- item` on its own line, indented below its key.",
    },
    {
      says: "a comma missing in braces",
      text: "a: { b: 1 c: 2 }",
      is: "1:9 CS006 a comma is missing in this `{…}` or `[…]`. Write a comma between the entries.",
    },
    {
      says: "words after a quoted text",
      text: "a: 'x' y",
      is: "1:8 CS006 something stands here that does not belong to the value before it. Quote the whole text, or put a comma or a line break between.",
    },
    {
      says: "a star alone",
      text: "a: *",
      is: "1:4 CS006 not YAML: Alias cannot be an empty string. Correct the line.",
    },
  ])("$says", ({ text, is }) => expect(problemsOf(text)[0]).toBe(is));
});

describe("what people write is read as they mean it", () => {
  test.each<{ says: string; text: string; is: unknown }>([
    { says: "block and flow style", text: "a: { b: [1, x] }\nc:\n  - true\n", is: { a: { b: [1, "x"] }, c: [true] } },
    { says: "an item at its key's indentation", text: "a:\n- 1\n- 2", is: { a: [1, 2] } },
    {
      says: "quoted words stay text",
      text: 'a: "no"\nb: \'012\'\nc: "2027-01-15"',
      is: { a: "no", b: "012", c: "2027-01-15" },
    },
    { says: "folded and literal text", text: "a: >-\n  x\n  y\nb: |\n  z\n", is: { a: "x y", b: "z\n" } },
    { says: "one document between marks", text: "---\na: 1\n...\n", is: { a: 1 } },
    { says: "Windows line ends", text: "a: 1\r\nb: 2\r\n", is: { a: 1, b: 2 } },
    { says: "nothing after the colon", text: "a:\nb: ~", is: { a: null, b: null } },
    { says: "names of Object's own", text: "constructor: 1\ntoString: 2", is: { constructor: 1, toString: 2 } },
    { says: "emoji in a comment", text: "a: 1 # 👩‍💻 ⚠️", is: { a: 1 } },
    { says: "negative numbers and decimals", text: "a: -0.1\nb: 1e3\nc: 0", is: { a: -0.1, b: 1000, c: 0 } },
    { says: "an empty file", text: "# only a comment\n", is: null },
  ])("$says", ({ text, is }) => {
    expect(problemsOf(text)).toEqual([]);
    expect(readYaml(text).root?.value).toEqual(is);
  });
});

describe("what is read beside a mistake", () => {
  test("a key that YAML readers disagree about keeps its name, and another is left out", () =>
    expect(readYaml("on: 1\n2027-01-15: 2\n5: 3\nb: 4").root?.value).toEqual({ on: 1, b: 4 }));

  test("an item has its own place, and a key without anything the key's", () => {
    const items = readYaml("a: [1, 22]").root?.entries.get("a")?.entries;
    expect([0, 1].map((index) => [items?.get(index)?.offset, items?.get(index)?.keyOffset])).toEqual([
      [4, 4],
      [7, 7],
    ]);
    const empty = readYaml("b: 1\n? a").root?.entries.get("a");
    expect(empty).toMatchObject({ value: null, offset: 7, keyOffset: 7, reported: false, source: null });
  });

  test("a value is reported where something was told of it, and nowhere else", () => {
    const { root } = readYaml("a: yes\nb: [x, *y]\nc: !t z\nd: w");
    const reported = [["a"], ["b"], ["b", 0], ["b", 1], ["c"], ["d"]].map((path) => {
      const node = path.reduce<YamlNode | undefined>((at, part) => at?.entries.get(part), root ?? undefined);
      return `${path.join(".")} ${String(node?.reported)}`;
    });
    expect(reported).toEqual(["a true", "b false", "b.0 false", "b.1 true", "c true", "d false"]);
  });

  test("how a text is written, and the comment behind it", () => {
    const { root } = readYaml("a: 'x' #y\nb: 5\nc: [1]\nd:");
    const at = (key: string) => root?.entries.get(key);
    expect(at("a")).toMatchObject({ source: { raw: "'x'", style: "QUOTE_SINGLE" }, comment: "y" });
    expect(at("b")).toMatchObject({ source: { raw: "5", style: "PLAIN" } });
    expect(at("b")).not.toHaveProperty("comment");
    expect(at("c")?.source).toBeNull();
  });

  test("a tag and an ambiguous word are one mistake", () =>
    expect(problemsOf("a: !t yes").map((text) => text.slice(0, 9))).toEqual(["1:4 CS008"]));
});

test("several problems of one file are told together, and one mistake once", () => {
  expect(problemsOf("a: [*.tf, !x]\nb: yes\nc: @x\nd: 1\nd: 2").map((text) => text.slice(0, 10))).toEqual([
    "3:4 CS016 ",
    "1:5 CS007 ",
    "1:11 CS008",
    "2:4 CS014 ",
    "5:1 CS009 ",
  ]);
  expect(problemsOf("max: >= 0")).toHaveLength(1);
});

describe("fault 52: hostile YAML is refused with its line, in bounded time, and the process lives", () => {
  const lines = (count: number, line: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => line(index)).join("\n");
  test.each([
    { says: "brackets 900 deep", text: `a: ${"[".repeat(900)}`, code: "CS002" },
    { says: "the same twice", text: `a: ${"[".repeat(900)}\nb: ${"[".repeat(900)}`, code: "CS002" },
    { says: "braces 130,000 deep", text: "{".repeat(130_000), code: "CS002" },
    { says: "brackets behind an apostrophe", text: `a: don't\nb: ${"[".repeat(900)}`, code: "CS002" },
    { says: "brackets that quoted ones seem to close", text: `a: ${'["]",'.repeat(900)}`, code: "CS002" },
    { says: "brackets behind a comment inside quotes", text: `a: ["\n  # ", ${"[".repeat(900)}`, code: "CS002" },
    { says: "dashes 900 deep", text: "- ".repeat(900), code: "CS002" },
    { says: "question marks 900 deep", text: "? ".repeat(900), code: "CS002" },
    { says: "colons 900 deep", text: ": ".repeat(900), code: "CS002" },
    { says: "keys 900 deep on one line", text: "a: ".repeat(900), code: "CS002" },
    { says: "keys 400 deep by indentation", text: lines(400, (index) => `${" ".repeat(index)}a:`), code: "CS002" },
    { says: "33 brackets", text: `a: ${"[".repeat(33)}${"]".repeat(33)}`, code: "CS002" },
    { says: "an alias bomb", text: "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]", code: "CS007" },
    { says: "60,000 anchors on one value", text: `a: ${"&a ".repeat(60_000)}`, code: "CS003" },
    { says: "60,000 tags on one value", text: `a: ${"!a ".repeat(60_000)}`, code: "CS003" },
    { says: "100,000 commas", text: `a: [${", ".repeat(100_000)}`, code: "CS003" },
    { says: "10,000 keys", text: lines(10_000, (index) => `k${index}: 1`), code: "CS003" },
    { says: "1 MB", text: "a".repeat(1_000_000), code: "CS001" },
    { says: "256 kB in two-byte letters", text: `a: "${"é".repeat(140_000)}"`, code: "CS001" },
  ])("$says", ({ text, code }) => {
    const spent = cpuTime();
    expect(problemsOf(text)[0]).toMatch(new RegExp(`^[0-9]+:[0-9]+ ${code} `));
    expect(spent()).toBeLessThan(2_000);
  });

  test("30 brackets are not too many", () => {
    expect(problemsOf(`a: ${"[".repeat(30)}${"]".repeat(30)}`)).toEqual([]);
  });

  test("no text makes the reader throw, and every problem has a place in the text", () => {
    const word = fc.constantFrom(
      "a",
      "a:",
      ": ",
      "- ",
      "? ",
      "[",
      "]",
      "{",
      "}",
      ",",
      "\n",
      "\n  ",
      '"',
      "'",
      "*x",
      "&x",
      "!x",
      "|",
      ">",
      "#",
      "%",
      "@",
      "no",
      "012",
      "---",
      "...",
      "<<",
      "é",
      "\t",
      "\\",
      "2027-01-01",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.array(word, { maxLength: 40 }).map((parts) => parts.join("")),
        ),
        (text) => {
          const reading = readYaml(text);
          for (const { offset, what, fix } of reading.problems) {
            const { line, column } = reading.place(offset);
            expect(offset).toBeGreaterThanOrEqual(0);
            expect(line).toBeLessThanOrEqual(text.split("\n").length);
            expect(column).toBeGreaterThanOrEqual(1);
            expect(column).toBeLessThanOrEqual((text.split("\n")[line - 1] ?? "").length + 1);
            expect(`${what}${fix}`).not.toMatch(/[\0-\x1f\u202e]/);
          }
          expect(reading.root === null ? reading.problems.length : 1).toBeGreaterThan(0);
        },
      ),
      { numRuns: 500 },
    );
  });
});
