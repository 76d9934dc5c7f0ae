import type { Authorship, Writer, WrittenLines } from "../change/authorship.ts";
import { writerNames } from "./commit-provenance.ts";
import type { ChangeProvenance } from "./provenance.ts";

/** Which commit of the change brought which added lines, by path at head; null when none did. Lines from 1, inclusive. */
export type OriginsByPath = ReadonlyMap<string, readonly { start: number; end: number; commit: string | null }[]>;

/**
 * Who wrote each added line: the verdict of the commit that brought it. Lines that no commit of the change brought have
 * what the change as a whole says. Stretches stay as they come, so neighbours of two commits are not joined.
 */
export function authorship(origins: OriginsByPath, provenance: ChangeProvenance): Authorship {
  const writers = new Map<string | null, Writer>(
    provenance.commits.map(({ sha, verdict, acceptance, agent, model }) => [
      sha,
      { verdict, acceptance, agent, model, commit: sha, evidence: "commit", session: null },
    ]),
  );
  const unknown = writerOfNoCommit(provenance);
  const files = [...origins].map(([path, stretches]): [string, WrittenLines[]] => [
    path,
    stretches.map(({ start, end, commit }) => ({ start, end, writer: writers.get(commit) ?? unknown })),
  ]);
  return { files: new Map(files) };
}

function writerOfNoCommit({ signals }: ChangeProvenance): Writer {
  const verdict = signals.length > 0 ? "agent-assisted" : "undeclared";
  return {
    verdict,
    acceptance: "unstated",
    ...writerNames(verdict, signals),
    commit: null,
    evidence: signals.length > 0 ? "change" : "none",
    session: null,
  };
}
