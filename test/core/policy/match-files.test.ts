import { describe, expect, test } from "vitest";
import { judgeChange } from "../../../core/policy/judge.ts";
import { matchFiles } from "../../../core/policy/match-files.ts";
import { buildPolicy, buildSubject, fixes, sampleVocabulary, sentences, type SubjectSketch } from "../../subjects.ts";

/** Where the conditions of a rule hold, its reasons as sentences, and what would tell. */
function match(when: string | null, sketch: SubjectSketch) {
  const rule = when === null ? "" : `when: ${when}, `;
  const policy = buildPolicy(`rules: [{ id: r, ${rule}require: { secrets: none } }]`);
  const change = judgeChange(policy, buildSubject(sketch), sampleVocabulary);
  const { files, reasons, ...rest } = matchFiles(policy.rules[0]!.when, change);
  return {
    ...{ ...rest, files: files.map(({ shown }) => shown) },
    ...{ reasons: sentences({ reasons }), fixes: fixes({ reasons }) },
  };
}

const [a, b] = ["src/a.ts", "lib/b.ts"];
const files = [{ path: a, addedLines: 3 }, { path: b }];
const none = { failed: false, narrowed: false, reasons: [], fixes: [] };
const perFile = { failed: false, narrowed: true, fixes: [] };
const [unread, unreadToo] = [
  "file.added_lines > 5 && pull_request.draft",
  "file.added_lines < 5 && pull_request.draft",
];
const fails = "100 / (file.added_lines - 3) > 5";
const failed = `unknown: \`${fails}\` cannot be answered for src/a.ts: \`100 / (file.added_lines - 3)\` divides by zero`;
const mend =
  "Mend `when.if` of this rule, which cannot be worked out here: ask first whether it can be, as in `n > 0 && 100 / n > 5`.";

