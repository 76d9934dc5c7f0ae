import { describe, expect, test } from "vitest";
import { sampleFinding, sampleSha } from "../../../builders.ts";
import { evaluate } from "../../../../core/policy/index.ts";
import type { Require, RequirementKey } from "../../../../core/policy/policy.ts";
import { requirements } from "../../../../core/policy/requirements/index.ts";
import {
  buildPolicy,
  buildSignal,
  buildSubject,
  firstRule,
  fixes,
  sampleVocabulary,
  sentences,
  type SubjectSketch,
} from "../../../subjects.ts";

/** What a requirement says in each of its states, in whole sentences, and what would meet it. */

const short = (name: string) => sampleSha(name).slice(0, 10);
const ai = { name: "a", verdict: "agent-assisted" as const };
const done = (name: string, conclusion: string | null = "success") => ({
  name,
  app: "ci",
  status: "completed",
  conclusion,
});
const long = "n".repeat(300);
const cut = (length: number) => `${"n".repeat(length - 1)}…`;
const finding = (path: string, more: Parameters<typeof sampleFinding>[0] = {}) =>
  sampleFinding({
    place: { kind: "lines", path, start: 7, end: 7 },
    message: "It is dropped.",
    help: "Mend it.",
    ...more,
  });

interface Row {
  require: string;
  says: string;
  sketch: SubjectSketch;
  waivers?: readonly string[];
  state: string;
  is: readonly string[];
  fix?: readonly string[];
}

