import type { VerdictRow } from "../../adapters/store/store.ts";
import { decisionWords, shortSha, type Review } from "../../core/report/index.ts";
import { section, table } from "./frame.ts";
import { html, type Html } from "./html.ts";

/** A verdict as the store keeps it, without its review. */
export type PastVerdict = Omit<VerdictRow, "review">;

/** What was decided before, newest first. */
export function historySection(history: readonly PastVerdict[], isCut: boolean): Html {
  const rows = history
    .filter(isVerdict)
    .map(({ at, decision, head, title }) => [
      html`<time datetime="${at}">${instantWords(at)}</time>`,
      wordsOf(decision),
      html`<code>${shortSha(head)}</code>`,
      title,
    ]);
  const caption = `Verdicts, newest first${isCut ? `: the latest ${history.length}` : ""}`;
  const columns = ["When (UTC)", "Decision", "Commit", "What the check said"].map((name) => ({ name }));
  return section("history", "History of verdicts", table("verdict-history", caption, columns, rows));
}

/** That something was begun to be judged is no verdict. */
function isVerdict({ decision }: PastVerdict): boolean {
  return decision !== "pending";
}

/** `2026-11-21 20:15:09`. */
export function instantWords(at: string): string {
  return at.slice(0, 19).replace("T", " ");
}

/** A row of another version may hold another word: then it is shown as it stands. */
export function wordsOf(decision: string): string {
  return Object.hasOwn(words, decision) ? (words[decision] ?? decision) : decision;
}

const words: Readonly<Record<string, string>> = {
  ...(decisionWords satisfies Record<Review["decision"]["state"], string>),
  ...{ fault: "Not judged", pending: "Being judged", over: "Closed" },
};
