import type { ApprovalRequest, Exclusion, Owners, StaleWhen } from "../ownership/approval.ts";
import { belongsToArea, belongsToFiles, belongsToNone, type Belongs } from "./area-files.ts";
import type { JudgedChange, JudgedFile, Scope } from "./judged.ts";
import type { Area } from "./policy.ts";
import { codeownersPlaces } from "../ownership/index.ts";
import { touchedPaths } from "../change/change.ts";
import { spend, type Work } from "./work.ts";

/** How strictly an approval is judged. */
export interface ApprovalTerms {
  count: number;
  exclude: readonly Exclusion[];
  staleWhen: StaleWhen;
}

/** The terms of a policy that names none. */
export const defaultTerms: ApprovalTerms = {
  count: 1,
  exclude: ["author", "committers", "agent_requester"],
  staleWhen: "owned_diff_changes",
};

/**
 * One request for each area that the rule touches (of those that its `when` names, if it names any), each for the whole
 * area: other conditions chose which changes the rule is about, not which files of the area an owner answers for. Files in
 * no area are asked for together, by their code owners.
 */
export function requestsByArea(scope: Scope, terms: ApprovalTerms): ApprovalRequest[] {
  const { policy, work } = scope.change;
  const areas = touchedAreas(scope);
  const free = scope.files.filter((file) => file.areas.length === 0);
  const requests = areas.map((area) =>
    request(
      terms,
      {
        area: area.name,
        belongs: asked(scope, belongsToArea(area, work)),
        owners: area.owners,
        fallback: area.fallback,
      },
      policy,
      work,
    ),
  );
  if (free.length === 0) return requests;
  const belongs = bothBelong(belongsToNone(policy.areas, work), belongsToFiles(free));
  return [...requests, request(terms, { area: "files in no area", belongs, owners: "codeowners" }, policy, work)];
}

/** One request for all that the rule touches, which an owner of any of it can approve. */
export function requestForChange(scope: Scope, terms: ApprovalTerms): ApprovalRequest[] {
  const requests = requestsByArea(scope, terms);
  if (requests.length === 0) return [];
  const belongs: Belongs = (file) => requests.some((one) => one.belongs(file));
  const owners = touchedAreas(scope).map((area) => area.owners);
  const free = scope.files.some((file) => file.areas.length === 0);
  const any = [...new Set([...owners, ...(free ? ["codeowners" as const] : [])])];
  const fallback = joined(touchedAreas(scope).flatMap((area) => area.fallback ?? []));
  return [
    request(terms, { area: "the change", belongs, owners: any, fallback }, scope.change.policy, scope.change.work),
  ];
}

/** One request for each of the named areas: its owners approve what the rule is about, wherever that lies. */
export function requestsToAreas(scope: Scope, terms: ApprovalTerms, names: readonly string[]): ApprovalRequest[] {
  const { policy, work } = scope.change;
  const named = policy.areas.filter(({ name }) => names.includes(name));
  return named.map(({ name, owners, fallback }) =>
    request(terms, { area: name, belongs: filesOf(scope), owners, fallback }, policy, work),
  );
}

/** One request for all files of the rule, to anybody who can push. */
export function requestToAnyone(scope: Scope, terms: ApprovalTerms): ApprovalRequest {
  const about = {
    area: scope.narrowed ? "these files" : "the change",
    belongs: filesOf(scope),
    owners: "anyone" as const,
  };
  return request(terms, about, { defaultOwners: null }, scope.change.work);
}

/**
 * The approval of the policy's owners for these files. Where the policy names no owners: the code owners of the files,
 * else the default owners, else anybody who can push and is not excluded.
 */
export function requestToPolicyOwners(change: JudgedChange, files: readonly JudgedFile[]): ApprovalRequest {
  const { policyOwners, defaultOwners } = change.policy;
  const about = { area: "the policy", belongs: belongsToFiles(files), owners: policyOwners ?? ("codeowners" as const) };
  return { ...request(defaultTerms, about, { defaultOwners }, change.work), orAnyone: policyOwners === null };
}

type About = Pick<ApprovalRequest, "area" | "belongs" | "owners"> & { fallback?: Owners | null };

function request(
  { count, exclude, staleWhen }: ApprovalTerms,
  { area, belongs: isAsked, owners, fallback = null }: About,
  { defaultOwners }: { defaultOwners: Owners | null },
  work: Work,
): ApprovalRequest {
  spend(work, stepsOfRequest);
  const belongs: Belongs = (file) => {
    const answer = isAsked(file);
    spend(work, answer ? stepsOfOwnedFile : stepsOfOtherFile);
    return answer;
  };
  return { area, belongs, owners, fallback, defaultOwners, count, exclude, staleWhen };
}

/**
 * Judging what became of one request, of one of its files (who owns it, wrote it, and saw it as it stands) and of any other:
 * as long as comparing so many characters.
 */
const stepsOfRequest = 2_000;
const stepsOfOwnedFile = 100;
const stepsOfOtherFile = 5;

/**
 * The same where nobody can tell who owns CODEOWNERS, because the base's own cannot be read: a change that only mends it is
 * approved by the default owners, else by anybody who can push and is not excluded. Null where the policy names owners, for
 * files beside it, and where that was tried.
 */
export function requestToMenders(
  change: JudgedChange,
  files: readonly JudgedFile[],
  without: readonly ApprovalRequest[],
): ApprovalRequest | null {
  const { policyOwners, defaultOwners } = change.policy;
  const places: readonly string[] = codeownersPlaces;
  const mends = files.every(({ subject: { file } }) => touchedPaths(file).every((path) => places.includes(path)));
  if (policyOwners !== null || !mends) return null;
  const owners = defaultOwners !== null && without.length === 1 ? defaultOwners : ("anyone" as const);
  if (without.some((request) => request.owners === "anyone")) return null;
  return request(
    defaultTerms,
    { area: "the policy", belongs: belongsToFiles(files), owners },
    { defaultOwners: null },
    change.work,
  );
}

/** The areas in question: those of the rule's files, or of them those that its `when` names. */
function touchedAreas({ change, files, namedAreas }: Scope): readonly Area[] {
  const touched = new Set<string>();
  spend(change.work, files.length);
  for (const { areas } of files) {
    spend(change.work, stepsOfAreaName * areas.length);
    for (const name of areas) touched.add(name);
  }
  return change.policy.areas.filter(({ name }) => touched.has(name) && (namedAreas?.includes(name) ?? true));
}

/** Asking whether an area's name is known already: as long as comparing so many characters. */
const stepsOfAreaName = 5;

/** A rule that is about the whole change needs all of it seen, also what a later push adds. */
function filesOf({ files, narrowed }: Scope): Belongs {
  return narrowed ? belongsToFiles(files) : () => true;
}

/** Without the files that a waiver takes out of the rule: what happens to them ends no approval of the others. */
function asked({ isExempt }: Scope, belongs: Belongs): Belongs {
  return isExempt === undefined ? belongs : (file) => belongs(file) && !isExempt(file);
}

function bothBelong(one: Belongs, other: Belongs): Belongs {
  return (file) => one(file) && other(file);
}

function joined(owners: readonly Owners[]): Owners | null {
  if (owners.length === 0) return null;
  const all = (names: readonly string[]) => [...new Set(names)].sort();
  return { users: all(owners.flatMap(({ users }) => users)), teams: all(owners.flatMap(({ teams }) => teams)) };
}
