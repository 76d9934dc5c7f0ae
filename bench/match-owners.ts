import ignoreModule from "ignore";
import { matchOwners, parseCodeowners } from "../core/ownership/index.ts";

/**
 * One reader of CODEOWNERS over a made-up repository, for `bench/owners.ts`:
 * `node bench/match-owners.ts ours|peer|both|none LINES PATHS [folders|wild|mixed]`. Prints how many paths have owners; `both`
 * on how many the two disagree.
 */
// The package is CommonJS, and its types know only this way in.
const ignore = ignoreModule.default;

type Line = (index: number) => string;

const folders: readonly Line[] = [
  (index) => `/packages/p${index}/ @acme/team-${index % 40}`,
  (index) => `/packages/p${index}/**/*.sql @acme/data`,
  (index) => `*.kind${index} @ann`,
  (index) => `/services/s${index}/config @acme/ops`,
  (index) => `**/generated${index}/ @bob`,
];

/** Wildcards that no folder binds. */
const wild: readonly Line[] = [
  (index) => `*.ext${index} @ann`,
  (index) => `**/file${index}*.ts @acme/team-${index % 40}`,
  (index) => `*-gen${index}.go @bob`,
  (index) => `*deep${index}service* @acme/ops`,
];

const kindsOfLines: Record<string, readonly Line[]> = { folders, wild, mixed: [...folders, ...wild] };

const [reader = "ours", lines = "300", paths = "3000", kind = "folders"] = process.argv.slice(2);
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
  const kinds = kindsOfLines[kind] ?? folders;
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
