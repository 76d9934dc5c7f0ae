import { beforeAll, describe, expect, test } from "vitest";
import { verdicts } from "../../core/change/authorship.ts";
import { absent, present } from "../../core/evidence.ts";
import { parseFacts, writeFacts } from "../../core/facts-file.ts";
import type { Facts } from "../../core/facts.ts";
import { decisionStates, type DecisionState } from "../../core/policy/decision.ts";
import { Problem } from "../../core/problem.ts";
import {
  renderJson,
  renderSarif,
  renderSummary,
  renderTerminal,
  summaryLimits,
  type Review,
} from "../../core/report/index.ts";
import { reviewChange } from "../../core/review-change.ts";
import { allLintRules } from "../../core/rules.ts";
import { exampleFacts } from "../example-facts.ts";

/** The whole core on the facts of the shipped example: equal facts give equal bytes, and less evidence never helps. */

let facts: Facts;
beforeAll(async () => {
  facts = await exampleFacts();
});

describe("a pure function of the facts", () => {
  const render = (review: Review) => [
    renderJson(review),
    renderTerminal(review, { width: 100, color: true, unicode: true }),
    renderSummary(review, { maxBytes: summaryLimits.step }),
    renderSarif(review, allLintRules),
  ];

  test("twice the same, to the byte, and the facts stay as they were", () => {
    const before = structuredClone(facts);
    frozen(facts);
    expect(render(reviewChange(facts))).toEqual(render(reviewChange(facts)));
    expect(facts).toEqual(before);
  });

  test("the order of keys means nothing", () => {
    const shuffled = parseFacts(JSON.stringify(reversed(facts)), "facts.json");
    expect(render(reviewChange(shuffled))).toEqual(render(reviewChange(facts)));
    expect(reviewChange(asFacts(reversed(facts))).decision).toEqual(reviewChange(facts).decision);
  });

  test("the instant of reading means nothing", () => {
    expect(render(reviewChange({ ...facts, asOf: "1999-12-31T23:59:59Z" }))).toEqual(render(reviewChange(facts)));
  });

  test.each<{ says: string; change: (facts: Facts) => Facts }>([
    { says: "a branch", change: (all) => ({ ...all, branch: present("another") }) },
    { says: "a message", change: (all) => withMessage(all, 0, (message) => `${message}.`) },
    { says: "a comment in the policy", change: (all) => withPolicy(all, `${policyText(all)}# a comment\n`) },
    {
      says: "the reason why something is not there",
      change: (all) => ({ ...all, codeowners: absent("nobody looked") }),
    },
    { says: "a covered line", change: withOneMoreHit },
  ])("$says makes another evaluation", ({ change }) => {
    expect(reviewChange(change(facts)).decision.evaluationId).not.toBe(reviewChange(facts).decision.evaluationId);
  });

  test("another engine makes another evaluation, and is named in it", () => {
    const review = reviewChange(facts, { name: "countersign", version: "99.0.0" });
    expect(review.engine.version).toBe("99.0.0");
    expect(review.decision.evaluationId).not.toBe(reviewChange(facts).decision.evaluationId);
    expect(review.decision.factsDigest).toBe(reviewChange(facts).decision.factsDigest);
  });
});

describe("the numbers agree with each other", () => {
  test("lines by verdict, by commit and by file are the added lines, each counted once", () => {
    const { change, provenance } = reviewChange(facts);
    const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
    expect(sum(change.files.map(({ addedLines }) => addedLines))).toBe(change.addedLines);
    expect(sum(change.commits.map(({ addedLines }) => addedLines))).toBe(change.addedLines);
    expect(sum(Object.values(provenance.totals.lines))).toBe(change.addedLines);
    for (const file of change.files) {
      expect(sum(Object.values(file.linesByVerdict))).toBe(file.addedLines);
      expect(sum(file.written.map(({ start, end }) => end - start + 1))).toBe(file.addedLines);
    }
  });
});

/** A policy of one rule, which nothing else in the change can fail. */
const enforcing = (rule: string): string =>
  `version: 1\nmode: enforce\nprovenance: { detected_without_trailer: allow }\nrules:\n  - id: rule\n    ${rule}\n`;

/** Weaker means: closer to a pass. */
const weight = (state: DecisionState): number => decisionStates.indexOf(state);

const aiTrailers = [
  "Assisted-by: claude-code:opus-4.5",
  "Generated-by: codex",
  "Co-authored-by: Claude <noreply@anthropic.com>",
  "AI-Assisted: yes",
  "AI-Accepted: as-is",
];

