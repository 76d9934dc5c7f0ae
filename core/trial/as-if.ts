import { present } from "../evidence.ts";
import type { Facts } from "../facts.ts";
import { inertText } from "../untrusted/index.ts";
import { accountType } from "./account-type.ts";
import type { AsIf } from "./as-if/parse.ts";
import { withMember, withPullRequest } from "./as-if/people.ts";
import { withPush } from "./as-if/push.ts";
import { afterAll, withDismissal, withReview } from "./as-if/reviews.ts";
import { supposing, type Supposed } from "./as-if/supposed.ts";
import { withGivenPolicy, type GivenPolicy } from "./given-policy.ts";
import { isSameName } from "./same-name.ts";

export { asIfKinds, parseAsIf, type AsIf, type AsIfKind } from "./as-if/parse.ts";
export type { Supposed } from "./as-if/supposed.ts";

/**
 * The facts of a change with a few things supposed otherwise, one after the other, for "what if". Pure; the facts that are
 * given stay as they are. What a supposition needs and the facts lack is taken for granted and said.
 * @param policies the policies that `policy:` names, by name
 * @throws {Problem} when the facts have no place for a supposition: no such commit, no review to dismiss
 */
export function supposeFacts(
  facts: Facts,
  suppositions: readonly AsIf[],
  policies: ReadonlyMap<string, GivenPolicy> = new Map(),
): Supposed {
  return suppositions.reduce<Supposed>((supposed, asIf) => suppose(supposed, asIf, policies), { facts, assumed: [] });
}

function suppose(supposed: Supposed, asIf: AsIf, policies: ReadonlyMap<string, GivenPolicy>): Supposed {
  const { facts } = supposed;
  switch (asIf.kind) {
    case "approve":
      return withReview(supposed, asIf.user, "approved", asIf.commit);
    case "request-changes":
      return withReview(supposed, asIf.user, "changes_requested", null);
    case "dismiss":
      return withDismissal(supposed, asIf.user);
    case "push":
      return withPush(supposed, asIf.path);
    case "base":
      return supposing(
        supposed,
        {
          change: { ...facts.change, base: { ...facts.change.base, name: asIf.branch } },
          retargetedAt: facts.change.base.name === asIf.branch ? facts.retargetedAt : afterAll(facts),
        },
        "The policy and CODEOWNERS stay those of the base that was read, and so do the commits.",
      );
    case "label":
    case "unlabel":
      return withLabel(supposed, asIf.name, asIf.kind === "label");
    case "author":
      return withAuthor(supposed, asIf.login);
    case "date":
      return supposing(supposed, { asOf: `${asIf.day}T00:00:00.000Z` });
    case "member":
      return withMember(supposed, asIf.team, asIf.user);
    case "policy":
      return withPolicy(supposed, asIf.file, policies);
    case "check":
      return withCheck(supposed, asIf);
  }
}

function withLabel(supposed: Supposed, name: string, has: boolean): Supposed {
  const opened = withPullRequest(supposed);
  const { pullRequest } = opened.facts;
  if (pullRequest.state === "absent") return opened;
  const others = pullRequest.value.labels.filter((label) => !isSameName(label, name));
  const labels = has ? [...others, name] : others;
  return supposing(opened, { pullRequest: present({ ...pullRequest.value, labels }) });
}

function withAuthor(supposed: Supposed, author: string): Supposed {
  const opened = withPullRequest(supposed);
  const { pullRequest } = opened.facts;
  if (pullRequest.state === "absent") return opened;
  if (isSameName(pullRequest.value.author, author)) return opened;
  const by = { author, authorType: accountType(author), association: "NONE" };
  const name = inertText(author, { maxGraphemes: 100 });
  const sentence = `What ${name} is to the repository was not read: taken for nobody that it knows (NONE).`;
  return supposing(opened, { pullRequest: present({ ...pullRequest.value, ...by }) }, sentence);
}

function withPolicy(supposed: Supposed, file: string, policies: ReadonlyMap<string, GivenPolicy>): Supposed {
  const policy = policies.get(file);
  if (policy === undefined) throw new Error(`the text of the policy ${file} was not handed over`);
  return { ...supposed, facts: withGivenPolicy(supposed.facts, policy) };
}

function withCheck(supposed: Supposed, asIf: Extract<AsIf, { kind: "check" }>): Supposed {
  const { name, conclusion } = asIf;
  const { checks } = supposed.facts;
  const known = checks.state === "present" ? checks.value : [];
  const app = asIf.app ?? known.find((check) => check.name === name)?.app ?? null;
  const others = known.filter((check) => check.name !== name || (asIf.app !== null && check.app !== app));
  const unread = "The checks were not read: those that are supposed are taken for the only ones.";
  const supposedCheck = { name, app, status: "completed", conclusion };
  return supposing(
    supposed,
    { checks: present([...others, supposedCheck]) },
    checks.state === "present" ? undefined : unread,
  );
}
