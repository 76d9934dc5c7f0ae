import { describe, expect, test } from "vitest";
import { conditions } from "../../../../core/policy/conditions/index.ts";
import type { ConditionKey } from "../../../../core/policy/policy.ts";
import { buildSignal, type SubjectSketch } from "../../../subjects.ts";
import { answersTo, questionOf } from "./answers.ts";

/** A rule's reasons show the files for which its conditions hold; what a condition says of the others stands here alone. */

const areas =
  "areas: { auth: { paths: [src/auth/**], tier: 1 }, code: { paths: [src/**] }, docs: { paths: [docs/**], tier: 3 } }";
const ai = { name: "a", verdict: "agent-assisted" as const };
const untouched: SubjectSketch = { files: [{ path: "src/a.ts", commits: [], verdicts: [] }] };
const long = "n".repeat(120);

describe("no file is changed", () => {
  test.each<{ key: ConditionKey; written: string }>([
    { key: "ai", written: "true" },
    { key: "ai", written: "false" },
    { key: "area", written: "auth" },
    { key: "tier", written: "1" },
    { key: "paths", written: "[src/**]" },
    { key: "kind", written: "workflow" },
    { key: "verdict", written: "human" },
    { key: "acceptance", written: "edited" },
    { key: "tools", written: "codex" },
    { key: "models", written: "gpt-5" },
    { key: "if", written: "file.ai" },
  ])("$key: $written", ({ key, written }) => {
    expect(answersTo(key, written, { files: [] }, areas)).toEqual(["no: no file is changed"]);
  });
});

