import { grouped } from "../numbers.ts";
import { disagreementRows, sessionRows } from "../provenance-rows.ts";
import type { Review } from "../review.ts";
import { shortSha } from "../text.ts";
import { toolWords } from "../words.ts";
import type { Part } from "./page.ts";
import { cell, code, details, row } from "./words.ts";

const mostTools = 20;

/** Commits and lines by tool and model. */
export function toolRows({ provenance }: Review): Part[] {
  const all = provenance.totals.tools;
  const rows = all
    .slice(0, mostTools)
    .map(({ agent, model, commits, lines }) => row(named(agent), named(model), grouped(commits), grouped(lines)));
  const head = ["| Tool | Model | Commits | Added lines |", "|---|---|--:|--:|"].join("\n");
  return listed(head, rows, all.length, "tool");
}

const mostDisagreements = 50;

/** Commits whose trailers and whose records say different things. */
export function declaredVersusAttested(review: Review): Part[] {
  const all = disagreementRows(review);
  const rows = all
    .slice(0, mostDisagreements)
    .map(({ commit, declared, attested }) => row(code(shortSha(commit)), cell(declared), cell(attested)));
  const head = "### Declared versus attested\n\n| Commit | Declared | Attested |\n|---|---|---|";
  return listed(head, rows, all.length, "commit");
}

const mostSessions = 50;

/** The tools' own ids or addresses of their sessions, to look them up: never a link, which would lead where a change says. */
export function sessions(review: Review): Part[] {
  const all = sessionRows(review);
  if (all.length === 0) return [];
  const rows = all.slice(0, mostSessions).map(({ session, agent, model, files, lines }) => {
    const tool = toolWords({ verdict: "agent-assisted", agent, model });
    return row(code(session), named(tool), grouped(files), grouped(lines));
  });
  const table = ["| Session | Tool | Files | Added lines |", "|---|---|--:|--:|"].join("\n");
  return [{ kind: "rows", ...details("Sessions", table), rows, omitted: all.length - rows.length, noun: "session" }];
}

function named(name: string | null): string {
  return name === null ? "–" : code(name, 100);
}

function listed(head: string, rows: string[], total: number, noun: string): Part[] {
  return rows.length === 0 ? [] : [{ kind: "rows", head, rows, omitted: total - rows.length, foot: null, noun }];
}
