import type { FileLineMap } from "../core/change/line-map.ts";
import type { TreeFile } from "../core/change/tree-file.ts";
import type { CoverageReport } from "../core/coverage/report.ts";
import { mapEvidence } from "../core/evidence.ts";
import type { Facts } from "../core/facts.ts";
import { redactDeep, redactPath, showPath } from "../core/untrusted/index.ts";

/**
 * The facts without secrets. Paths are redacted with care, because rules are decided on them: no two become one, folders
 * and extensions stay, and where they cannot, the reading is not whole. Lists that are sorted by path stay so.
 */
export function redactFacts(facts: Facts): Facts {
  const paths = [...new Set(pathsOf(facts))];
  const redacted = redactDeep(paths);
  const telling = paths.filter((path, index) => path !== redacted[index]);
  if (telling.length === 0) return redactDeep(facts);
  const names = new Map<string, string>();
  const taken = new Set(paths);
  const hidden: string[] = [];
  for (const path of telling) {
    const { path: name, whole } = redactPath(path);
    const free = freeName(name, taken);
    taken.add(free);
    names.set(path, free);
    if (!whole) hidden.push(free);
  }
  const renamed = renamePaths(facts, (path) => names.get(path) ?? path);
  return redactDeep({
    ...renamed,
    change: { ...renamed.change, incomplete: [...renamed.change.incomplete, ...hidden.map(notDecided)] },
  });
}

function notDecided(path: string): string {
  return `the path ${showPath(path)} holds text with the shape of a secret over several folders, so rules on paths cannot be decided for it: rename it`;
}

/** The name itself, or with a number behind its first placeholder, where the extension stays the extension. */
function freeName(name: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : name.replace(/\(redacted:[a-z0-9-]+\)/, `$& ${number}`);
    if (!taken.has(candidate)) return candidate;
  }
}

/** Every path on which something is decided. */
function pathsOf(facts: Facts): string[] {
  const paths: string[] = [];
  renamePaths(facts, (path) => {
    paths.push(path);
    return path;
  });
  return paths;
}

type Rename = (path: string) => string;

function renamePaths(facts: Facts, rename: Rename): Facts {
  const maybe = (path: string | null) => (path === null ? null : rename(path));
  const lineMap = (map: FileLineMap) => ({ ...map, from: maybe(map.from), to: maybe(map.to) });
  // As of a changed file: its own paths; where a link points is redacted like any other text.
  const treeFile = (file: TreeFile) => ({
    ...file,
    path: rename(file.path),
    previousPath: maybe(file.previousPath),
  });
  const report = (value: CoverageReport) => ({
    ...value,
    files: value.files.map((file) => ({ ...file, path: rename(file.path) })).sort(byPath),
  });
  return {
    ...facts,
    change: {
      ...facts.change,
      commits: facts.change.commits.map((commit) => ({
        ...commit,
        diffs: commit.diffs.map((diff) => ({ ...diff, files: diff.files.map(lineMap) })),
        moves: commit.moves.map((move) => ({
          ...move,
          path: rename(move.path),
          from: { ...move.from, path: rename(move.from.path) },
        })),
      })),
      files: facts.change.files
        .map((file) => ({ ...file, path: rename(file.path), previousPath: maybe(file.previousPath) }))
        .sort(byPath),
    },
    coverage: { head: mapEvidence(facts.coverage.head, report), base: mapEvidence(facts.coverage.base, report) },
    attributions: mapEvidence(facts.attributions, (all) =>
      all.map((attribution) => ({
        ...attribution,
        files: attribution.files.map((file) => ({ ...file, path: rename(file.path) })).sort(byPath),
      })),
    ),
    lineMaps: facts.lineMaps.map((map) => ({ ...map, files: map.files.map(lineMap) })),
    rawFindings: facts.rawFindings.map((finding) =>
      "path" in finding.place ? { ...finding, place: { ...finding.place, path: rename(finding.place.path) } } : finding,
    ),
    functions: facts.functions.map((span) => ({ ...span, path: rename(span.path) })),
    notAnalysed: facts.notAnalysed.map((entry) => ({ ...entry, path: rename(entry.path) })),
    reviewedTrees: facts.reviewedTrees.map((tree) => ({ ...tree, files: tree.files.map(treeFile).sort(byPath) })),
    mergeGroup: mapEvidence(facts.mergeGroup, (members) =>
      members.map((member) => ({ ...member, files: member.files.map(treeFile).sort(byPath) })),
    ),
    gateWorkflows: facts.gateWorkflows.map(rename).sort(),
  };
}

/** By code unit. */
function byPath(a: { path: string }, b: { path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
