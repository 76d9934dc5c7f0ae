import type { Verdict } from "../change/authorship.ts";
import { modelName } from "./models.ts";
import type { EarlierVerdict, Signal } from "./provenance.ts";
import { toolNamed } from "./tool-names.ts";

/** What earlier readings showed: of commits that are still there, by commit, and of the change for those that are gone. */
export interface EarlierSignals {
  byCommit: ReadonlyMap<string, readonly Signal[]>;
  ofChange: readonly Signal[];
}

/**
 * Earlier verdicts as signals. Only those of a tool are remembered: they raise what a rewritten history no longer shows.
 * An earlier `human` or `automation` could only loosen what is asked of a commit that says nothing now.
 */
export function earlierSignals(earlier: readonly EarlierVerdict[], commits: ReadonlySet<string>): EarlierSignals {
  const remembered = earlier.filter(({ verdict }) => ofTools.has(verdict));
  const present = remembered.filter(({ commit }) => commits.has(commit));
  const gone = remembered.filter(({ commit }) => !commits.has(commit));
  return {
    byCommit: Map.groupBy(
      present.map((verdict) => earlierSignal(verdict, verdict.commit)),
      ({ place }) => place.commit ?? "",
    ),
    ofChange: gone.map((verdict) => earlierSignal(verdict, null)),
  };
}

const ofTools: ReadonlySet<Verdict> = new Set(["agent-authored", "agent-assisted", "suggestion"]);

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
