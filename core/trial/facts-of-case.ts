import type { z } from "zod";
import { treeFileOf } from "../change/tree-file.ts";
import { changeId } from "../change/repository.ts";
import { absent, present, type Evidence } from "../evidence.ts";
import { Facts, factsVersion } from "../facts.ts";
import type { Ruling } from "../provenance/index.ts";
import type { CaseFile } from "./case-file.ts";
import type { CaseMistake } from "./case-problem.ts";
import type { TrialCase } from "./inherit.ts";
import { makeCoverage } from "./made-coverage.ts";
import { makeFindings } from "./made-findings.ts";
import { makePeople } from "./made-people.ts";
import { accountType } from "./account-type.ts";
import { play, type Head, type Played } from "./play.ts";

/** The texts that stand beside the cases. */
export interface TrialTexts {
  /** `path` is what problems name; `text` may be another than the file's, to try a changed policy. */
  policy: { path: string; text: string };
  /** Of the file that `codeowners_file` names. */
  codeowners: string | null;
  floors: readonly { repo: string; path: string; ref: string; text: string }[];
}

export type CaseFacts = { ok: true; facts: Facts } | { ok: false; mistakes: CaseMistake[] };

/** Facts as a reading of the case's pull request would have given them, so that the same engine decides. Deterministic. */
export function factsOfCase(
  one: TrialCase,
  file: Pick<CaseFile, "repository"> & { mistakesOnly?: boolean },
  texts: TrialTexts,
  engine: Facts["engine"],
): CaseFacts {
  const played = play(one);
  const { findings, mistakes } = makeFindings(one);
  const coverage = coverageOf(one, played);
  const all = [...played.mistakes, ...coverage.mistakes, ...mistakes];
  if (all.length > 0 || file.mistakesOnly === true) return { ok: false, mistakes: all };
  const unread = new Set<string>(one.setting.unread ?? []);
  const unless = <T>(what: string, value: T): Evidence<T> =>
    unread.has(what) ? absent(`the case says that ${what} were not read`) : present(value);
  const isPullRequest = (one.change.event ?? "pull_request") === "pull_request";
  const head = played.heads.at(-1)!;
  const codeowners = one.setting.codeowners ?? texts.codeowners;
  const facts = {
    version: factsVersion,
    asOf: played.asOf,
    engine,
    change: changeOf(one, file, played),
    branch: present(one.change.branch ?? "topic"),
    pullRequest: isPullRequest ? present(pullRequestOf(one, played)) : absent("there is no pull request"),
    policy: present({ path: texts.policy.path, commit: null, text: texts.policy.text }),
    proposedPolicy: absent("a case has no copy of its own"),
    codeowners:
      codeowners === null
        ? absent("the base has no CODEOWNERS file")
        : present({ path: ".github/CODEOWNERS", commit: played.mergeBase, text: codeowners }),
    coverage: { head: coverage.head, base: coverage.base },
    lineMaps: [],
    rawFindings: findings,
    notAnalysed: (one.setting.not_analysed ?? []).map((path) => ({ path, reason: "the case says so" })),
    attributions: present([]),
    earlier: absent("a case has no earlier run"),
    records: present([]),
    rulings: present(rulingsOf(played)),
    agentRuns: absent("a case has none"),
    reviews: isPullRequest ? unless("reviews", played.reviews) : absent("there is no pull request"),
    retargetedAt: played.retargetedAt,
    reviewedTrees: reviewedTrees(played),
    people: makePeople({
      ...{ one, played, codeowners: codeowners ?? "", policyText: texts.policy.text },
      organisation: file.repository.owner,
    }),
    overrides: unless("overrides", played.overrides),
    checks: unless("checks", checksOf(one)),
    signatures: unless("signatures", signaturesOf(one, played)),
    statements: unless(
      "statements",
      (one.setting.statements ?? []).map(({ predicate_type: predicateType, signer }) => ({
        ...{ commit: head.sha, predicateType, signer },
      })),
    ),
    mergeGroup: mergeGroupOf(one, played),
    floors: present([...texts.floors]),
    gateWorkflows: one.setting.gate_workflows ?? [],
  } satisfies z.input<typeof Facts>;
  return { ok: true, facts: Facts.parse(facts) };
}

