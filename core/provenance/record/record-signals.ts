import { isByTool, verdicts } from "../../change/authorship.ts";
import { modelName } from "../tools/models.ts";
import { strengths, type EarlierVerdict, type Signal } from "../provenance.ts";
import { readRecordBlocks } from "./record-block.ts";
import type { ProvenanceRecord } from "./record.ts";
import { toolNamed } from "../tools/tool-names.ts";

/** What records say: of commits of the change, by commit, and of the change as a whole. */
export interface RecordSignals {
  byCommit: ReadonlyMap<string, readonly Signal[]>;
  ofChange: readonly Signal[];
}

/**
 * The blocks of a pull request's body as signals. They are claims, which whoever opened the pull request can edit, so
 * they only raise: a commit that a block names, and the change as a whole by what is said of commits that are gone.
 */
export function blockSignals(body: string, commits: ReadonlySet<string>): RecordSignals {
  const signals = readRecordBlocks(body).records.flatMap(({ record, line }) => {
    const here = ofTools(record.commits.filter(({ sha }) => commits.has(sha)).map(declaredThere));
    const gone = ofTools([
      ...record.commits.filter(({ sha }) => !commits.has(sha)).map(wholeVerdict),
      ...unnamed(record),
    ]);
    return [
      ...here.map((said) => recordSignal(said, said.commit, { strength: "claim", field: "pull-request-body", line })),
      ...gone.map((said) => recordSignal(said, null, { strength: "claim", field: "pull-request-body", line })),
    ];
  });
  return byPlace(signals);
}

/**
 * What notes in `refs/notes/ai-provenance` say of commits of the change, as `verdictsOfNote` read them. Each is as strong
 * as the evidence that it was made of: writing a claim into a note makes it no more.
 */
export function noteSignals(records: readonly EarlierVerdict[], commits: ReadonlySet<string>): RecordSignals {
  const here = ofTools(records).filter(({ commit }) => commits.has(commit));
  return byPlace(
    here.map((said) =>
      recordSignal(said, said.commit, { strength: said.strength ?? "claim", field: "note", line: null }),
    ),
  );
}

/**
 * What a note on a commit says. A squash stands for the commits of its record, whose trailers it loses: it has the
 * strongest of their verdicts. A commit that the record names, and a merge, keep what each commit says itself.
 */
export function verdictsOfNote(
  noted: { sha: string; parents: readonly string[] },
  record: ProvenanceRecord,
): EarlierVerdict[] {
  const isMerge = noted.parents.length > 1 && noted.parents.includes(record.head.sha);
  if (isMerge || record.commits.some(({ sha }) => sha === noted.sha)) return ofTools(record.commits.map(declaredThere));
  const all = ofTools([...record.commits.map(wholeVerdict), ...unnamed(record)]);
  const strongest = all.toSorted((a, b) => rank(a) - rank(b))[0];
  return strongest === undefined ? [] : [{ ...strongest, commit: noted.sha }];
}

type Recorded = ProvenanceRecord["commits"][number];

/**
 * Of a commit that is there: the tools' records of its lines speak for themselves, line by line. How strong the evidence
 * for the rest is, the record says only where they did not raise the verdict.
 */
function declaredThere({ sha, verdict, declared, strength, agent, model }: Recorded): EarlierVerdict {
  const known = verdict === declared ? strength : null;
  return { commit: sha, verdict: declared, agent, model, strength: known ?? "claim" };
}

function wholeVerdict({ sha, verdict, strength, agent, model }: Recorded): EarlierVerdict {
  return { commit: sha, verdict, agent, model, strength: strength ?? "claim" };
}

/** Lower is stronger: by verdict, then by evidence. */
function rank({ verdict, strength = "claim" }: EarlierVerdict): number {
  return verdicts.indexOf(verdict) * 10 + strengths.indexOf(strength);
}

/** A compact record counts commits that it does not name. */
function unnamed({ leftOut, head, totals, tools }: ProvenanceRecord): EarlierVerdict[] {
  const strongest = verdicts.find((verdict) => totals.commits[verdict] > 0);
  if (leftOut.commits === 0 || strongest === undefined) return [];
  const [{ agent, model } = { agent: null, model: null }] = tools;
  return [{ commit: head.sha, verdict: strongest, agent, model, strength: "claim" }];
}

/** `human` and `automation` could only loosen what is asked of a commit that says nothing itself. */
function ofTools(said: readonly EarlierVerdict[]): EarlierVerdict[] {
  return said.filter(({ verdict }) => isByTool(verdict));
}

type Source = Pick<Signal, "strength"> & Pick<Signal["place"], "line"> & { field: "note" | "pull-request-body" };

/** Names are looked up again: a record may come from anybody, and a name must not be able to carry instructions. */
function recordSignal(
  { verdict, agent, model }: EarlierVerdict,
  commit: string | null,
  { strength, field, line }: Source,
): Signal {
  return {
    kind: "record",
    source: "ai-provenance",
    agent: agent === null ? null : (toolNamed(agent)?.id ?? null),
    model: model === null ? null : modelName(model),
    class: field === "note" ? "note" : "embedded",
    strength,
    verdict,
    place: { commit, field, line },
    raw: "",
  };
}

function byPlace(signals: readonly Signal[]): RecordSignals {
  const ofCommits = signals.filter(({ place }) => place.commit !== null);
  return {
    byCommit: Map.groupBy(ofCommits, ({ place }) => place.commit ?? ""),
    ofChange: signals.filter(({ place }) => place.commit === null),
  };
}
