import { isDeepStrictEqual } from "node:util";
import type { Remote } from "../../adapters/git/remote.ts";
import type { RangeRequest } from "../../adapters/git/resolve-range.ts";
import type { GitRepository } from "../../adapters/git/run-git.ts";
import type { Evidence } from "../../core/evidence.ts";
import type { Facts, PullRequest } from "../../core/facts.ts";
import type { People } from "../../core/ownership/index.ts";
import { Problem } from "../../core/problem.ts";
import { readFacts, type GateInput } from "../../gate/read-facts.ts";
import { replay } from "../../gate/run-gate.ts";
import type { PlatformReader } from "../../gate/read-platform.ts";
import { policyOf } from "../../gate/wanted-people.ts";
import type { Evaluation } from "../evaluation.ts";
import { learnBases } from "../named-bases.ts";
import type { Subject } from "../subject.ts";
import { rightsOf } from "./askers.ts";
import { withClaimedCoverage } from "./claimed-coverage.ts";
import type { Bench } from "./evaluator.ts";
import type { Place } from "./find-repository.ts";
import { checkPolicyOnce } from "./policy-once.ts";
import {
  forgetIdle,
  lastingVerdicts,
  possibleOverrides,
  remember,
  withCommands,
  withLasting,
  type Recalled,
} from "./recall.ts";
import { withMemberCommands, type RecalledMember } from "./recall-members.ts";
import { withSteadyLoad } from "./steady-load.ts";
import { Undecidable } from "./unjudged.ts";

/** What is judged, and by whose word. */
export interface Case {
  place: Place;
  remote: Remote;
  /** The mirror, with everything in it. */
  repository: GitRepository;
  range: RangeRequest;
  /** GitHub's id of the fork that the head comes from; null or left out: of none that is there. */
  headRepository?: number | null;
  pullRequest: Evidence<PullRequest>;
  branch: Evidence<string>;
  platform: PlatformReader | null;
  recalled: Recalled;
  /** Of a merge group: its pull requests, whose comments speak in it. */
  members?: readonly RecalledMember[];
}

/** Reads the facts, lets people's commands speak, decides, and remembers what must stay. */
export async function judge(bench: Bench, subject: Subject, judged: Case): Promise<Evaluation> {
  const { ports } = bench;
  const own = await readFacts(gateInput(bench, judged), { now: () => ports.clock.now(), stage: ports.stage });
  try {
    return await judgeFacts(bench, subject, judged, own);
  } catch (error) {
    throw error instanceof Problem ? new Undecidable(own, error) : error;
  }
}

async function judgeFacts(bench: Bench, subject: Subject, judged: Case, own: Facts): Promise<Evaluation> {
  const { ports } = bench;
  await checkPolicyOnce(bench, subject, judged.place, own);
  const steady = await withSteadyLoad(ports.store, subject, own, judged.recalled.memos);
  const read = await withClaimedCoverage(judged, steady);
  const asking = { ports, subject, github: judged.place.github };
  const rights = await rightsOf(asking, read, judged.recalled);
  const { facts, review, replies, settled } = await decide(bench, subject, { read, rights }, judged);
  await learn(bench, judged.place, facts);
  const lasting = lastingVerdicts(subject, review);
  await forgetIdle(ports.store, judged.recalled);
  const earlier = await remember(ports.store, subject, { lasting, settled }, facts.asOf);
  return { state: "judged", subject, head: facts.change.head.sha, facts, review, earlier, replies };
}

/** A push to a branch is looked at where the policy names that branch, and nobody reads a policy for each push. */
async function learn({ ports: { store } }: Bench, { id, named }: Place, { change, policy, floors, asOf }: Facts) {
  if (change.base.name !== named.defaultBranch || policy.state === "absent") return;
  const used = policyOf(change, { policy, floors });
  if (used !== null) await learnBases(store, id, used, asOf);
}

/**
 * What is remembered of a judgement is part of what the next one finds. It is judged with that at once: otherwise the same
 * change would be another evaluation the second time, and be published twice.
 */
async function decide(
  { ports }: Bench,
  subject: Subject,
  { read, rights }: { read: Facts; rights: People["writers"] },
  { recalled, members }: Pick<Case, "recalled" | "members">,
) {
  const decided = async (known: Recalled) => {
    const { facts, replies, settled } = members
      ? { facts: withMemberCommands(read, members, rights), replies: [], settled: [] }
      : withCommands(read, known, rights);
    return { ...(await replay(facts, ports)), replies, settled };
  };
  const first = await decided(recalled);
  const known = withLasting(recalled, lastingVerdicts(subject, first.review));
  return isDeepStrictEqual(known.earlier, recalled.earlier) ? first : decided(known);
}

function gateInput(
  { settings }: Bench,
  { place, remote, repository, range, pullRequest, branch, platform, recalled }: Case,
): GateInput {
  return {
    ...{ clone: repository, range, repository: place.repository, pullRequest, branch },
    policy: { from: "base", path: null },
    // Nothing of a pull request runs here: what the Action's report claims is added afterwards.
    coverage: { folder: repository.gitDir, head: null, base: null, tested: null, baseline: null },
    notesFrom: remote,
    earlier: recalled.earlier,
    floors: { clones: new Map(), server: { url: settings.webUrl, token: remote.token }, set: [] },
    ...(platform === null ? {} : { platform }),
    given: { overrides: possibleOverrides(recalled) },
  };
}