const rows: readonly Row[] = [
  {
    require: "checks: test",
    says: "all have succeeded",
    sketch: { checks: [done("test")] },
    state: "satisfied",
    is: ["yes: the checks have succeeded", "yes: test succeeded"],
  },
  {
    require: "checks: [test, { name: lint, app: ci }, build, slow]",
    says: "some are open",
    sketch: {
      checks: [
        done("test"),
        { name: "lint", app: "ci", status: long, conclusion: null },
        { name: "build", app: "other", status: "queued", conclusion: null },
      ],
    },
    state: "undecided",
    is: [
      "unknown: checks are still open",
      "yes: test succeeded",
      `unknown: lint by ci has not completed: ${cut(40)}`,
      "unknown: build has not completed: queued",
      "unknown: slow has not been reported on the head",
    ],
    fix: ["Wait for these checks, and decide again then: lint by ci, build, slow."],
  },
  {
    require: `checks: [${long.slice(0, 100)}, { name: lint, app: ${long.slice(0, 100)} }, open]`,
    says: "some have failed",
    sketch: {
      checks: [
        done(long.slice(0, 100), long),
        { name: "lint", app: long.slice(0, 100), status: "completed", conclusion: null },
      ],
    },
    state: "unsatisfied",
    is: [
      "no: checks did not succeed",
      `no: ${cut(80)} ended with ${cut(40)}`,
      `no: lint by ${cut(60)} ended with no conclusion`,
      "unknown: open has not been reported on the head",
    ],
    fix: [`Mend what these checks found, or run them again: ${cut(80)}, lint by ${cut(60)}.`],
  },
  {
    require: "checks: test",
    says: "nobody read them",
    sketch: {},
    state: "undecided",
    is: ["unknown: the checks on the head are not known: checks were not read"],
    fix: ["Run it for a pull request, with `checks: read` and `statuses: read`."],
  },
  {
    require: "signatures: verified",
    says: "every one is verified",
    sketch: { signatures: [{ commit: sampleSha("first"), verified: true, reason: "valid" }] },
    state: "satisfied",
    is: ["yes: every commit has a verified signature: 1"],
  },
  {
    require: "signatures: verified",
    says: "one is not, and one was not read",
    sketch: {
      commits: [{ name: "a" }, { name: "b" }],
      signatures: [
        { commit: sampleSha("a"), verified: false, reason: long },
        { commit: sampleSha("a"), verified: true, reason: "valid" },
        { commit: sampleSha("a"), verified: false, reason: "bad_email" },
      ],
    },
    state: "unsatisfied",
    is: ["no: commits without a verified signature: 1", `no: commit ${short("a")}: ${cut(60)}, bad_email`],
    fix: [
      "Sign these commits (`git rebase --exec 'git commit --amend --no-edit -S'`) with a key that the platform knows.",
    ],
  },
  {
    require: "signatures: verified",
    says: "some were not read",
    sketch: {
      commits: [{ name: "a" }, { name: "b" }, { name: "c" }],
      signatures: [{ commit: sampleSha("b"), verified: true, reason: "valid" }],
    },
    state: "undecided",
    is: [`unknown: signatures are not known of commit ${short("a")}, commit ${short("c")}`],
    fix: ["Run it for a pull request, with `pull-requests: read`: only the platform knows whose key it is."],
  },
  {
    require: "signatures: verified",
    says: "none was read",
    sketch: {},
    state: "undecided",
    is: ["unknown: signatures are not known: signatures of commits were not read"],
    fix: ["Run it for a pull request, with `pull-requests: read`: only the platform knows whose key it is."],
  },
  {
    require: "attestation: { signers: [ann, bob] }",
    says: "one of them signed",
    sketch: { statements: [{ commit: sampleSha("first"), predicateType: "x", signer: "bob" }] },
    state: "satisfied",
    is: ["yes: a verified statement about the head is signed by bob"],
  },
  {
    require: `attestation: { signers: [ann, ${long}], predicate_type: x }`,
    says: "others signed",
    sketch: {
      statements: [
        { commit: sampleSha("first"), predicateType: long, signer: "ann" },
        { commit: sampleSha("first"), predicateType: "x", signer: "bob" },
        { commit: sampleSha("older"), predicateType: "x", signer: "ann" },
      ],
    },
    state: "unsatisfied",
    is: [
      `no: no verified statement of type x about ${short("first")} is signed by ann, ${cut(200)}`,
      `no: there is one of type ${cut(200)} by ann`,
      "no: there is one of type x by bob",
    ],
    fix: ["Have one of the signers sign a statement about the head commit, and hand it to the run that decides."],
  },
  {
    require: "attestation: { signers: [ann] }",
    says: "nobody read them",
    sketch: {},
    state: "undecided",
    is: ["unknown: signed statements are not known: signed statements were not read"],
    fix: ["Have one of the signers sign a statement about the head commit, and hand it to the run that decides."],
  },
  {
    require: "labels: [Reviewed, safe]",
    says: "both are set",
    sketch: { labels: ["reviewed", "SAFE", "x"] },
    state: "satisfied",
    is: ["yes: the pull request carries Reviewed, safe"],
  },
  {
    require: `labels: [a, b, c, d, e, f, g, h, i, ${long.slice(0, 100)}]`,
    says: "most are not",
    sketch: { labels: ["B"] },
    state: "unsatisfied",
    is: ["no: labels that the pull request lacks: a, c, d, e, f and 4 more"],
    fix: [`Have somebody set a, c, d, e, f, g, h, i, ${long.slice(0, 100)}.`],
  },
  {
    require: "labels: a",
    says: "nobody read them",
    sketch: {},
    state: "undecided",
    is: ["unknown: the labels are not known: no pull request was read"],
    fix: ["Run it for a pull request, with `pull-requests: read`."],
  },
  {
    require: "size: { max_added_lines: 10, max_files: 1, max_commits: 1 }",
    says: "just small enough",
    sketch: {},
    state: "satisfied",
    is: [
      "yes: the change is no larger than it may be",
      "yes: added lines: 10, and at most 10 may be there",
      "yes: changed files: 1, and at most 1 may be there",
      "yes: commits: 1, and at most 1 may be there",
    ],
  },
  {
    require: "size: { max_commits: 0 }",
    says: "too large",
    sketch: {},
    state: "unsatisfied",
    is: ["no: the change is too large", "no: commits: 1, and at most 0 may be there"],
    fix: ["Split it into changes that can be looked at one by one."],
  },
  {
    require: "acceptance: [edited, rewritten]",
    says: "every one is edited",
    sketch: { commits: [{ ...ai, acceptance: "edited" }] },
    state: "satisfied",
    is: ["yes: every AI commit was accepted as edited or rewritten"],
  },
  {
    require: "acceptance: [edited, rewritten]",
    says: "no commit is AI's",
    sketch: {},
    state: "satisfied",
    is: ["yes: no commit here counts as AI, so no acceptance is asked for"],
  },
  {
    require: "acceptance: [edited, rewritten]",
    says: "one says otherwise",
    sketch: { commits: [{ ...ai, acceptance: "as-is" }, { ...ai, name: "b", acceptance: "edited" }, { name: "c" }] },
    state: "unsatisfied",
    is: ["no: AI commits that do not state edited or rewritten: 1 of 2", `no: commit ${short("a")}: as-is`],
    fix: ["Go over what the tool wrote until it is edited or rewritten, and say so."],
  },
  {
    require: "acceptance: edited",
    says: "one is silent, and one says otherwise",
    sketch: { commits: [{ ...ai, name: "b", acceptance: "as-is" }, ai] },
    state: "unsatisfied",
    is: [
      "no: AI commits that do not state edited: 2 of 2",
      `no: commit ${short("b")}: as-is`,
      `no: commit ${short("a")}: unstated`,
    ],
    fix: [
      `Go over what the tool wrote until it is edited, and say so. Run \`git commit --amend --no-edit --trailer "AI-Accepted: as-is|edited|rewritten|partial <n>/<m>"\`. Or, without rewriting history: \`git commit --allow-empty --trailer "AI-Declares: ${sampleSha("a").slice(0, 12)}" --trailer "AI-Accepted: as-is|edited|rewritten|partial <n>/<m>" -m "Declare provenance"\`.`,
    ],
  },
  {
    require: "secrets: none",
    says: "there is none",
    sketch: { findings: [finding("src/a.ts", { rule: "swallowed-error" })] },
    state: "satisfied",
    is: ["yes: no added line looks like a credential"],
  },
  {
    require: "secrets: none",
    says: "there are two",
    sketch: {
      findings: [
        finding("src/a.ts", { rule: "secret-shaped-text" }),
        finding("src/a.ts", { rule: "secret-shaped-text", place: { kind: "commit", sha: sampleSha("first") } }),
      ],
    },
    state: "unsatisfied",
    is: [
      "no: places that look like credentials: 2",
      "no: src/a.ts:7 looks like a credential (secret-shaped-text)",
      `no: commit ${short("first")} looks like a credential (secret-shaped-text)`,
    ],
    fix: [
      "Revoke the credential, remove it from the history (`git rebase -i`), and read it from the environment or a secret store.",
    ],
  },
  {
    require: "tools: [codex, cursor]",
    says: "nothing is AI's",
    sketch: {},
    state: "satisfied",
    is: ["yes: nothing here counts as AI, so no tool is asked for"],
  },
  {
    require: "tools: [codex, cursor]",
    says: "only these",
    sketch: { commits: [{ ...ai, agent: "codex" }] },
    state: "satisfied",
    is: ["yes: all that counts as AI comes from codex, cursor"],
  },
  {
    require: "tools: [codex]",
    says: "another, and one without a name",
    sketch: {
      commits: [
        { ...ai, agent: long },
        { ...ai, name: "b" },
      ],
    },
    state: "unsatisfied",
    is: [
      "no: AI from tools that are not allowed or not named: 2",
      `no: commit ${short("a")}: ${cut(80)}`,
      `no: commit ${short("b")}: no tool is named`,
    ],
    fix: ["Name the tool in the commit's trailers (`Assisted-by: <agent>:<model>`); allowed are codex."],
  },
  {
    require: "models: [gpt-5, gpt-6]",
    says: "nothing is AI's",
    sketch: {},
    state: "satisfied",
    is: ["yes: nothing here counts as AI, so no model is asked for"],
  },
  {
    require: "models: [gpt-5, gpt-6]",
    says: "only these",
    sketch: { commits: [{ ...ai, agent: "codex", model: "gpt-5" }] },
    state: "satisfied",
    is: ["yes: all that counts as AI comes from gpt-5, gpt-6"],
  },
  {
    require: "models: [gpt-5]",
    says: "another, and one without a name",
    sketch: {
      commits: [
        { ...ai, agent: "codex", model: "gpt-4" },
        { ...ai, name: "b", agent: "cursor" },
        { ...ai, name: "c" },
      ],
    },
    state: "unsatisfied",
    is: [
      "no: AI from models that are not allowed or not named: 3",
      `no: commit ${short("a")}: gpt-4 (codex)`,
      `no: commit ${short("b")}: no model is named (cursor)`,
      `no: commit ${short("c")}: no model is named`,
    ],
    fix: ["Name the model in the commit's trailers (`Assisted-by: <agent>:<model>`); allowed are gpt-5."],
  },
  {
    require: "models: [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11]",
    says: "not one of many",
    sketch: { commits: [{ ...ai, model: "gpt-4" }] },
    state: "unsatisfied",
    is: ["no: AI from models that are not allowed or not named: 1", `no: commit ${short("a")}: gpt-4`],
    fix: [
      "Name the model in the commit's trailers (`Assisted-by: <agent>:<model>`); allowed are m1, m2, m3, m4, m5, m6, m7, m8, m9, m10 and 1 more.",
    ],
  },
  {
    require: "findings: { max_errors: 0, max_warnings: 1 }",
    says: "within the limits, others waived",
    sketch: {
      findings: [
        finding("src/a.ts", { rule: "swallowed-error", severity: "warning" }),
        finding("b/b.ts", { rule: "swallowed-error", severity: "error" }),
        finding("a/a.ts", { rule: "swallowed-error", severity: "error" }),
        finding("b/b.ts", { rule: "swallowed-error", severity: "error" }),
      ],
      files: [{ path: "src/a.ts" }, { path: "a/a.ts" }, { path: "b/b.ts" }],
    },
    waivers: [
      '{ id: W-1, finding: swallowed-error, paths: [a/**], reason: "x", owner: ann, expires: "2026-12-31" }',
      '{ id: W-2, finding: swallowed-error, paths: [b/**], reason: "x", owner: ann, expires: "2026-12-31" }',
    ],
    state: "satisfied",
    is: ["yes: the findings are within the limits: 1 in all, and 3 exempt by waiver W-1, W-2"],
  },
  {
    require: "findings: { max_notices: 0 }",
    says: "none at all",
    sketch: {},
    state: "satisfied",
    is: ["yes: the findings are within the limits: 0 in all"],
  },
  {
    require:
      "findings: { max_errors: 0, max_notices: 1, rules: { swallowed-error: 1 }, escalate: { swallowed-error: error } }",
    says: "too many of a severity and of a rule",
    sketch: {
      findings: [
        finding("src/a.ts", { rule: "swallowed-error", severity: "error" }),
        finding("src/a.ts", { rule: "swallowed-error", severity: "notice" }),
      ],
    },
    state: "unsatisfied",
    is: [
      "no: there are too many findings",
      "no: findings of severity error: 2, and at most 0 may be there",
      "no: swallowed-error at src/a.ts:7: It is dropped.",
      "no: swallowed-error at src/a.ts:7: It is dropped. (raised to error by this rule)",
      "no: findings of swallowed-error: 2, and at most 1 may be there",
      "no: swallowed-error at src/a.ts:7: It is dropped.",
      "no: swallowed-error at src/a.ts:7: It is dropped. (raised to error by this rule)",
    ],
    fix: [
      "Mend swallowed-error at src/a.ts:7 (and 1 more): Mend it. Mend swallowed-error at src/a.ts:7 (and 1 more): Mend it.",
    ],
  },
  {
    require: "findings: { max_warnings: 0 }",
    says: "one is one too many",
    sketch: { findings: [finding("src/a.ts", { rule: "swallowed-error", severity: "warning" })] },
    state: "unsatisfied",
    is: [
      "no: there are too many findings",
      "no: findings of severity warning: 1, and at most 0 may be there",
      "no: swallowed-error at src/a.ts:7: It is dropped.",
    ],
    fix: ["Mend swallowed-error at src/a.ts:7: Mend it."],
  },
  {
    require: "forbid: { paths: [src/**], agents: [codex] }",
    says: "no agent was there",
    sketch: {},
    state: "satisfied",
    is: ["yes: no agent changed what agents may not change"],
  },
  {
    require: "forbid: { paths: [src/**], agents: [codex, cursor], branches: [main] }",
    says: "one was",
    sketch: { commits: [{ ...ai, agent: "cursor", signals: [buildSignal({ agent: "codex" })] }] },
    state: "unsatisfied",
    is: [
      "no: files that agents may not change: 1",
      "no: src/a.ts goes to main, lies where agents may not write, was written with codex, cursor",
    ],
    fix: ["Leave these files to a person: take what an agent wrote out of src/a.ts."],
  },
  {
    require: "forbid: { kinds: [docs] }",
    says: "some agent was",
    sketch: { commits: [{ ...ai, agent: "codex" }], files: [{ path: "docs/a.md" }, { path: "src/a.ts" }] },
    state: "unsatisfied",
    is: [
      "no: files that agents may not change: 1",
      "no: docs/a.md is a file of kind docs, counts as AI-assisted (codex)",
    ],
    fix: ["Leave these files to a person: take what an agent wrote out of docs/a.md."],
  },
  {
    require: "forbid: { kinds: [docs] }",
    says: "one without a name was",
    sketch: { commits: [ai], files: [{ path: "docs/a.md" }] },
    state: "unsatisfied",
    is: ["no: files that agents may not change: 1", "no: docs/a.md is a file of kind docs, counts as AI-assisted"],
    fix: ["Leave these files to a person: take what an agent wrote out of docs/a.md."],
  },
  {
    require: "forbid: { paths: [src/**], agents: [codex] }",
    says: "nothing names which",
    sketch: { commits: [ai] },
    state: "undecided",
    is: [
      "unknown: files of which nobody knows whether an agent may have changed them: 1",
      "unknown: nothing names the agent that wrote in src/a.ts",
    ],
    fix: ["Name the tool in the commits' trailers: `Assisted-by: <agent>:<model>`."],
  },
  {
    require: "forbid: { paths: [src/**], branches: [main] }",
    says: "the base has no name",
    sketch: { commits: [ai], base: null },
    state: "undecided",
    is: [
      "unknown: files of which nobody knows whether an agent may have changed them: 1",
      "unknown: the base branch is not known",
    ],
    fix: ["Name the tool in the commits' trailers: `Assisted-by: <agent>:<model>`."],
  },
  {
    require: "forbid: { paths: [src/**], agents: [codex], branches: [release] }",
    says: "it goes elsewhere",
    sketch: { commits: [{ ...ai, agent: "codex" }] },
    state: "satisfied",
    is: ["yes: no agent changed what agents may not change"],
  },
  {
    require: "forbid: { paths: [src/**], agents: [codex] }",
    says: "another agent was, by the commit, by a mark and by the lines",
    sketch: { commits: [{ ...ai, agent: "cursor" }], signals: [buildSignal({ agent: "aider" })] },
    state: "satisfied",
    is: ["yes: no agent changed what agents may not change"],
  },
  {
    require: "forbid: { paths: [src/**], agents: [codex] }",
    says: "a mark on the whole change names it",
    sketch: { commits: [ai], signals: [buildSignal({ agent: "codex" }), buildSignal({ agent: "aider" })] },
    state: "unsatisfied",
    is: [
      "no: files that agents may not change: 1",
      "no: src/a.ts lies where agents may not write, was written with codex",
    ],
    fix: ["Leave these files to a person: take what an agent wrote out of src/a.ts."],
  },
  {
    require: "forbid: { paths: [src/**] }",
    says: "a mark of a person counts for none, and one without a name for no name",
    sketch: {
      commits: [{ ...ai, agent: "codex" }],
      signals: [buildSignal({ agent: "robot", verdict: "human" }), buildSignal({ agent: null })],
    },
    state: "unsatisfied",
    is: [
      "no: files that agents may not change: 1",
      "no: src/a.ts lies where agents may not write, counts as AI-assisted (codex)",
    ],
    fix: ["Leave these files to a person: take what an agent wrote out of src/a.ts."],
  },
  {
    require: "forbid: { paths: [src/**] }",
    says: "a commit that touched only other files counts for none",
    sketch: {
      commits: [
        { ...ai, agent: "codex" },
        { ...ai, name: "b", agent: "cursor" },
      ],
      files: [
        { path: "src/a.ts", commits: ["a"] },
        { path: "b.ts", commits: ["b"] },
      ],
    },
    state: "unsatisfied",
    is: [
      "no: files that agents may not change: 1",
      "no: src/a.ts lies where agents may not write, counts as AI-assisted (codex)",
    ],
    fix: ["Leave these files to a person: take what an agent wrote out of src/a.ts."],
  },
  {
    require:
      "forbid: [{ paths: [src/b.ts] }, { paths: [src/**], agents: [codex] }, { paths: [src/a.ts], agents: [cursor] }]",
    says: "the strictest of several boundaries counts",
    sketch: { commits: [ai, { ...ai, name: "b", agent: "cursor" }] },
    state: "unsatisfied",
    is: [
      "no: files that agents may not change: 1",
      "no: src/a.ts lies where agents may not write, was written with cursor",
    ],
    fix: ["Leave these files to a person: take what an agent wrote out of src/a.ts."],
  },
  {
    require: "disclosure: [canonical, no-coauthor]",
    says: "disclosed both ways",
    sketch: {
      commits: [{ ...ai, trailers: [{ key: "Assisted-by", value: "codex:gpt-5" }], signals: [buildSignal()] }],
    },
    state: "satisfied",
    is: [
      "yes: disclosed as asked: canonical, no-coauthor",
      "yes: every AI commit has Assisted-by or Generated-by",
      "yes: no agent is author, co-author or signer",
    ],
  },
  {
    require: "disclosure: [canonical, labelled]",
    says: "disclosed one way, and nobody knows of the other",
    sketch: {
      commits: [{ ...ai, trailers: [{ key: "Assisted-by", value: "codex:gpt-5" }], signals: [buildSignal()] }],
    },
    state: "undecided",
    is: [
      "unknown: not disclosed as asked: canonical, labelled",
      "yes: every AI commit has Assisted-by or Generated-by",
      "unknown: whether a label says AI is not known: no pull request was read",
    ],
    fix: ["Run the check on the pull request."],
  },
  {
    require: "disclosure: [labelled, canonical]",
    says: "not disclosed one way, and nobody knows of the other",
    sketch: { commits: [{ ...ai, signals: [buildSignal({ kind: "footer", class: "embedded" })] }] },
    state: "unsatisfied",
    is: [
      "no: not disclosed as asked: labelled, canonical",
      "unknown: whether a label says AI is not known: no pull request was read",
      "no: AI commits without a well-formed Assisted-by or Generated-by: 1",
      `no: commit ${short("a")} (agent-assisted) has no well-formed Assisted-by or Generated-by`,
    ],
    fix: [
      "Run the check on the pull request.",
      `Run \`git commit --amend --no-edit --trailer "Assisted-by: <agent>:<model>"\`. Or, without rewriting history: \`git commit --allow-empty --trailer "AI-Declares: ${sampleSha("a").slice(0, 12)}" --trailer "Assisted-by: <agent>:<model>" -m "Declare provenance"\`.`,
    ],
  },
  {
    require: "trailers: [AI-Accepted]",
    says: "nothing is AI's",
    sketch: {},
    state: "satisfied",
    is: ["yes: no commit here counts as AI, so no trailer is asked for"],
  },
  {
    require: "trailers: [AI-Accepted, AI-Trace]",
    says: "each is there",
    sketch: {
      commits: [
        {
          ...ai,
          trailers: [
            { key: "ai-accepted", value: "edited" },
            { key: "AI-Trace", value: "0" },
          ],
        },
      ],
    },
    state: "satisfied",
    is: ["yes: every AI commit carries AI-Accepted, AI-Trace"],
  },
  {
    require: "trailers: [AI-Accepted, AI-Trace, AI-Session]",
    says: "one lacks, one is empty, one is malformed",
    sketch: {
      commits: [
        {
          ...ai,
          trailers: [
            { key: "AI-Trace", value: " " },
            { key: "AI-Session", value: "malformed" },
            { key: "AI-Session", value: "" },
          ],
        },
        {
          ...ai,
          name: "b",
          trailers: [
            { key: "AI-Accepted", value: "" },
            { key: "AI-Accepted", value: "edited" },
            { key: "AI-Trace", value: "0" },
            { key: "AI-Session", value: "1" },
          ],
        },
      ],
    },
    state: "unsatisfied",
    is: [
      "no: AI commits that lack trailers: 1 of 2",
      `no: commit ${short("a")} (agent-assisted) lacks AI-Accepted; has AI-Trace, but it is empty; has AI-Session, but its value is malformed`,
    ],
    fix: [
      `Run \`git rebase -i ${short("base")}\`, mark ${short("a")} with \`edit\`, and at each stop run \`git commit --amend --no-edit --trailer "AI-Accepted: as-is|edited|rewritten|partial <n>/<m>" --trailer "AI-Trace: <32 hex digits>" --trailer "AI-Session: <session id>"\` and \`git rebase --continue\`. Or, without rewriting history: \`git commit --allow-empty --trailer "AI-Declares: ${sampleSha("a").slice(0, 12)}" --trailer "AI-Accepted: as-is|edited|rewritten|partial <n>/<m>" --trailer "AI-Trace: <32 hex digits>" --trailer "AI-Session: <session id>" -m "Declare provenance"\`.`,
    ],
  },
  {
    require: "second_human: true",
    says: "no file is changed",
    sketch: { files: [] },
    state: "satisfied",
    is: ["yes: no file is changed, so there is nothing to approve"],
  },
  {
    require: "owner_approval: {}",
    says: "nobody owns it",
    sketch: { files: [] },
    state: "satisfied",
    is: ["yes: no file here has owners, so nobody's approval is asked for"],
  },
];

