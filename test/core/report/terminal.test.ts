import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import { absent, present } from "../../../core/evidence.ts";
import type { DecisionState } from "../../../core/policy/decision.ts";
import type { Review } from "../../../core/report/review.ts";
import { renderTerminal, type TerminalOptions } from "../../../core/report/terminal.ts";
import { sampleFinding, sampleReview, sampleSha } from "../../builders.ts";

function render(review: Review, options: Partial<TerminalOptions> = {}): string {
  return renderTerminal(review, { width: 80, color: false, unicode: true, ...options });
}

describe("whole pages", () => {
  test.each([
    { name: "terminal-80.txt", options: {} },
    { name: "terminal-120.txt", options: { width: 120 } },
    { name: "terminal-80-color.txt", options: { color: true } },
    { name: "terminal-60-ascii.txt", options: { width: 60, unicode: false } },
  ])("$name", async ({ name, options }) => {
    await expect(render(sampleReview(), options)).toMatchFileSnapshot(`__snapshots__/${name}`);
  });

  test("terminal-quiet.txt: a small change by a person, without a policy or a coverage report", async () => {
    await expect(render(quietReview())).toMatchFileSnapshot("__snapshots__/terminal-quiet.txt");
  });
});

/** What a newcomer sees first: nothing is set up yet. */
function quietReview(): Review {
  const review = sampleReview();
  const reason = "no coverage report was given";
  const file = review.change.files.find(({ path }) => path === "README.md")!;
  const sha = sampleSha("docs");
  const zero = { "agent-authored": 0, "agent-assisted": 0, suggestion: 0, automation: 0, human: 0, undeclared: 0 };
  review.change = {
    ...review.change,
    id: `local@${review.change.mergeBase}..${sha}`,
    commits: review.change.commits.filter((commit) => commit.sha === sha),
    files: [file],
    addedLines: 13,
    deletedLines: 0,
  };
  review.provenance.commits = review.provenance.commits.filter((commit) => commit.sha === sha);
  review.provenance.totals = { commits: { ...zero, human: 1 }, lines: { ...zero, human: 13 }, tools: [] };
  Object.assign(review.coverage, { patch: absent(reason), files: [], unmeasured: [] });
  review.coverage.project = { before: absent(reason), after: absent(reason), delta: absent(reason) };
  Object.assign(review.decision, {
    state: "pass",
    enforced: "pass",
    summary: ["No rule of the default policy has anything to say."],
    rules: [],
    nextSteps: [],
    policy: { ...review.decision.policy, source: "default", path: null, commit: null, mode: "observe" },
  });
  return { ...review, findings: [], notAnalysed: [], notes: [] };
}

test("the decision is the first line and what to do the last section", () => {
  const lines = render(sampleReview()).trimEnd().split("\n");
  expect(lines[0]).toContain("BLOCKED  github.com/acme/orders#41");
  const sections = lines.filter((line) => line.endsWith("──"));
  expect(sections.map((line) => line.replace(/ ─+$/, ""))).toEqual([
    "Who wrote it",
    "Declared versus attested",
    "What the tests reach",
    "Policy",
    "Findings: 1 error, 2 warnings, 2 notices",
    "Notes",
    "What to do next",
  ]);
});

test.each<{ state: DecisionState; badge: string }>([
  { state: "pass", badge: " ✓ PASS " },
  { state: "warn", badge: " ! PASS WITH WARNINGS " },
  { state: "needs-approval", badge: " ? NEEDS APPROVAL " },
  { state: "block", badge: " ✗ BLOCKED " },
  { state: "undecided", badge: " ? UNDECIDED " },
])("$state is shown as $badge", ({ state, badge }) => {
  const review = sampleReview();
  review.decision.state = state;
  expect(render(review).startsWith(badge)).toBe(true);
});

test("a decision that is only observed says what enforcing would do", () => {
  const review = sampleReview();
  review.decision.state = "pass";
  expect(render(review)).toContain("With every rule enforced: blocked.");
});

describe("unknown is said in words", () => {
  test("no report: no number about tests anywhere", () => {
    const review = sampleReview();
    review.coverage.patch = absent("no coverage report was given");
    const page = render(review);
    expect(page).toContain("What the tests reach is unknown: no coverage report was given.");
    expect(page).not.toContain("0 of 0");
    expect(page).not.toContain("reached by tests");
  });

  test("no baseline: after is shown, before is unknown, and the reason is given", () => {
    const review = sampleReview();
    const reason = "no coverage report of the base was given";
    review.coverage.project.before = absent(reason);
    review.coverage.project.delta = absent(reason);
    review.coverage.baseline = { quality: "missing", reason };
    const page = render(review);
    expect(page).toContain("84.9 %, before unknown");
    expect(page).toContain("Baseline missing: no coverage report of the base was given.");
  });

  test.each([
    { says: "nothing that can run is not 0 %", unmeasured: [], is: "none that can run", not: "unknown" },
    {
      says: "a file that no report measures is not said not to run",
      unmeasured: ["scripts/seed.ts"],
      is: /added lines +unknown/,
      not: "none that can run",
    },
  ])("$says", ({ unmeasured, is, not }) => {
    const review = sampleReview();
    const none = { covered: 0, total: 0 };
    review.coverage.unmeasured = unmeasured;
    review.coverage.patch = present({ lines: none, branches: none, functions: none });
    expect(render(review)).toContain("added lines      ");
    expect(render(review)).toMatch(is);
    expect(render(review)).not.toContain(not);
  });
});