test.each<{ key: ConditionKey; written: string; sketch: SubjectSketch; is: string }>([
  { key: "ai", written: "true", sketch: { commits: [ai] }, is: "yes: src/a.ts is agent-assisted" },
  { key: "ai", written: "false", sketch: { commits: [ai] }, is: "no: src/a.ts is agent-assisted" },
  { key: "ai", written: "false", sketch: {}, is: "yes: src/a.ts is undeclared" },
  {
    key: "ai",
    written: "false",
    sketch: untouched,
    is: "unknown: no commit is known to have touched src/a.ts",
  },
  {
    key: "area",
    written: "[auth, docs]",
    sketch: { files: [{ path: "src/auth/a.ts" }] },
    is: "yes: src/auth/a.ts lies in area auth",
  },
  {
    key: "area",
    written: "[auth, code]",
    sketch: { files: [{ path: "src/auth/a.ts" }] },
    is: "yes: src/auth/a.ts lies in area auth, code",
  },
  { key: "area", written: "[auth, docs]", sketch: {}, is: "no: src/a.ts lies in none of these areas" },
  {
    key: "tier",
    written: "[1, 2]",
    sketch: { files: [{ path: "src/auth/a.ts" }] },
    is: "yes: src/auth/a.ts lies in area auth, code",
  },
  { key: "tier", written: "1", sketch: {}, is: "no: src/a.ts lies in no such area" },
  { key: "paths", written: "[src/**]", sketch: {}, is: "yes: src/a.ts matches" },
  { key: "paths", written: "[lib/**]", sketch: {}, is: "no: src/a.ts does not match" },
  { key: "kind", written: "workflow", sketch: {}, is: "no: src/a.ts is plain code" },
  {
    key: "kind",
    written: "workflow",
    sketch: { files: [{ path: "docs/a.test.ts" }] },
    is: "no: docs/a.test.ts is test, docs",
  },
  {
    key: "kind",
    written: "[docs, workflow]",
    sketch: { files: [{ path: "docs/a.test.ts" }] },
    is: "yes: docs/a.test.ts is test, docs",
  },
  { key: "verdict", written: "human", sketch: {}, is: "no: src/a.ts is undeclared" },
  {
    key: "verdict",
    written: "[human, suggestion]",
    sketch: { files: [{ path: "a.ts", verdicts: ["human", "undeclared"] }] },
    is: "yes: a.ts is human, undeclared",
  },
  { key: "verdict", written: "human", sketch: untouched, is: "unknown: no commit is known to have touched src/a.ts" },
  { key: "acceptance", written: "edited", sketch: {}, is: "no: no commit of src/a.ts counts as AI" },
  { key: "acceptance", written: "as-is", sketch: { commits: [ai] }, is: "yes: AI commits of src/a.ts are unstated" },
  {
    key: "acceptance",
    written: "as-is",
    sketch: { commits: [{ ...ai, acceptance: "edited" }] },
    is: "no: AI commits of src/a.ts are edited",
  },
  {
    key: "acceptance",
    written: "[partial, edited]",
    sketch: {
      commits: [
        { ...ai, acceptance: "as-is" },
        { ...ai, name: "b", acceptance: "edited" },
        { ...ai, name: "c", acceptance: "as-is" },
        { name: "d", verdict: "human", acceptance: "partial" },
      ],
    },
    is: "yes: AI commits of src/a.ts are as-is, edited",
  },
  {
    key: "acceptance",
    written: "edited",
    sketch: untouched,
    is: "unknown: no commit is known to have touched src/a.ts",
  },
  {
    key: "tools",
    written: "[codex, cursor]",
    sketch: { commits: [{ ...ai, agent: "cursor", signals: [buildSignal({ agent: "Codex" })] }] },
    is: "yes: src/a.ts was written with Codex, cursor",
  },
  {
    key: "tools",
    written: "codex",
    sketch: { commits: [ai] },
    is: "unknown: a tool wrote in src/a.ts, and nothing names it",
  },
  {
    key: "tools",
    written: "codex",
    sketch: { commits: [{ ...ai, agent: "cursor" }] },
    is: "no: nothing says that src/a.ts was written with it",
  },
  { key: "tools", written: "codex", sketch: untouched, is: "unknown: no commit is known to have touched src/a.ts" },
  {
    key: "models",
    written: "['gpt-*', claude-5]",
    sketch: {
      commits: [
        { ...ai, model: "gpt-5" },
        { ...ai, name: "b", model: "claude-5" },
        { ...ai, name: "c" },
      ],
    },
    is: "yes: src/a.ts was written with gpt-5, claude-5",
  },
  {
    key: "models",
    written: "gpt-5",
    sketch: { commits: [{ ...ai, agent: "codex" }] },
    is: "unknown: a tool wrote in src/a.ts, and nothing names its model",
  },
  {
    key: "models",
    written: "gpt-5",
    sketch: { commits: [{ ...ai, model: "gpt-5.5" }] },
    is: "no: nothing says that src/a.ts was written with it",
  },
  { key: "models", written: "gpt-5", sketch: untouched, is: "unknown: no commit is known to have touched src/a.ts" },
  {
    key: "size",
    written: "{ commits_over: 1 }",
    sketch: { commits: [{ name: "a" }, { name: "b" }], uncommitted: "b" },
    is: "no: the change has 10 added lines, 1 files, 1 commits",
  },
  {
    key: "size",
    written: "{ commits_over: 1 }",
    sketch: { commits: [{ name: "a" }, { name: "b" }] },
    is: "yes: the change has 10 added lines, 1 files, 2 commits",
  },
  { key: "base", written: "main", sketch: {}, is: "yes: the base branch is main" },
  { key: "base", written: "next", sketch: {}, is: "no: the base branch is main" },
  { key: "base", written: "main", sketch: { base: null }, is: "unknown: the base branch has no name" },
  { key: "base", written: "main", sketch: { base: long }, is: `no: the base branch is ${"n".repeat(99)}…` },
  { key: "branch", written: "main", sketch: { branch: long }, is: `no: the head branch is ${"n".repeat(99)}…` },
  { key: "branch", written: "main", sketch: {}, is: "unknown: no branch" },
  {
    key: "author",
    written: "ann",
    sketch: { pullRequest: {} },
    is: "yes: the pull request was opened by ann, a user",
  },
  {
    key: "author",
    written: "{ type: user }",
    sketch: { pullRequest: { author: long, authorType: "Bot" } },
    is: `no: the pull request was opened by ${"n".repeat(99)}…, a bot`,
  },
  {
    key: "association",
    written: "NONE",
    sketch: { pullRequest: { association: long } },
    is: `no: the author's association is ${"n".repeat(39)}…`,
  },
  {
    key: "association",
    written: "[NONE, MEMBER]",
    sketch: { pullRequest: {} },
    is: "yes: the author's association is MEMBER",
  },
  {
    key: "labels",
    written: "[hotfix, ai]",
    sketch: { labels: ["AI", "docs", "hotfix"] },
    is: "yes: the pull request has the label AI, hotfix",
  },
  {
    key: "labels",
    written: "hotfix",
    sketch: { labels: ["docs"] },
    is: "no: the pull request has none of these labels",
  },
  {
    key: "labels",
    written: long.slice(0, 50),
    sketch: { labels: [long.slice(0, 50)] },
    is: `yes: the pull request has the label ${long.slice(0, 50)}`,
  },
  { key: "event", written: "pull_request", sketch: {}, is: "no: the event is local" },
  { key: "event", written: "local", sketch: {}, is: "yes: the event is local" },
  {
    key: "draft",
    written: "true",
    sketch: { pullRequest: { draft: true } },
    is: "yes: the pull request is a draft",
  },
  {
    key: "draft",
    written: "true",
    sketch: { pullRequest: {} },
    is: "no: the pull request is no draft",
  },
  {
    key: "fork",
    written: "true",
    sketch: { pullRequest: { fork: true } },
    is: "yes: the pull request comes from a fork",
  },
  { key: "fork", written: "true", sketch: { pullRequest: {} }, is: "no: the pull request comes from this repository" },
  { key: "if", written: "change.size.files == 1", sketch: {}, is: "yes: the change meets `change.size.files == 1`" },
  {
    key: "if",
    written: "change.size.files > 1",
    sketch: {},
    is: "no: the change does not meet `change.size.files > 1`",
  },
  {
    key: "if",
    written: "file.added_lines > change.size.files",
    sketch: {},
    is: "yes: src/a.ts meets `file.added_lines > change.size.files`",
  },
  {
    key: "if",
    written: "file.added_lines < change.size.files",
    sketch: {},
    is: "no: src/a.ts does not meet `file.added_lines < change.size.files`",
  },
  {
    key: "if",
    written: "file.ai",
    sketch: untouched,
    is: "unknown: `file.ai` cannot be answered for src/a.ts: no commit is known to have touched src/a.ts",
  },
  {
    key: "if",
    written: "1 / (change.size.files - 1) > 0",
    sketch: {},
    is: "unknown: `1 / (change.size.files - 1) > 0` cannot be answered for the change: `1 / (change.size.files - 1)` divides by zero (it failed)",
  },
])("$key: $written: $is", ({ key, written, sketch, is }) => {
  expect(answersTo(key, written, sketch, areas)).toEqual([is]);
});

