import type { TreeFile } from "../change/tree-file.ts";
import { belongsToArea } from "./area-files.ts";
import { fewOwners } from "./few-owners.ts";
import type { Policy } from "./policy.ts";
import { formatPath, type PolicyProblem } from "./problem.ts";
import { isExcluded } from "./path-list.ts";
import { isUndone, patternLists, type PatternList } from "./pattern-lists.ts";
import { readYaml } from "./read-yaml.ts";
import { floorKey, shown, type FoundWarning, type RepositoryCode, type RepositoryView } from "./repository-view.ts";
import { nodeAt } from "./schema-problems.ts";

/** A warning with its place; as a problem of the loader, with a code of its own. */
export type RepositoryWarning = Omit<PolicyProblem, "code"> & { code: RepositoryCode };

/** What is probably not meant, seen beside the repository, in the order of the file. Pure; nothing here changes a decision. */
export function repositoryWarnings(
  policy: Policy,
  { file, text }: { file: string; text: string },
  view: RepositoryView,
): RepositoryWarning[] {
  const reading = readYaml(text);
  const files = view.paths?.map(plainFile) ?? null;
  const found = [
    ...(files === null
      ? []
      : [
          ...emptyAreas(policy, files),
          ...emptyLists(reading.root === null ? [] : patternLists(reading.root), files),
          ...fewOwners(policy, files, view),
        ]),
    ...unpinned(reading.root?.value, view.digests),
  ];
  return found
    .flatMap(({ path, ...warning }) => {
      const node = reading.root === null ? null : nodeAt(reading.root, path);
      // What a preset brings stands in no file of the repository.
      if (node === null) return [];
      const offset = path[0] === "areas" ? node.keyOffset : node.offset;
      return [{ file, ...reading.place(offset), path: formatPath(path), ...warning }];
    })
    .sort((a, b) => a.line - b.line || a.column - b.column);
}

function plainFile(path: string): TreeFile {
  return {
    ...{ path, previousPath: null, kind: "text", oldMode: "100644", newMode: "100644" },
    ...{ oldBlob: null, newBlob: null, symlinkTarget: null, validUtf8: true },
  };
}

function emptyAreas({ areas }: Policy, files: readonly TreeFile[]): FoundWarning[] {
  return areas
    .filter((area) => !files.some(belongsToArea(area)))
    .map(({ name }) => ({
      code: "CS201",
      path: ["areas", name],
      what: `the area \`${name}\` matches no file of this repository`,
      fix: "Change its paths, or remove it with what names it.",
    }));
}

/** Areas are told by name above, and lists that take everything out again by the loader. */
function emptyLists(lists: readonly PatternList[], files: readonly TreeFile[]): FoundWarning[] {
  return lists
    .filter(({ of, path, patterns }) => {
      if (of === "branches" || path[0] === "areas" || isUndone({ patterns })) return false;
      const isMeant =
        of === "exact" ? (file: TreeFile) => isExcluded(patterns, file) : belongsToArea({ paths: patterns });
      return !files.some(isMeant);
    })
    .map(({ path, whose, part }) => {
      const what = `the paths of ${whose} match no file of this repository`;
      return { code: "CS202", path, what, fix: `Change them, or remove ${part}.` };
    });
}

function unpinned(written: unknown, digests: ReadonlyMap<string, string>): FoundWarning[] {
  return listAt(written, "extends").flatMap((entry, index): FoundWarning[] => {
    const [repo, path, ref] = ["repo", "path", "ref"].map((key) => valueOf(entry, key));
    if (typeof repo !== "string" || typeof path !== "string" || typeof ref !== "string") return [];
    if (valueOf(entry, "digest") !== undefined) return [];
    const known = digests.get(floorKey({ repo, path, ref }));
    const what = `the policy of ${shown(repo)} has no \`digest\`, so its text is only pinned by the commit`;
    const fix =
      known === undefined
        ? "Write `digest: sha256:…` with what `sha256sum` prints of the file at that commit."
        : `Write \`digest: ${known}\`.`;
    return [{ code: "CS204", path: ["extends", index], what, fix }];
  });
}

function listAt(value: unknown, key: string): readonly unknown[] {
  const list = valueOf(value, key);
  return Array.isArray(list) ? list : [];
}

function valueOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? Object.entries(value).find(([name]) => name === key)?.[1]
    : undefined;
}
