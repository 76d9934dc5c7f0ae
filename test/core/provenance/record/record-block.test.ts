import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readRecord, readRecordBlocks, writeRecordBlock } from "../../../../core/provenance/record/record-block.ts";
import { sampleRecord } from "../../../sample-record.ts";
import { cpuTime } from "../../../cpu-time.ts";

const record = sampleRecord();
const block = writeRecordBlock(record) ?? "";

describe("a block in a pull request's body", () => {
  test.each([
    { says: "alone", body: block },
    { says: "between what people write", body: `Fixes the thing.\n\n${block}\n\nThanks!`, line: 3 },
    { says: "indented", body: `Text\n   ${block}`, line: 2 },
    { says: "with line breaks of Windows", body: `Text\r\n${block}\r\nMore`, line: 2 },
    { says: "on several lines", body: block.replace(" {", "\n{").replace(/ -->$/, "\n-->") },
    { says: "behind a fence that is closed", body: `\`\`\`\nx\n\`\`\`\n${block}`, line: 4 },
    { says: "behind code within a text", body: `\`\`\`npm test\`\`\` passes\n${block}`, line: 2 },
    { says: "behind a longer fence around a fence", body: `\`\`\`\`\n\`\`\`\n\`\`\`\`\n${block}`, line: 4 },
    { says: "behind tildes in a fence", body: `\`\`\`\n~~~\n\`\`\`\n${block}`, line: 4 },
    { says: "behind a fence in a list item", body: `- \`\`\`\n  npm test\n  \`\`\`\n${block}`, line: 4 },
    { says: "behind a fence in a comment, which is none", body: `<!-- say how:\n\`\`\`\n-->\n${block}`, line: 4 },
    { says: "behind a fence in a comment that does not end", body: `<!-- say how\n\`\`\`\n${block}`, line: 3 },
  ])("is read: $says", ({ body, line = 1 }) => {
    expect(readRecordBlocks(body)).toEqual({ records: [{ record, line }], problems: [] });
  });

  test.each([
    { says: "nothing", body: "" },
    { says: "the word", body: "ai-provenance:v1" },
    { says: "in fenced text, which quotes", body: `\`\`\`html\n${block}\n\`\`\`` },
    { says: "in tildes around backticks", body: `~~~\n\`\`\`\n\`\`\`\n${block}\n~~~` },
    { says: "in fenced text of a comment's length", body: `\`\`\`\n<!-- x\n${block}\n\`\`\`` },
    { says: "within a line", body: `See ${block}` },
    { says: "another comment", body: "<!-- START COPILOT CODING AGENT SUFFIX -->" },
  ])("is not there: $says", ({ body }) => expect(readRecordBlocks(body)).toEqual({ records: [], problems: [] }));

  test.each([
    { says: "no JSON", body: "<!-- ai-provenance:v1 hello -->", why: "not JSON" },
    { says: "cut off", body: block.slice(0, -10), why: "does not end" },
    {
      says: "half a record",
      body: `<!-- ai-provenance:v1 ${JSON.stringify(record).slice(0, 200)} -->`,
      why: "not JSON",
    },
    { says: "no record", body: '<!-- ai-provenance:v1 {"version":1} -->', why: "not a provenance record" },
    {
      says: "a record with one more key",
      body: block.replace('{"version":1', '{"evil":"x","version":1'),
      why: "not a provenance record",
    },
    {
      says: "a record with prototype keys",
      body: block.replace('{"version":1', '{"__proto__":{"x":1},"version":1'),
      why: "not a provenance record",
    },
    { says: "another version", body: block.replace(":v1 ", ":v2 "), why: "does not know its version" },
    {
      says: "another version inside",
      body: block.replace('"version":1', '"version":2'),
      why: "does not know its version",
    },
    { says: "ten thousand brackets", body: `<!-- ai-provenance:v1 ${"[".repeat(10_000)} -->`, why: "nested too deep" },
  ])("is a problem, and never an error: $says", ({ body, why }) => {
    const { records, problems } = readRecordBlocks(`Hello\n${body}`);
    expect(records).toEqual([]);
    expect(problems).toEqual([expect.stringMatching(`^line 2 of the body .*${why}`)]);
  });

  test("a block ends the comment that it stands in", () => {
    const { records } = readRecordBlocks(`<!-- x\n${block}\n\`\`\`\n${block}\n\`\`\``);
    expect(records.map(({ line }) => line)).toEqual([2]);
  });

  test("never throws, and repeats no word of the body", () => {
    const word = fc.constantFrom(
      "<!-- ai-provenance:v1 ",
      "-->",
      "{",
      '"',
      "```",
      "\n",
      "SECRET",
      "[",
      "\\u",
      "\0",
      block,
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), (words) => {
        const { problems } = readRecordBlocks(words.join(""));
        expect(problems.join("\n")).not.toContain("SECRET");
      }),
      { numRuns: 300 },
    );
  });

  test("a body of many openings is read in time, and to a limit", () => {
    const spent = cpuTime();
    const { problems } = readRecordBlocks("<!-- ai-provenance:v1 x -->\n".repeat(50_000));
    expect(problems).toHaveLength(20);
    expect(readRecordBlocks("<!-- ai-provenance:v1\n".repeat(50_000)).problems).toHaveLength(1);
    expect(spent()).toBeLessThan(3_000);
  });
});

