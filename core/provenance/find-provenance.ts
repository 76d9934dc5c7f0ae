import { isByAgent } from "../change/authorship.ts";
import type { Commit } from "../change/change.ts";
import type { RawFinding } from "../findings/finding.ts";
import { isConflict } from "./commit-provenance.ts";
import { agentOfIdentity } from "./signals/signers.ts";
import { nearMisses } from "./trailers/near-misses.ts";
import type { CommitProvenance, Disagreement, JudgedChange, Signal, Trailer } from "./provenance.ts";
import { danglingDeclarations } from "./trailers/remediation.ts";
import { removedFromChange, removedFromCommit } from "./removed.ts";
import { selfReviews } from "./self-review.ts";
import { skipRequests } from "./trailers/skip-checks.ts";

/** The parts of a change that are looked at. */
export interface ChangeWords {
  commits: readonly Pick<Commit, "sha" | "message" | "messageProblems" | "author" | "committer">[];
}

/**
 * What is wrong with how the change says who wrote it; by commit, in order. Messages name known tools and keys only:
 * no word of a commit message is passed on.
 */
export function findProvenance({ commits }: ChangeWords, provenance: JudgedChange): RawFinding[] {
  const bySha = new Map(provenance.commits.map((commit) => [commit.sha, commit]));
  const disagreeing = Map.groupBy(provenance.disagreements, (disagreement) => disagreement.commit);
  const dangling = danglingDeclarations(provenance.commits);
  const findings = commits.flatMap((commit) => {
    const said = bySha.get(commit.sha);
    if (said === undefined) return [];
    const found = [
      ...skipRequests(commit.message, said.trailers).map((what) => skipped(what)),
      ...unspoken(said),
      ...conflict(said, provenance.signals),
      ...(disagreeing.get(commit.sha) ?? []).flatMap((found) => disagreement(found, said)),
      ...removedFromCommit(said, provenance.signals),
      ...malformed(commit.message),
      ...(dangling.has(commit.sha) ? [nothingDeclared] : []),
      ...said.trailers.flatMap(agentAsPerson),
      ...selfReviews(commit, said.trailers),
      ...oddMessage(commit.messageProblems),
    ];
    return onePerIdentity(found).map((part) => ({ ...part, place: { kind: "commit", sha: commit.sha } as const }));
  });
  return [...findings, ...unspokenChange(provenance), ...removedFromChange(provenance)];
}

type Part = Omit<RawFinding, "place">;

/** Ten thousand copies of one trailer are one finding. */
function onePerIdentity(parts: readonly Part[]): Part[] {
  return [...new Map(parts.map((part) => [`${part.rule}\n${part.identity}`, part])).values()];
}

function skipped(what: string): Part {
  const message = `The message holds ${what}, which asks for checks to be skipped or chosen by hand. The gate ran all the same.`;
  return { rule: "skip-checks-trailer", message, identity: what };
}

/** A commit whose author, committer or text bears a tool's mark while git's trailers name no tool. */
function unspoken({ signals }: CommitProvenance): Part[] {
  const mark = signals.find(isToolMark);
  if (mark === undefined || signals.some(isSpoken)) return [];
  const message = `${nameOf(mark)} left its mark in the commit (${whereOf(mark)}), and no trailer says that a tool took part.`;
  return [{ rule: "detected-without-trailer", message, identity: mark.source }];
}

/** The same for the change as a whole: one finding, not one a commit. */
function unspokenChange({ commits, signals }: JudgedChange): RawFinding[] {
  const mark = signals.find(isToolMark);
  if (mark === undefined || commits.some((commit) => commit.signals.some(isSpoken))) return [];
  const message = `${nameOf(mark)} left its mark on the change (${whereOf(mark)}), and no commit has a trailer that says so.`;
  return [{ rule: "detected-without-trailer", place: { kind: "change" }, message, identity: mark.source }];
}

