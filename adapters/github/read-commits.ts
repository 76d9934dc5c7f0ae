import * as z from "zod";
import { Sha } from "../../core/change/change.ts";
import { absent, mapEvidence, type Evidence } from "../../core/evidence.ts";
import { coAuthorEmails, type CommitSignature, type People } from "../../core/ownership/index.ts";
import { evidenceOf, NotTold, type GitHub } from "./client.ts";
import { toldCommits } from "./pull-told.ts";
import { readCoAuthors, uniqueAccounts, type EmailAccount } from "./read-co-authors.ts";
import { readCommitsById } from "./read-commits-by-id.ts";
import { needsPullRequests } from "./read-reviews.ts";

/** Whose the commits of a pull request are, as GitHub knows it. */
export interface CommitsReading {
  accounts: People["accounts"];
  signatures: Evidence<CommitSignature[]>;
}

/** Of no pull request GitHub lists more commits. https://docs.github.com/en/rest/pulls/pulls#list-commits-on-a-pull-request */
const mostCommits = 250;

/**
 * The accounts behind the e-mails of a pull request's authors, committers and co-authors, and what GitHub says of each
 * commit's signature. Both are absent when GitHub lists fewer commits than there are: a committer who is not known could
 * approve. The login of an e-mail that belongs to no account is null; one that GitHub was not asked for, or did not tell,
 * has no entry.
 * @param expected the commits that must be among those listed
 * @param beyond `by-id`: `expected` is all of them, and those that are not listed are asked for by themselves
 */
export async function readCommits(
  github: GitHub,
  number: number,
  expected: readonly string[],
  beyond: "absent" | "by-id" = "absent",
): Promise<CommitsReading> {
  let missing: string[] = [];
  const read = await evidenceOf(`the commits of #${number}`, needsPullRequests, async () => {
    const commits = await commitsOf(github, number);
    const listed = new Set(commits.map(({ sha }) => sha));
    missing = expected.filter((sha) => !listed.has(sha));
    if (missing.length > 0 && beyond === "absent") throw new NotTold(tooFew(commits.length, missing.length, number));
    return commits;
  });
  const coAuthors = read.state === "present" && namesOthers(read.value) ? await readCoAuthors(github, number) : [];
  const listed = told(read, coAuthors);
  if (read.state === "absent" || missing.length === 0) return listed;
  return joinCommits([listed, await readUnlisted(github, number, missing)]);
}

/** Those that GitHub does not list with a pull request, by themselves. Absent with the reason where it does not tell. */
export async function readUnlisted(
  github: GitHub,
  number: number,
  commits: readonly string[],
): Promise<CommitsReading> {
  const what = `commits that GitHub does not list with #${number} (${commits.length} of them)`;
  const read = await evidenceOf(what, needsPullRequests, async () =>
    toldCommits(await readCommitsById(github, commits)),
  );
  return {
    accounts: mapEvidence(read, ({ accounts }) => accounts),
    signatures: mapEvidence(read, ({ signatures }) => signatures),
  };
}

/**
 * The same of the commits between two others: those that a merge queue made are of no pull request's list. Null when GitHub
 * does not tell; whose an address is that nobody told of is not known.
 * https://docs.github.com/en/rest/commits/commits#compare-two-commits
 */
export async function readCommitsBetween(github: GitHub, base: string, head: string): Promise<CommitsReading | null> {
  const read = await evidenceOf("the commits of the range", "", () =>
    github.list(
      "GET /repos/{owner}/{repo}/compare/{basehead}",
      { basehead: `${base}...${head}` },
      { shape: z.object({ commits: z.array(Commit) }), items: ({ commits }) => commits, key: ({ sha }) => sha },
    ),
  );
  return read.state === "absent" ? null : told(read, []);
}

function told(read: Evidence<Commit[]>, coAuthors: readonly EmailAccount[]): CommitsReading {
  return {
    accounts: mapEvidence(read, (commits) => uniqueAccounts([...accountsOf(commits), ...coAuthors])),
    signatures: mapEvidence(read, (commits) => commits.map(signatureOf).sort(byCommit)),
  };
}

/** What several readings say together; absent as soon as one is. */
export function joinCommits(readings: readonly CommitsReading[]): CommitsReading {
  const accounts = allOf(readings.map((reading) => reading.accounts));
  const signatures = allOf(readings.map((reading) => reading.signatures));
  return {
    accounts: mapEvidence(accounts, uniqueAccounts),
    signatures: mapEvidence(signatures, (all) =>
      [...new Map(all.map((each) => [each.commit, each])).values()].sort(byCommit),
    ),
  };
}

function allOf<T>(parts: readonly Evidence<readonly T[]>[]): Evidence<T[]> {
  const gone = parts.find((part) => part.state === "absent");
  if (gone?.state === "absent") return absent(gone.reason);
  return { state: "present", value: parts.flatMap((part) => (part.state === "present" ? part.value : [])) };
}

/** Why the commits that GitHub lists are not those of the change. */
export function tooFew(count: number, missing: number, number: number): string {
  const why =
    count >= mostCommits ? `GitHub lists no more than ${mostCommits} commits` : `${missing} of them are not listed`;
  return `${why} of #${number}, and the change has others`;
}

const Account = z.object({ login: z.string().optional() }).nullish();
const Person = z.object({ email: z.string().optional() }).nullish();
const Commit = z.object({
  sha: Sha,
  commit: z.object({
    author: Person,
    committer: Person,
    message: z.string(),
    verification: z.object({ verified: z.boolean(), reason: z.string() }).optional(),
  }),
  author: Account,
  committer: Account,
});
type Commit = z.infer<typeof Commit>;

function commitsOf(github: GitHub, number: number): Promise<Commit[]> {
  return github.list(
    "GET /repos/{owner}/{repo}/pulls/{pull_number}/commits",
    { pull_number: number },
    { shape: z.array(Commit), items: (page) => page, key: ({ sha }) => sha },
  );
}

/** Whether a message names somebody whose account the list of commits does not tell. */
function namesOthers(commits: readonly Commit[]): boolean {
  const told = new Set(accountsOf(commits).map(({ email }) => email));
  return commits.some(({ commit }) => coAuthorEmails(commit.message).some((email) => !told.has(email)));
}

function accountsOf(commits: readonly Commit[]): EmailAccount[] {
  const sides = commits.flatMap(({ commit, author, committer }) => [
    { email: commit.author?.email, login: author?.login },
    { email: commit.committer?.email, login: committer?.login },
  ]);
  return uniqueAccounts(
    sides.flatMap(({ email, login }) => (email === undefined ? [] : [{ email, login: login ?? null }])),
  );
}

function signatureOf({ sha, commit }: Commit): CommitSignature {
  const { verified, reason } = commit.verification ?? { verified: false, reason: "not told" };
  return { commit: sha, verified, reason };
}

function byCommit(a: CommitSignature, b: CommitSignature): number {
  return a.commit < b.commit ? -1 : 1;
}
