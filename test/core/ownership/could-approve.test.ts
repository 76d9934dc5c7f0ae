import { describe, expect, test } from "vitest";
import type { ApprovalRequest } from "../../../core/ownership/approval.ts";
import { tooFewCouldApprove } from "../../../core/ownership/index.ts";
import { askFor, buildOwnershipFacts, teams, treeFile, users, type OwnershipSketch } from "../../ownership-facts.ts";

interface Row {
  says: string;
  sketch?: OwnershipSketch;
  /** `src/auth/login.ts` unless given. */
  files?: readonly string[];
  request?: Partial<ApprovalRequest>;
  /** A path, the people of it, and what is wrong with the configuration. */
  found: readonly (readonly [path: string, users: readonly string[], broken: string | null])[];
}

const login = "src/auth/login.ts";
const code = { owners: "codeowners" } as const;

function check({ sketch = {}, files = [login], request = {}, found }: Row): void {
  const world = { ...buildOwnershipFacts(sketch), organisation: "acme" };
  const stuck = tooFewCouldApprove(
    askFor(request),
    files.map((path) => treeFile(path)),
    world,
  );
  expect(stuck.map(({ file, users, broken }) => [file.path, users, broken])).toEqual(found);
}

describe("enough people for any change", () => {
  test.each<Row>([
    { says: "two owners of whom one must approve", request: { owners: users("ann", "bob") }, found: [] },
    { says: "three of whom two must", request: { owners: users("ann", "bob", "cat"), count: 2 }, found: [] },
    { says: "one owner and a fallback", request: { fallback: users("bob") }, found: [] },
    { says: "one owner and default owners", request: { defaultOwners: users("bob") }, found: [] },
    { says: "one owner and a broader pattern", sketch: { codeowners: "* @bob\nsrc/ @ann" }, request: code, found: [] },
    { says: "a team that was not read", request: { owners: teams("acme/a") }, found: [] },
    { says: "an address of nobody known", request: { owners: users("a@x.org") }, found: [] },
    { says: "no file at all", files: [], found: [] },
    { says: "no file of the area", files: ["docs/a.md"], found: [] },
    {
      says: "no file of the area, and a team that is gone",
      files: ["docs/a.md"],
      sketch: { teams: { "acme/a": "missing" } },
      request: { owners: teams("acme/a") },
      found: [],
    },
    {
      says: "and a file outside the area that nobody owns",
      files: ["docs/a.md", login],
      sketch: { codeowners: "src/ @ann @bob" },
      request: code,
      found: [],
    },
  ])("$says", check);
});

describe("too few people for some change", () => {
  test.each<Row>([
    { says: "one owner, who approves no change of their own", found: [[login, ["ann"], null]] },
    { says: "one besides a bot", request: { owners: users("x[bot]", "ann") }, found: [[login, ["ann"], null]] },
    {
      says: "one who can push",
      sketch: { readers: ["bob"], writers: ["ann"] },
      request: { owners: users("ann", "bob") },
      found: [[login, ["ann"], null]],
    },
    {
      says: "two of whom two must",
      request: { owners: users("bob", "ann"), count: 2 },
      found: [[login, ["ann", "bob"], null]],
    },
    { says: "nobody", request: code, found: [[login, [], null]] },
    { says: "the fallback is the owner", request: { fallback: users("ann") }, found: [[login, ["ann"], null]] },
    {
      says: "of each group of files on its own, by its first file",
      files: ["src/auth/z.ts", "src/auth/a.ts", "src/auth/b.ts"],
      sketch: { codeowners: "src/ @ann\nsrc/auth/b.ts @bob @ann" },
      request: code,
      found: [["src/auth/z.ts", ["ann"], null]],
    },
  ])("$says", check);
});

describe("a configuration that lets nobody approve", () => {
  const gone = "the team @acme/a does not exist or is not visible";
  const invalid = "line 2 of .github/CODEOWNERS is not valid and could name who stands in";
  const bad = "src/[a @cat";
  test.each<Row>([
    {
      says: "a team that is gone, beside people",
      sketch: { teams: { "acme/a": "missing" } },
      request: { owners: { users: ["ann", "bob"], teams: ["acme/a"] } },
      found: [[login, ["ann", "bob"], gone]],
    },
    {
      says: "an invalid line that could name the owners: nobody is counted",
      sketch: { codeowners: "* @ann\nsrc/[a @bob" },
      request: code,
      found: [[login, [], "line 2 of .github/CODEOWNERS is not valid and could decide who owns src/auth/login.ts"]],
    },
    {
      says: "an invalid line that could name who stands in for one owner",
      sketch: { codeowners: `* @bob\n${bad}\nsrc/auth/ @ann` },
      request: code,
      found: [[login, ["ann"], invalid]],
    },
    {
      says: "the same for too few owners, where those who stand in are many",
      sketch: { codeowners: `* @bob @cat @eve\n${bad}\nsrc/auth/ @ann`, writers: ["ann", "bob", "cat", "eve"] },
      request: { ...code, count: 2 },
      found: [[login, ["ann", "bob", "cat", "eve"], invalid]],
    },
    {
      says: "the same, where those who stand in were not read",
      sketch: { codeowners: `* @acme/unread\n${bad}\nsrc/auth/ @ann` },
      request: { ...code, count: 2 },
      found: [[login, ["ann"], invalid]],
    },
  ])("$says", check);
});