const aiIsTested = "when: { ai: true }\n    require: { coverage: { ai_lines: 90, no_report: block } }";

/**
 * Rules that ask for nothing that a trailer could give. A share is not among them where it is one of AI lines: it rises
 * when well-tested lines come to count as AI too.
 */
const askNoTrailer = [
  { rule: "require: { coverage: { patch_lines: 90, patch_branches: 90 } }", raised: false },
  { rule: "when: { ai: true }\n    require: { secrets: none }", raised: false },
  {
    rule: "when: { ai: true, paths: [src/refunds/report.ts] }\n    require: { findings: { max_errors: 0 } }",
    raised: true,
  },
  { rule: "require: { findings: { max_errors: 15 } }", raised: true },
];

describe("signals only raise", () => {
  test.each(aiTrailers)("%s never lowers the verdict of a commit", (trailer) => {
    const before = reviewChange(facts).provenance.commits;
    for (const index of facts.change.commits.keys()) {
      const after = reviewChange(withTrailer(facts, index, trailer)).provenance.commits;
      expect(verdicts.indexOf(after[index]!.verdict)).toBeLessThanOrEqual(verdicts.indexOf(before[index]!.verdict));
      expect(after.toSpliced(index, 1)).toEqual(before.toSpliced(index, 1));
    }
  });

  test.each(askNoTrailer)("an AI trailer never makes the decision weaker: $rule", ({ rule, raised }) => {
    const judged = withPolicy(facts, enforcing(rule));
    const before = weight(reviewChange(judged).decision.state);
    const after = aiTrailers.flatMap((trailer) =>
      facts.change.commits.map((_, index) => weight(reviewChange(withTrailer(judged, index, trailer)).decision.state)),
    );
    expect(Math.min(...after)).toBe(before);
    expect(Math.max(...after) > before).toBe(raised);
  });

  test("a change that counts as AI is asked for more", () => {
    const quiet = facts.change.commits.reduce((all, _, index) => withMessage(all, index, () => "Work\n"), facts);
    const byPeople = {
      ...quiet,
      change: {
        ...quiet.change,
        commits: quiet.change.commits.map((commit) => ({ ...commit, author: person, committer: person })),
      },
    };
    const judged = withPolicy({ ...byPeople, branch: absent("no branch") }, enforcing(aiIsTested));
    expect(reviewChange(judged).decision.state).toBe("pass");
    // The eleventh commit brings lines that no test runs.
    expect(reviewChange(withTrailer(judged, 10, "Assisted-by: codex:gpt-5")).decision.state).toBe("block");
  });
});

describe("missing evidence never helps", () => {
  const limits = ["patch_lines: 0", "patch_branches: 0", "ai_lines: 0", "project_delta: -100"];
  const without: { says: string; change: (facts: Facts) => Facts }[] = [
    {
      says: "no report of the head",
      change: (all) => ({ ...all, coverage: { ...all.coverage, head: absent("it was lost") } }),
    },
    {
      says: "a report without the changed files",
      change: (all) => withHeadFiles(all, () => []),
    },
  ];

  test.each(without.flatMap((row) => limits.map((limit) => ({ ...row, limit }))))(
    "$says: a rule with $limit does not pass",
    ({ change, limit }) => {
      for (const [noReport, least] of [
        ["block", "block"],
        ["warn", "warn"],
      ] as const) {
        const rule = enforcing(`require: { coverage: { ${limit}, no_report: ${noReport} } }`);
        const state = reviewChange(change(withPolicy(facts, rule))).decision.state;
        expect(weight(state)).toBeGreaterThanOrEqual(weight(least));
      }
    },
  );

  test("no baseline: a rule on the difference does not pass", () => {
    const rule = enforcing("require: { coverage: { project_delta: -100 } }");
    const judged = withPolicy(facts, rule);
    expect(reviewChange(judged).decision.state).toBe("pass");
    expect(
      reviewChange({ ...judged, coverage: { ...judged.coverage, base: absent("it expired") } }).decision.state,
    ).toBe("block");
  });

  test("it is absent with its reason, and no number", () => {
    const { coverage, notes } = reviewChange({
      ...facts,
      coverage: { head: absent("it was lost"), base: absent("so was it") },
    });
    expect(coverage.patch).toEqual({ state: "absent", reason: "it was lost" });
    expect(coverage.project.after.state).toBe("absent");
    expect(notes).toContain("Coverage of the change is unknown: it was lost.");
  });

  test.each(["observe", "warn", "enforce"])("what was not read whole is undecided, under %s too", (mode) => {
    const judged = withPolicy(facts, `version: 1\nmode: ${mode}\nprovenance: { detected_without_trailer: allow }\n`);
    const incomplete = { ...judged, change: { ...judged.change, incomplete: ["10,001 commits, and 10,000 are read"] } };
    const { state, summary } = reviewChange(incomplete).decision;
    expect(state).toBe("undecided");
    expect(summary[0]).toContain("10,001 commits, and 10,000 are read");
  });
});

