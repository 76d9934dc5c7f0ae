import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AiAnswer } from "../../../core/change/ai-judgement.ts";
import { acceptances, verdicts, type Acceptance, type Verdict, type Writer } from "../../../core/change/authorship.ts";
import type { LintRule, Place, RawFinding } from "../../../core/findings/finding.ts";
import { compareSeverity, severityColumn, weighFindings, type Scales } from "../../../core/findings/index.ts";
import { countingAsAi } from "../../ai-judgement.ts";

const countsAsAi: readonly Verdict[] = ["agent-authored", "agent-assisted"];

function by(verdict: Verdict, acceptance: Acceptance = "unstated", agent: string | null = null): Writer {
  return { verdict, acceptance, agent, model: null, commit: null, evidence: "none", session: null };
}

const columns = { human: "notice", aiEdited: "warning", aiAsIs: "error" } as const;

function rule(id: string, severity: LintRule["severity"] = columns): LintRule {
  return { id, title: id, help: `fix ${id}`, confidence: "medium", severity };
}

const everywhere = { human: "error", aiEdited: "error", aiAsIs: "error" } as const;
const rules = [rule("pattern"), rule("other"), rule("grave", everywhere)];

const human = by("human");
const asIs = by("agent-authored", "as-is", "claude-code");
const edited = by("agent-assisted", "edited", "cursor");
const assisted = by("agent-assisted", "as-is", "copilot");

const scales: Scales = {
  rules,
  authorship: {
    files: new Map([
      [
        "a.ts",
        [
          { start: 1, end: 4, writer: human },
          { start: 5, end: 9, writer: edited },
          { start: 10, end: 12, writer: assisted },
          { start: 20, end: 20, writer: asIs },
        ],
      ],
      ["human.ts", [{ start: 1, end: 9, writer: human }]],
      [
        "suggested.ts",
        [
          { start: 1, end: 9, writer: human },
          { start: 10, end: 10, writer: by("suggestion") },
        ],
      ],
    ]),
  },
  writerOfCommit: (sha) => (sha === "c".repeat(40) ? asIs : null),
  ai: countingAsAi(countsAsAi, () => "verdict"),
};

const lines = (path: string, start: number, end = start): Place => ({ kind: "lines", path, start, end });

function raw(place: Place, rest: Partial<RawFinding> = {}): RawFinding {
  return { rule: "pattern", place, message: "found", identity: "here", ...rest };
}

