import { isByTool, verdicts, type Verdict } from "../change/authorship.ts";
import type { EarlierVerdict, Signal } from "./provenance.ts";
import { toolNamed } from "./tools/tool-names.ts";

/** A commit of the change as it is now. */
export interface ShownCommit {
  sha: string;
  /** Everything that speaks of it now, that of the whole change included; no earlier reading. */
  signals: readonly Signal[];
  /** ISO 8601, as the commit has it; undefined when that is not known. */
  authoredAt: string | undefined;
  /** Its added lines at head; undefined when that is not known. */
  addedLines: number | undefined;
}

/**
 * The earlier verdicts of commits that are gone and that no new commit accounts for; in their order. A commit that was
 * not there before accounts for one of them when it shows at least its verdict, and its agent. A rebase and an amend keep
 * the author's date: a new commit with the date of the gone one is that one, and no other accounts for it. A squash
 * accounts for several, where none of the other new commits can have their lines.
 */
export function unaccounted(earlier: readonly EarlierVerdict[], commits: readonly ShownCommit[]): EarlierVerdict[] {
  const here = new Set(commits.map(({ sha }) => sha));
  const before = new Set(earlier.map(({ commit }) => commit));
  const gone = earlier.filter(({ commit }) => !here.has(commit));
  const [marked, others] = [gone.filter(isOfTool), gone.filter((each) => !isOfTool(each))];
  if (marked.length === 0) return [];
  const fresh = new FreshCommits(commits.filter(({ sha }) => !before.has(sha)));
  const found = mostAsked(marked).map((each) => ({ each, is: fresh.takeDated(each) }));
  const undated = found.filter(({ is }) => is === "unknown").filter(({ each }) => !fresh.take(each));
  const squashed = undated.filter(({ each }) => fresh.haveSquashed(each, others));
  const accounted = new Set(squashed.map(({ each }) => each));
  const lost = [...found.filter(({ is }) => is === "stripped"), ...undated].map(({ each }) => each);
  const isLost = new Set(lost.filter((each) => !accounted.has(each)));
  return marked.filter((each) => isLost.has(each));
}

function isOfTool({ verdict }: EarlierVerdict): boolean {
  return isByTool(verdict);
}

/** Those that the fewest commits can account for come first, so that none takes another's place. */
function mostAsked(marked: readonly EarlierVerdict[]): EarlierVerdict[] {
  return marked.toSorted(
    (a, b) => Number(agentOf(a) === null) - Number(agentOf(b) === null) || rank(a.verdict) - rank(b.verdict),
  );
}

/** What one new commit shows of tools. */
interface FreshCommit {
  authoredAt: string | undefined;
  addedLines: number | undefined;
  /** Of its strongest verdict; lower is stronger. */
  rank: number;
  agents: ReadonlySet<string | null>;
}

/** The commits that were not there before; each accounts for one that is gone. */
class FreshCommits {
  readonly #commits: readonly FreshCommit[];
  readonly #free: Set<FreshCommit>;
  readonly #byDate: ReadonlyMap<string | undefined, readonly FreshCommit[]>;

  constructor(commits: readonly ShownCommit[]) {
    // The weakest first: the strongest are left for those that need them.
    this.#commits = commits.map(freshCommit).sort((a, b) => b.rank - a.rank);
    this.#free = new Set(this.#commits);
    this.#byDate = Map.groupBy(this.#commits, ({ authoredAt }) => authoredAt);
  }

  /** Takes the commit of the same date; one that shows less is that commit, stripped. */
  takeDated(gone: EarlierVerdict): "taken" | "stripped" | "unknown" {
    if (gone.authoredAt === undefined) return "unknown";
    const same = (this.#byDate.get(gone.authoredAt) ?? []).filter((commit) => this.#free.has(commit));
    if (same.length === 0) return "unknown";
    const found = same.find((commit) => shows(commit, gone));
    return found !== undefined && this.#free.delete(found) ? "taken" : "stripped";
  }

  take(gone: EarlierVerdict): boolean {
    const found = [...this.#free].find((commit) => shows(commit, gone));
    return found !== undefined && this.#free.delete(found);
  }

  /** Every new commit shows it, or is one of `others` that did not grow: its lines can be nowhere else. */
  haveSquashed(gone: EarlierVerdict, others: readonly EarlierVerdict[]): boolean {
    const rest = this.#commits.filter((commit) => !shows(commit, gone));
    return rest.length < this.#commits.length && rest.every((commit) => others.some((other) => isSame(commit, other)));
  }
}

function freshCommit({ signals, authoredAt, addedLines }: ShownCommit): FreshCommit {
  const marks = signals.filter(({ verdict }) => isByTool(verdict));
  const ranks = marks.map(({ verdict }) => rank(verdict));
  const agents = new Set(marks.map(({ agent }) => agent));
  return { authoredAt, addedLines, rank: Math.min(verdicts.length, ...ranks), agents };
}

function shows(commit: FreshCommit, gone: EarlierVerdict): boolean {
  const agent = agentOf(gone);
  return commit.rank <= rank(gone.verdict) && (agent === null || commit.agents.has(agent));
}

/** The same commit, rebased, with no more lines than it had. */
function isSame({ authoredAt, addedLines }: FreshCommit, other: EarlierVerdict): boolean {
  if (authoredAt === undefined || addedLines === undefined || other.addedLines === undefined) return false;
  return authoredAt === other.authoredAt && addedLines <= other.addedLines;
}

function agentOf({ agent }: EarlierVerdict): string | null {
  return agent === null ? null : (toolNamed(agent)?.id ?? null);
}

function rank(verdict: Verdict): number {
  return verdicts.indexOf(verdict);
}
