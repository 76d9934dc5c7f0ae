import { linkedPlaces } from "../core/change/link-targets.ts";
import type { TreeFile } from "../core/change/tree-file.ts";
import { absent, present } from "../core/evidence.ts";
import { addressesOf } from "../core/ownership/commit-accounts.ts";
import type { ApprovalRequest } from "../core/ownership/approval.ts";
import { approvalsOf, type OwnershipFacts } from "../core/ownership/approvals.ts";
import type { MergeGroupMember } from "../core/ownership/merge-group.ts";
import type { People } from "../core/ownership/people.ts";
import type { PullRequestReview } from "../core/ownership/review.ts";
import { sampleSha } from "./builders.ts";

/** Sketches of what the approval machine is shown. Every part that a sketch leaves out is the plainest one. */

/** A path, or more of the file. Its content is `sampleSha(blob)`, by default that of `path`. */
export type FileAt =
  | string
  | {
      path: string;
      previousPath?: string;
      blob?: string;
      /** The content at the base: that of `base <path>`, unless given; null for a new file. */
      oldBlob?: string | null;
      oldMode?: TreeFile["oldMode"];
      mode?: TreeFile["newMode"];
      kind?: TreeFile["kind"];
      symlinkTarget?: string;
      deleted?: boolean;
    };

export interface ReviewSketch {
  user: string;
  /** Approved unless given. */
  state?: PullRequestReview["state"];
  /** The name of a commit, `head` unless given; null for one that is gone. */
  commit?: string | null;
  userType?: string;
  /** Minutes after midnight; by its place in the list unless given. */
  at?: number;
  id?: string;
}

export interface OwnedCommitSketch {
  name: string;
  /** Logins, or e-mail addresses. `dev` unless given; the committer is the author unless given. */
  author?: string;
  committer?: string;
  message?: string;
  signed?: boolean;
  /** Paths; all unless given. */
  touches?: readonly string[];
  parents?: readonly string[];
}

export interface OwnershipSketch {
  event?: OwnershipFacts["change"]["event"];
  author?: string | null;
  /** Of the author's account; `User` unless given. */
  authorType?: string;
  agentRequesters?: readonly string[];
  draft?: boolean;
  /** `src/auth/login.ts` unless given. */
  files?: readonly FileAt[];
  /** One by `dev` unless given. */
  commits?: readonly OwnedCommitSketch[];
  /** Null: not read. */
  reviews?: readonly ReviewSketch[] | null;
  /** The files that the change had at other commits, by their names. */
  trees?: Readonly<Record<string, readonly FileAt[]>>;
  /** Null: there is none. */
  codeowners?: string | null;
  /** Who can push, and who cannot; null: people were not read. */
  writers?: readonly string[] | null;
  readers?: readonly string[];
  /** Whether nobody else can push. Not known unless given. */
  everyWriter?: boolean;
  /** Why that is not known. */
  othersUnread?: string;
  teams?: Readonly<Record<string, readonly string[] | "missing" | "unread" | "no-push">>;
  /** Whether the teams can push; null: not known. They can unless given. */
  teamPush?: boolean | null;
  /** Null: not read. By default `login@example.org` belongs to each login, and other addresses of the commits to nobody. */
  accounts?: Readonly<Record<string, string | null>> | null;
  /** Minutes after midnight. */
  retargetedAt?: number;
  load?: People["load"];
  incomplete?: string[];
  members?: readonly MemberSketch[] | null;
}

export interface MemberSketch {
  number: number;
  author?: string;
  authorType?: string;
  /** The name of its head; `pr<number>` unless given. */
  head?: string;
  files: readonly FileAt[];
  reviews?: readonly ReviewSketch[];
  retargetedAt?: number;
}

