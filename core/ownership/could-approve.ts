import type { TreeFile } from "../change/tree-file.ts";
import { absent, present, type Evidence } from "../evidence.ts";
import type { ApprovalRequest } from "./approval.ts";
import { areEnough, candidatesAmong, type Candidates } from "./candidates.ts";
import { exclusionsFor, type Exclusions } from "./exclusions.ts";
import { ownerGroups, ownersProblems, type FilesOfOwners } from "./owner-groups.ts";
import type { Approvers } from "./owner-refs.ts";
import { codeOwners, type CodeOwners } from "./owners-of-files.ts";
import { indexPeople } from "./people-index.ts";
import type { People } from "./people.ts";

/** What is asked of whoever could approve: the parts of a request that do not depend on one change. */
export type PossibleRequest = Pick<ApprovalRequest, "belongs" | "owners" | "fallback" | "defaultOwners" | "count">;

/** The repository around the question: what its people and its CODEOWNERS are now. */
export interface PossibleWorld {
  codeowners: Evidence<{ path: string; text: string }>;
  people: Evidence<People>;
  /** Whose team a name without a slash means. */
  organisation: string | null;
}

/** Owners that are too few, for some change. */
export interface TooFew {
  /** One of their files. */
  file: TreeFile;
  /** Everybody who could approve it, when somebody else made the change; sorted. Bots are not people. */
  users: readonly string[];
  /** What is wrong with the configuration, as a sentence; null when nothing is. */
  broken: string | null;
}

/**
 * The files whose approval could never be given: by the same groups, fallbacks, broader patterns and default owners as the
 * approval of a change, once for nobody in particular and once for each owner as the author. What was not read is
 * taken for enough.
 */
export function tooFewCouldApprove(
  request: PossibleRequest,
  files: readonly TreeFile[],
  { codeowners, people: read, organisation }: PossibleWorld,
): TooFew[] {
  const people = indexPeople(read, organisation);
  const owners = codeOwners(codeowners);
  const candidates = (approvers: Approvers, author: string | null): Candidates =>
    candidatesAmong(approvers, madeBy(author), people);
  const groupsFor = (author: string | null, of: readonly TreeFile[]): FilesOfOwners[] =>
    ownerGroups(request, of, owners, (approvers) => areEnough(candidates(approvers, author), request.count));
  const isStuck = (group: FilesOfOwners, author: string | null): boolean =>
    group.unsure.length > 0 || !areEnough(candidates(group.approvers, author), request.count);
  const asked = files.filter(request.belongs);
  const found = groupsFor(null, asked).flatMap((group): TooFew[] => {
    const [file] = group.files;
    const { users, mayBeMore, broken: wrong } = candidates(group.approvers, null);
    // However many they are: of those who stand in nobody can be sure.
    const [broken] = [...wrong, ...group.unsure];
    if (file !== undefined && broken !== undefined) return [{ file, users, broken }];
    // Whoever of them is the author, the others are enough.
    if (file === undefined || mayBeMore || users.length > request.count) return [];
    const authors = [null, ...users];
    const stuck = authors.flatMap((author) => groupsFor(author, group.files).filter((one) => isStuck(one, author)));
    const [unsure = null] = stuck.flatMap((one) => one.unsure);
    return stuck.length > 0 ? [{ file, users, broken: unsure }] : [];
  });
  // Asked last, for what was too much work shows only then. Of owners whom nobody can be sure of, nobody can say that they are few.
  const unclear = firstUnclear(request, asked, owners);
  return unclear === null ? found : [unclear];
}

function firstUnclear(request: PossibleRequest, files: readonly TreeFile[], owners: CodeOwners): TooFew | null {
  for (const file of files) {
    const [broken] = ownersProblems(request.owners, [file], owners);
    if (broken !== undefined) return { file, users: [], broken };
  }
  return null;
}

function madeBy(author: string | null): Exclusions {
  const opened = (login: string) => present({ author: login, authorType: "User", agentRequesters: [] });
  const pullRequest = author === null ? absent("nobody in particular") : opened(author);
  return exclusionsFor([], [], { pullRequest, commitsOf: () => null, accountsOf: () => null });
}
