import { describe, expect, test } from "vitest";
import { absent } from "../../../core/evidence.ts";
import type { Finding, Place } from "../../../core/findings/finding.ts";
import type { DecisionState } from "../../../core/policy/decision.ts";
import { annotationLimits, annotations, limitAnnotations } from "../../../core/report/annotations.ts";
import type { Review } from "../../../core/report/review.ts";
import { canaries } from "../../untrusted-canaries.ts";
import { sampleFinding, sampleReview, sampleSha } from "../../builders.ts";

/** A review in which nothing but the findings has anything to say. */
function only(findings: Finding[]): Review {
  const review = withoutSessions(sampleReview({ findings }));
  review.coverage.patch = absent("no coverage report was given");
  review.decision.rules = [];
  return review;
}

function withoutSessions(review: Review): Review {
  for (const { written } of review.change.files) for (const { writer } of written) writer.session = null;
  return review;
}

const charge = (start: number, end = start): Place => ({ kind: "lines", path: "src/payments/charge.ts", start, end });

test("most severe first; of one severity the change before its files, then by path and line", () => {
  const shown = annotations(sampleReview()).map(({ level, path, startLine, title }) => {
    return `${level} ${path ?? "-"}:${startLine ?? "-"} ${title}`;
  });
  expect(shown).toEqual([
    "error -:- unedited-ai-needs-tests blocks",
    "error -:- risky-patterns blocks",
    "error src/payments/charge.ts:44 swallowed-error",
    "warning -:- provenance-complete warns",
    "warning src/orders/limit.ts:56 uncovered-new-function",
    "warning src/orders/receipt.ts:12 uncovered-new-function",
    "notice -:- detected-without-trailer",
    "notice src/orders/limit.ts:31 not reached by tests",
    "notice src/orders/limit.ts:81 not reached by tests",
    "notice src/orders/limit.ts:90 not reached by tests",
    "notice src/orders/receipt.ts:22 not reached by tests",
    "notice src/orders/receipt.ts:30 not reached by tests",
    "notice src/payments/charge.ts:66 not reached by tests",
    "notice src/session.ts:20 uncovered-changed-function",
    "notice src/payments/charge.ts:12 written by a tool",
  ]);
});

test("a finding tells who wrote the line and what to do", () => {
  expect(annotations(only([sampleFinding()]))[0]?.message.split("\n")).toEqual([
    "This catch drops the error.",
    "Written by: agent-assisted, claude-code (claude-opus-4-5), taken as is.",
    "Rethrow it with `cause`, or handle it and say why that is safe.",
  ]);
});

test("a failing rule tells the innermost reasons that do not hold, and the way out", () => {
  const rule = annotations(sampleReview()).find(({ title }) => title === "unedited-ai-needs-tests blocks");
  expect(rule?.message.split("\n")).toEqual([
    "AI code that nobody edited is tested",
    "64 % of the AI's lines are covered, and 80 % are asked for",
    "Cover 17 more of the AI's lines, most of them in src/orders/limit.ts.",
  ]);
});

test.each<{ decision: DecisionState; level: string | undefined }>([
  { decision: "block", level: "error" },
  { decision: "undecided", level: "error" },
  { decision: "needs-approval", level: "error" },
  { decision: "warn", level: "warning" },
  { decision: "pass", level: undefined },
])("a rule that is not met and gives $decision is $level", ({ decision, level }) => {
  const review = withoutSessions(sampleReview({ findings: [] }));
  review.coverage.patch = absent("no coverage report was given");
  review.decision.rules = review.decision.rules.slice(0, 1).map((rule) => ({ ...rule, decision }));
  expect(annotations(review)[0]?.level).toBe(level);
});

describe("fault 69: places that the diff does not show", () => {
  test.each<{ says: string; place: Place; path: string | null; line: number | null; told: string }>([
    { says: "added lines stay", place: charge(44), path: "src/payments/charge.ts", line: 44, told: "This catch" },
    {
      says: "lines out of the diff: the file",
      place: charge(200, 210),
      path: "src/payments/charge.ts",
      line: null,
      told: "src/payments/charge.ts:200–210: This catch",
    },
    {
      says: "the path before a rename: the file under its new one",
      place: { kind: "lines", path: "src/auth/session.ts", start: 3, end: 3 },
      path: "src/session.ts",
      line: null,
      told: "src/auth/session.ts:3: This catch",
    },
    {
      says: "a file that the change does not touch: the change",
      place: { kind: "lines", path: "src/other.ts", start: 3, end: 3 },
      path: null,
      line: null,
      told: "src/other.ts:3: This catch",
    },
    {
      says: "a commit: the change, with the commit named",
      place: { kind: "commit", sha: sampleSha("x") },
      path: null,
      line: null,
      told: `commit ${sampleSha("x").slice(0, 7)}: This catch`,
    },
    { says: "the change itself", place: { kind: "change" }, path: null, line: null, told: "This catch" },
  ])("$says", ({ place, path, line, told }) => {
    const [note] = annotations(only([sampleFinding({ place })]));
    expect(note).toMatchObject({ path, startLine: line });
    expect(note?.message.startsWith(told)).toBe(true);
  });

  test("a deleted file: the change", () => {
    const review = only([sampleFinding({ place: { kind: "lines", path: "src/gone.ts", start: 1, end: 1 } })]);
    review.change.files.push({ ...review.change.files[0]!, path: "src/gone.ts", status: "deleted", written: [] });
    expect(annotations(review)[0]).toMatchObject({ path: null, startLine: null });
  });
});

