import type { Commit, Identity } from "../change/change.ts";
import type { RawFinding } from "../findings/finding.ts";
import { readAddresses } from "./tools/address-list.ts";
import { foldLookAlikes } from "./signals/look-alikes.ts";
import { agentOfIdentity } from "./signals/signers.ts";
import type { Trailer } from "./provenance.ts";

/**
 * The findings that a commit's `Reviewed-by` names the person who made it: by the same mail, letters in either case and
 * look-alike ones taken for what they look like, or by a name that only looks like theirs. Two people may bear one name,
 * so the name as it is says nothing. A tool as reviewer is another finding.
 */
export function selfReviews(
  { author, committer }: Pick<Commit, "author" | "committer">,
  trailers: readonly Trailer[],
): Omit<RawFinding, "place">[] {
  const reviewers = trailers
    .filter(({ key, value }) => key.toLowerCase() === "reviewed-by" && agentOfIdentity(value) === null)
    .flatMap(({ value }) => readAddresses(value).identities);
  const roles = [
    { role: "author", who: author },
    { role: "committer", who: committer },
  ];
  const found = roles.find(({ who }) => reviewers.some((reviewer) => isSamePerson(reviewer, who)));
  if (found === undefined) return [];
  const message = `\`Reviewed-by\` names the commit's own ${found.role}, which is no review by somebody else.`;
  return [{ rule: "self-reviewed", message, identity: found.role }];
}

function isSamePerson(reviewer: Identity, maker: Identity): boolean {
  const mail = fold(reviewer.email);
  return (mail !== "" && mail === fold(maker.email)) || isTwin(reviewer.name, maker.name);
}

/** Names that look alike and are not written alike: nobody is called so by chance. */
function isTwin(name: string, other: string): boolean {
  if (name === "" || name.length > longestName) return false;
  return fold(name) === fold(other) && plain(name) !== plain(other);
}

const longestName = 200;

function fold(text: string): string {
  return foldLookAlikes(text).trim();
}

function plain(text: string): string {
  return text.normalize("NFC").trim().toLowerCase();
}
