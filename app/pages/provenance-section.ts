import {
  aiLines,
  grouped,
  ofTotal,
  percent,
  verdictMeanings,
  verdictRows,
  type Review,
} from "../../core/report/index.ts";
import { section, table, type Column } from "./frame.ts";
import { html, type Html, type Slot } from "./html.ts";

/** Who wrote how many of the added lines, and how much of that the tests reach. */
export function provenanceSection(review: Review): Html {
  const rows = verdictRows(review).map(({ verdict, commits, lines, share, tests }) => [
    html`${verdict} <span class="quiet">(${verdictMeanings[verdict]})</span>`,
    grouped(lines),
    percent(share) ?? "–",
    grouped(commits),
    tests === null ? "unknown" : (ofTotal(tests) ?? "nothing to run"),
  ]);
  if (rows.length === 0) return section("provenance", "Who wrote it", html`<p>The change adds no lines.</p>`);
  const ai = ofTotal(aiLines(review), "added lines");
  const says = ai === null ? "No line was added." : `Counts as AI by the policy: ${ai}.`;
  return section("provenance", "Who wrote it", [
    html`<p>${says}</p>`,
    table("verdicts", "Added lines by who wrote them", columns, rows),
    tools(review),
  ]);
}

const columns: readonly Column[] = [
  { name: "Written by" },
  { name: "Added lines", isNumber: true },
  { name: "Share", isNumber: true },
  { name: "Commits", isNumber: true },
  { name: "Reached by tests" },
];

const toolColumns: readonly Column[] = [
  { name: "Tool" },
  { name: "Model" },
  { name: "Added lines", isNumber: true },
  { name: "Commits", isNumber: true },
];

const mostTools = 50;

function tools({ provenance }: Review): Slot {
  const all = provenance.totals.tools;
  if (all.length === 0) return null;
  const rows = all
    .slice(0, mostTools)
    .map(({ agent, model, commits, lines }) => [named(agent), named(model), grouped(lines), grouped(commits)]);
  return table("tools", "Added lines by tool and model", toolColumns, rows, Math.max(0, all.length - mostTools));
}

function named(name: string | null): Slot {
  return name === null ? "–" : html`<bdi>${name}</bdi>`;
}
