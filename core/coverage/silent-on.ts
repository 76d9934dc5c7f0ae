import type { CoverageReview, FileCoverageChange } from "./coverage-review.ts";
import type { CoverageReport } from "./report.ts";
import { ending } from "./unmeasured-files.ts";

/**
 * The files with added lines that can run, in whose language the report lists no branch, or no function, in any file. Such
 * a report does not say that there is none: many tools measure branches only when they are asked to, and one merged from
 * two languages may name them for one.
 */
export function silentOn(report: CoverageReport, files: readonly FileCoverageChange[]): CoverageReview["silentOn"] {
  const running = files.filter(({ patch }) => patch.lines.total > 0).map(({ path }) => path);
  const without = (key: "branches" | "functions") => {
    const named = new Set(report.files.filter((file) => file[key].length > 0).map(({ path }) => language(path)));
    return running.filter((path) => !named.has(language(path))).sort();
  };
  return { branches: without("branches"), functions: without("functions") };
}

/** By the ending of the name; one for endings that one tool measures alike. */
function language(path: string): string {
  const written = ending(path);
  return alike.find((endings) => endings.includes(written))?.[0] ?? written;
}

const alike = ["js cjs mjs jsx ts cts mts tsx vue svelte", "c cc cpp cxx h hh hpp", "java kt kts groovy scala"].map(
  (endings) => endings.split(" "),
);