/** The facts of a sketch: `dev` changed `src/auth/login.ts` and nobody has reviewed it; `ann`, `bob` and `dev` can push. */
export function buildOwnershipFacts(sketch: OwnershipSketch = {}): OwnershipFacts {
  const files = (sketch.files ?? ["src/auth/login.ts"]).map(treeFile);
  const commits = sketch.commits ?? [{ name: "first" }];
  return {
    change: {
      event: sketch.event ?? "pull_request",
      repository: { host: "github.com", owner: "acme", name: "shop" },
      head: { name: "topic", sha: sampleSha("head") },
      commits: commits.map(buildCommit),
      files,
      incomplete: sketch.incomplete ?? [],
    },
    commitsOfFile: new Map(files.map(({ path }) => [path, commitsTouching(path, commits)])),
    pullRequest:
      sketch.author === null
        ? absent("no pull request was read")
        : present({
            author: sketch.author ?? "dev",
            authorType: sketch.authorType ?? "User",
            agentRequesters: [...(sketch.agentRequesters ?? [])],
            draft: sketch.draft ?? false,
          }),
    reviews: sketch.reviews === null ? absent("reviews were not read") : present(buildReviews(sketch.reviews)),
    retargetedAt: sketch.retargetedAt === undefined ? null : minute(sketch.retargetedAt),
    reviewedTrees: Object.entries(sketch.trees ?? {}).map(([name, at]) => ({
      commit: sampleSha(name),
      files: at.map(treeFile),
    })),
    signatures: present(
      commits.map(({ name, signed = false }) => ({ commit: sampleSha(name), verified: signed, reason: "sketch" })),
    ),
    people: buildPeople(sketch),
    codeowners:
      sketch.codeowners === undefined || sketch.codeowners === null
        ? absent("there is no CODEOWNERS file at the base")
        : present({ path: ".github/CODEOWNERS", text: sketch.codeowners }),
    mergeGroup:
      sketch.members === undefined || sketch.members === null
        ? absent("the pull requests of the merge group were not read")
        : present(sketch.members.map(buildMember)),
  };
}

/** What becomes of the approval of `src/auth/**`, by `ann` unless told otherwise. */
export function approvalOf(sketch: OwnershipSketch, request: Partial<ApprovalRequest> = {}) {
  return approvalsOf(buildOwnershipFacts(sketch)).of(askFor(request));
}

/** A request for `src/auth/**`. */
export function askFor(request: Partial<ApprovalRequest> = {}): ApprovalRequest {
  return {
    area: "auth",
    belongs: liesIn("src/auth/"),
    owners: { users: ["ann"], teams: [] },
    fallback: null,
    defaultOwners: null,
    count: 1,
    exclude: ["author", "committers", "agent_requester"],
    staleWhen: "owned_diff_changes",
    ...request,
  };
}

/** By either path of a rename, and by where a link leads. */
export function liesIn(folder: string): ApprovalRequest["belongs"] {
  return (file) =>
    [file.path, file.previousPath ?? "", ...linkedPlaces(file)].some((path) => `${path}/`.startsWith(folder));
}

/** People by login. */
export function users(...names: string[]) {
  return { users: names, teams: [] };
}

/** Teams by name. */
export function teams(...names: string[]) {
  return { users: [], teams: names };
}

export function treeFile(at: FileAt): TreeFile {
  const file = typeof at === "string" ? { path: at } : at;
  const kind = file.kind ?? "text";
  const modes = { text: "100644", binary: "100644", symlink: "120000", submodule: "160000" } as const;
  const deleted = file.deleted === true;
  return {
    path: file.path,
    previousPath: file.previousPath ?? null,
    kind,
    oldMode: file.oldBlob === null ? null : (file.oldMode ?? modes[kind]),
    newMode: deleted ? null : (file.mode ?? modes[kind]),
    oldBlob: file.oldBlob === null ? null : sampleSha(file.oldBlob ?? `base ${file.previousPath ?? file.path}`),
    newBlob: deleted ? null : sampleSha(file.blob ?? file.path),
    symlinkTarget: file.symlinkTarget ?? null,
    validUtf8: true,
  };
}

