import { acceptances, verdicts } from "../../change/authorship.ts";
import { Change, ChangedFile } from "../../change/change.ts";
import { severities } from "../../findings/finding.ts";
import type { Fact } from "../answer-events.ts";
import { fileKinds } from "../file-kinds.ts";
import { bool, double, int, list, oneOf, record, text, type Field, type RecordType } from "./types.ts";

const always = (type: Field["type"], says: string, reads: readonly Fact[] = []): Field => ({ type, says, reads });
const perhaps = (type: Field["type"], says: string, absent: string, reads: readonly Fact[] = []): Field => {
  return { type, says, absent, reads };
};

const verdict = oneOf(verdicts);
const acceptance = oneOf(acceptances);
const withoutPullRequest = "where no pull request was read";
const withoutReport = "where no coverage report of the change was read";

const unnamed = (what: string) => `when a part of a tool's work names no ${what}, or no commit is known`;

const share = record("counts", {
  covered: always(int, "how many of them a test ran"),
  total: always(int, "how many of them can run"),
  ratio: perhaps(double, "covered of total, from 0 to 1", "when the total is 0"),
});

const silent = "when the report names none, anywhere or for the language of what was added";

const counts = record("coverage counts", {
  lines: always(share, "lines"),
  branches: perhaps(share, "arms of branches", silent),
  functions: perhaps(share, "functions", silent),
});

const difference = record("a difference", {
  lines: perhaps(double, "of the ratio of lines, from -1 to 1", "when one side has none"),
  branches: perhaps(double, "of the ratio of branches, from -1 to 1", "when one side has none"),
});

/** An area is known by its paths. */
const ofPaths = ["files.file", "files.pathForms"] as const satisfies readonly Fact[];

const byVerdict = (what: string, read: readonly Fact[]) =>
  record(`numbers of ${what}`, {
    total: always(int, `all ${what}`),
    ai: always(int, `${what} that count as AI, as \`when.ai\` has it`, read),
    agent_authored: always(int, `${what} with this verdict`),
    agent_assisted: always(int, `${what} with this verdict`),
    suggestion: always(int, `${what} with this verdict`),
    automation: always(int, `${what} with this verdict`),
    human: always(int, `${what} with this verdict: declared or attested`),
    undeclared: always(int, `${what} with this verdict: nothing is said of them`),
  });

const file = record("a file", {
  path: always(text, "its path at head, exactly as git stores it; `paths` and `area` also see tricks with names", [
    "files.file",
  ]),
  previous_path: perhaps(text, "its path before", "when it was not renamed", ["files.file"]),
  status: always(oneOf(ChangedFile.shape.status.options), "what happened to it", ["files.file"]),
  type: always(oneOf(ChangedFile.shape.kind.options), "what git stores", ["files.file"]),
  kinds: always(list(oneOf(fileKinds)), "what it is for, by path and type; plain code has none", [
    "files.file",
    "files.pathForms",
  ]),
  areas: always(list(text), "the names of the areas that it touches", ["files.file", "files.pathForms"]),
  sensitive: always(bool, "whether one of them is of tier 1", ["files.file", "files.pathForms"]),
  ai: perhaps(
    bool,
    "whether it counts as AI-assisted, as `when.ai` has it",
    "when no commit is known to have touched it",
    ["provenance", "files"],
  ),
  verdict: perhaps(verdict, "the strongest of its verdicts", "when no commit is known to have touched it", ["files"]),
  verdicts: perhaps(
    list(verdict),
    "of the commits that touched it and of its added lines",
    "when no commit is known to have touched it",
    ["files"],
  ),
  acceptance: perhaps(acceptance, "the strictest among its commits that count as AI", "when none does", [
    "provenance",
    "files.file",
    "files.pathForms",
    "files.commits",
  ]),
  tools: perhaps(list(text), "ids of the tools that the evidence about it names", unnamed("tool"), [
    "provenance",
    "authorship",
    "files",
  ]),
  models: perhaps(list(text), "models that the evidence about it names", unnamed("model"), [
    "provenance",
    "authorship",
    "files",
  ]),
  added_lines: always(int, "added lines, as git counts them", ["files.file"]),
  deleted_lines: always(int, "deleted lines, as git counts them", ["files.file"]),
  coverage: perhaps(counts, "what the tests ran of its added lines", "when no report measures it", [
    "coverage",
    "files.file",
  ]),
});

const commit = record("a commit", {
  sha: always(text, "its id"),
  verdict: always(verdict, "what the evidence says about it"),
  acceptance: always(acceptance, "how its author took over what a tool wrote"),
  tool: perhaps(text, "the id of the tool that it names", "when it names none that is known"),
  model: perhaps(text, "the model that it names", "when it names none"),
  conflict: always(bool, "whether its sources exclude each other"),
  merge: always(bool, "whether it has several parents"),
  trailers: always(list(text), "the keys of its trailers"),
});

