import { inertText } from "../../untrusted/index.ts";
import { isInPlace } from "../boundary-place.ts";
import { stepsOfBoundaries } from "../boundary-steps.ts";
import { branchMatches } from "../branch-list.ts";
import type { Reason } from "../decision.ts";
import { kindsOf } from "../file-kinds.ts";
import type { Answer, JudgedFile, Scope } from "../judged.ts";
import type { Boundary } from "../policy.ts";
import { few, missed, satisfied } from "../reasons.ts";
import { listed, showWho } from "../recipes.ts";
import type { Requirement } from "../requirement.ts";
import { forbidSchema, resolveForbid, type WrittenForbid } from "../written/boundary.ts";
import { spend, type Work } from "../work.ts";

/**
 * Asks that agents stay within the boundaries: no file lies in all given parts of one of them and was written, in whole
 * or in part, by an agent that it names.
 */
export const forbid: Requirement<WrittenForbid, readonly Boundary[]> = {
  schema: forbidSchema,
  facts: ["change", "provenance", "authorship", "files"],
  resolve: resolveForbid,
  compare: stepsOfBoundaries,
  asksOnlyOfAi: () => true,
  check: (boundaries, scope) => {
    const answers = scope.files.map((file) => ({ file, answer: crosses(boundaries, file, scope) }));
    const crossed = answers.filter(({ answer }) => answer.state === "yes");
    const open = answers.filter(({ answer }) => answer.state === "unknown");
    if (crossed.length > 0) {
      const says = `files that agents may not change: ${crossed.length}`;
      return missed(says, howToKeepOut(crossed.map(({ file }) => file)), few(crossed.map(told("no"))));
    }
    if (open.length === 0) return satisfied("no agent changed what agents may not change");
    const says = `files of which nobody knows whether an agent may have changed them: ${open.length}`;
    const byTool = open.some(({ file }) => !file.aiByClaim);
    const fix = byTool ? "Name the tool in the commits' trailers: `Assisted-by: <agent>:<model>`." : showWho;
    return {
      state: "undecided",
      reason: { says, state: "unknown", fix, reasons: few(open.map(told("unknown"))) },
    };
  },
};

function howToKeepOut(files: readonly JudgedFile[]): string {
  const [claimed, others] = [files.filter(({ aiByClaim }) => aiByClaim), files.filter(({ aiByClaim }) => !aiByClaim)];
  const takeOut = `Leave these files to a person: take what an agent wrote out of ${listed(others.map(({ shown }) => shown))}.`;
  return [...(others.length === 0 ? [] : [takeOut]), ...(claimed.length === 0 ? [] : [showWho])].join(" ");
}

function told(state: Reason["state"]) {
  return ({ answer }: { answer: Answer }): Reason => ({ says: answer.says, state, fix: null, reasons: [] });
}

/** The strictest of what the boundaries say of one file. */
function crosses(boundaries: readonly Boundary[], file: JudgedFile, scope: Scope): Answer {
  const answers = boundaries.map((boundary) => crossesOne(boundary, file, scope));
  const within: Answer = { state: "no", says: `${file.shown} lies outside every boundary` };
  return answers.find(({ state }) => state === "yes") ?? answers.find(({ state }) => state === "unknown") ?? within;
}

function crossesOne(boundary: Boundary, file: JudgedFile, scope: Scope): Answer {
  const place = inPlace(boundary, file, scope.change.work);
  if (place.state === "no") return place;
  const parts = [onBranch(boundary, scope), place, byAgent(boundary, file, scope)];
  const off = parts.find(({ state }) => state === "no");
  const unknown = parts.find(({ state }) => state === "unknown");
  const says = parts.flatMap((part) => (part.says === "" ? [] : [part.says])).join(", ");
  return off ?? unknown ?? { state: "yes", says: `${file.shown} ${says}` };
}

/** By the base branch: that is what agents may not propose to. */
function onBranch({ branches }: Boundary, { change }: Scope): Answer {
  if (branches.length === 0) return yes("");
  const { name } = change.subject.change.base;
  if (name === null) return { state: "unknown", says: "the base branch is not known" };
  const state = branchMatches(branches, name) ? "yes" : "no";
  return { state, says: `goes to ${inertText(name, { maxGraphemes: 100 })}` };
}

function inPlace(boundary: Boundary, file: JudgedFile, work: Work): Answer {
  if (!isInPlace(boundary, file.subject, work)) return { state: "no", says: `${file.shown} lies outside the boundary` };
  const found = kindsOf(file.subject).filter((kind) => boundary.kinds.includes(kind));
  return yes(found.length === 0 ? "lies where agents may not write" : `is a file of kind ${found.join(", ")}`);
}

/** Whether an agent wrote in the file is what `ai` says; which one, if it matters, its commits and lines. */
function byAgent({ agents }: Boundary, file: JudgedFile, scope: Scope): Answer {
  if (file.ai.state !== "yes") return file.ai;
  const writers = agentsOf(file, scope);
  const named = [...writers].filter((agent) => agent !== null);
  const claimed = "is claimed to be no AI's, and the policy does not accept claims in this area";
  if (agents.length === 0)
    return yes(file.aiByClaim ? claimed : `counts as AI-assisted${named.length === 0 ? "" : ` (${shown(named)})`}`);
  const { sameAgent } = scope.change.vocabulary;
  const meant = named.filter((agent) => agents.some((name) => sameAgent(name, agent)));
  if (meant.length > 0) return yes(`was written with ${shown(meant)}`);
  if (file.aiByClaim) return { state: "unknown", says: `${file.shown} ${claimed}` };
  if (writers.has(null)) return { state: "unknown", says: `nothing names the agent that wrote in ${file.shown}` };
  return { state: "no", says: `${file.shown} was written with ${shown(named)}` };
}

/** Of the commits that touched it and of the lines in it, as far as they count as AI there; null for one that nothing names. */
function agentsOf(file: JudgedFile, { change, commits }: Scope): Set<string | null> {
  const { subject } = change;
  const written = subject.authorship.files.get(file.subject.file.path) ?? [];
  spend(change.work, stepsOfWriter * (commits.length + file.subject.commits.length + written.length));
  const touching = new Set(file.subject.commits);
  const ofCommits = commits
    .filter(({ commit, provenance }) => touching.has(commit.sha) && file.countsAsAi(provenance.verdict, commit.sha))
    .flatMap(({ provenance }) => {
      const marks = [...provenance.signals, ...subject.provenance.signals];
      const signs = marks.flatMap(({ agent, verdict }) => (agent !== null && file.countsAsAi(verdict) ? [agent] : []));
      return provenance.agent === null && signs.length > 0 ? signs : [provenance.agent, ...signs];
    });
  const ofLines = written.filter(({ writer }) => file.countsAsAi(writer.verdict)).map(({ writer }) => writer.agent);
  const all = new Set([...ofCommits, ...ofLines]);
  return all.size === 0 ? new Set([null]) : all;
}

/** Looking at one commit or stretch of lines: as long as comparing so many characters. */
const stepsOfWriter = 10;

function yes(says: string): Answer {
  return { state: "yes", says };
}

function shown(agents: readonly string[]): string {
  return inertText([...new Set(agents)].sort().join(", "), { maxGraphemes: 200 });
}