describe("neighbouring lines with the same rule are one", () => {
  test.each<{ says: string; places: Place[]; shown: string[] }>([
    { says: "lines that touch", places: [charge(20), charge(21, 22), charge(23)], shown: ["20–23"] },
    { says: "lines that overlap", places: [charge(20, 30), charge(25)], shown: ["20–30"] },
    { says: "a line between keeps them apart", places: [charge(20), charge(22)], shown: ["20–20", "22–22"] },
    { says: "in whatever order they come", places: [charge(22), charge(20), charge(21)], shown: ["20–22"] },
  ])("$says", ({ places, shown }) => {
    const notes = annotations(only(places.map((place) => sampleFinding({ place }))));
    expect(notes.map(({ startLine, endLine }) => `${startLine ?? ""}–${endLine ?? ""}`)).toEqual(shown);
  });

  test("another rule, severity or file is another note", () => {
    const findings = [
      sampleFinding({ place: charge(20) }),
      sampleFinding({ place: charge(21), rule: "broad-catch" }),
      sampleFinding({ place: charge(21), severity: "warning" }),
      sampleFinding({ place: { kind: "lines", path: "src/orders/limit.ts", start: 21, end: 21 } }),
    ];
    expect(annotations(only(findings))).toHaveLength(4);
  });

  test("each message is told once, and no more than twenty", () => {
    const findings = Array.from({ length: 40 }, (_, index) =>
      sampleFinding({ place: charge(14 + index), message: `Message ${index >> 1}.`, rule: "many" }),
    );
    const more = Array.from({ length: 10 }, (_, index) =>
      sampleFinding({ place: charge(54), message: `More ${index}.`, rule: "many" }),
    );
    const lines = annotations(only([...findings, ...more]))[0]?.message.split("\n");
    expect(lines?.slice(0, 2)).toEqual(["Message 0.", "Message 1."]);
    expect(lines?.[20]).toBe("… and 10 more, see report.json");
  });
});

describe("added lines that no test runs", () => {
  function notes(review: Review) {
    return annotations(review).filter(({ title }) => title === "not reached by tests");
  }

  test("the function comes first, where one is known", () => {
    expect(notes(sampleReview()).map(({ message }) => message)).toEqual([
      "allowOrder: no test runs lines 31–36.",
      "No test runs lines 81–83.",
      "No test runs lines 90–92.",
      "No test runs lines 22–23.",
      "No test runs lines 30–33, 36.",
      "No test runs lines 66–67.",
    ]);
  });

  test("the innermost function is named, and one without a name is not", () => {
    const review = sampleReview();
    review.coverage.files[0]!.functions.push(
      { name: "inner", line: 30, endLine: 40, state: "new-called" },
      { name: "(anonymous)", line: 31, endLine: 36, state: "new-called" },
    );
    expect(notes(review)[0]?.message).toBe("inner: no test runs lines 31–36.");
  });

  test("lines of a function that no test enters are the finding's", () => {
    const told = notes(sampleReview()).map(({ path, startLine }) => `${path ?? ""}:${startLine ?? ""}`);
    expect(told).not.toContain("src/orders/limit.ts:58");
    expect(told).not.toContain("src/session.ts:24");
  });

  test("without a report there is nothing to say", () => {
    const review = sampleReview();
    review.coverage.patch = absent("no coverage report was given");
    expect(notes(review)).toEqual([]);
  });
});

