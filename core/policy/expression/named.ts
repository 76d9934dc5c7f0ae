import { isByTool } from "../../change/authorship.ts";
import type { CommitProvenance } from "../../provenance/provenance.ts";
import type { JudgedChange, JudgedFile } from "../judged.ts";

/** What a mark of a tool names, and what it says about whoever wrote. */
type Mark = Pick<CommitProvenance, "agent" | "model" | "verdict">;

/** The tools or models that the evidence names; null stands for a tool's work that names none. */
type Named = readonly (string | null)[];

/** What the commits that touched a file say, in their order. */
export function commitsTouching({ subject }: JudgedFile, change: JudgedChange): readonly CommitProvenance[] {
  const bySha = commitsOf(change);
  return subject.commits.flatMap((sha) => bySha.get(sha) ?? []);
}

/** Tools that the commits, lines and signals of a file name. */
export function agentsOf(file: JudgedFile, change: JudgedChange): Named {
  return namedInFile("agent", file, change);
}

/** Models that they name. */
export function modelsOf(file: JudgedFile, change: JudgedChange): Named {
  return namedInFile("model", file, change);
}

/** The same of the whole change. */
export function namedInChange(key: "agent" | "model", change: JudgedChange): Named {
  const writers = [...change.subject.authorship.files.values()].flat().map(({ writer }) => writer);
  return namesIn(key, change.subject.provenance.commits, writers, change);
}

const ofFiles = { agent: new WeakMap<JudgedFile, Named>(), model: new WeakMap<JudgedFile, Named>() };

/** A file is asked about once for every rule; a judged file belongs to one change. */
function namedInFile(key: "agent" | "model", file: JudgedFile, change: JudgedChange): Named {
  const known = ofFiles[key].get(file);
  if (known !== undefined) return known;
  const fresh = namesIn(key, commitsTouching(file, change), writersIn(file, change), change);
  ofFiles[key].set(file, fresh);
  return fresh;
}

function writersIn({ subject }: JudgedFile, change: JudgedChange): readonly Mark[] {
  return (change.subject.authorship.files.get(subject.file.path) ?? []).map(({ writer }) => writer);
}

function namesIn(
  key: "agent" | "model",
  commits: readonly CommitProvenance[],
  writers: readonly Mark[],
  { subject }: JudgedChange,
): Named {
  const signals = [...commits.flatMap((commit) => commit.signals), ...subject.provenance.signals];
  const named = signals.flatMap((signal) => signal[key] ?? []);
  const wrote = [...commits, ...writers].filter(({ verdict }) => isByTool(verdict)).map((mark) => mark[key]);
  return [...new Set([...named, ...wrote])];
}

const indexes = new WeakMap<readonly CommitProvenance[], ReadonlyMap<string, CommitProvenance>>();

/** Gone through once for all files. */
function commitsOf({ subject }: JudgedChange): ReadonlyMap<string, CommitProvenance> {
  const { commits } = subject.provenance;
  const known = indexes.get(commits);
  if (known !== undefined) return known;
  const fresh = new Map(commits.map((commit) => [commit.sha, commit]));
  indexes.set(commits, fresh);
  return fresh;
}
