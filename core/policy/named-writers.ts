import { inertText } from "../untrusted/index.ts";
import type { JudgedCommit, Scope } from "./judged.ts";
import { shortSha } from "./recipes.ts";

/** One mark of a tool on what counts as AI: where it stands, and what it names. */
export interface NamedWriter {
  /** `commit 1a2b3c` or `lines of src/a.ts`, inert. */
  where: string;
  /** Null where nothing names it. */
  agent: string | null;
  model: string | null;
}

/**
 * Every tool that the AI commits of a scope and the AI lines of its files are known to come from. A commit that names
 * several counts once for each: the one in front must not hide the others.
 */
export function namedWriters(scope: Scope): NamedWriter[] {
  const ofCommits = scope.commits.filter(({ countsAsAi }) => countsAsAi).flatMap((commit) => ofCommit(commit, scope));
  const named = [...ofCommits, ...ofLines(scope)];
  return named.length === 0 ? [] : [...named, ...ofChange(scope, named)];
}

/** A branch or a description that names a tool speaks for every commit; of one that a commit names too, the commit says more. */
function ofChange({ change }: Scope, named: readonly NamedWriter[]): NamedWriter[] {
  const known = new Set(named.map(({ agent }) => agent));
  const marks = change.subject.provenance.signals.filter(
    ({ agent, verdict }) => agent !== null && !known.has(agent) && change.aiVerdicts.includes(verdict),
  );
  return eachOnce(marks.map(({ agent, model }) => ({ agent, model }))).map((mark) => ({
    where: "the change",
    ...mark,
  }));
}

function ofCommit({ commit, provenance }: JudgedCommit, { change }: Scope): NamedWriter[] {
  const marks = provenance.signals.filter(({ verdict }) => change.aiVerdicts.includes(verdict));
  const named = [provenance, ...marks].map(({ agent, model }) => ({ agent, model }));
  // A mark that names the tool and no model says less than one of the same tool that does.
  const known = named.filter(
    (writer) =>
      writer.agent !== null &&
      (writer.model !== null || !named.some(({ agent, model }) => agent === writer.agent && model !== null)),
  );
  const where = `commit ${shortSha(commit.sha)}`;
  return eachOnce(known.length === 0 ? [{ agent: null, model: provenance.model }] : known).map((writer) => ({
    where,
    ...writer,
  }));
}

function ofLines({ change, files }: Scope): NamedWriter[] {
  return files.flatMap((file) => {
    const stretches = change.subject.authorship.files.get(file.subject.file.path) ?? [];
    const writers = stretches.map(({ writer }) => writer);
    // What stands for a whole commit has been asked there already.
    const attested = writers.filter(({ verdict, evidence }) => evidence !== "commit" && file.countsAsAi(verdict));
    return eachOnce(attested).map(({ agent, model }) => ({ where: `lines of ${file.shown}`, agent, model }));
  });
}

/** What a mark names, for a sentence. */
export function shownName(name: string): string {
  return inertText(name, { maxGraphemes: 80 });
}

function eachOnce<T extends { agent: string | null; model: string | null }>(writers: readonly T[]): T[] {
  return [...new Map(writers.map((writer) => [JSON.stringify([writer.agent, writer.model]), writer])).values()];
}
