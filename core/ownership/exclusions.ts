import type { Commit } from "../change/change.ts";
import { touchedPaths } from "../change/change.ts";
import type { TreeFile } from "../change/tree-file.ts";
import type { Evidence } from "../evidence.ts";
import type { Exclusion } from "./approval.ts";
import type { CommitAccounts } from "./commit-accounts.ts";
import { nameKey } from "./names.ts";

/** Who wrote, or asked for, what is to be approved. */
export interface Exclusions {
  /** Absent: the pull request was not read. */
  author: Evidence<string>;
  agentRequesters: readonly string[];
  committers: Committers;
}

/** The people behind the commits, and what of them was not read. */
export interface Committers {
  /** How many of the commits name each login, lower case. */
  commits: ReadonlyMap<string, number>;
  /** Those of them for whom a verified signature speaks. */
  proven: ReadonlySet<string>;
  /** Why not all of them are known, as a sentence; null when they are. */
  unread: string | null;
}

/** What somebody is to the change that keeps their approval from counting. */
export type Excluded = "author" | "agent-requester" | "committer";

/** Why somebody may not approve, or null. */
export function excludedAs(login: string, { author, agentRequesters, committers }: Exclusions): Excluded | null {
  const key = nameKey(login);
  if (author.state === "present" && nameKey(author.value) === key) return "author";
  if (agentRequesters.some((requester) => nameKey(requester) === key)) return "agent-requester";
  return committers.commits.has(key) ? "committer" : null;
}

/** What is asked about who wrote some files. */
export interface Writing {
  pullRequest: Evidence<{ author: string; authorType: string; agentRequesters: readonly string[] }>;
  /** The commits that touched a file, by its path; null where none is known to have. */
  commitsOf: (path: string) => readonly string[] | null;
  accountsOf: (commit: Commit["sha"]) => CommitAccounts | null;
}

/**
 * Who may not approve these files. The author never may: of what a bot opened, that is whoever wrote its commits too, for
 * the bot stands there in the place of a person whom nobody knows.
 */
export function exclusionsFor(
  files: readonly TreeFile[],
  exclude: readonly Exclusion[],
  { pullRequest, commitsOf, accountsOf }: Writing,
): Exclusions {
  const known = pullRequest.state === "present";
  const isBots = known && pullRequest.value.authorType === "Bot";
  return {
    author: known ? { state: "present", value: pullRequest.value.author } : pullRequest,
    agentRequesters: known && exclude.includes("agent_requester") ? pullRequest.value.agentRequesters : [],
    committers: isBots || exclude.includes("committers") ? committersOf(files, commitsOf, accountsOf) : noCommitters,
  };
}

const noCommitters: Committers = { commits: new Map(), proven: new Set(), unread: null };

function committersOf(
  files: readonly TreeFile[],
  commitsOf: Writing["commitsOf"],
  accountsOf: Writing["accountsOf"],
): Committers {
  const shas = files.map((file) => touchedPaths(file).flatMap((path) => commitsOf(path) ?? []));
  const accounts = [...new Set(shas.flat())].map(accountsOf);
  const known = accounts.filter((one) => one !== null);
  const commits = new Map<string, number>();
  for (const { logins } of known) for (const login of logins) commits.set(login, (commits.get(login) ?? 0) + 1);
  return {
    commits,
    proven: new Set(known.flatMap(({ proven }) => proven)),
    unread: unreadReason(shas.some((list) => list.length === 0) || known.length < accounts.length, known),
  };
}

function unreadReason(commitsMissing: boolean, accounts: readonly CommitAccounts[]): string | null {
  if (commitsMissing) return "which commits touched these files is not known";
  return accounts.some(({ unread }) => unread)
    ? "the accounts behind the commits' e-mail addresses were not read"
    : null;
}
