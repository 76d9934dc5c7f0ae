import type { Commit } from "../change/change.ts";
import { absent, present, type Evidence } from "../evidence.ts";
import type { OwnershipFacts } from "./approvals.ts";
import { commitAccounts } from "./commit-accounts.ts";
import { indexPeople } from "./people-index.ts";

/** Whom a commit's verified signature speaks for. */
export interface Signers {
  /** In lower case: the committer, or the author of a commit that the platform made for them. None where nothing was verified. */
  logins: readonly string[];
  /** Whether the platform made the commit for somebody else too: what its co-authors wrote bears the author's name. */
  shared: boolean;
}

/** Whom each commit's verified signature speaks for; absent where that was not read. */
export function commitSigners({
  change: { commits, repository },
  people,
  signatures,
}: Pick<OwnershipFacts, "people" | "signatures"> & {
  change: Pick<OwnershipFacts["change"], "commits" | "repository">;
}): (sha: Commit["sha"]) => Evidence<Signers> {
  if (signatures.state === "absent") return () => signatures;
  const index = indexPeople(people, repository?.owner ?? null);
  const bySha = new Map(commits.map((commit) => [commit.sha, commit]));
  const verified = Map.groupBy(signatures.value, ({ commit }) => commit);
  return (sha) => {
    const commit = bySha.get(sha);
    const told = verified.get(sha);
    if (commit === undefined || told === undefined) return absent("the platform does not list this commit");
    // Of two records the one that gives less counts.
    const isVerified = told.every((signature) => signature.verified);
    const { proven, shared } = commitAccounts(commit, index, repository?.host ?? null, isVerified);
    return present({ logins: proven, shared });
  };
}