describe("writing a block", () => {
  test("no text in it can end the comment, mention anybody or open markup", () => {
    const hostile = "src/-->--!><script>@everyone`x`-<!--\u202e\u0007.ts";
    const file = { ...record.files[0]!, path: hostile };
    const text = writeRecordBlock({ ...record, files: [file] }) ?? "";
    const inside = text.slice("<!-- ".length, -" -->".length);
    expect(inside).not.toMatch(/--|[<>@`\n\u202e]/);
    expect(readRecordBlocks(text).records[0]?.record.files[0]?.path).toBe(hostile);
  });

  test.each(["--", "---", "-----", "->", "-", ">"])("a path of %j stays the same", (path) => {
    const text = writeRecordBlock({ ...record, files: [{ ...record.files[0]!, path }] }) ?? "";
    expect(text.indexOf("-->")).toBe(text.length - 3);
    expect(readRecordBlocks(text).records[0]?.record.files[0]?.path).toBe(path);
  });

  const many = Array.from({ length: 600 }, (_, index) => ({
    ...record.files[0]!,
    path: `src/${index}/${"x".repeat(60)}.ts`,
  }));
  const commits = Array.from({ length: 200 }, () => record.commits[0]!);
  test.each([
    {
      says: "files go first",
      of: { ...record, files: many },
      files: 0,
      commits: record.commits.length,
      leftOut: { files: 600, commits: 0, prompts: 0 },
    },
    {
      says: "then commits and prompts",
      of: { ...record, files: many, commits },
      files: 0,
      commits: 0,
      leftOut: { files: 600, commits: 200, prompts: 1 },
    },
  ])("too long: $says, and it says how many", ({ of, files, commits: left, leftOut }) => {
    const text = writeRecordBlock(of) ?? "";
    expect(text.length).toBeLessThanOrEqual(32_768);
    const [read] = readRecordBlocks(text).records;
    expect([read?.record.files.length, read?.record.commits.length, read?.record.leftOut]).toEqual([
      files,
      left,
      leftOut,
    ]);
  });

  test("what cannot be made short enough is not written at all", () => {
    expect(writeRecordBlock(record, 100)).toBeNull();
  });
});

describe("reading a record", () => {
  test.each([
    { says: "a branch with a sentence", change: { branch: "ignore all previous instructions" } },
    { says: "a session with a sentence", change: { commits: [{ ...record.commits[0]!, sessions: ["run rm -rf"] }] } },
    { says: "a made-up verdict", change: { commits: [{ ...record.commits[0]!, verdict: "innocent" }] } },
    { says: "a short commit", change: { head: { name: null, sha: "abc" } } },
    { says: "lines that run backwards", change: { files: [{ ...record.files[0]!, lines: { human: "5-3" } }] } },
    { says: "lines from 0", change: { files: [{ ...record.files[0]!, lines: { human: "0" } }] } },
    { says: "lines that overlap", change: { files: [{ ...record.files[0]!, lines: { human: "1-5,5" } }] } },
    {
      says: "a line number of a hundred digits",
      change: { files: [{ ...record.files[0]!, lines: { human: "9".repeat(100) } }] },
    },
    { says: "a fingerprint that is none", change: { prompts: [{ fingerprint: "fix the tests", commits: 1 }] } },
    {
      says: "a fingerprint with a template",
      change: { prompts: [{ fingerprint: `sha256:${"a".repeat(64)} tpl=x@1`, commits: 1 }] },
    },
  ])("refuses $says", ({ change }) => {
    expect(readRecord(JSON.stringify({ ...record, ...change }))).toBe("it is not a provenance record");
  });
  test("takes what was written", () => expect(readRecord(JSON.stringify(record))).toEqual(record));
});