describe("what a condition asks, as the end of a sentence", () => {
  test.each<{ key: ConditionKey; written: string; is: string }>([
    { key: "ai", written: "true", is: "counts as AI-assisted" },
    { key: "ai", written: "false", is: "does not count as AI-assisted" },
    { key: "area", written: "[auth, docs]", is: "lies in area auth or docs" },
    { key: "tier", written: "[1, 2]", is: "lies in an area of tier 1 or 2" },
    { key: "paths", written: "[src/**, '!src/b/**']", is: "matches src/**, !src/b/**" },
    { key: "kind", written: "[docs, test]", is: "is of the kind docs or test" },
    { key: "verdict", written: "[human, suggestion]", is: "is human or suggestion" },
    { key: "acceptance", written: "[as-is, edited]", is: "was accepted as-is or edited" },
    { key: "tools", written: "[codex, cursor]", is: "was written with codex or cursor" },
    { key: "models", written: "[gpt-5, claude-5]", is: "was written with gpt-5 or claude-5" },
    { key: "size", written: "{ files_over: 3 }", is: "belongs to a change with more than 3 files" },
    {
      key: "size",
      written: "{ commits_over: 2, added_lines_over: 9 }",
      is: "belongs to a change with more than 9 added lines and more than 2 commits",
    },
    { key: "base", written: "[main, next]", is: "goes into main or next" },
    { key: "branch", written: "[a, b]", is: "comes from a or b" },
    { key: "author", written: "[ann, Bob]", is: "was opened by ann or bob" },
    { key: "author", written: "{ type: bot }", is: "was opened by a bot" },
    { key: "association", written: "[NONE, MEMBER]", is: "was opened by NONE or MEMBER" },
    { key: "labels", written: "[a, b]", is: "has the label a or b" },
    { key: "event", written: "[push, local]", is: "runs for push or local" },
    { key: "draft", written: "true", is: "is a draft" },
    { key: "draft", written: "false", is: "is no draft" },
    { key: "fork", written: "true", is: "comes from a fork" },
    { key: "fork", written: "false", is: "comes from this repository" },
    { key: "if", written: "file.ai", is: "meets `file.ai`" },
  ])("$key: $written", ({ key, written, is }) => expect(questionOf(key, written, areas)).toBe(is));
});

test("an expression that the loader would refuse is never answered", () => {
  expect(() => conditions.if.resolve("chnage.size.files > 3")).toThrow(
    "an expression was not checked: there is no `chnage` in an expression",
  );
});
