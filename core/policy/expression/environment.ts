import { verdicts, acceptances, type Acceptance, type Verdict } from "../../change/authorship.ts";
import type { Counts } from "../../coverage/coverage-review.ts";
import type { Ratio } from "../../coverage/report.ts";
import type { Evidence } from "../../evidence.ts";
import type { Finding } from "../../findings/finding.ts";
import { inertText } from "../../untrusted/index.ts";
import { kindsOf } from "../file-kinds.ts";
import type { JudgedChange, JudgedFile } from "../judged.ts";
import type { Subject } from "../subject.ts";
import { agentsOf, commitsTouching, modelsOf, namedInChange } from "./named.ts";
import { Fields, Unknown, type Value } from "./values.ts";

/**
 * The variables of `schema.ts` for one change; `file` is unknown until one is looked at. Each value is worked out when it
 * is first asked for, once for the whole change.
 */
export function environmentOf(change: JudgedChange): Fields {
  const known = environments.get(change);
  if (known !== undefined) return known;
  const { subject } = change;
  const fresh = new Fields({
    change: () => changeFields(change),
    coverage: () => coverageFields(subject),
    findings: () => findingsOf(change),
    pull_request: () => pullRequestFields(subject),
    file: () => new Unknown("no file is changed"),
  });
  environments.set(change, fresh);
  return fresh;
}

/** The same file as an item of `change.files` and as `file`. */
export function fileFields(file: JudgedFile, change: JudgedChange): Fields {
  const known = files.get(file);
  if (known !== undefined) return known;
  const fresh = makeFile(file, change);
  files.set(file, fresh);
  return fresh;
}

const environments = new WeakMap<JudgedChange, Fields>();
const files = new WeakMap<JudgedFile, Fields>();

/** Nothing is read before it is asked for: what an expression depends on is what its fields read. */
function changeFields(judged: JudgedChange): Fields {
  const { subject } = judged;
  return new Fields({
    id: () => subject.change.id,
    event: () => subject.change.event,
    repository: () => repositoryName(subject.change),
    base: () => subject.change.base.name ?? new Unknown("the base branch has no name"),
    branch: () => fromEvidence(subject.branch, (name) => name),
    author: () => fromEvidence(subject.pullRequest, ({ author }) => author),
    uncommitted: () => subject.change.uncommitted !== null,
    size: () => sizeFields(subject),
    files: () => judged.files.map((file) => fileFields(file, judged)),
    commits: () => commitsOf(subject),
    provenance: () => provenanceFields(judged),
  });
}

function repositoryName({ repository }: Subject["change"]): Value {
  return repository === null ? new Unknown("the repository has no remote") : `${repository.owner}/${repository.name}`;
}

function sizeFields({ change }: Subject): Fields {
  return new Fields({
    files: () => change.files.length,
    // Uncommitted work is read as a commit, and is none yet.
    commits: () => change.commits.length - (change.uncommitted === null ? 0 : 1),
    added_lines: () => sum(change.files.map((file) => file.addedLines)),
    deleted_lines: () => sum(change.files.map((file) => file.deletedLines)),
  });
}

function commitsOf({ change, provenance }: Subject): readonly Fields[] {
  const parents = new Map(change.commits.map((commit) => [commit.sha, commit.parents.length]));
  return provenance.commits.map(
    (commit) =>
      new Fields({
        sha: () => commit.sha,
        verdict: () => commit.verdict,
        acceptance: () => commit.acceptance,
        tool: () => commit.agent ?? new Unknown("the commit names no known tool"),
        model: () => commit.model ?? new Unknown("the commit names no model"),
        conflict: () => commit.conflict,
        merge: () => (parents.get(commit.sha) ?? 0) > 1,
        trailers: () => unique(commit.trailers.map(({ key }) => key)),
      }),
  );
}

function provenanceFields(judged: JudgedChange): Fields {
  const { aiVerdicts } = judged;
  const { provenance } = judged.subject;
  const present = strongestFirst(provenance.commits.map(({ verdict }) => verdict));
  return new Fields({
    verdict: () => present[0] ?? new Unknown("the change has no commits"),
    verdicts: () => present,
    acceptance: () => provenance.acceptance,
    conflict: () => provenance.commits.some(({ conflict }) => conflict),
    tools: () => namesOr(namedInChange("agent", judged), "tool", commitless(judged)),
    models: () => namesOr(namedInChange("model", judged), "model", commitless(judged)),
    commits: () => totalFields(provenance.totals.commits, aiVerdicts),
    lines: () => totalFields(provenance.totals.lines, aiVerdicts),
    disagreements: () => new Set(provenance.disagreements.map(({ commit }) => commit)).size,
  });
}

