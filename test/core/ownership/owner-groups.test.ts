import { describe, expect, test } from "vitest";
import { absent, present } from "../../../core/evidence.ts";
import type { ApprovalRequest } from "../../../core/ownership/approval.ts";
import { mostProblems, ownerGroups, ownersProblems } from "../../../core/ownership/owner-groups.ts";
import { ownerTexts } from "../../../core/ownership/owner-refs.ts";
import { codeOwners } from "../../../core/ownership/owners-of-files.ts";
import { askFor, treeFile, users, type FileAt } from "../../ownership-facts.ts";

type Group = [owners: string, inPlaceOf: string | null, files?: string[], unsure?: string[]];

interface Row {
  says: string;
  text: string;
  files?: FileAt[];
  request?: Partial<ApprovalRequest>;
  /** Who must be among the owners for them to be enough; nobody is, unless given. */
  enough?: string[];
  is: Group[];
}

const ownersIn = (text: string) => codeOwners(present({ path: "CODEOWNERS", text }));

function groupsOf({ text, files = ["a/x"], request = {}, enough = [] }: Omit<Row, "says" | "is">) {
  const asked = askFor({ owners: "codeowners", belongs: () => true, ...request });
  return ownerGroups(asked, files.map(treeFile), ownersIn(text), ({ owners }) =>
    ownerTexts(owners).some((owner) => enough.includes(owner)),
  );
}

/** Owners as they are written, `anyone` among them; the files where a row tells them. */
function check({ is, ...row }: Row): void {
  const groups = groupsOf(row).map(({ approvers, inPlaceOf, files, unsure }, index): Group => {
    const owners = [...ownerTexts(approvers.owners), ...(approvers.anyone ? ["anyone"] : [])].join(" ");
    const [, , told, why] = is[index] ?? [];
    const paths = files.map(({ path }) => path);
    if (why !== undefined) return [owners, inPlaceOf, paths, [...unsure]];
    expect(unsure).toEqual([]);
    return told === undefined ? [owners, inPlaceOf] : [owners, inPlaceOf, paths];
  });
  expect(groups).toEqual(is);
}

describe("the files by their owners", () => {
  const two = "/b/ @ann\n/a/ @bob";
  test.each<Row>([
    {
      says: "each set of owners its own, in order",
      ...{ text: two, files: ["b/x", "a/x", "b/y"], enough: ["@ann", "@bob"] },
      is: [
        ["@ann", null, ["b/x", "b/y"]],
        ["@bob", null, ["a/x"]],
      ],
    },
    {
      says: "the same in other letters is one set",
      ...{ text: "/a/ @ann\n/b/ @ANN", files: ["a/x", "b/x"], enough: ["@ann"] },
      is: [["@ann", null, ["a/x", "b/x"]]],
    },
    {
      says: "a rename is of both",
      ...{ text: two, files: [{ path: "a/x", previousPath: "b/x" }], enough: ["@ann", "@bob"] },
      is: [
        ["@ann", null, ["a/x"]],
        ["@bob", null, ["a/x"]],
      ],
    },
    { says: "nobody owns it", text: two, files: ["c"], is: [["", null, ["c"]]] },
    {
      says: "whoever can push",
      ...{ text: two, files: ["a/x", "b/x"], request: { owners: "anyone" } },
      is: [["anyone", null, ["a/x", "b/x"]]],
    },
    {
      says: "named by the policy",
      ...{ text: two, files: ["a/x", "b/x"], request: { owners: users("cat") }, enough: ["@cat"] },
      is: [["@cat", null, ["a/x", "b/x"]]],
    },
    {
      says: "one of any of these",
      ...{ text: two, files: ["a/x", "b/x"], request: { owners: ["codeowners", users("cat")] }, enough: ["@cat"] },
      is: [["@ann @bob @cat", null, ["a/x", "b/x"]]],
    },
  ])("$says", check);

  test("a file belongs to each set of its owners, and to none without the request", () => {
    const text = "/a/ @ann\n/b/ @bob";
    const rename = treeFile({ path: "a/x", previousPath: "b/x" });
    const of = (request: Partial<ApprovalRequest>) =>
      groupsOf({ text, files: [{ path: "a/x", previousPath: "b/x" }], request, enough: ["@ann", "@bob"] });
    expect(of({}).map(({ belongs }) => belongs(rename))).toEqual([true, true]);
    expect(of({}).map(({ belongs }) => belongs(treeFile("a/y")))).toEqual([true, false]);
    expect(of({ belongs: () => false }).map(({ belongs }) => belongs(rename))).toEqual([false, false]);
  });
});

describe("who takes the place of owners that are not enough", () => {
  const text = "/a/x @ann";
  const fallback = users("fay");
  const defaultOwners = users("dan");
  test.each<Row>([
    { says: "nobody", text, is: [["@ann", null]] },
    {
      says: "the fallback",
      text,
      request: { fallback, defaultOwners },
      enough: ["@fay"],
      is: [["@ann @fay", "fallback"]],
    },
    {
      says: "a fallback that is not enough: the default owners as well",
      ...{ text, request: { fallback, defaultOwners }, enough: ["@dan"] },
      is: [["@ann @dan @fay", "default"]],
    },
    { says: "the default owners", text, request: { defaultOwners }, enough: ["@dan"], is: [["@ann @dan", "default"]] },
    {
      says: "default owners that are not enough",
      ...{ text, request: { fallback, defaultOwners } },
      is: [["@ann @dan @fay", null]],
    },
    {
      says: "anyone beside default owners that are not enough",
      ...{ text, request: { fallback, defaultOwners, orAnyone: true } },
      is: [["@ann @dan @fay anyone", "anyone"]],
    },
    { says: "anyone", text, request: { orAnyone: true }, is: [["@ann anyone", "anyone"]] },
  ])("$says", check);
});