describe("the column of a writer", () => {
  test.each([
    { says: "taken as it came", writer: asIs, name: "aiAsIs", reason: "it was accepted as it came from claude-code" },
    {
      says: "taken in part",
      writer: by("agent-assisted", "partial"),
      name: "aiAsIs",
      reason: "it was accepted in part as it came",
    },
    {
      says: "nobody says how it was taken: as it came",
      writer: by("agent-assisted", "unstated", "x"),
      name: "aiAsIs",
      reason: "it was written with a tool and nobody says that it was edited from x",
    },
    { says: "edited", writer: edited, name: "aiEdited", reason: "a person edited it after taking it from cursor" },
    {
      says: "rewritten",
      writer: by("agent-authored", "rewritten"),
      name: "aiEdited",
      reason: "a person edited it after taking it",
    },
    {
      says: "a suggestion",
      writer: by("suggestion", "as-is"),
      name: "aiEdited",
      reason: "it is an accepted review suggestion",
    },
    { says: "automation", writer: by("automation"), name: "human", reason: "automation wrote it" },
    { says: "a person", writer: human, name: "human", reason: "a person declares to have written it" },
    { says: "nobody", writer: by("undeclared"), name: "human", reason: "nobody says who wrote it" },
  ])("$says", ({ writer, name, reason }) => {
    const answer = countsAsAi.includes(writer.verdict) ? "verdict" : "no";
    expect(severityColumn(writer, answer)).toEqual({ name, reason });
  });

  test.each([
    {
      says: "silence counts as AI",
      verdict: "undeclared",
      answer: "verdict",
      column: { name: "aiAsIs", reason: "nobody says who wrote it, which the policy counts as AI" },
    },
    {
      says: "assistance does not count",
      verdict: "agent-assisted",
      answer: "no",
      column: { name: "human", reason: "the policy does not count its author as AI" },
    },
    {
      says: "nothing counts, a suggestion is still one",
      verdict: "suggestion",
      answer: "no",
      column: { name: "aiEdited", reason: "it is an accepted review suggestion" },
    },
    {
      says: "the area counts silence as AI",
      verdict: "undeclared",
      answer: "silence",
      column: { name: "aiAsIs", reason: "nobody declared it, and the area counts silence as AI" },
    },
    {
      says: "the area takes a bare word for silence",
      verdict: "human",
      answer: "claim",
      column: {
        name: "aiAsIs",
        reason: "only its own word says that a person wrote it, and the area counts that as AI like silence",
      },
    },
    {
      says: "the file is left out, whoever wrote in it",
      verdict: "agent-authored",
      answer: "left-out",
      column: { name: "human", reason: "the policy leaves the file out of provenance" },
    },
    {
      says: "the file is left out, and so is a suggestion in it",
      verdict: "suggestion",
      answer: "left-out",
      column: { name: "human", reason: "the policy leaves the file out of provenance" },
    },
  ] as const)("where the policy says: $says", ({ verdict, answer, column }) => {
    expect(severityColumn(by(verdict), answer)).toEqual(column);
  });

  test("every verdict and acceptance has a reason in words", () => {
    for (const verdict of verdicts)
      for (const acceptance of acceptances)
        for (const answer of AiAnswer.options)
          expect(severityColumn(by(verdict, acceptance), answer).reason).toMatch(/^[a-z][A-Za-z, ]+$/);
  });
});

describe("who is answerable for a place", () => {
  test.each([
    { says: "one line by a person", place: lines("a.ts", 2), severity: "notice", agent: null },
    { says: "one line that a person edited", place: lines("a.ts", 5), severity: "warning", agent: "cursor" },
    { says: "one line as it came", place: lines("a.ts", 20), severity: "error", agent: "claude-code" },
    { says: "a tool's line among a person's", place: lines("a.ts", 1, 5), severity: "warning", agent: "cursor" },
    {
      says: "the strictest of two tools, wherever it stands",
      place: lines("a.ts", 5, 10),
      severity: "error",
      agent: "copilot",
    },
    {
      says: "of two as strict, the one with the stronger evidence",
      place: lines("a.ts", 1, 30),
      severity: "error",
      agent: "claude-code",
    },
    { says: "lines around the change", place: lines("a.ts", 13, 19), severity: "notice", agent: undefined },
    { says: "a line that the change did not add", place: lines("other.ts", 1), severity: "notice", agent: undefined },
    {
      says: "a suggestion among a person's lines",
      place: lines("suggested.ts", 1, 20),
      severity: "warning",
      agent: null,
    },
    { says: "a whole file", place: { kind: "file", path: "a.ts" }, severity: "error", agent: "claude-code" },
    { says: "a whole file by a person", place: { kind: "file", path: "human.ts" }, severity: "notice", agent: null },
    {
      says: "a file without added lines",
      place: { kind: "file", path: "none.ts" },
      severity: "notice",
      agent: undefined,
    },
    { says: "a commit", place: { kind: "commit", sha: "c".repeat(40) }, severity: "error", agent: "claude-code" },
    { says: "another commit", place: { kind: "commit", sha: "d".repeat(40) }, severity: "notice", agent: undefined },
    { says: "the change", place: { kind: "change" }, severity: "notice", agent: undefined },
  ] as const)("$says", ({ place, severity, agent }) => {
    const [finding] = weighFindings([raw(place)], scales);
    expect(finding).toMatchObject({ severity, confidence: "medium", help: "fix pattern", place });
    expect(finding?.severityReason).toMatch(new RegExp(`^${severity} because `));
    expect(finding?.writer?.agent).toBe(agent);
  });
});