function commitless({ subject }: JudgedChange): Unknown | null {
  return subject.provenance.commits.length > 0 ? null : new Unknown("the change has no commits");
}

/** A list that leaves one out is no list of all: where a part of the work names none, or nobody knows whose it is, it is unknown. */
function namesOr(names: readonly (string | null)[], what: string, missing: Unknown | null): Value {
  if (missing !== null) return missing;
  return names.includes(null)
    ? new Unknown(`a part of a tool's work names no ${what}`)
    : unique(names.filter((name) => name !== null));
}

function totalFields(totals: Readonly<Record<Verdict, number>>, aiVerdicts: readonly Verdict[]): Fields {
  return new Fields({
    total: () => sum(verdicts.map((verdict) => totals[verdict])),
    ai: () => sum(verdicts.filter((verdict) => aiVerdicts.includes(verdict)).map((verdict) => totals[verdict])),
    agent_authored: () => totals["agent-authored"],
    agent_assisted: () => totals["agent-assisted"],
    suggestion: () => totals.suggestion,
    automation: () => totals.automation,
    human: () => totals.human,
    undeclared: () => totals.undeclared,
  });
}

function makeFile(judged: JudgedFile, change: JudgedChange): Fields {
  const { subject } = judged;
  const untouched = () => new Unknown(`no commit is known to have touched ${judged.shown}`);
  const unlessUntouched = () => (subject.verdicts.length === 0 ? untouched() : null);
  return new Fields({
    path: () => subject.file.path,
    previous_path: () => subject.file.previousPath ?? new Unknown(`${judged.shown} was not renamed`),
    status: () => subject.file.status,
    type: () => subject.file.kind,
    kinds: () => kindsOf(subject),
    areas: () => judged.areas,
    sensitive: () => judged.sensitive,
    ai: () => (judged.ai.state === "unknown" ? new Unknown(judged.ai.says) : judged.ai.state === "yes"),
    verdict: () => strongestFirst(subject.verdicts)[0] ?? untouched(),
    verdicts: () => unlessUntouched() ?? strongestFirst(subject.verdicts),
    acceptance: () => fileAcceptance(judged, change) ?? new Unknown(`no commit of ${judged.shown} counts as AI`),
    tools: () => namesOr(agentsOf(judged, change), "tool", unlessUntouched()),
    models: () => namesOr(modelsOf(judged, change), "model", unlessUntouched()),
    added_lines: () => subject.file.addedLines,
    deleted_lines: () => subject.file.deletedLines,
    coverage: () => fileCoverage(judged, change),
  });
}

/** The strictest acceptance among the file's commits that count as AI, one that says nothing weighed as taken as it came. */
export function fileAcceptance(file: JudgedFile, change: JudgedChange): Acceptance | null {
  const stated = commitsTouching(file, change).filter(({ verdict }) => file.countsAsAi(verdict));
  if (stated.length === 0) return null;
  if (stated.every(({ acceptance }) => acceptance === "unstated")) return "unstated";
  const weighed = stated.map(({ acceptance }): Acceptance => (acceptance === "unstated" ? "as-is" : acceptance));
  return acceptances.find((acceptance) => weighed.includes(acceptance)) ?? null;
}

function fileCoverage({ subject, shown }: JudgedFile, change: JudgedChange): Value {
  const { coverage } = change.subject;
  const { path } = subject.file;
  const covered = coverageIndex(coverage.files).get(path);
  if (covered === undefined) return new Unknown(`no report measures ${shown}`);
  const isSilent = (paths: readonly string[]) => silentIndex(paths).has(path);
  const { branches, functions } = coverage.silentOn;
  return countFields(covered.patch, { branches: isSilent(branches), functions: isSilent(functions) });
}

const silentIndex = indexedBy((path: string) => path);
const coverageIndex = indexedBy((file: Subject["coverage"]["files"][number]) => file.path);

