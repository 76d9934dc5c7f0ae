import { describe, expect, test } from "vitest";
import type { ApprovalRequest } from "../../../core/ownership/approval.ts";
import { approvalsOf } from "../../../core/ownership/approvals.ts";
import { ownerTexts } from "../../../core/ownership/owner-refs.ts";
import {
  codeOwners,
  mostBroader,
  teamsOwning,
  usersOwning,
  type FoundOwners,
} from "../../../core/ownership/owners-of-files.ts";
import { present } from "../../../core/evidence.ts";
import { askFor, buildOwnershipFacts, treeFile, users, type FileAt } from "../../ownership-facts.ts";

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

describe("fault 56: lines that are not valid and could decide", () => {
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

describe("the owners of a file, and those above them", () => {
  const link = (symlinkTarget: string): FileAt => ({ path: "l", kind: "symlink", symlinkTarget });
  /** Each set of owners that a file has, with those above. */
  const found = (text: string, file: FileAt) =>
    codeOwners(present({ path: "CODEOWNERS", text }))
      .ofFile(treeFile(file))
      .map((one) => {
        const above: string[] = [];
        for (let next: FoundOwners | null = one; next !== null; next = next.broader())
          above.push([...ownerTexts(next.owners), ...next.unsure].join(" "));
        return above;
      });

  test.each<{ says: string; text: string; file: FileAt; is: string[][] }>([
    { says: "nobody", text: "/src/ @ann", file: "a", is: [[""]] },
    { says: "one line", text: "/src/ @ann", file: "src/a", is: [["@ann"]] },
    { says: "lines above it", text: "* @bob\n/src/ @ann", file: "src/a", is: [["@ann", "@bob"]] },
    { says: "a file is no folder", text: "* @bob\n/src/ @ann", file: "src", is: [["@bob"]] },
    {
      says: "a link to a folder above owned ones, and a place in it",
      ...{ text: "/src/ @bob\n/src/auth/ @ann", file: link("src") },
      is: [["@bob"], ["@ann", "@bob"]],
    },
    {
      says: "a link to the root, and a place there",
      ...{ text: "/? @bob\n/src/ @ann", file: link(".") },
      is: [["@bob"], ["@ann", "@bob"]],
    },
    { says: "a link to a folder beside them", text: "/src/auth/ @ann", file: link("src/lib"), is: [[""]] },
    {
      says: "the short name of a folder",
      ...{ text: "* @bob\n/authentication/ @ann", file: "AUTHEN~1/a" },
      is: [["@bob"], ["@ann", "@bob"]],
    },
  ])("$says", ({ text, file, is }) => expect(found(text, file)).toEqual(is));

  test("are looked up once for a file", () => {
    const owners = codeOwners(present({ path: "CODEOWNERS", text: "* @ann\n* bob" }));
    const file = treeFile("a");
    expect(owners.ofFile(file)).toBe(owners.ofFile(file));
    expect(owners.problemsOf(file)).toBe(owners.problemsOf(file));
  });

  test("above the last of them is nobody", () => {
    const [one] = codeOwners(present({ path: "CODEOWNERS", text: "/src/ @ann" })).ofFile(treeFile("src/a"));
    expect([one?.unsure, one?.broader()]).toEqual([[], null]);
  });
});

describe("who may come to decide", () => {
  const codeowners = (text: string) => present({ path: "CODEOWNERS", text });

  test("each once, in order, in small letters", () => {
    const text = codeowners("* @Bob @acme/Z\n/a @bob @acme/b @x @acme/a a@x.org");
    expect(teamsOwning([treeFile("b"), treeFile("a")], text)).toEqual(["acme/a", "acme/b", "acme/z"]);
    expect(usersOwning([treeFile("b"), treeFile("a")], text)).toEqual(["bob", "x"]);
  });

  test("the first hundred of those above each other", () => {
    const text = codeowners(Array.from({ length: 150 }, (_, index) => `* @acme/t${index}`).join("\n"));
    expect(teamsOwning([treeFile("a")], text)).toHaveLength(mostBroader);
  });
});

describe("what is not valid, for one file", () => {
  const line = (number: number) => `line ${number} of CODEOWNERS is not valid and could decide who owns a/x`;
  test.each<{ says: string; text: string; file?: FileAt; is: string[] }>([
    {
      says: "one line that is not valid, and one that is hardly meant so",
      text: '/a/ ann\n"/a/" @bob',
      is: [line(1), line(2)],
    },
    {
      says: "lines for both paths of a rename, in their order",
      ...{ text: "/b/ bob\n/a/ ann", file: { path: "a/x", previousPath: "b/x" } },
      is: [line(1), line(2)],
    },
    { says: "a line that is not valid only where look-alike letters are one", text: "/a\uff3b/ @ann", is: [] },
  ])("$says", ({ text, file = "a/x", is }) => {
    expect(codeOwners(present({ path: "CODEOWNERS", text })).problemsOf(treeFile(file))).toEqual(is);
  });

  test("the file is named up to 200 letters", () => {
    const [problem] = codeOwners(present({ path: "C".repeat(201), text: "* ann" })).problemsOf(treeFile("a"));
    expect(problem).toBe(`line 1 of ${"C".repeat(199)}… is not valid and could decide who owns a`);
  });
});
