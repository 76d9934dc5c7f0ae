import type { TreeFile } from "../change/tree-file.ts";
import type { ApprovalRequest } from "./approval.ts";
import type { CodeownersOwner } from "./codeowners/codeowners.ts";
import { joinOwners, ownersKey, refsOf, type Approvers } from "./owner-refs.ts";
import { mostBroader, type CodeOwners, type FoundOwners } from "./owners-of-files.ts";

/** Files that the same people must approve. */
export interface FilesOfOwners {
  approvers: Approvers;
  files: readonly TreeFile[];
  /** Whether a file is one of theirs, by the owners of now; also for the files of a commit that was reviewed earlier. */
  belongs: (file: TreeFile) => boolean;
  /** Who took the place of owners that cannot approve, in words; null when the owners themselves can. */
  inPlaceOf: "fallback" | "broader" | "default" | "anyone" | null;
  /** Why nobody can be sure that these are the ones, as sentences. */
  unsure: readonly string[];
}

type Asked = Pick<ApprovalRequest, "belongs" | "owners" | "fallback" | "defaultOwners"> & { orAnyone?: boolean };

/** Whether these people are enough for these files. */
type AreEnough = (approvers: Approvers, files: readonly TreeFile[]) => boolean;

/**
 * The files of a request by who must approve them. Where the owners are not enough, others join them, in this order: the
 * area's fallback, the owners of broader CODEOWNERS patterns, the default owners, and anyone where the request says so.
 */
export function ownerGroups(
  request: Asked,
  files: readonly TreeFile[],
  owners: CodeOwners,
  areEnough: AreEnough,
): FilesOfOwners[] {
  return rootsOf(request, files, owners).flatMap(({ found, ...root }) => {
    const enough = (approvers: Approvers) => areEnough(approvers, root.files);
    const settled = settle(root.approvers, found, request, enough).map((who) => ({ ...root, ...who }));
    return settled.filter((one, index) => settled.findIndex((other) => sameApprovers(one, other)) === index);
  });
}

/**
 * Why nobody can be sure of the owners of these files, as sentences; CODEOWNERS matters where it is asked. No more files are
 * looked at than it takes to find so many.
 */
export function ownersProblems(asked: Asked["owners"], files: readonly TreeFile[], owners: CodeOwners): string[] {
  const isAsked = asked === "codeowners" || (isList(asked) && asked.includes("codeowners"));
  const found = new Set<string>();
  for (const file of isAsked ? files : []) {
    for (const problem of owners.problemsOf(file)) found.add(problem);
    if (found.size >= mostProblems) break;
  }
  return [...found];
}

/** Nobody reads on beyond them. */
export const mostProblems = 20;

type Root = Omit<FilesOfOwners, "inPlaceOf" | "unsure"> & { found: readonly FoundOwners[] };

function rootsOf({ owners: asked, belongs }: Asked, files: readonly TreeFile[], owners: CodeOwners): Root[] {
  if (asked === "codeowners") return rootsByOwners(belongs, files, owners);
  if (asked === "anyone") return [{ approvers: { owners: [], anyone: true }, files, belongs, found: [] }];
  const sources: readonly ("codeowners" | CodeownersOwner[])[] = isList(asked)
    ? asked.map((source) => (source === "codeowners" ? source : refsOf(source)))
    : [refsOf(asked)];
  const byCode = () => files.flatMap((file) => owners.ofFile(file).flatMap((found) => found.owners));
  const all = sources.map((source) => (source === "codeowners" ? byCode() : source)).reduce(joinOwners, []);
  return [{ approvers: { owners: all, anyone: false }, files, belongs, found: [] }];
}

function isList(owners: Asked["owners"]): owners is Extract<Asked["owners"], readonly unknown[]> {
  return Array.isArray(owners);
}

function rootsByOwners(belongs: Asked["belongs"], files: readonly TreeFile[], owners: CodeOwners): Root[] {
  const roots = new Map<string, { approvers: Approvers; files: TreeFile[]; found: FoundOwners[] }>();
  for (const file of files) {
    for (const found of owners.ofFile(file)) {
      const approvers = { owners: found.owners, anyone: false };
      const root = roots.get(found.key) ?? { approvers, files: [], found: [] };
      root.files.push(file);
      root.found.push(found);
      roots.set(found.key, root);
    }
  }
  return [...roots]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, root]) => ({
      ...root,
      belongs: (file) => belongs(file) && owners.ofFile(file).some((found) => found.key === key),
    }));
}

type Settled = Pick<FilesOfOwners, "approvers" | "inPlaceOf" | "unsure">;

function settle(
  owners: Approvers,
  found: readonly FoundOwners[],
  request: Asked,
  enough: (approvers: Approvers) => boolean,
): Settled[] {
  if (enough(owners)) return [{ approvers: owners, inPlaceOf: null, unsure: [] }];
  const withFallback = joined(owners, request.fallback);
  if (request.fallback !== null && enough(withFallback)) {
    return [{ approvers: withFallback, inPlaceOf: "fallback", unsure: [] }];
  }
  return settleBroader(withFallback, found, enough, (approvers) => settleByDefault(approvers, request, enough));
}

/** Files with the same owners may have different ones above them, and then need each of those. */
function settleBroader(
  approvers: Approvers,
  found: readonly FoundOwners[],
  enough: (approvers: Approvers) => boolean,
  otherwise: (approvers: Approvers) => Settled,
): Settled[] {
  const above = new Map<string, FoundOwners[]>();
  for (const one of found) {
    const next = broaderThan(one, approvers);
    const key = next?.key ?? "";
    above.set(key, [...(above.get(key) ?? []), ...(next === null ? [] : [next])]);
  }
  if (above.size === 0) return [otherwise(approvers)];
  return [...above]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, next]) => {
      const [first] = next;
      if (first === undefined) return [otherwise(approvers)];
      const wider = { ...approvers, owners: joinOwners(approvers.owners, first.owners) };
      const unsure = [...new Set(next.flatMap((one) => one.unsure))];
      if (unsure.length > 0 || enough(wider)) return [{ approvers: wider, inPlaceOf: "broader" as const, unsure }];
      return settleBroader(wider, next, enough, otherwise);
    });
}

/** The next owners above that add somebody. */
function broaderThan(found: FoundOwners, { owners }: Approvers): FoundOwners | null {
  let next = found.broader();
  const addsNobody = (one: FoundOwners) => ownersKey(joinOwners(owners, one.owners)) === ownersKey(owners);
  for (let step = 1; next !== null && next.unsure.length === 0 && addsNobody(next); step++) {
    next = step < mostBroader ? next.broader() : null;
  }
  return next;
}

function settleByDefault(
  approvers: Approvers,
  { defaultOwners, orAnyone = false }: Asked,
  enough: (approvers: Approvers) => boolean,
): Settled {
  const withDefault = joined(approvers, defaultOwners);
  if (defaultOwners !== null && enough(withDefault)) {
    return { approvers: withDefault, inPlaceOf: "default", unsure: [] };
  }
  if (orAnyone) return { approvers: { ...withDefault, anyone: true }, inPlaceOf: "anyone", unsure: [] };
  return { approvers: withDefault, inPlaceOf: null, unsure: [] };
}

function joined(approvers: Approvers, more: ApprovalRequest["fallback"]): Approvers {
  return more === null ? approvers : { ...approvers, owners: joinOwners(approvers.owners, refsOf(more)) };
}

function sameApprovers(a: FilesOfOwners, b: FilesOfOwners): boolean {
  return a.approvers.anyone === b.approvers.anyone && ownersKey(a.approvers.owners) === ownersKey(b.approvers.owners);
}
