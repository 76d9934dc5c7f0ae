/**
 * Why coverage is not known, and what to do about it. The coverage room writes the reason and the policy the fix: both
 * are here, so that the fix follows the reason.
 */

/** The reason when `--coverage` was given and finds nothing. `patterns` are inert. */
export function noFileMatches(patterns: readonly string[]): string {
  return `${noFile} ${patterns.join(" nor ")}`;
}

/** The reason when a report is about other files than the tree's. `unmatched` is a path that it names, inert. */
export function noPathMatches(unmatched: string): string {
  return `${noPath}: it names ${unmatched}`;
}

/** The reason when the head report leaves out files of the base report that are still there. Paths are inert. */
export function filesDropped(paths: readonly string[]): string {
  const files = paths.length === 1 ? "1 file" : `${paths.length} files`;
  const named = paths.slice(0, 3).join(", ");
  return `${dropped} ${files} that the base's did: ${named}${paths.length > 3 ? " …" : ""}`;
}

const noFile = "no file matches";
const noPath = "no path in the coverage report is a file of the tested tree";
const dropped = "the head report no longer measures";

/** Whether the reason is that of `filesDropped`. */
export function dropsFiles(reason: string): boolean {
  return reason.startsWith(dropped);
}

/** What to do about a head report that is missing for `reason`. */
export function fixForMissingReport(reason: string): string {
  if (reason.startsWith(noFile)) return "See where the tests write the coverage report, and name that file.";
  if (reason.startsWith(noPath)) return "Write the coverage report with paths relative to the repository.";
  return "Run the tests with coverage and hand the report to `--coverage`.";
}