/** Finds the items of a list by a key; each list is gone through once. */
function indexedBy<Item>(key: (item: Item) => string): (items: readonly Item[]) => ReadonlyMap<string, Item> {
  const indexes = new WeakMap<readonly Item[], ReadonlyMap<string, Item>>();
  return (items) => {
    const known = indexes.get(items);
    if (known !== undefined) return known;
    const fresh = new Map(items.map((item) => [key(item), item]));
    indexes.set(items, fresh);
    return fresh;
  };
}

function coverageFields({ coverage }: Subject): Fields {
  const { silentOn, patch } = coverage;
  const silent = { branches: silentOn.branches.length > 0, functions: silentOn.functions.length > 0 };
  const group = (name: keyof typeof coverage.byGroup) => () =>
    fromEvidence(patch, () => countFields(coverage.byGroup[name], silent));
  return new Fields({
    patch: () => fromEvidence(patch, (counts) => countFields(counts, silent)),
    ai: group("ai"),
    human: group("human"),
    undeclared: group("undeclared"),
    project: () =>
      new Fields({
        before: () => fromEvidence(coverage.project.before, projectFields),
        after: () => fromEvidence(coverage.project.after, projectFields),
        delta: () =>
          fromEvidence(
            coverage.project.delta,
            ({ lines, branches }) =>
              new Fields({
                lines: () => lines ?? new Unknown("one side has no lines that can run"),
                branches: () => branches ?? new Unknown("one side has no branches"),
              }),
          ),
      }),
    unmeasured: () => fromEvidence(patch, () => coverage.unmeasured.length),
  });
}

/** Of what a report is silent: it names none, which does not say that there is none. */
interface Silence {
  branches: boolean;
  functions: boolean;
}

function projectFields(counts: Counts): Fields {
  return countFields(counts, { branches: counts.branches.total === 0, functions: counts.functions.total === 0 });
}

function countFields({ lines, branches, functions }: Counts, silent: Silence): Fields {
  const measured = (isSilent: boolean, share: Ratio, what: string) =>
    isSilent ? new Unknown(`the coverage report names no ${what}`) : shareFields(share, what);
  return new Fields({
    lines: () => shareFields(lines, "lines that can run"),
    branches: () => measured(silent.branches, branches, "branches"),
    functions: () => measured(silent.functions, functions, "functions"),
  });
}

function shareFields({ covered, total }: Ratio, what: string): Fields {
  return new Fields({
    covered: () => covered,
    total: () => total,
    ratio: () => (total === 0 ? new Unknown(`there are no ${what}`) : covered / total),
  });
}

/** Findings in files that nobody looked into are not known; on sensitive files that counts. */
function findingsOf({ subject, files: judged }: JudgedChange): Value {
  const notAnalysed = new Set(subject.notAnalysed.map(({ path }) => path));
  const open = judged.find((file) => file.sensitive && notAnalysed.has(file.subject.file.path));
  if (open !== undefined) return new Unknown(`${open.shown} was not analysed`);
  return subject.findings.map(findingFields);
}

function findingFields({ rule, severity, confidence, place, writer }: Finding): Fields {
  return new Fields({
    rule: () => rule,
    severity: () => severity,
    confidence: () => confidence,
    path: () => ("path" in place ? place.path : new Unknown("the finding is about no file")),
    verdict: () => writer?.verdict ?? new Unknown("nobody knows who wrote the line"),
  });
}

function pullRequestFields(subject: Subject): Value {
  return fromEvidence(
    subject.pullRequest,
    (pullRequest) =>
      new Fields({
        number: () => pullRequest.number,
        author: () => pullRequest.author,
        author_type: () => pullRequest.authorType,
        association: () => pullRequest.association,
        draft: () => pullRequest.draft,
        fork: () => pullRequest.fork,
        labels: () => fromEvidence(subject.labels, (names) => names),
      }),
  );
}

function fromEvidence<T>(evidence: Evidence<T>, value: (value: T) => Value): Value {
  return evidence.state === "present" ? value(evidence.value) : new Unknown(inertText(evidence.reason));
}

function strongestFirst(present: readonly Verdict[]): Verdict[] {
  return verdicts.filter((verdict) => present.includes(verdict));
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