describe("a tool's session stands beside the first of its lines in a file", () => {
  const sessions = (review: Review) => annotations(review).filter(({ title }) => title === "written by a tool");
  const at = (review: Review, path: string) => review.change.files.find((file) => file.path === path)!.written;

  test("with the lines, the tool and the model", () => {
    expect(sessions(sampleReview())).toEqual([
      {
        level: "notice",
        path: "src/payments/charge.ts",
        startLine: 12,
        endLine: 58,
        title: "written by a tool",
        message: "Lines 12–58: claude-code, claude-opus-4-5; session 5a6c4b1e-sample-session",
      },
    ]);
  });

  test.each<{ says: string; change: (review: Review) => void; told: string[] }>([
    {
      says: "one line, and a tool without a model",
      change: (review) => {
        const [first] = at(review, "src/payments/charge.ts");
        first!.end = 12;
        first!.writer.model = null;
      },
      told: ["Line 12: claude-code; session 5a6c4b1e-sample-session"],
    },
    {
      says: "lines that do not count as AI have none",
      change: (review) => (review.countsAsAi = ["agent-authored"]),
      told: [],
    },
    {
      says: "a file that is gone has none",
      change: (review) => {
        for (const file of review.change.files) file.status = "deleted";
      },
      told: [],
    },
    {
      says: "one a file, in the order of paths",
      change: (review) => (at(review, "src/orders/limit.ts")[0]!.writer.session = "https://example.com/s/1"),
      told: [
        "Lines 1–96: copilot; session https://example.com/s/1",
        "Lines 12–58: claude-code, claude-opus-4-5; session 5a6c4b1e-sample-session",
      ],
    },
  ])("$says", ({ change, told }) => {
    const review = sampleReview();
    change(review);
    expect(sessions(review).map(({ message }) => message)).toEqual(told);
  });

  test("the twenty files with the most such lines, after every other note, in what room is left", () => {
    const review = sampleReview();
    const file = review.change.files.find(({ path }) => path === "src/payments/charge.ts")!;
    review.change.files = Array.from({ length: 60 }, (_, index) => {
      const [stretch] = structuredClone(file.written);
      return { ...file, path: `src/${100 + index}.ts`, written: [{ ...stretch!, start: 1, end: index + 1 }] };
    });
    const list = annotations(review);
    const notices = list.filter(({ level }) => level === "notice");
    expect(sessions(review).map(({ path }) => path)).toEqual(
      Array.from({ length: 20 }, (_, index) => `src/${140 + index}.ts`),
    );
    expect(list.slice(-20)).toEqual(sessions(review));
    const room = notices.length - 20 + 2;
    const { shown } = limitAnnotations(list, { errors: 0, warnings: 0, notices: room });
    expect(shown.filter(({ title }) => title === "written by a tool")).toEqual(sessions(review).slice(0, 2));
  });
});

test("a title and a message stay within GitHub's limits", () => {
  const zalgo = `e${"\u0301".repeat(600)}`.repeat(400);
  const long = sampleFinding({ rule: "漢".repeat(1_000), message: zalgo, help: "漢".repeat(100_000) });
  const findings = Array.from({ length: 60 }, (_, index) => ({
    ...long,
    place: charge(12),
    message: `${index} ${zalgo}`,
  }));
  const notes = annotations(only(findings));
  for (const note of notes) {
    expect(note.title.length).toBeLessThanOrEqual(annotationLimits.title);
    expect(Buffer.byteLength(note.message)).toBeLessThanOrEqual(annotationLimits.message);
  }
});

test.each([
  { says: "a line break", path: "src/a\n::error::b.ts" },
  { says: "a secret", path: `src/${canaries[0]!.value}.ts` },
])("a path with $says is told in words: a platform would need it as it is", ({ path }) => {
  const review = only([sampleFinding({ place: { kind: "file", path } })]);
  review.change.files.push({ ...review.change.files[0]!, path });
  const [note] = annotations(review);
  expect(note).toMatchObject({ path: null, startLine: null, endLine: null });
  expect(note?.message).toMatch(/^In /);
  expect(note?.message).not.toContain(path);
});

describe("limits", () => {
  const many = Array.from({ length: 37 }, (_, index) => ({
    level: (["error", "warning", "notice"] as const)[index % 3]!,
    path: null,
    startLine: null,
    endLine: null,
    title: `${index}`,
    message: "",
  }));

  test.each([
    { says: "as many of each as allowed", limits: { errors: 2, warnings: 1, notices: 0 }, shown: ["0", "1", "3"] },
    {
      says: "and of all together",
      limits: { errors: 10, warnings: 10, notices: 10, total: 4 },
      shown: ["0", "1", "2", "3"],
    },
    { says: "none", limits: { errors: 0, warnings: 0, notices: 0 }, shown: [] },
  ])("$says, in their order, with the true total", ({ limits, shown }) => {
    expect(limitAnnotations(many, limits)).toMatchObject({ total: 37 });
    expect(limitAnnotations(many, limits).shown.map(({ title }) => title)).toEqual(shown);
  });

  test.each([0, 51, 501, 100_000])("fault 66: %i findings, at most 500 shown", (number) => {
    const findings = Array.from({ length: number }, (_, index) =>
      sampleFinding({ rule: `rule-${index}`, place: charge(12 + (index % 60)), fingerprint: "f" }),
    );
    const list = annotations(only(findings));
    const limited = limitAnnotations(list, { errors: 500, warnings: 500, notices: 500, total: 500 });
    expect(limited.total).toBe(number);
    expect(limited.shown).toHaveLength(Math.min(500, number));
  });
});