describe("where the conditions of a rule hold", () => {
  test.each<{ says: string; when: string | null; sketch?: SubjectSketch; is: unknown }>([
    { says: "everywhere, where there are none", when: null, is: { ...none, state: "yes", files: [a, b] } },
    {
      says: "in an empty change too, where there are none",
      when: null,
      sketch: { files: [] },
      is: { ...none, state: "yes", files: [] },
    },
    {
      says: "in some files",
      when: "{ paths: [src/**] }",
      is: {
        ...{ ...perFile, state: "yes", files: [a] },
        reasons: ["yes: 1 of 2 files: matches src/**", "yes: src/a.ts matches"],
      },
    },
    {
      says: "in none, each condition in another",
      when: '{ paths: [src/**], if: "file.added_lines > 5" }',
      is: {
        ...{ ...perFile, state: "no", files: [] },
        reasons: [
          "yes: 1 of 2 files: matches src/**",
          "yes: src/a.ts matches",
          "yes: 1 of 2 files: meets `file.added_lines > 5`",
          "yes: lib/b.ts meets `file.added_lines > 5`",
        ],
      },
    },
    {
      says: "in none of an empty change",
      when: "{ paths: [src/**] }",
      sketch: { files: [] },
      is: { ...{ ...perFile, state: "no", files: [] }, reasons: ["no: 0 of 1 files: matches src/**"] },
    },
    {
      says: "for the change as a whole",
      when: "{ labels: hotfix }",
      sketch: { files, labels: ["hotfix"] },
      is: {
        ...{ ...none, state: "yes", files: [a, b] },
        reasons: ["yes: the pull request has the label hotfix (asked: has the label hotfix)"],
      },
    },
    {
      says: "for the change as a whole, and nobody knows",
      when: "{ labels: hotfix }",
      is: {
        ...{ ...none, state: "unknown", files: [a, b] },
        reasons: ["unknown: no pull request was read (asked: has the label hotfix)"],
        fixes: ["Let the gate read what `when.labels` of this rule asks about: no pull request was read."],
      },
    },
    {
      says: "for the change as a whole, and nobody knows, but a file is none of it",
      when: "{ paths: [src/**], labels: hotfix }",
      is: {
        ...{ ...perFile, state: "unknown", files: [a] },
        reasons: [
          "yes: 1 of 2 files: matches src/**",
          "yes: src/a.ts matches",
          "unknown: no pull request was read (asked: has the label hotfix)",
        ],
        fixes: ["Let the gate read what `when.labels` of this rule asks about: no pull request was read."],
      },
    },
    {
      says: "for one file, and nobody knows of the other: it is the rule's as well, and nothing is open",
      when: '{ if: "file.added_lines > 5 || pull_request.draft" }',
      is: {
        ...{ ...perFile, state: "yes", files: [a, b] },
        reasons: [
          "yes: 1 of 2 files: meets `file.added_lines > 5 || pull_request.draft`",
          "yes: lib/b.ts meets `file.added_lines > 5 || pull_request.draft`",
          "unknown: `file.added_lines > 5 || pull_request.draft` cannot be answered for src/a.ts: no pull request was read",
        ],
      },
    },
    {
      says: "for no file for sure, and nobody knows of one: that one is told",
      when: `{ if: "${unread}" }`,
      is: {
        ...{ state: "unknown", failed: false, narrowed: true, files: [b] },
        reasons: [
          `unknown: 0 of 2 files: meets \`${unread}\``,
          `unknown: \`${unread}\` cannot be answered for lib/b.ts: no pull request was read`,
        ],
        fixes: [
          `Let the gate read what \`when.if\` of this rule asks about: \`${unread}\` cannot be answered for lib/b.ts: no pull request was read.`,
        ],
      },
    },
    {
      says: "for none, where nobody knows of a file that another condition leaves out",
      when: `{ paths: [lib/**], if: "${unreadToo}" }`,
      is: {
        ...{ ...perFile, state: "no", files: [] },
        reasons: [
          "yes: 1 of 2 files: matches lib/**",
          "yes: lib/b.ts matches",
          `unknown: 0 of 2 files: meets \`${unreadToo}\``,
          `unknown: \`${unreadToo}\` cannot be answered for src/a.ts: no pull request was read`,
        ],
      },
    },
    {
      says: "for one file, and for the other it fails",
      when: `{ if: "${fails}" }`,
      is: {
        ...{ state: "yes", failed: true, narrowed: true, files: [a, b], fixes: [mend] },
        reasons: [`unknown: 1 of 2 files: meets \`${fails}\``, `yes: lib/b.ts meets \`${fails}\``, failed],
      },
    },
    {
      says: "for one file that another condition leaves out, and for the other it fails",
      when: `{ paths: [src/**], if: "${fails}" }`,
      is: {
        ...{ state: "unknown", failed: true, narrowed: true, files: [a], fixes: [mend] },
        reasons: [
          "yes: 1 of 2 files: matches src/**",
          "yes: src/a.ts matches",
          `unknown: 1 of 2 files: meets \`${fails}\``,
          `yes: lib/b.ts meets \`${fails}\``,
          failed,
        ],
      },
    },
    {
      says: "it fails for a file that another condition leaves out",
      when: `{ paths: [lib/**], if: "${fails}" }`,
      is: {
        ...{ ...perFile, state: "yes", files: [b] },
        reasons: [
          "yes: 1 of 2 files: matches lib/**",
          "yes: lib/b.ts matches",
          `yes: 1 of 2 files: meets \`${fails}\``,
          `yes: lib/b.ts meets \`${fails}\``,
          failed,
        ],
      },
    },
  ])("$says", ({ when, sketch = { files }, is }) => {
    expect(match(when, sketch)).toEqual(is);
  });
});

test("each answer is counted, one for every file and condition", () => {
  const when = "{ ai: true, labels: hotfix }";
  const policy = buildPolicy(`rules: [{ id: r, when: ${when}, require: { secrets: none } }]`);
  const change = judgeChange(policy, buildSubject({ files }), sampleVocabulary);
  const before = change.work.spent;
  matchFiles(policy.rules[0]!.when, change);
  expect(change.work.spent - before).toBe(2 * 2 * 80);
});
