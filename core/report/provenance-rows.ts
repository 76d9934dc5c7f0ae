import { isByTool } from "../change/authorship.ts";
import type { Disagreement } from "../provenance/provenance.ts";
import { count, grouped } from "./numbers.ts";
import { compare } from "./order.ts";
import type { Review } from "./review.ts";
import { toolWords } from "./words.ts";

/** One session of a tool, and what it wrote. Ids and names are untrusted still. */
export interface SessionRow {
  session: string;
  agent: string | null;
  model: string | null;
  lines: number;
  /** Files at head that it wrote lines of. */
  files: number;
}

/** The sessions that wrote added lines, most lines first. Those that only a commit names are in the report's JSON. */
export function sessionRows({ change }: Review): SessionRow[] {
  const rows = new Map<string, SessionRow>();
  for (const { written } of change.files) {
    const here = new Set<string>();
    for (const { start, end, writer } of written) {
      if (writer.session === null) continue;
      const row = rows.get(writer.session) ?? rowOf(writer.session, writer);
      row.lines += end - start + 1;
      if (!here.has(writer.session)) row.files += 1;
      here.add(writer.session);
      rows.set(writer.session, row);
    }
  }
  return [...rows.values()].sort((a, b) => b.lines - a.lines || compare(a.session, b.session));
}

function rowOf(session: string, { agent, model }: Pick<SessionRow, "agent" | "model">): SessionRow {
  return { session, agent, model, lines: 0, files: 0 };
}

/** A commit whose words and whose record say different things, in words. Names are untrusted still. */
export interface DisagreementRow {
  commit: string;
  declared: string;
  attested: string;
}

/** In the order of the commits. */
export function disagreementRows({ provenance }: Review): DisagreementRow[] {
  const commits = new Map(provenance.commits.map((commit) => [commit.sha, commit]));
  return provenance.disagreements.map((found) => {
    const declaring = commits.get(found.commit);
    const named = declaring === undefined ? null : toolWords(declaring);
    const own = declaring?.signals.filter((signal) => signal.class !== "note" && isByTool(signal.verdict)) ?? [];
    const declared = declaredWords(found, named, own.length > 0);
    return { commit: found.commit, declared, attested: attestedWords(found) };
  });
}

function declaredWords({ kind }: Disagreement, named: string | null, declares: boolean): string {
  if (kind === "attested-not-declared") return declares ? "another tool" : "nothing";
  return kind === "denied-but-attested" ? "no tool" : (named ?? "a tool");
}

/** `git-ai: 41 lines by claude-code (claude-opus-4-7), 3 human`. */
function attestedWords({ source, aiLines, humanLines, agent, model }: Disagreement): string {
  const tool = toolWords({ verdict: "agent-assisted", agent, model });
  const ai = aiLines === 0 ? "no line by a tool" : `${count(aiLines, "line")} by ${tool ?? "a tool"}`;
  const human = humanLines === 0 ? "" : `, ${grouped(humanLines)} human`;
  return `${source}: ${ai}${human}`;
}