describe("the policy", () => {
  test("a broken one decides nothing, and every problem is named", () => {
    const broken = withPolicy(facts, "version: 3\nmdoe: warn\n");
    expect(() => reviewChange(broken)).toThrow(Problem);
    expect(() => reviewChange(broken)).toThrow(
      /has 2 problems, so nothing was decided:\n {2}\S+:1:10 CS023 .*\n {2}\S+:2:1 CS010 .*\nMend the policy on the base branch/,
    );
  });

  test("of a local one, the advice speaks of that file", () => {
    const file = { path: "trial.yml", commit: null, text: "version: 3\n" };
    expect(() => reviewChange({ ...facts, policy: present(file) })).toThrow(
      /The policy trial\.yml has a problem.*\n.*\nMend the file/,
    );
  });

  test("without one the built-in observes, and says so", () => {
    const { decision, notes } = reviewChange({ ...facts, policy: absent("main has no policy") });
    expect(decision.policy).toMatchObject({ source: "default", path: null, commit: null, mode: "observe" });
    expect(weight(decision.state)).toBeLessThanOrEqual(weight("warn"));
    expect(notes[0]).toBe("main has no policy: the built-in `observe` policy applies, which blocks nothing.");
  });

  test("the change's own copy decides nothing, whatever it says", () => {
    const { state } = reviewChange(facts).decision;
    for (const text of ["version: 1\nmode: observe\n", "version: 9\n", "\u0000", "a: &x [*x]\n", policyText(facts)]) {
      const review = reviewChange({
        ...facts,
        proposedPolicy: present({ path: ".github/countersign.yml", commit: facts.change.head.sha, text }),
      });
      expect(review.decision.state).toBe(state);
      expect(review.notes.filter((note) => note.startsWith("This change edits the policy"))).toHaveLength(1);
    }
  });
});

const person = { name: "Ann Example", email: "ann@example.com" };

function withMessage(all: Facts, index: number, change: (message: string) => string): Facts {
  const commits = all.change.commits.map((commit, position) =>
    position === index ? { ...commit, message: change(commit.message) } : commit,
  );
  return { ...all, change: { ...all.change, commits } };
}

/** In the last paragraph when that is one of trailers, else as a paragraph of its own, as `git commit --trailer` does. */
function withTrailer(all: Facts, index: number, trailer: string): Facts {
  return withMessage(all, index, (message) => {
    const text = message.trimEnd();
    const last = text.split("\n\n").slice(1).at(-1) ?? "";
    const isTrailers = last !== "" && last.split("\n").every((line) => /^[\w-]+: /.test(line));
    return `${text}${isTrailers ? "\n" : "\n\n"}${trailer}\n`;
  });
}

function policyText({ policy }: Facts): string {
  return policy.state === "present" ? policy.value.text : "";
}

function withPolicy(all: Facts, text: string): Facts {
  return { ...all, policy: present({ path: ".github/countersign.yml", commit: all.change.base.sha, text }) };
}

type CoveredFiles = Extract<Facts["coverage"]["head"], { state: "present" }>["value"]["files"];

function withHeadFiles(all: Facts, change: (files: CoveredFiles) => CoveredFiles): Facts {
  const { head } = all.coverage;
  if (head.state === "absent") throw new Error("the example has a report");
  return { ...all, coverage: { ...all.coverage, head: present({ ...head.value, files: change(head.value.files) }) } };
}

function withOneMoreHit(all: Facts): Facts {
  return withHeadFiles(all, ([first, ...rest]) => {
    const { numbers, hits } = first!.lines;
    return [{ ...first!, lines: { numbers, hits: hits.with(0, (hits[0] ?? 0) + 1) } }, ...rest];
  });
}

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reversed(item)]),
  );
}

/** Facts whose keys stand in another order, which no schema has put right. */
function asFacts(value: unknown): Facts {
  return value as Facts;
}

function frozen(value: unknown): void {
  if (value === null || typeof value !== "object") return;
  Object.freeze(value);
  for (const item of Object.values(value)) frozen(item);
}

test("the facts of the example survive their file", () => {
  expect(parseFacts(writeFacts(facts), "facts.json")).toEqual(facts);
});
