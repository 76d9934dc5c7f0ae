import type { Finding } from "../../findings/finding.ts";
import { showPath } from "../../untrusted/index.ts";
import type { JudgedChange } from "../judged.ts";
import type { Subject } from "../subject.ts";
import { coverageFields } from "./coverage-fields.ts";
import { fileFields } from "./file-fields.ts";
import { provenanceFields, unique } from "./provenance-fields.ts";
import { Fields, fromEvidence, Unknown, type Value } from "./values.ts";

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

const environments = new WeakMap<JudgedChange, Fields>();

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

/** Findings in files that nobody looked into are not known; on sensitive files that counts. */
function findingsOf({ subject, files: judged }: JudgedChange): Value {
  const notAnalysed = new Set(subject.notAnalysed.map(({ path }) => path));
  const open = judged.find((file) => file.sensitive && notAnalysed.has(file.subject.file.path));
  if (open !== undefined) return new Unknown(`${open.shown} was not analysed`);
  const report = subject.notAnalysed.find(({ anyFile }) => anyFile);
  if (report !== undefined && judged.some(({ sensitive }) => sensitive))
    return new Unknown(`another tool's report is not whole: ${showPath(report.path)}`);
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

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
