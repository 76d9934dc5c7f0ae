import type { CommitProvenance } from "../../provenance/provenance.ts";
import { aiLinesIn } from "../ai-counts.ts";
import { grouped } from "../numbers.ts";
import type { Review } from "../review.ts";
import { shortId, shortSha } from "../text.ts";
import { takenWords, toolWords } from "../words.ts";
import { whole, type Part } from "./page.ts";
import { cell, code, details, path, prose, row } from "./words.ts";

const mostRows = 100;

/**
 * The commits with their verdicts. Their subjects are left out: this page is read by agents too, and a message is free
 * text that its author may have written for them. A reader finds it beside the commit.
 */
export function commits(review: Review): Part[] {
  const known = new Map(review.provenance.commits.map((commit) => [commit.sha, commit]));
  const all = review.change.commits;
  if (all.length === 0) return [];
  const rows = all.slice(0, mostRows).map((commit) => {
    const found = known.get(commit.sha);
    return row(
      code(shortSha(commit.sha)),
      `${found?.verdict ?? "undeclared"}${found?.conflict === true ? " (marks contradict)" : ""}`,
      tool(found),
      (found === undefined ? null : takenWords(found)) ?? "–",
      grouped(commit.addedLines),
    );
  });
  const table = ["| Commit | Verdict | Tool | Acceptance | Added lines |", "|---|---|---|---|--:|"].join("\n");
  return [{ kind: "rows", ...details("Commits", table), rows, omitted: all.length - rows.length, noun: "commit" }];
}

function tool(commit: CommitProvenance | undefined): string {
  const words = commit === undefined ? null : toolWords(commit);
  return words === null ? "–" : code(words, 100);
}

/** The changed files: who wrote their lines, and which areas they belong to. */
export function changedFiles(review: Review): Part[] {
  const all = review.change.files;
  if (all.length === 0) return [];
  const rows = all.slice(0, mostRows).map((file) => {
    const ai = aiLinesIn(review, file.written);
    const from = file.previousPath === null ? "" : ` from ${path(file.previousPath)}`;
    const size = `+${grouped(file.addedLines)} −${grouped(file.deletedLines)}`;
    return row(`${path(file.path)}${from}`, file.status, size, grouped(ai), cell(file.areas.join(", ")));
  });
  const table = ["| File | | Lines | AI lines | Areas |", "|---|---|--:|--:|---|"].join("\n");
  return [{ kind: "rows", ...details("Changed files", table), rows, omitted: all.length - rows.length, noun: "file" }];
}

/** What a reader should know that decides nothing, and what could not be looked at. */
export function notes({ notes, notAnalysed, coverage }: Review): Part[] {
  const all = [
    listed(notes, (text) => prose(text, 600)),
    listed(notAnalysed, (skipped) => `Not analysed: ${path(skipped.path)}, ${prose(skipped.reason)}`),
    listed(coverage.unmeasured, (file) => `In no coverage report: ${path(file)}`),
    listed(coverage.unmatched, (file) => `A coverage report names a path that fits no single file: ${path(file)}`),
  ];
  const rows = all.flatMap((list) => list.rows);
  if (rows.length === 0) return [];
  const omitted = all.reduce((sum, list) => sum + list.omitted, 0);
  return [{ kind: "rows", ...details("Notes", ""), rows, omitted, noun: "note" }];
}

function listed<T>(items: readonly T[], text: (item: T) => string): { rows: string[]; omitted: number } {
  const rows = items.slice(0, mostRows).map((item) => `- ${text(item)}`);
  return { rows, omitted: items.length - rows.length };
}

/** What was judged, by what: enough to ask about this very evaluation. */
export function footer({ change, decision, engine }: Review): Part[] {
  const { policy } = decision;
  const at = policy.commit === null ? "" : ` at ${code(shortSha(policy.commit))}`;
  const rules = policy.path === null ? "no policy file" : `policy ${path(policy.path)}${at}`;
  const range = `${code(shortSha(change.mergeBase))}..${code(shortSha(change.head.sha))}`;
  return [
    whole(
      `${code(shortId(change.id))}, ${range}, ${rules}, mode ${policy.mode}; evaluation ${code(decision.evaluationId.slice(0, 12))} by Countersign ${code(engine.version, 40)}`,
    ),
  ];
}