/** A record beside a commit is no mark in it: where it and the trailers differ, that is a disagreement. */
function isToolMark(signal: Signal): boolean {
  return signal.class !== "note" && isByAgent(signal.verdict);
}

function isSpoken(signal: Signal): boolean {
  return signal.class === "trailer" && isByAgent(signal.verdict);
}

/** A contradiction between words and a record is a disagreement, with words of its own. */
function conflict(commit: CommitProvenance, ofChange: readonly Signal[]): Part[] {
  if (!commit.conflict || !isConflict([...commit.signals, ...ofChange])) return [];
  const who = commit.agent ?? "a tool we do not know";
  const message = `The commit says \`AI-Assisted: no\` and bears the mark of ${who}. The mark counts.`;
  return [{ rule: "provenance-conflict", message, identity: who }];
}

/** A person's ruling settles what they say; a denied record is a conflict, and reported as such. */
function disagreement({ kind, source, aiLines, agent }: Disagreement, commit: CommitProvenance): Part[] {
  if (commit.ruling !== null || kind === "denied-but-attested") return [];
  const lines = aiLines === 1 ? "1 line" : `${aiLines} lines`;
  const silence = commit.signals.some(isToolMark)
    ? "the commit names another"
    : "no trailer says that a tool took part";
  const message =
    kind === "attested-not-declared"
      ? `A record of ${source} shows ${lines} by ${agent ?? "a tool"}, and ${silence}.`
      : `The commit names a tool, and the record of ${source} shows no line by one. The commit's own word counts.`;
  return [{ rule: "provenance-disagreement", message, identity: `${kind} ${source}` }];
}

/** A line in the wrong place is no fault to report: squashing moves trailers, and the mark counts where it stands. */
function malformed(message: string): Part[] {
  const faults = nearMisses(message).filter(({ kind }) => kind !== "place");
  return faults.map(({ line, says }) => ({
    rule: "malformed-trailer",
    message: `Line ${line} of the message: ${says}`,
    identity: says,
  }));
}

const nothingDeclared: Part = {
  rule: "malformed-trailer",
  message:
    "`AI-Declares` names no earlier commit of this change, so it declares nothing. A rebase gives commits new ids.",
  identity: "AI-Declares",
};

function agentAsPerson({ key, value }: Trailer): Part[] {
  const rule = personKeys.get(key.toLowerCase());
  const agent = rule === undefined ? null : agentOfIdentity(value);
  if (rule === undefined || agent === null) return [];
  const message =
    rule === "agent-signed-off"
      ? `The commit is signed off by ${agent}, a tool, which cannot certify where a change comes from.`
      : `The commit names ${agent}, a tool, as its reviewer.`;
  return [{ rule, message, identity: agent }];
}

const personKeys: ReadonlyMap<string, "agent-signed-off" | "agent-reviewed"> = new Map([
  ["signed-off-by", "agent-signed-off"],
  ["reviewed-by", "agent-reviewed"],
]);

function oddMessage(problems: readonly string[]): Part[] {
  if (problems.length === 0) return [];
  const message = `The stored message is odd: ${problems.map(oddity).join("; ")}.`;
  return [{ rule: "odd-message", message, identity: "message" }];
}

/** Facts may come from a file, so their sentences are recognised and not repeated. */
function oddity(problem: string): string {
  const known = oddities.find(([word]) => problem.includes(word));
  return known?.[1] ?? "it is not an ordinary text";
}

const oddities: readonly (readonly [string, string])[] = [
  ["NUL", "it goes on after a NUL byte, where git shows no more of it"],
  ["bytes", "it is too long to be read whole"],
  ["UTF-8", "it is not valid UTF-8"],
  ["encoding", "it is in an encoding that cannot be read, or lies about it"],
];

function nameOf({ agent }: Signal): string {
  return agent ?? "A tool we do not know";
}

function whereOf({ place, kind }: Signal): string {
  const field = place.field.replaceAll("-", " ");
  return place.line === null ? field : `${kind.replaceAll("-", " ")}, ${field} line ${place.line}`;
}
