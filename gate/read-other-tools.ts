import { readLineMap } from "../adapters/git/read-change.ts";
import { listPaths } from "../adapters/git/read-tree.ts";
import type { Range } from "../adapters/git/resolve-range.ts";
import { readToolReports, type ToolReports } from "../adapters/workspace/read-tool-reports.ts";
import type { Change } from "../core/change/change.ts";
import { changeAsDiff, matchPaths, sameTree, TreeIndex, treeMap, type TreeMap } from "../core/coverage/index.ts";
import {
  findAtBase,
  rawFinding,
  type BaseFinding,
  type NotAnalysed,
  type RawFinding,
  type ToolReport,
} from "../core/findings/index.ts";
import { showPath } from "../core/untrusted/index.ts";

/** Which files of other tools to read; null: none was asked for. Patterns are the user's own. */
export interface FindingsInput {
  head: readonly string[] | null;
  base: readonly string[] | null;
}

/** The commits at which the tools ran, and the folder in which their files lie. */
export interface ToolRuns {
  folder: string;
  /** Of the findings of the head. */
  tested: string;
  /** Of those of the base. */
  baseline: string;
  /** The commit whose files lie in the working folder. */
  checkedOut: string;
}

/** What other tools reported. */
export interface OtherTools {
  findings: RawFinding[];
  notAnalysed: NotAnalysed[];
}

/** Of one change no more findings of other tools than these are kept. */
export const mostFindings = 25_000;

/** What other tools reported of the files of a change, in the lines of the head; what the base has too is marked. */
export async function readOtherTools(
  range: Range,
  change: Pick<Change, "files" | "head" | "mergeBase">,
  input: FindingsInput,
  runs: ToolRuns,
): Promise<OtherTools> {
  const { repository } = range;
  const root = repository.workTree ?? runs.folder;
  const read = async (side: "head" | "base"): Promise<ToolReports> => {
    const patterns = input[side];
    if (patterns === null) return { reports: [], notAnalysed: [] };
    const tracked = repository.workTree === null ? {} : { tracked: await listPaths(repository, runs.checkedOut) };
    return readToolReports({ patterns, cwd: runs.folder, repositoryRoot: root, side, ...tracked });
  };
  const [head, base] = [await read("head"), await read("base")];
  const wanted = new Set(change.files.flatMap(({ path, status }) => (status === "deleted" ? [] : [path])));
  const placed = async ({ reports }: ToolReports, commit: string, toHead: () => Promise<TreeMap> | TreeMap) =>
    reports.length === 0
      ? { findings: [], notAnalysed: [] }
      : placeFindings(reports, { paths: await listPaths(repository, commit), root, wanted }, await toHead());
  const found = await placed(head, runs.tested, () =>
    runs.tested === change.head.sha ? sameTree : mapToHead(range, runs.tested, change),
  );
  const old = await placed(base, runs.baseline, () =>
    runs.baseline === change.mergeBase ? treeMap(changeAsDiff(change)) : mapToHead(range, runs.baseline, change),
  );
  const all = found.findings.flatMap(atHead);
  const more = all.length - mostFindings;
  const kept = findAtBase(all.slice(0, mostFindings), old.findings.map(asBase));
  return {
    findings: kept,
    notAnalysed: [
      ...head.notAnalysed,
      ...base.notAnalysed,
      ...found.notAnalysed,
      ...old.notAnalysed.map(({ path, reason }) => ({ path, reason })),
      ...(more > 0
        ? [
            tooMany(
              head.reports.map(({ name }) => name),
              more,
            ),
          ]
        : []),
    ],
  };
}

async function mapToHead(range: Range, from: string, { head }: Pick<Change, "head">): Promise<TreeMap> {
  const map = await readLineMap(range.repository, { name: "tested", sha: from }, { name: "head", sha: head.sha });
  return treeMap(map.files);
}

function tooMany(names: readonly string[], more: number): NotAnalysed {
  const reason = `it has ${more} findings more on files of the change than the ${mostFindings.toLocaleString("en-US")} that are kept`;
  return { path: names.at(-1) ?? "", reason, anyFile: true };
}

/** A finding of another tool on a file of the repository, in the lines of the tree that the tool saw, and where that is at head. */
interface Placed {
  finding: RawFinding;
  /** At head. */
  path: string;
  line: (line: number) => number | null;
}

/** The files of the tree that a tool saw. */
interface SeenTree {
  paths: readonly string[];
  /** The folder of the repository on this machine. */
  root: string;
  /** Whether these are only some paths of the repository: that a report has others is no news. */
  isPart?: boolean;
  /** The paths at head of which findings are asked for. */
  wanted: ReadonlySet<string>;
}

/** Finds the files that the reports mean in a tree; the paths of one report are read together, as those of coverage are. */
export function placeFindings(
  reports: readonly { name: string; report: ToolReport }[],
  { paths, root, wanted, isPart = false }: SeenTree,
  toHead: TreeMap,
): { findings: Placed[]; notAnalysed: NotAnalysed[] } {
  const tree = new TreeIndex(paths);
  const findings: Placed[] = [];
  const notAnalysed: NotAnalysed[] = [];
  for (const { name, report } of reports) {
    const written = [...new Set(report.findings.map(({ path }) => path))];
    const { matched, unmatched } = matchPaths(written, tree, root);
    for (const each of report.findings) {
      const path = matched.get(each.path);
      const there = path === undefined ? null : toHead(path);
      if (there !== null && wanted.has(there.path)) findings.push({ finding: rawFinding(each, there.path), ...there });
    }
    for (const { reason, anyFile } of report.gaps)
      notAnalysed.push({ path: name, reason, ...(anyFile ? { anyFile: true } : {}) });
    const lost = notFound(report, matched, unmatched);
    if (lost !== null && (!isPart || matched.size === 0)) notAnalysed.push({ path: name, ...lost });
  }
  return { findings, notAnalysed };
}

/** Where no path of a report is a file of the repository, it speaks of another folder, and says nothing of this one. */
function notFound(
  { findings }: ToolReport,
  matched: ReadonlyMap<string, string>,
  [first]: readonly string[],
): Omit<NotAnalysed, "path"> | null {
  if (first === undefined) return null;
  const lost = findings.filter(({ path }) => !matched.has(path)).length;
  const reason = `${lost} of its ${findings.length} findings are on files that the repository does not have, such as ${showPath(first.slice(0, 200))}`;
  return { reason, ...(matched.size === 0 ? { anyFile: true } : {}) };
}

/** In the lines of the head; nothing where the first of its lines is not there. */
function atHead({ finding, line }: Placed): RawFinding[] {
  const { place } = finding;
  if (place.kind !== "lines") return [finding];
  const start = line(place.start);
  if (start === null) return [];
  return [{ ...finding, place: { ...place, start, end: Math.max(start, line(place.end) ?? start) } }];
}

function asBase({ finding: { rule, place, identity }, path, line }: Placed): BaseFinding {
  return { rule, path, identity, line: place.kind === "lines" ? line(place.start) : null };
}
