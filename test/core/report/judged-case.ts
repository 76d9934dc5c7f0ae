import { reviewChange } from "../../../core/review-change.ts";
import { unreviewed, type Review } from "../../../core/report/index.ts";
import type { Facts } from "../../../core/facts.ts";
import { tryCases } from "../trial/try-cases.ts";

const policy = `version: 1
mode: enforce
areas:
  auth: { paths: ["src/auth/**"], owners: { users: [ann], teams: [acme/identity] } }
  money: { paths: ["src/money/**"], owners: { teams: [acme/payments] } }
rules:
  - id: owners-approve
    when: { area: [auth, money], ai: true }
    require: { owner_approval: { per: area } }
`;

/**
 * What a case of `policy test` comes to, judged as the App judges it: two files by claude-code, one of them in auth, unless
 * its `change` says otherwise. `rest` is the case's other keys.
 */
export function judgedCase({ change = usual, rest = "", under = policy }: CaseSketch = {}): {
  facts: Facts;
  review: Review;
} {
  const [first = "", ...lines] = rest.split("\n");
  const more = [first, ...lines].map((line) => `    ${line}`).join("\n");
  const text = `cases:\n  - name: a\n    expect: { decision: pass }\n    change:\n${change}\n${more}\n`;
  const trial = tryCases(text, under);
  if (Array.isArray(trial)) throw new Error(trial.join("\n"));
  const { facts } = trial.results[0]!;
  const review = reviewChange(facts);
  return { facts, review: { ...review, unreviewed: unreviewed(review, facts) } };
}

interface CaseSketch {
  change?: string;
  rest?: string;
  under?: string;
}

export const usual = changeOf(["src/auth/login.ts", "src/list.ts"]);

/** A change of these files by `dev`, each of 10 lines, with claude-code or as the trailers say. */
export function changeOf(
  paths: readonly string[],
  trailers = '{ Assisted-by: "claude-code:claude-opus-4-5" }',
): string {
  const files = paths.map((path) => `{ path: "${path}", additions: 10 }`).join(", ");
  return `      author: dev\n      files: [${files}]\n      commits: [{ trailers: ${trailers} }]`;
}