export function buildReviews(reviews: readonly ReviewSketch[] = []): PullRequestReview[] {
  return reviews.map(({ user, state = "approved", commit = "head", userType = "User", ...rest }, index) => ({
    id: rest.id ?? String(100 + index),
    user,
    userType,
    state,
    commit: commit === null ? null : sampleSha(commit),
    submittedAt: minute(rest.at ?? index),
  }));
}

function minute(at: number): string {
  return new Date(Date.UTC(2026, 10, 21, 0, at)).toISOString();
}

function buildCommit({ name, author = "dev", committer = author, message = "x", parents = [] }: OwnedCommitSketch) {
  const identity = (who: string) => ({ name: who, email: emailOf(who) });
  return {
    sha: sampleSha(name),
    parents: parents.map(sampleSha),
    author: identity(author),
    committer: identity(committer),
    authoredAt: "2026-11-21T00:00:00+00:00",
    committedAt: "2026-11-21T00:00:00+00:00",
    message,
    messageProblems: [],
    diffs: [],
    moves: [],
  };
}

function emailOf(who: string): string {
  return who.includes("@") ? who : `${who}@example.org`;
}

function commitsTouching(path: string, commits: readonly OwnedCommitSketch[]): string[] {
  return commits
    .filter(({ touches }) => touches === undefined || touches.includes(path))
    .map(({ name }) => sampleSha(name));
}

function buildPeople(sketch: OwnershipSketch): OwnershipFacts["people"] {
  if (sketch.writers === null) return absent("people were not read");
  const { writers = ["ann", "bob", "dev"], teamPush = true } = sketch;
  const right = (canPush: boolean) => (login: string) => ({ login, canPush });
  return present({
    writers: [...writers.map(right(true)), ...(sketch.readers ?? []).map(right(false))],
    ...(sketch.everyWriter === undefined ? {} : { everyWriter: sketch.everyWriter }),
    ...(sketch.othersUnread === undefined ? {} : { othersUnread: sketch.othersUnread }),
    teams: Object.entries(sketch.teams ?? {}).map(([name, members]) => ({
      name,
      canPush: members === "no-push" ? false : teamPush,
      members: typeof members === "string" ? absent(`the members of ${name} were not read`) : present([...members]),
      missing: members === "missing",
    })),
    accounts: sketch.accounts === null ? absent("accounts were not read") : present(accountsOf(sketch)),
    load: [...(sketch.load ?? [])],
  });
}

function accountsOf({ accounts, commits = [], ...sketch }: OwnershipSketch): { email: string; login: string | null }[] {
  if (accounts !== undefined && accounts !== null) {
    return Object.entries(accounts).map(([email, login]) => ({ email, login }));
  }
  const known = ["dev", "ann", "bob", "cat", "eve", ...commits.flatMap(({ author, committer }) => [author, committer])];
  const logins = [...known, ...(sketch.writers ?? [])].filter((who) => who !== undefined && !who.includes("@"));
  const emails = new Map<string, string | null>(
    commits
      .map(buildCommit)
      .flatMap(addressesOf)
      .map((email) => [email, null]),
  );
  for (const login of logins) emails.set(emailOf(login ?? ""), login ?? "");
  return [...emails].map(([email, login]) => ({ email, login }));
}

function buildMember({
  number,
  author = "dev",
  authorType = "User",
  head = `pr${number}`,
  files,
  reviews,
  retargetedAt,
}: MemberSketch): MergeGroupMember {
  return {
    ...{ number, author, authorType, agentRequesters: [], head: sampleSha(head) },
    files: files.map(treeFile),
    retargetedAt: retargetedAt === undefined ? null : minute(retargetedAt),
    reviews: buildReviews(reviews?.map((review) => ({ commit: head, ...review }))),
  };
}
