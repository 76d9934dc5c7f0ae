import type { Change } from "../change/change.ts";
import type { PullRequest } from "../facts.ts";
import { firstEvents, inOrderOfEvents, type ChangeEvent } from "./change-events.ts";
import type { Subject, SubjectFile } from "./subject.ts";

/** Something that an answer can depend on. */
interface FactAbout {
  /** For people: what it is. */
  says: string;
  /** After which events it may be another, once the change is in view. */
  events: readonly ChangeEvent[];
}

/** A push to the base moves the merge base when the base takes over commits of the change. */
const ofCommits = ["synchronize", "edited", "base_push"] as const satisfies readonly ChangeEvent[];

/** Branch names, descriptions and labels are signals too, and so is what tools and people record beside commits. */
const ofProvenance = [...ofCommits, "labeled", "unlabeled", "record"] as const satisfies readonly ChangeEvent[];

/**
 * When a fact may be another: the one place that says so. Every key of `Subject` stands here, and of three of them some
 * fields by themselves, with fewer events: `change.base` is that field, and `change` is any of its fields.
 */
export const answerFacts = {
  change: { says: "its commits, files and ids", events: ofCommits },
  "change.event": { says: "what the gate runs for", events: [] },
  "change.head": { says: "its head commit", events: ["synchronize"] },
  "change.base": { says: "the base branch", events: ["edited", "base_push"] },
  asOf: { says: "the instant of reading", events: ["date"] },
  branch: { says: "the head branch's name", events: [] },
  pullRequest: {
    says: "anything of the pull request",
    events: [
      ...["edited", "ready_for_review", "converted_to_draft", "labeled", "unlabeled"],
      ...["assigned", "membership", "base_push"],
    ],
  },
  "pullRequest.number": { says: "its number", events: [] },
  "pullRequest.author": { says: "who opened it", events: [] },
  "pullRequest.authorType": { says: "whether a bot opened it", events: [] },
  // A first contribution that is merged makes its author a contributor.
  "pullRequest.association": { says: "what its author is to the repository", events: ["membership", "base_push"] },
  "pullRequest.draft": { says: "whether it is a draft", events: ["ready_for_review", "converted_to_draft"] },
  "pullRequest.fork": { says: "whether it comes from another repository", events: [] },
  labels: { says: "its labels", events: ["labeled", "unlabeled"] },
  provenance: { says: "what the evidence says of its commits", events: ofProvenance },
  authorship: { says: "who wrote each added line", events: ofProvenance },
  coverage: { says: "what the tests ran, by who wrote the line", events: [...ofProvenance, "report"] },
  coverageByWriter: { says: "what the tests ran of each writer's lines", events: [...ofProvenance, "report"] },
  findings: { says: "findings, weighed by who wrote the line", events: [...ofProvenance, "report"] },
  seen: { says: "everything that was seen in its files", events: [...ofProvenance, "report"] },
  functions: { says: "the functions that it touches", events: ofCommits },
  notAnalysed: { says: "files that were not analysed", events: ofCommits },
  approvals: {
    says: "reviews, code owners and people",
    events: [...ofCommits, "assigned", "review", "membership"],
  },
  overrides: { says: "uses of break-glass", events: ["override"] },
  checks: { says: "checks and statuses on the head", events: ["synchronize", "check"] },
  signatures: { says: "signatures of its commits", events: ofCommits },
  statements: { says: "signed statements about its head", events: ["synchronize", "record"] },
  gateWorkflows: { says: "the workflows that run the gate", events: ["edited", "base_push"] },
  policyPath: { says: "where the policy stands", events: ["edited", "base_push"] },
  files: { says: "anything of its files, their verdicts too", events: ofProvenance },
  "files.file": { says: "its files as git has them", events: ofCommits },
  "files.pathForms": { says: "every form of their paths", events: ofCommits },
  "files.commits": { says: "the commits that touched each", events: ofCommits },
} as const satisfies Record<keyof Subject, FactAbout> & Partial<Record<Field, FactAbout>>;

type Field = `change.${keyof Change}` | `pullRequest.${keyof PullRequest}` | `files.${keyof SubjectFile}`;

/** The name of one of them: what conditions and requirements declare that they read. */
export type Fact = keyof typeof answerFacts;

/** After which events an answer that depends on these facts must be asked for again, in the order of the events. */
export function eventsOf(names: readonly Fact[]): ChangeEvent[] {
  return inOrderOfEvents([...firstEvents, ...names.flatMap((name) => answerFacts[name].events)]);
}

/** The facts in the order of the table, each once, without what a whole key among them says already. */
export function factsInOrder(names: Iterable<Fact>): Fact[] {
  const named = new Set<string>(names);
  return Object.keys(answerFacts).filter(
    (name): name is Fact => named.has(name) && (!name.includes(".") || !named.has(wholeOf(name))),
  );
}

/** `files` of `files.commits`; a key that is a whole is its own. */
function wholeOf(name: string): string {
  return name.split(".", 1)[0] ?? name;
}
