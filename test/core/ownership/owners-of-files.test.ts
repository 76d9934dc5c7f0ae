import { describe, expect, test } from "vitest";
import type { ApprovalRequest } from "../../../core/ownership/approval.ts";
import { approvalsOf } from "../../../core/ownership/approvals.ts";
import { codeOwners, teamsOwning, usersOwning } from "../../../core/ownership/owners-of-files.ts";
import { present } from "../../../core/evidence.ts";
import { askFor, buildOwnershipFacts, treeFile, users } from "../../ownership-facts.ts";

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

describe("lines that are not valid and could decide", () => {
  const line = (number: number) => `line ${number} of CODEOWNERS is not valid and could`;
  const told = (count: number) => [1, 2, 3].slice(0, count).map(line);
  const owners = (text: string) => codeOwners(present({ path: "CODEOWNERS", text }));
  const file = treeFile("src/a.ts");

  test.each([
    { count: 0, is: [] },
    { count: 1, is: told(1) },
    { count: 4, is: [...told(3), line(4)] },
    { count: 5, is: [...told(3), "2 more lines of CODEOWNERS are not valid and could"] },
    { count: 2_000, is: [...told(3), "1997 more lines of CODEOWNERS are not valid and could"] },
  ])("$count of them", ({ count, is }) => {
    const invalid = "/src/ nobody\n".repeat(count);
    const decide = is.map((begin) => `${begin} decide who owns src/a.ts`);
    expect(owners(invalid).problemsOf(file)).toEqual(decide);
    const [found] = owners(`${invalid}/src/a.ts @ann\n`).ofFile(file);
    expect(found?.broader()?.unsure ?? []).toEqual(is.map((begin) => `${begin} name who stands in`));
  });
});
