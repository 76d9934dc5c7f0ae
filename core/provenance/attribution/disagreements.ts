import { isByAgent } from "../../change/authorship.ts";
import type { AttributedLines, Attribution } from "./attribution.ts";
import { attributedCounts, type AddedByPath } from "./attribution-signals.ts";
import { denies } from "../commit-provenance.ts";
import type { CommitProvenance, Disagreement, Signal } from "../provenance.ts";

/**
 * The commits whose own words and whose records say different things, both ways; in the order of the commits, and of the
 * records of each. A record that was not read whole and shows no line by a tool proves nothing, nor does one of a commit
 * that adds no line (`addedLinesByCommit`, where known), nor one that the change carries in its own tree: those show
 * what tools wrote, not what they did not.
 */
export function disagreements(
  commits: readonly Pick<CommitProvenance, "sha" | "signals">[],
  attributions: readonly Attribution[],
  { addedLinesByCommit, ownLinesByMerge }: KnownLines = {},
): Disagreement[] {
  const byCommit = Map.groupBy(attributions, ({ commit }) => commit);
  return commits.flatMap((commit) => {
    const records = byCommit.get(commit.sha) ?? [];
    if (records.length === 0) return [];
    const own = ownLinesByMerge?.get(commit.sha);
    if (own === undefined) return ofCommit(commit, records, addedLinesByCommit?.get(commit.sha));
    // A merge adds what it brings itself, and what its record does not show of those lines proves nothing.
    return ofCommit(
      commit,
      records.map((record) => onlyOwn(record, own)),
      0,
    );
  });
}

/** Lines `start` to `end`, inclusive, from 1. */
interface Stretch {
  start: number;
  end: number;
}

/** Of each merge the lines in its own tree that no parent brought, by path; ascending, not overlapping. */
export type OwnLinesByMerge = ReadonlyMap<string, ReadonlyMap<string, readonly Stretch[]>>;

/** What is known of the lines that commits bring. */
export interface KnownLines {
  /** Lines that each commit adds against its first parent, where that is known. */
  addedLinesByCommit?: ReadonlyMap<string, number>;
  /** The same, line by line. */
  addedByCommit?: ReadonlyMap<string, AddedByPath>;
  ownLinesByMerge?: OwnLinesByMerge;
}

/** The record without the lines that the merge only took over: recorders repeat those of the merged commits. */
function onlyOwn(record: Attribution, own: ReadonlyMap<string, readonly Stretch[]>): Attribution {
  const files = record.files.map(({ path, lines }) => ({ path, lines: overlaps(lines, own.get(path) ?? []) }));
  return { ...record, files, totals: null };
}

/** What both have; both ascend, and are gone through once. */
function overlaps(lines: readonly AttributedLines[], own: readonly Stretch[]): AttributedLines[] {
  const both: AttributedLines[] = [];
  for (let line = 0, stretch = 0; line < lines.length && stretch < own.length;) {
    const [a, b] = [lines[line]!, own[stretch]!];
    const part = { ...a, start: Math.max(a.start, b.start), end: Math.min(a.end, b.end) };
    if (part.start <= part.end) both.push(part);
    if (a.end < b.end) line += 1;
    else stretch += 1;
  }
  return both;
}

/** True when the two exclude each other: silence beside a record does not. */
export function isContradiction({ kind }: Disagreement): boolean {
  return kind !== "attested-not-declared";
}

function ofCommit(
  { sha, signals }: Pick<CommitProvenance, "sha" | "signals">,
  records: readonly Attribution[],
  addedLines: number | undefined,
): Disagreement[] {
  const said = signals.filter((signal) => signal.class !== "note");
  const words = { denied: said.some(denies), declared: said.some(namesTool), agents: declaredAgents(said) };
  const counted = records.map((record) => ({ record, counts: attributedCounts(record) }));
  const someAttest = counted.some(({ counts }) => counts.aiLines > 0);
  return counted.flatMap(({ record, counts }) => {
    const provesNone = !someAttest && isProof(record) && addedLines !== 0;
    const isDeclared = said.some((signal) => namesTool(signal) && !pointsTo(record, signal));
    const kind =
      counts.aiLines > 0
        ? whenAttested(words, counts.agent)
        : provesNone && isDeclared
          ? "declared-not-attested"
          : null;
    return kind === null ? [] : [{ commit: sha, kind, source: record.source, ...counts }];
  });
}

interface Words {
  denied: boolean;
  declared: boolean;
  /** Null when some mark names no tool, which may be any. */
  agents: ReadonlySet<string> | null;
}

/** A tool that the record names and the words do not is not declared, although another one is. */
function whenAttested({ denied, declared, agents }: Words, agent: string | null): Disagreement["kind"] | null {
  if (denied) return "denied-but-attested";
  const isOther = agents !== null && agent !== null && !agents.has(agent);
  return declared && !isOther ? null : "attested-not-declared";
}

function declaredAgents(said: readonly Signal[]): ReadonlySet<string> | null {
  const agents = said.filter(namesTool).map((signal) => signal.agent);
  const known = agents.filter((agent) => agent !== null);
  return known.length === agents.length ? new Set(known) : null;
}

function isProof({ strength, unread }: Attribution): boolean {
  return strength === "attested" && unread.length === 0;
}

/** The recorder's own line in the message says where its record stands, and not what the record will show. */
function pointsTo({ source }: Attribution, signal: Signal): boolean {
  return signal.kind === "session" && signal.source === source;
}

/** A suggestion that a person accepted was written elsewhere, where no recorder runs. */
function namesTool({ verdict }: Signal): boolean {
  return isByAgent(verdict);
}