describe.each([...Map.groupBy(rows, ({ require }) => require)])("%s", (_require, group) => {
  test.each(group)("$says: $state", ({ require, sketch, waivers = [], state, is, fix = [] }) => {
    const result = firstRule(
      `mode: enforce\nwaivers: [${waivers.join(", ")}]\nrules: [{ id: r, require: { ${require} } }]`,
      sketch,
    );
    expect({ state: result.state, says: sentences(result).slice(1), fixes: fixes(result) }).toEqual({
      state,
      says: is,
      fixes: fix,
    });
  });
});

describe("what a policy does not accept a person's word for", () => {
  const asked = (require: string) =>
    `areas: { src: { paths: [src/**], tier: 1 } }\nmode: enforce\nrules: [{ id: r, require: { ${require} } }]`;
  const claimed: SubjectSketch = {
    commits: [{ name: "a", verdict: "human", signals: [buildSignal({ kind: "declaration", verdict: "human" })] }],
  };
  const showWho =
    "What a commit says of itself is a claim that nobody has verified: have somebody decide it in a recorded ruling, or let the policy take such commits at their word (`accept: [claimed]`).";
  test.each([
    {
      require: "forbid: { paths: [src/**] }",
      state: "unsatisfied",
      is: [
        "no: files that agents may not change: 1",
        "no: src/a.ts lies where agents may not write, is claimed to be no AI's, and the policy does not accept claims in this area",
      ],
    },
    {
      require: "forbid: { paths: [src/**], agents: [codex] }",
      state: "undecided",
      is: [
        "unknown: files of which nobody knows whether an agent may have changed them: 1",
        "unknown: src/a.ts is claimed to be no AI's, and the policy does not accept claims in this area",
      ],
    },
  ])("$require: $state", ({ require, state, is }) => {
    const result = firstRule(asked(require), claimed);
    expect({ state: result.state, says: sentences(result).slice(1), fixes: fixes(result) }).toEqual({
      state,
      says: is,
      fixes: [showWho],
    });
  });

  test("files that a tool wrote and files that are claimed have each their own advice", () => {
    const files = [
      { path: "src/a.ts", commits: ["a"] },
      { path: "src/b.ts", commits: ["b"] },
    ];
    const result = firstRule(asked("forbid: { paths: [src/**] }"), {
      commits: [...(claimed.commits ?? []), { ...ai, name: "b" }],
      files,
    });
    expect(fixes(result)).toEqual([
      `Leave these files to a person: take what an agent wrote out of src/b.ts. ${showWho}`,
    ]);
  });
});

