import { describe, expect, test } from "vitest";
import type { ApprovalRequest } from "../../../core/ownership/approval.ts";
import { approvalsOf } from "../../../core/ownership/approvals.ts";
import { teamsOwning, usersOwning } from "../../../core/ownership/owners-of-files.ts";
import { askFor, buildOwnershipFacts, users } from "../../ownership-facts.ts";

describe("a CODEOWNERS that takes too much work is a broken configuration, and the rest is judged", () => {
  // One long name is compared with every line, at each of its letters.
  const text = `* @ann\n${`*${"a?".repeat(40)}c* @bob\n`.repeat(1_200)}`;
  const files = ["src/auth/a.ts", `src/auth/c${"a".repeat(200)}.ts`];
  const facts = buildOwnershipFacts({ reviews: [{ user: "ann" }], files, codeowners: text });
  const approvals = approvalsOf(facts);

  test("where its owners are asked", () => {
    expect(approvals.of(askFor({ owners: "codeowners", defaultOwners: users("ann") }))).toMatchObject({
      ...{ state: "unsatisfiable", unsatisfiable: "configuration" },
      says: "auth cannot be approved: .github/CODEOWNERS takes too much work for the files of this change, so nobody can say who owns them: begin its patterns with folders, write fewer wildcards, or split the change",
    });
  });

  test("where its owners are asked beside others", () => {
    const owners: ApprovalRequest["owners"] = ["codeowners", users("ann")];
    expect(approvals.of(askFor({ owners }))).toMatchObject({ unsatisfiable: "configuration" });
  });

  test("where the policy names the owners: as ever", () => {
    expect(approvals.of(askFor())).toMatchObject({ state: "satisfied", by: ["ann"] });
  });

  test("people are asked for as far as they are known", () => {
    expect(teamsOwning(facts.change.files, facts.codeowners)).toEqual([]);
    expect(usersOwning(facts.change.files, facts.codeowners)).toEqual(["ann"]);
  });
});