describe("order and fingerprints", () => {
  test("most severe first, then the change, commits, and files by path and line", () => {
    const findings = weighFindings(
      [
        raw(lines("b.ts", 100)),
        raw(lines("b.ts", 20)),
        raw(lines("a.ts", 20)),
        raw({ kind: "file", path: "b.ts" }),
        raw({ kind: "commit", sha: "d".repeat(40) }),
        raw({ kind: "change" }, { rule: "grave" }),
        raw({ kind: "change" }),
      ],
      scales,
    );
    expect(findings.map(({ severity, place }) => `${severity} ${label(place)}`)).toEqual([
      "error change",
      "error a.ts:20",
      "notice change",
      "notice commit",
      "notice b.ts",
      "notice b.ts:20",
      "notice b.ts:100",
    ]);
  });

  test("a fingerprint stays when lines move, and tells rules, files, places and repetitions apart", () => {
    const print = (...found: RawFinding[]) => weighFindings(found, scales).map(({ fingerprint }) => fingerprint);
    const [first] = print(raw(lines("b.ts", 1)));
    expect(first).toMatch(/^[0-9a-f]{32}$/);
    expect(print(raw(lines("b.ts", 99), { message: "other words" }))).toEqual([first]);
    const others = [
      ...print(raw(lines("c.ts", 1))),
      ...print(raw(lines("b.ts", 1), { rule: "other" })),
      ...print(raw(lines("b.ts", 1), { identity: "there" })),
      ...print(raw(lines("b.ts", 1)), raw(lines("b.ts", 2))).slice(1),
    ];
    expect(new Set([first, ...others]).size).toBe(5);
    expect(print(raw(lines("b.ts", 5)), raw(lines("b.ts", 8)))).toEqual(
      print(raw(lines("b.ts", 1)), raw(lines("b.ts", 2))),
    );
  });

  test("parts of a fingerprint cannot be shifted into one another", () => {
    const print = (path: string, identity: string) =>
      weighFindings([raw(lines(path, 1), { identity })], scales)[0]?.fingerprint;
    expect(print('a","b', "c")).not.toBe(print("a", 'b","c'));
  });

  test("whatever order they come in, the result is the same, and none is lost", () => {
    const place = fc.oneof(
      fc
        .record({
          kind: fc.constant("lines" as const),
          path: fc.constantFrom("a.ts", "b.ts"),
          start: fc.integer({ min: 1, max: 30 }),
        })
        .map(({ path, start }) => lines(path, start, start + 2)),
      fc.constantFrom<Place>(
        { kind: "change" },
        { kind: "file", path: "a.ts" },
        { kind: "commit", sha: "c".repeat(40) },
      ),
    );
    const finding = fc.record({
      rule: fc.constantFrom("pattern", "other", "grave"),
      place,
      message: fc.constantFrom("x", "y"),
      identity: fc.constantFrom("i", "j"),
    });
    const shuffled = fc
      .array(finding, { maxLength: 20 })
      .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));
    fc.assert(
      fc.property(shuffled, ([list, other]) => {
        const weighed = weighFindings(list, scales);
        expect(weighFindings(other, scales)).toEqual(weighed);
        expect(weighed).toHaveLength(list.length);
        expect(new Set(weighed.map(({ fingerprint }) => fingerprint)).size).toBe(list.length);
      }),
    );
  });

  test("a rule that nobody listed is our own fault", () => {
    expect(() => weighFindings([raw({ kind: "change" }, { rule: "unheard-of" })], scales)).toThrow(
      "no lint rule is called unheard-of",
    );
  });

  test("severities compare", () => {
    expect(["notice", "error", "warning"].toSorted((a, b) => compareSeverity(a as "notice", b as "notice"))).toEqual([
      "error",
      "warning",
      "notice",
    ]);
  });
});

function label(place: Place): string {
  if (place.kind === "lines") return `${place.path}:${place.start}`;
  return place.kind === "file" ? place.path : place.kind;
}