describe("the owners of broader patterns", () => {
  const src = (count: number) => `* @bob\n${"/a/ @ann\n".repeat(count)}/a/x @ann`;
  const unsure = ["line 2 of CODEOWNERS is not valid and could name who stands in"];
  test.each<Row>([
    { says: "the next above", text: "* @bob\n/a/ @cat\n/a/x @ann", enough: ["@cat"], is: [["@ann @cat", "broader"]] },
    {
      says: "all on the way, where the next are not enough",
      ...{ text: "* @bob\n/a/ @cat\n/a/x @ann", enough: ["@bob"] },
      is: [["@ann @bob @cat", "broader"]],
    },
    { says: "and at last nobody", text: "* @bob\n/a/x @ann", is: [["@ann @bob", null]] },
    {
      says: "and at last the default owners",
      ...{ text: "* @bob\n/a/x @ann", request: { defaultOwners: users("dan") }, enough: ["@dan"] },
      is: [["@ann @bob @dan", "default"]],
    },
    { says: "past lines that add nobody", text: src(99), enough: ["@bob"], is: [["@ann @bob", "broader"]] },
    { says: "past a hundred of them nobody looks", text: src(100), enough: ["@bob"], is: [["@ann", null]] },
    {
      says: "of files with the same owners each those above it, in order",
      ...{ text: "/b/ @cat\n/a/ @bob\n/b/x @ann\n/a/x @ann", files: ["b/x", "a/x"], enough: ["@bob", "@cat"] },
      is: [
        ["@ann @bob", "broader"],
        ["@ann @cat", "broader"],
      ],
    },
    {
      says: "the same above them once",
      ...{ text: "/b/ @bob\n/a/ @bob @ann\n/b/x @ann\n/a/x @ann", files: ["b/x", "a/x"], enough: ["@bob"] },
      is: [["@ann @bob", "broader"]],
    },
    {
      says: "of a file with nobody above it the default owners, and of another one those above",
      ...{ text: "/a/ @bob\n/b/x @ann\n/a/x @ann", files: ["b/x", "a/x"] },
      ...{ request: { defaultOwners: users("dan") }, enough: ["@bob", "@dan"] },
      is: [
        ["@ann @dan", "default"],
        ["@ann @bob", "broader"],
      ],
    },
    {
      says: "behind a line that is not valid nobody can be sure of them",
      ...{ text: "* @bob\n/a/[x @cat\n/a/x @ann", enough: ["@bob"] },
      is: [["@ann @bob", "broader", ["a/x"], unsure]],
    },
    {
      says: "even of those who add nobody",
      ...{ text: "* @ann\n/a/[x @cat\n/a/x @ann", enough: ["@bob"] },
      is: [["@ann", "broader", ["a/x"], unsure]],
    },
    {
      says: "of whom nobody can be sure, beside anyone",
      ...{ text: "/a/ @ann\n/a/ cat\n/a/x @ann\n/b/x @ann", files: ["a/x", "b/x"], request: { orAnyone: true } },
      is: [
        ["@ann anyone", "anyone", ["a/x", "b/x"], []],
        ["@ann", "broader", ["a/x", "b/x"], unsure],
      ],
    },
  ])("$says", check);
});

describe("why nobody can be sure of the owners", () => {
  const invalid = "/a/ ann";
  const told = ["line 1 of CODEOWNERS is not valid and could decide who owns a/x"];
  test.each<{ says: string; owners: ApprovalRequest["owners"]; text?: string; is: string[] }>([
    { says: "where CODEOWNERS is asked", owners: "codeowners", is: told },
    { says: "where it is asked beside others", owners: [users("ann"), "codeowners"], is: told },
    { says: "not where it is right", owners: "codeowners", text: "/a/ @ann", is: [] },
    { says: "not where others are asked", owners: [users("ann"), users("bob")], is: [] },
    { says: "not where the policy names them", owners: users("ann"), is: [] },
    { says: "not where whoever can push may approve", owners: "anyone", is: [] },
  ])("$says", ({ owners, text = invalid, is }) => {
    expect(ownersProblems(owners, [treeFile("a/x")], ownersIn(text))).toEqual(is);
  });

  test("each once, and no more than anybody reads", () => {
    const files = Array.from({ length: 2 * mostProblems }, (_, index) => treeFile(`a/${index}`));
    const found = ownersProblems("codeowners", [files[0]!, ...files], ownersIn(invalid));
    expect(found).toEqual(files.slice(0, mostProblems).map(({ path }) => told[0]?.replace("a/x", path)));
  });

  test("there is no CODEOWNERS", () => {
    expect(ownersProblems("codeowners", [treeFile("a/x")], codeOwners(absent("there is none")))).toEqual([]);
  });
});
