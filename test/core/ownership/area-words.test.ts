import { describe, expect, test } from "vitest";
import { approvalOf, users, type OwnershipSketch } from "../../ownership-facts.ts";

const write = "Name the owners of auth as `@login` or `@org/team` on the base branch, in place of";
const ann = { user: "ann" };

describe("an owner by e-mail, whose account nobody knows, is told with the next step", () => {
  const docs = "docs@example.com";
  test.each<{ says: string; owners: string; sketch?: OwnershipSketch; is?: string; gap: string; fix: string }>([
    {
      says: "before any review",
      owners: docs,
      gap: `auth has 0 of 1 approvals by ${docs} (the account of ${docs} was not read)`,
      fix: `${write} ${docs}: GitHub tells nobody whose address it is.`,
    },
    {
      says: "after a review that may be theirs",
      owners: docs,
      sketch: { reviews: [ann] },
      gap: `(the account of ${docs} was not read)`,
      fix: `${write} ${docs}: GitHub tells nobody whose address it is.`,
    },
    {
      says: "two of them",
      owners: `${docs} a@x.org`,
      gap: `(the account of a@x.org was not read; the account of ${docs} was not read)`,
      fix: `${write} a@x.org and ${docs}: GitHub tells nobody whose address they are.`,
    },
    {
      says: "beside somebody who can be asked",
      owners: `${docs} @ann`,
      gap: `(the account of ${docs} was not read)`,
      fix: "Ask ann to approve auth.",
    },
    {
      says: "beside somebody who has approved: nothing is left to do",
      owners: `${docs} @ann`,
      sketch: { reviews: [ann] },
      is: "satisfied",
      gap: "auth is approved by ann",
      fix: "null",
    },
    {
      says: "whose account the facts give",
      owners: docs,
      sketch: { accounts: { [docs]: "ann", "dev@example.org": "dev" } },
      gap: `auth has 0 of 1 approvals by ${docs}`,
      fix: "Ask ann to approve auth.",
    },
    {
      says: "whose address holds the login",
      owners: "1234+ann@users.noreply.github.com",
      sketch: { reviews: [ann] },
      is: "satisfied",
      gap: "auth is approved by ann",
      fix: "null",
    },
  ])("$says", ({ owners, sketch = {}, is = "waiting", gap, fix }) => {
    const approval = approvalOf({ ...sketch, codeowners: `* ${owners}` }, { owners: "codeowners" });
    expect(approval.state).toBe(is);
    expect(approval.says).toContain(gap);
    expect(String(approval.fix)).toBe(fix);
  });

  test("named by the policy, the same", () => {
    const approval = approvalOf({}, { owners: users(docs) });
    expect(approval.fix).toBe(`${write} ${docs}: GitHub tells nobody whose address it is.`);
  });
});
