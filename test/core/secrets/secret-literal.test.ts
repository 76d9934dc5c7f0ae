import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { secretRules, secretScanner, type SecretScan } from "../../../core/secrets/index.ts";
import { longestScannedLine } from "../../../core/secrets/secret-literal.ts";
import { canaries, secretPart } from "../../untrusted-canaries.ts";

type Line = readonly [path: string, line: number, text: string];

function scan(...lines: Line[]): SecretScan {
  const scanner = secretScanner();
  for (const [path, line, text] of lines) scanner.addLine(path, line, text);
  return scanner.result();
}

/** A text as the added lines of a file, from `start` on. */
function linesOf(path: string, text: string, start = 1): Line[] {
  return text.split("\n").map((line, index) => [path, start + index, line]);
}

const places = ({ findings }: SecretScan) =>
  findings.map(({ place }) => (place.kind === "lines" ? `${place.path}:${place.start}-${place.end}` : place.kind));

const token = canaries.find(({ kind }) => kind === "github-token")!.value;
const key = canaries.find(({ kind }) => kind === "private-key")!.value;
const keyLines = key.split("\n").length;

describe("70: every shape is found, and its value is not told", () => {
  test.each(canaries.map(({ kind }, index) => ({ kind, index })))("$index $kind", ({ index }) => {
    const canary = canaries[index]!;
    const found = scan(["a.ts", 1, "const before = 1;"], ...linesOf("a.ts", `  ${canary.value}  `, 2), [
      "a.ts",
      99,
      "end",
    ]);
    expect(found.findings.length).toBeGreaterThan(0);
    expect(found.findings[0]).toMatchObject({
      rule: "secret-literal",
      place: { kind: "lines", path: "a.ts", start: 2 },
    });
    expect(JSON.stringify(found)).not.toContain(secretPart(canary));
  });
});

describe("places", () => {
  test.each<{ says: string; lines: Line[]; found: string[] }>([
    { says: "one line", lines: [["a.ts", 7, `x = "${token}"`]], found: ["a.ts:7-7"] },
    {
      says: "two on one line",
      lines: [["a.ts", 7, `${token} ${token.slice(0, -3)}abc`]],
      found: ["a.ts:7-7", "a.ts:7-7"],
    },
    { says: "a key over many lines", lines: linesOf("a.ts", key, 10), found: [`a.ts:10-${9 + keyLines}`] },
    {
      says: "lines that do not follow each other",
      lines: [
        ["a.ts", 1, "x"],
        ["a.ts", 5, token],
        ["a.ts", 40, "y"],
        ["a.ts", 41, token],
      ],
      found: ["a.ts:5-5", "a.ts:41-41"],
    },
    {
      says: "two files",
      lines: [
        ["a.ts", 3, token],
        ["b.ts", 1, token],
      ],
      found: ["a.ts:3-3", "b.ts:1-1"],
    },
    {
      says: "a file that comes back",
      lines: [
        ["a.ts", 3, token],
        ["b.ts", 1, "x"],
        ["a.ts", 9, token],
      ],
      found: ["a.ts:3-3", "a.ts:9-9"],
    },
    {
      says: "halves on lines that do not follow each other",
      lines: [
        ["a.ts", 1, token.slice(0, 12)],
        ["a.ts", 9, token.slice(12)],
      ],
      found: [],
    },
    {
      says: "halves in two files",
      lines: [
        ["a.ts", 1, token.slice(0, 12)],
        ["b.ts", 2, token.slice(12)],
      ],
      found: [],
    },
    { says: "a line end of Windows", lines: [["a.ts", 1, `${token}\r`]], found: ["a.ts:1-1"] },
    {
      says: "nothing",
      lines: [
        ["a.ts", 1, "return 1;"],
        ["a.ts", 2, ""],
      ],
      found: [],
    },
    { says: "no lines", lines: [], found: [] },
  ])("$says", ({ lines, found }) => expect(places(scan(...lines))).toEqual(found));

  test("wherever a block of a large file ends", () => {
    const filler = Array.from({ length: 4100 }, (_, index): Line => [
      "a.ts",
      index + 1,
      `line ${index} `.padEnd(99, "."),
    ]);
    for (const first of [2000, 2001, 2002, 2003, 2004, 4050]) {
      const lines = [...filler];
      lines.splice(first - 1, keyLines, ...linesOf("a.ts", key, first));
      expect(places(scan(...lines))[0]).toMatch(new RegExp(`^a\\.ts:${first}-`));
    }
  });
});

