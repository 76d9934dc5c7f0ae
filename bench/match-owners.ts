import ignoreModule from "ignore";
import { matchOwners, parseCodeowners } from "../core/ownership/index.ts";

/**
 * One reader of CODEOWNERS over a made-up repository, for `bench/owners.ts`:
 * `node bench/match-owners.ts ours|peer|both|none LINES PATHS`. Prints how many paths have owners; `both` also on how many the
 * two disagree.
 */
// The package is CommonJS, and its types know only this way in.
const ignore = ignoreModule.default;

const [reader = "ours", lines = "300", paths = "3000"] = process.argv.slice(2);
const text = ownersFile(Number(lines));
const files = madeUpPaths(Number(paths));

const readers: Record<string, () => (number | null)[]> = { ours, peer, none: () => [] };
if (reader === "both") {
  const [first, second] = [ours(), peer()];
  console.log(
    `${files.length} paths, read differently: ${first.filter((line, index) => line !== second[index]).length}`,
  );
} else console.log((readers[reader]?.() ?? []).filter((line) => line !== null).length);

function ours(): (number | null)[] {
  const file = parseCodeowners(text);
  return files.map((path) => matchOwners(file, path).line);
}

/** What the usual packages for CODEOWNERS do: one gitignore matcher a line, asked from the last one up. */
function peer(): (number | null)[] {
  const rules = text
    .split("\n")
    .map((line, index) => ({ line: index + 1, matcher: ignore().add(line.split(" ")[0] ?? "") }));
  rules.reverse();
  return files.map((path) => rules.find(({ matcher }) => matcher.ignores(path))?.line ?? null);
}

/** The kinds of patterns that real files hold. The one on which the two readers differ by GitHub's word, `docs/*`, is left out. */
function ownersFile(count: number): string {
  const kinds = [
    (index: number) => `/packages/p${index}/ @acme/team-${index % 40}`,
    (index: number) => `/packages/p${index}/**/*.sql @acme/data`,
    (index: number) => `*.kind${index} @ann`,
    (index: number) => `/services/s${index}/config @acme/ops`,
    (index: number) => `**/generated${index}/ @bob`,
  ];
  const rows = Array.from({ length: count - 1 }, (_, index) => kinds[index % kinds.length]?.(index) ?? "");
  return ["* @acme/all", ...rows].join("\n");
}

function madeUpPaths(count: number): string[] {
  const roots = ["packages/p", "services/s", "tools/t"];
  return Array.from({ length: count }, (_, index) => {
    const folder = `${roots[index % roots.length] ?? ""}${index % 97}`;
    return `${folder}/src/deep${index % 7}/file${index}.${index % 5 === 0 ? "sql" : "ts"}`;
  });
}
