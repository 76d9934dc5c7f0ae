import type { SpokenCommit } from "../commit-provenance.ts";
import { isCommitId } from "./grammars.ts";
import { markOf } from "../signals/marks.ts";
import type { CommitProvenance, Signal, Trailer } from "../provenance.ts";

/** What later commits declare for one. */
export interface Remediation {
  remediations: CommitProvenance["remediations"];
  signals: Signal[];
}

/**
 * `AI-Declares: <commit id>` makes the trailers of its commit speak for an earlier commit of the change too, so that a
 * declaration can be made without rewriting history. By the id of the commit that is declared for. Only git's own
 * trailers count, on both sides. `commits` are in their order, parents before children.
 */
export function remediationsOf(commits: readonly SpokenCommit[]): ReadonlyMap<string, Remediation> {
  const found = new Map<string, Remediation>();
  const earlier = new EarlierCommits();
  for (const commit of commits) {
    const targets = targetsOf(commit, earlier);
    if (targets.size > 0) addDeclaration(found, commit, targets);
    earlier.add(commit.sha);
  }
  return found;
}

/** The commits with an `AI-Declares` that names no earlier commit of the change: after a rebase the ids are others. */
export function danglingDeclarations(commits: readonly Pick<SpokenCommit, "sha" | "trailers">[]): ReadonlySet<string> {
  const dangling = new Set<string>();
  const earlier = new EarlierCommits();
  for (const { sha, trailers } of commits) {
    if (idsOf(trailers).some((id) => earlier.named(id) === null)) dangling.add(sha);
    earlier.add(sha);
  }
  return dangling;
}

const shortestId = 12;
/** More trailers and more declarations say no more, and every commit of a change could be declared for by all later ones. */
const mostTrailers = 50;
const mostDeclarations = 20;

/** Commits by how their ids begin; an id that fits two names neither. */
class EarlierCommits {
  readonly #byStart = new Map<string, string[]>();

  add(sha: string): void {
    const start = sha.slice(0, shortestId);
    this.#byStart.set(start, [...(this.#byStart.get(start) ?? []), sha]);
  }

  named(id: string): string | null {
    const [only, ...more] = (this.#byStart.get(id.slice(0, shortestId)) ?? []).filter((sha) => sha.startsWith(id));
    return only === undefined || more.length > 0 ? null : only;
  }
}

function targetsOf({ trailers }: SpokenCommit, earlier: EarlierCommits): Set<string> {
  return new Set(idsOf(trailers).flatMap((id) => earlier.named(id) ?? []));
}

function idsOf(trailers: readonly Trailer[]): string[] {
  return trailers
    .filter(({ key, value }) => key.toLowerCase() === "ai-declares" && isCommitId(value))
    .map(({ value }) => value.toLowerCase());
}

function addDeclaration(found: Map<string, Remediation>, commit: SpokenCommit, targets: ReadonlySet<string>): void {
  const trailers = commit.trailers.filter(speaksOfTools).slice(0, mostTrailers);
  const signals = commit.signals
    .filter((signal) => signal.class === "trailer")
    .map((signal): Signal => ({ ...signal, kind: "remediation" }));
  for (const target of targets) {
    const known = found.get(target) ?? { remediations: [], signals: [] };
    if (known.remediations.length < mostDeclarations) known.remediations.push({ commit: commit.sha, trailers });
    known.signals.push(...signals);
    found.set(target, known);
  }
}

/** A sign-off or a review is of the commit it stands in. */
function speaksOfTools({ key, value }: Trailer): boolean {
  return key.toLowerCase() !== "signed-off-by" && markOf(key, value) !== null;
}