describe("shapes that a password in a test also has", () => {
  test.each([
    { says: "a word", text: 'password: "a-secret"', found: 0 },
    { says: "a placeholder", text: 'const apiKey = "your-api-key-here";', found: 0 },
    { says: "an address of this machine", text: "postgres://user:password@localhost/test", found: 0 },
    {
      says: "made by a machine",
      text: `const apiKey = "${["q7Zp2Lw9Xk4Vn8Rt", "b3Mc6Yh1Gf5Ds0Ja"].join("")}";`,
      found: 1,
    },
  ])("$says", ({ text, found }) => expect(scan(["a.ts", 1, text]).findings).toHaveLength(found));
});

describe("63: what is too long to search is named", () => {
  test("one line of 1,000,001 characters, and the rest of the file is searched", () => {
    const long = "x".repeat(longestScannedLine + 1);
    const { findings, notAnalysed } = scan(["a.ts", 1, long], ["a.ts", 2, token], ["b.ts", 1, token]);
    expect(notAnalysed).toEqual([
      { path: "a.ts", reason: "line 1 has 1000001 characters and was not searched for secrets" },
    ]);
    expect(findings).toHaveLength(2);
  });

  test("a line at the limit is searched", () => {
    const { findings, notAnalysed } = scan(["a.ts", 1, `${" ".repeat(longestScannedLine - token.length)}${token}`]);
    expect(notAnalysed).toEqual([]);
    expect(findings).toHaveLength(1);
  });
});

test("any lines are searched, each finding stands on lines that were given", () => {
  const text = fc.oneof(fc.string({ maxLength: 30 }), fc.constantFrom(token, ...key.split("\n"), "password=", ""));
  const step = fc.record({ path: fc.constantFrom("a", "a", "b"), gap: fc.integer({ min: 1, max: 3 }), text });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const last = new Map<string, number>();
      const lines = steps.map(({ path, gap, text }): Line => {
        const line = (last.get(path) ?? 0) + gap;
        last.set(path, line);
        return [path, line, text];
      });
      const given = new Set(lines.map(([path, line]) => `${path}:${line}`));
      for (const { place } of scan(...lines).findings) {
        if (place.kind !== "lines") throw new Error("a secret stands on a line");
        expect(given).toContain(`${place.path}:${place.start}`);
        expect(given).toContain(`${place.path}:${place.end}`);
        expect(place.end).toBeGreaterThanOrEqual(place.start);
      }
    }),
    { numRuns: 200 },
  );
});

test("the rule is in the list", () => expect(secretRules.map(({ id }) => id)).toContain("secret-literal"));

describe("a secret that a later commit removes again", () => {
  const sha = (digit: string) => digit.repeat(40);

  function scanCommits(commits: readonly (readonly [commit: string, ...Line])[], net: readonly Line[]): SecretScan {
    const scanner = secretScanner();
    for (const [commit, path, line, text] of commits) scanner.addCommitLine(commit, path, line, text);
    for (const [path, line, text] of net) scanner.addLine(path, line, text);
    return scanner.result();
  }

  test.each<{ says: string; commits: (readonly [string, ...Line])[]; net: Line[]; found: string[] }>([
    {
      says: "is found at the commit that brought it",
      commits: [[sha("a"), "k.ts", 3, token]],
      net: [],
      found: [sha("a")],
    },
    {
      says: "is found once, at the first commit that has it",
      commits: [
        [sha("a"), "k.ts", 3, token],
        [sha("b"), "moved.ts", 9, token],
      ],
      net: [],
      found: [sha("a")],
    },
    {
      says: "is not told twice when the change still shows it",
      commits: [[sha("a"), "k.ts", 3, token]],
      net: [["k.ts", 5, token]],
      found: ["k.ts:5"],
    },
    {
      says: "and lines of two commits are never read as one text",
      commits: [
        [sha("a"), "k.ts", 1, token.slice(0, 12)],
        [sha("b"), "k.ts", 2, token.slice(12)],
      ],
      net: [],
      found: [],
    },
  ])("$says", ({ commits, net, found }) => {
    const { findings } = scanCommits(commits, net);
    const where = findings.map(({ place }) =>
      place.kind === "commit" ? place.sha : place.kind === "lines" ? `${place.path}:${place.start}` : place.kind,
    );
    expect(where).toEqual(found);
    expect(JSON.stringify(findings)).not.toContain(token);
  });
});