test("an area that the policy does not have leaves open who must approve", () => {
  const policy = buildPolicy(
    "areas: { a: { paths: [a/**] }, b: { paths: [b/**] } }\nmode: enforce\nrules: [{ id: r, require: { owner_approval: { area: [a, b] } } }]",
  );
  const told = (areas: typeof policy.areas) => {
    const [result] = evaluate({ ...policy, areas }, buildSubject(), sampleVocabulary).rules;
    return result === undefined ? [] : [result.state, ...sentences(result).slice(1), ...fixes(result)];
  };
  const saysOf = (areas: string) => [
    "undecided",
    `unknown: the policy has no area ${areas}, so nobody is known to own it`,
    "Add it under `areas`.",
  ];
  expect(told([])).toEqual(saysOf("a, b"));
  expect(told(policy.areas.slice(0, 1))).toEqual(saysOf("b"));
});

describe("which requirements ask only of what counts as AI", () => {
  test.each<{ key: RequirementKey; written: string; is: boolean }>([
    { key: "trailers", written: "[AI-Trace]", is: true },
    { key: "disclosure", written: "[canonical, labelled]", is: true },
    { key: "disclosure", written: "[canonical, required]", is: false },
    { key: "acceptance", written: "edited", is: true },
    { key: "tools", written: "codex", is: true },
    { key: "models", written: "gpt-5", is: true },
    { key: "forbid", written: "{ paths: [src/**] }", is: true },
    { key: "labels", written: "x", is: false },
  ])("$key: $written: $is", ({ key, written, is }) => {
    const policy = buildPolicy(`rules: [{ id: r, require: { ${key}: ${written} } }]`);
    expect(asksOnlyOfAi(key, policy.rules[0]?.require[key] ?? null)).toBe(is);
  });

  function asksOnlyOfAi<K extends RequirementKey>(key: K, asked: Require[K]): boolean {
    const table: { [Key in RequirementKey]: { asksOnlyOfAi?: (asked: NonNullable<Require[Key]>) => boolean } } =
      requirements;
    return asked !== null && table[key].asksOnlyOfAi?.(asked) === true;
  }
});
