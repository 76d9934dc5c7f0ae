import type { Attribution } from "./attribution.ts";
import { attributedCounts } from "./attribution-signals.ts";
import { denies } from "./commit-provenance.ts";
import type { CommitProvenance, Disagreement, Signal } from "./provenance.ts";

/**
 * The commits whose own words and whose records say different things, both ways; in the order of the commits, and of the
 * records of each. A record that was not read whole and shows no line by a tool proves nothing, nor does one of a commit
 * that adds no line (`addedLinesByCommit`, where known), nor one that the change carries in its own tree: those show
 * what tools wrote, not what they did not.
 */
export function disagreements(
  commits: readonly Pick<CommitProvenance, "sha" | "signals">[],
  attributions: readonly Attribution[],
  addedLinesByCommit: ReadonlyMap<string, number> = new Map(),
): Disagreement[] {
  const byCommit = Map.groupBy(attributions, ({ commit }) => commit);
  return commits.flatMap((commit) => {
    const records = byCommit.get(commit.sha) ?? [];
    return records.length === 0 ? [] : ofCommit(commit, records, addedLinesByCommit.get(commit.sha));
  });
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
  const words = { denied: said.some(denies), declared: said.some(namesTool) };
  const counted = records.map((record) => ({ record, counts: attributedCounts(record) }));
  const someAttest = counted.some(({ counts }) => counts.aiLines > 0);
  return counted.flatMap(({ record, counts }) => {
    const provesNone = !someAttest && isProof(record) && addedLines !== 0;
    const kind =
      counts.aiLines > 0 ? whenAttested(words) : provesNone && words.declared ? "declared-not-attested" : null;
    return kind === null ? [] : [{ commit: sha, kind, source: record.source, ...counts }];
  });
}

function whenAttested({ denied, declared }: { denied: boolean; declared: boolean }): Disagreement["kind"] | null {
  if (denied) return "denied-but-attested";
  return declared ? null : "attested-not-declared";
}

function isProof({ strength, unread }: Attribution): boolean {
  return strength === "attested" && unread.length === 0;
}

/** A suggestion that a person accepted was written elsewhere, where no recorder runs. */
function namesTool({ verdict }: Signal): boolean {
  return verdict === "agent-authored" || verdict === "agent-assisted";
}
