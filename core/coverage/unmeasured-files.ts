import type { ChangedFile } from "../change/change.ts";
import type { CoverageReport } from "./report.ts";

/**
 * Changed files that look like code which tests run, and of which the report knows nothing: not 100 %, not 0 %, but
 * unmeasured. Looks like code: text with added lines (or what git takes for binary, as one NUL byte is enough), and an
 * ending that some file of the report has or that is a programming language's. Left out are what reports leave out themselves: tests and their helpers, declarations of types
 * and a tool's configuration outside the source folders. A guess by name; it is small on purpose.
 */
export function unmeasuredFiles(files: readonly ChangedFile[], report: CoverageReport): string[] {
  const measured = new Set(report.files.map(({ path }) => path));
  const endings = new Set([...measured].map(ending));
  return files
    .filter(
      ({ kind, status, addedLines }) =>
        status !== "deleted" && (kind === "binary" || (kind === "text" && addedLines > 0)),
    )
    .map(({ path }) => path)
    .filter((path) => !measured.has(path) && !isLeftOut(path))
    .filter((path) => endings.has(ending(path)) || sourceEndings.has(ending(path)))
    .sort();
}

const sourceEndings = new Set(
  "c cc cjs cpp cs cts cxx dart ex exs go java js jsx kt m mjs mts php py rb rs scala svelte swift ts tsx vue".split(
    " ",
  ),
);

const testFolders = new Set("__fixtures__ __mocks__ __tests__ e2e fixtures spec specs test testdata tests".split(" "));

/** Below these a file is part of the product, whatever it is called. */
const sourceFolders = new Set(["src", "lib", "app"]);

function isLeftOut(path: string): boolean {
  const folders = path.split("/");
  const name = folders.pop() ?? "";
  if (folders.some((folder) => testFolders.has(folder.toLowerCase()))) return true;
  const [stem = "", ...words] = name.split(".").slice(0, -1);
  // order.test.ts, order.d.ts, vitest.config.ts, .eslintrc.js
  if (stem === "" || words.some((word) => ["test", "spec", "d"].includes(word))) return true;
  if (words.includes("config") && !folders.some((folder) => sourceFolders.has(folder))) return true;
  // test_order.py, order_test.go, OrderTest.java
  return (
    stem.startsWith("test_") || stem.endsWith("_test") || stem.endsWith("_spec") || /[a-z0-9](Tests?|Spec)$/.test(stem)
  );
}

/** What a file's name ends in: in lower case, without the dot; empty when the name has none. */
export function ending(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const dot = name.lastIndexOf(".");
  return dot <= 0 ? "" : name.slice(dot + 1).toLowerCase();
}
