import { isByTool } from "../change/authorship.ts";
import { unaccounted, type ShownCommit } from "./gone-commits.ts";
import { modelName } from "./tools/models.ts";
import type { EarlierVerdict, Signal } from "./provenance.ts";
import { toolNamed } from "./tools/tool-names.ts";

/** What earlier readings showed: of commits that are still there, by commit, and of the change for those that were lost. */
export interface EarlierSignals {
  byCommit: ReadonlyMap<string, readonly Signal[]>;
  ofChange: readonly Signal[];
}

/**
 * Earlier verdicts as signals. Only those of a tool are remembered: they raise what a rewritten history no longer shows.
 * An earlier `human` or `automation` could only loosen what is asked of a commit that says nothing now. `commits` are
 * those of the change, in order.
 */
export function earlierSignals(earlier: readonly EarlierVerdict[], commits: readonly ShownCommit[]): EarlierSignals {
  const here = new Set(commits.map(({ sha }) => sha));
  const present = earlier.filter(({ commit, verdict }) => isByTool(verdict) && here.has(commit));
  return {
    byCommit: Map.groupBy(
      present.map((verdict) => earlierSignal(verdict, verdict.commit)),
      ({ place }) => place.commit ?? "",
    ),
    ofChange: unaccounted(earlier, commits).map((verdict) => earlierSignal(verdict, null)),
  };
}

/** Names are looked up again: facts may come from a file, and a name must not be able to carry instructions. */
function earlierSignal({ verdict, agent, model }: EarlierVerdict, commit: string | null): Signal {
  return {
    kind: "earlier",
    source: "earlier",
    agent: agent === null ? null : (toolNamed(agent)?.id ?? null),
    model: model === null ? null : modelName(model),
    class: "note",
    strength: "claim",
    verdict,
    place: { commit, field: "earlier", line: null },
    raw: "",
  };
}
