import type { Commit } from "../change/change.ts";
import { coAuthorEmails, coAuthors } from "./co-authors.ts";
import { nameKey } from "./names.ts";
import { isPlatformAddress, noreplyLogin } from "./noreply.ts";
import type { PeopleIndex } from "./people-index.ts";

/** The accounts of the people whom a commit names. */
export interface CommitAccounts {
  /** Of author, committer and co-authors, lower case, sorted. */
  logins: readonly string[];
  /** Of them, whom a verified signature speaks for: the committer, or the author of a commit that the platform made for them. */
  proven: readonly string[];
  /** Whether the platform made the commit for its author and somebody else: a squash of what both wrote bears one name. */
  shared: boolean;
  /** Whether an address could not be looked up because accounts were not read. */
  unread: boolean;
}

/** Every address that a commit names, each once: whoever reads facts asks whose they are. */
export function addressesOf({
  author,
  committer,
  message,
}: Pick<Commit, "author" | "committer" | "message">): string[] {
  return [...new Set([author.email, committer.email, ...coAuthorEmails(message)])];
}

/** `verified`: whether the platform found the commit's signature valid. */
export function commitAccounts(
  commit: Pick<Commit, "author" | "committer" | "message">,
  people: PeopleIndex,
  host: string | null,
  verified: boolean,
): CommitAccounts {
  const { author, committer } = commit;
  const found = addressesOf(commit)
    .filter((email) => !isPlatformAddress(email, host))
    .map((email) => ({ email, logins: loginsOf(email, people, host) }));
  const isByPlatform = isPlatformAddress(committer.email, host);
  const signer = isByPlatform ? author.email : committer.email;
  return {
    logins: sorted(found.flatMap(({ logins }) => logins)),
    proven: verified ? sorted(loginsOf(signer, people, host)) : [],
    shared: isByPlatform && namesOthers(commit, people, host),
    // An address that belongs to no account excludes nobody.
    unread: found.some(({ email, logins }) => logins.length === 0 && people.accountsOf(email) === null),
  };
}

/** Whether a message names a co-author who is not the author under the same or another address, or whose address it leaves out. */
function namesOthers(
  { author, message }: Pick<Commit, "author" | "message">,
  people: PeopleIndex,
  host: string | null,
) {
  const own = new Set(loginsOf(author.email, people, host).map(nameKey));
  const isAuthor = (email: string) =>
    email.toLowerCase() === author.email.toLowerCase() ||
    loginsOf(email, people, host).some((login) => own.has(nameKey(login)));
  return coAuthors(message).some((emails) => emails.length === 0 || !emails.every(isAuthor));
}

/** By the platform's word, and by the login that one of its private addresses holds: an account may have been renamed since. */
function loginsOf(email: string, people: PeopleIndex, host: string | null): string[] {
  const private_ = noreplyLogin(email, host);
  return [...(people.accountsOf(email) ?? []), ...(private_ === null ? [] : [private_])].filter(isSomebody);
}

/** GitHub commits in its own name what people do on its pages. */
function isSomebody(login: string): boolean {
  return nameKey(login) !== "web-flow";
}

function sorted(logins: readonly string[]): string[] {
  return [...new Set(logins.map(nameKey))].sort();
}