const finding = record("a finding", {
  rule: always(text, "the id of the lint rule"),
  severity: always(oneOf(severities), "weighed by who wrote the line"),
  confidence: always(oneOf(["high", "medium", "low"]), "of the lint rule"),
  path: perhaps(text, "the file that it points at", "when it is about a commit or the whole change"),
  verdict: perhaps(verdict, "of whoever wrote the line", "when that is not known"),
});

/** Everything that an expression can speak about, with types and words: the source of the checker and of docs/expressions.md. */
export const variables: Readonly<Record<"change" | "coverage" | "findings" | "pull_request" | "file", Field>> = {
  change: always(
    record("the change", {
      id: always(text, "as in the report", ["change"]),
      event: always(oneOf(Change.shape.event.options), "what the gate runs for", ["change.event"]),
      repository: perhaps(text, "`owner/name`", "for a repository without a remote", ["change"]),
      base: perhaps(text, "the base branch's name", "when only its commit is known", ["change.base"]),
      branch: perhaps(text, "the head branch's name", "when there is none", ["branch"]),
      author: perhaps(text, "the login of whoever opened the pull request", withoutPullRequest, ["pullRequest.author"]),
      uncommitted: always(bool, "whether work that is not committed is part of it", ["change"]),
      size: always(
        record("sizes", {
          files: always(int, "changed files", ["change"]),
          commits: always(int, "commits", ["change"]),
          added_lines: always(int, "added lines, as git counts them", ["change"]),
          deleted_lines: always(int, "deleted lines, as git counts them", ["change"]),
        }),
        "of the whole change",
      ),
      files: always(list(file), "the changed files", ["files.file"]),
      commits: always(list(commit), "its commits, parents first", ["change", "provenance"]),
      provenance: always(
        record("provenance", {
          verdict: perhaps(verdict, "the strongest of its verdicts", "in a change without commits"),
          verdicts: always(list(verdict), "of its commits, strongest first, each once"),
          acceptance: always(
            acceptance,
            "the strictest among commits that count as AI; `unstated` when none states it",
          ),
          conflict: always(bool, "whether the sources about some commit exclude each other"),
          tools: perhaps(list(text), "ids of the tools that wrote, helped or suggested", unnamed("tool"), [
            "authorship",
          ]),
          models: perhaps(list(text), "the models of those tools", unnamed("model"), ["authorship"]),
          commits: always(byVerdict("commits", [...ofPaths, "files.commits"]), "commits by verdict"),
          lines: always(byVerdict("added lines", ["authorship", ...ofPaths]), "added lines by verdict"),
          disagreements: always(int, "commits whose trailers and records say different things"),
        }),
        "who or what wrote it",
        ["provenance"],
      ),
    }),
    "what changed, and who or what wrote it",
  ),
  coverage: always(
    record("coverage", {
      patch: perhaps(counts, "of the added lines", withoutReport),
      ai: perhaps(counts, "of the added lines that count as AI", withoutReport),
      human: perhaps(counts, "of the added lines that people declared", withoutReport),
      undeclared: perhaps(counts, "of the added lines that nothing is said of", withoutReport),
      project: always(
        record("the project's coverage", {
          before: perhaps(counts, "of everything, at the baseline", "where no report of the baseline was read"),
          after: perhaps(counts, "of everything, at head", withoutReport),
          delta: perhaps(difference, "after minus before", "when the two reports cannot be compared"),
        }),
        "coverage of everything that is measured",
      ),
      unmeasured: perhaps(int, "changed files that look like code and are in no report", withoutReport),
    }),
    "what the tests ran",
    ["coverage"],
  ),
  findings: perhaps(list(finding), "what the lint rules found", "when a file on an area of tier 1 was not analysed", [
    "findings",
    "notAnalysed",
    "files.file",
    "files.pathForms",
  ]),
  pull_request: perhaps(
    record("the pull request", {
      number: always(int, "its number", ["pullRequest.number"]),
      author: always(text, "the login of whoever opened it", ["pullRequest.author"]),
      author_type: always(text, "GitHub's word: `User`, `Bot`, `Organization`", ["pullRequest.authorType"]),
      association: always(text, "GitHub's word: `MEMBER`, `FIRST_TIME_CONTRIBUTOR` …", ["pullRequest.association"]),
      draft: always(bool, "whether it is a draft", ["pullRequest.draft"]),
      fork: always(bool, "whether its branch lies in another repository", ["pullRequest.fork"]),
      labels: always(list(text), "its labels", ["labels"]),
    }),
    "what the platform says of it",
    withoutPullRequest,
  ),
  file: always(
    file,
    "the file that the rule looks at: an `if` that mentions it is asked for each file, together with the other conditions",
    ["files.file"],
  ),
};

/** The same as one record, in which names are looked up. */
export const root: RecordType = { is: "record", name: "an expression", fields: variables };