/** `verdict: human` is what the evidence comes to; a case that means a mere claim writes the trailer instead. */
function rulingsOf({ commits, asOf }: Played): Ruling[] {
  return commits
    .filter(({ isHuman }) => isHuman)
    .map(({ commit }) => ({ commit: commit.sha, verdict: "human", by: "the case", reason: "it says so", at: asOf }));
}

function coverageOf(one: TrialCase, { heads, mergeBase, untouched }: Played) {
  const head = heads.at(-1)!;
  const at = one.writtenAt.get("coverage") ?? one.at;
  return makeCoverage({ written: one.setting.coverage, files: head.files, untouched, head: head.sha, mergeBase, at });
}

function changeOf({ change }: TrialCase, { repository }: Pick<CaseFile, "repository">, played: Played) {
  const head = played.heads.at(-1)!;
  const place = { host: "github.com", ...repository };
  const event = change.event ?? "pull_request";
  return {
    id: changeId(place, event === "pull_request" ? 1 : null, played.mergeBase, head.sha),
    event,
    repository: place,
    base: { name: played.base, sha: played.mergeBase },
    head: { name: change.branch ?? "topic", sha: head.sha },
    mergeBase: played.mergeBase,
    uncommitted: null,
    commits: played.commits.map(({ commit }) => commit),
    files: head.files,
    incomplete: change.incomplete ?? [],
  };
}

/** The pull request of the case as the only one of its group: what its reviews say is asked of there. */
function mergeGroupOf(one: TrialCase, played: Played): Facts["mergeGroup"] {
  if (one.change.event !== "merge_group") return absent("a case has no merge group");
  if (one.setting.unread?.includes("reviews") === true) return absent("the case says that reviews were not read");
  const { author, authorType, agentRequesters } = pullRequestOf(one, played);
  const { sha, files } = played.heads.at(-1)!;
  const { reviews, retargetedAt } = played;
  const member = { number: 1, author, authorType, agentRequesters, head: sha, retargetedAt };
  return present([{ ...member, files: files.map(treeFileOf), reviews }]);
}

function pullRequestOf({ change }: TrialCase, { labels, draft }: Played) {
  const author = change.author ?? "author";
  return {
    number: 1,
    author,
    authorType: change.author_type ?? accountType(author),
    association: change.association ?? "MEMBER",
    title: change.title ?? "A change",
    body: change.body ?? "",
    draft,
    fork: change.fork ?? false,
    labels,
    agentRequesters: change.agent_requesters ?? [],
  };
}

/** Only commits that somebody looked at; one that is gone has no tree. */
function reviewedTrees({ heads, reviews, overrides, mergeBase }: Played): Facts["reviewedTrees"] {
  const seen = new Set([...reviews, ...overrides].map(({ commit }) => commit));
  const known: Head[] = [{ sha: mergeBase, files: [] }, ...heads];
  const trees = new Map(known.filter(({ sha }) => seen.has(sha)).map((head) => [head.sha, head.files]));
  return [...trees].map(([commit, files]) => ({
    commit,
    files: files.map(treeFileOf),
  }));
}

function checksOf({ setting }: TrialCase): Extract<Facts["checks"], { state: "present" }>["value"] {
  return Object.entries(setting.checks ?? {}).map(([name, written]) => {
    const { conclusion, app } = typeof written === "string" ? { conclusion: written, app: undefined } : written;
    const pending = conclusion === "pending";
    return {
      ...{ name, app: app ?? null },
      ...{ status: pending ? "in_progress" : "completed", conclusion: pending ? null : conclusion },
    };
  });
}

function signaturesOf({ setting }: TrialCase, { commits }: Played) {
  return commits.map(({ commit, signature }) => {
    const reason = signature ?? setting.signatures ?? "unsigned";
    return { commit: commit.sha, verified: reason === "valid", reason };
  });
}