describe("width", () => {
  test.each([40, 41, 57, 79, 80, 81, 100, 200])("no line is wider than %i columns", (width) => {
    for (const unicode of [true, false]) {
      const widths = render(sampleReview(), { width, unicode })
        .split("\n")
        .map((line) => stringWidth(line));
      expect(Math.max(...widths)).toBeLessThanOrEqual(width);
    }
  });

  test.each([
    { says: "less than 40 is drawn as 40", width: 1, like: 40 },
    { says: "more than 200 is drawn as 200", width: 1_000, like: 200 },
    { says: "no number is drawn as 80", width: Number.NaN, like: 80 },
  ])("$says", ({ width, like }) => {
    expect(render(sampleReview(), { width })).toBe(render(sampleReview(), { width: like }));
  });

  test("wide characters count twice", () => {
    const review = sampleReview();
    for (const commit of review.change.commits) commit.subject = "漢字".repeat(50);
    expect(
      Math.max(
        ...render(review)
          .split("\n")
          .map((line) => stringWidth(line)),
      ),
    ).toBeLessThanOrEqual(80);
  });
});

test("ASCII terminals get ASCII, whatever the change holds", () => {
  const review = sampleReview();
  review.change.commits[0]!.subject = "zażółć 漢字";
  expect(render(review, { unicode: false })).toMatch(/^[\n -~]*$/);
});

test("colour changes no word", () => {
  const colored = render(sampleReview(), { color: true });
  expect(colored).toContain("\u001b[");
  expect(colored.replaceAll(/\u001b\[[0-9;]*m/g, "")).toBe(render(sampleReview()));
});

describe("long lists are cut and counted", () => {
  test("fault 66: 100,000 findings", () => {
    const findings = Array.from({ length: 100_000 }, (_, index) =>
      sampleFinding({ identity: `${index}`, severity: index === 99_999 ? "error" : "warning", fingerprint: "f" }),
    );
    const page = render(sampleReview({ findings }));
    expect(page).toContain("Findings: 1 error, 99,999 warnings");
    expect(page).toContain("… and 99,980 more findings: see report.json");
    expect(page.indexOf("  error   ")).toBeLessThan(page.indexOf("  warning "));
    expect(page.length).toBeLessThan(20_000);
  });

  test("10,000 commits", () => {
    const review = sampleReview();
    const first = review.change.commits[0]!;
    review.change.commits = Array.from({ length: 10_000 }, (_, index) => ({ ...first, sha: sampleSha(`${index}`) }));
    expect(render(review)).toContain("… and 9,970 more commits: see report.json");
  });

  test("a rule with many reasons", () => {
    const review = sampleReview();
    const rule = review.decision.rules[0]!;
    rule.reasons = Array.from({ length: 25 }, (_, index) => ({
      says: `reason ${index}`,
      state: "no",
      fix: null,
      reasons: [],
    }));
    expect(render(review)).toContain("… and 15 more reasons: see report.json");
  });

  test("a tree that never ends is cut", () => {
    const review = sampleReview();
    review.decision.rules[0]!.reasons = [nested(50)];
    expect(render(review)).toContain("depth 45");
    expect(render(review)).not.toContain("depth 44");
  });
});

function nested(depth: number): Review["decision"]["rules"][number]["reasons"][number] {
  return { says: `depth ${depth}`, state: "no", fix: null, reasons: depth === 0 ? [] : [nested(depth - 1)] };
}

test("an incomplete reading is said", () => {
  const review = sampleReview();
  review.change.incomplete = ["the history is shallow"];
  expect(render(review)).toContain("Incomplete: the history is shallow");
});

test("fault 67: a line that would be a workflow command is broken, also where wrapping put it at a start", () => {
  const review = sampleReview();
  review.decision.summary = [`${"x".repeat(78)} ::error::no`, "::add-mask::x", "##[group]x"];
  const page = render(review);
  expect(page).toContain("\\::error::no");
  expect(page).not.toMatch(/^\s*::/m);
  expect(page).not.toContain("##[");
});

test.each([
  { says: "uncommitted work alone", commits: 1, words: "· uncommitted work ·" },
  { says: "commits with uncommitted work on top", commits: 3, words: "· 2 commits and uncommitted work ·" },
])("$says is not counted as a commit", ({ commits, words }) => {
  const review = sampleReview();
  review.change.commits = review.change.commits.slice(0, commits);
  review.change.uncommitted = review.change.head.sha;
  expect(renderTerminal(review, { width: 160, color: false, unicode: true })).toContain(words);
});
