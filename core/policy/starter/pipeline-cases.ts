import type { StarterCase } from "./case-text.ts";

/** The cases of rules about areas, shown on the pipeline: every repository with a policy file has one. */
const path = ".github/example";

const byCommit = (commit: string) => `{ author: dev1, files: [{ path: ${path} }], commits: [${commit}] }`;

const disclosure: StarterCase[] = [
  {
    about: "sensitive-changes-say-who-wrote-them",
    name: "a change to the pipeline says that no agent helped",
    given: { change: byCommit('{ trailers: { AI-Assisted: "no" } }') },
    rules: { "sensitive-changes-say-who-wrote-them": "satisfied" },
  },
  {
    about: "sensitive-changes-say-who-wrote-them",
    name: "that an agent helped may be said there in any way",
    given: { change: byCommit('{ trailers: { AI-Assisted: "yes" } }') },
    rules: { "sensitive-changes-say-who-wrote-them": "satisfied", "ai-is-disclosed-in-one-way": "unmet" },
  },
  {
    about: "agents-do-not-sign",
    name: "an agent does not sign there",
    given: {
      like: "a change to the pipeline says that no agent helped",
      change: '{ commits: [{ trailers: { Co-authored-by: "Claude <noreply@anthropic.com>" } }] }',
    },
    rules: { "agents-do-not-sign": "unmet" },
  },
];

const waits = "an agent's change to the pipeline waits for an owner";
const approved = "an owner approves it";

const ownerApproval: StarterCase[] = [
  {
    about: "sensitive-ai-needs-owner",
    name: waits,
    given: { change: byCommit("{ verdict: agent-assisted }") },
    rules: { "sensitive-ai-needs-owner": "waiting" },
  },
  {
    about: "sensitive-ai-needs-owner",
    name: approved,
    given: { like: waits, reviews: "[{ user: ann, state: approved }]" },
    rules: { "sensitive-ai-needs-owner": "satisfied" },
  },
  {
    about: "sensitive-ai-needs-owner",
    name: "a later push to the file makes the approval stale",
    given: { like: approved, push: `{ files: [{ path: ${path} }] }` },
    rules: { "sensitive-ai-needs-owner": "stale" },
    also: { "sensitive-ai-needs-owner": "stale: [ann]" },
  },
  {
    about: "sensitive-ai-needs-owner",
    name: "files with an owner of their own wait for that owner",
    given: {
      like: approved,
      change: `{ files: [{ path: ${path} }, { path: src/action.yml }] }`,
      codeowners: '"* @bob\\n.github/ @ann"',
    },
    rules: { "sensitive-ai-needs-owner": "waiting" },
    also: { "sensitive-ai-needs-owner": "by: [ann]" },
  },
];

const waitsForSecond = "a person's change to the pipeline waits for a second person";

const criticalChanges: StarterCase[] = [
  {
    about: "critical-changes-have-a-second-human",
    name: waitsForSecond,
    given: { change: byCommit("{ verdict: human }") },
    rules: { "critical-changes-have-a-second-human": "waiting", "sensitive-ai-needs-owner": "not-applicable" },
  },
  {
    about: "critical-changes-have-a-second-human",
    name: "a second person approves it",
    given: { like: waitsForSecond, reviews: "[{ user: bob, state: approved }]" },
    rules: { "critical-changes-have-a-second-human": "satisfied" },
  },
  {
    about: "critical-changes-are-scanned",
    name: "a risky pattern in the pipeline is told",
    given: {
      change: byCommit("{ verdict: agent-assisted }"),
      findings: `[{ rule: agent-signed-off, path: ${path}, line: 1 }]`,
    },
    rules: { "critical-changes-are-scanned": "unmet" },
  },
];

/** In the order of a preset's rules. What goes on from another case stands below it. */
export const pipelineCases: readonly StarterCase[] = [...disclosure, ...ownerApproval, ...criticalChanges];
