import { describe, expect, test } from "vitest";
import type { ApprovalRequest, Approvals, AreaApproval } from "../../../../core/ownership/approval.ts";
import { approvalsOf } from "../../../../core/ownership/approvals.ts";
import { ownerApproval } from "../../../../core/policy/requirements/owner-approval.ts";
import { buildOwnershipFacts, treeFile, type OwnershipSketch } from "../../../ownership-facts.ts";
import { firstRule, fixes, noApprovals, sentences, type FileSketch } from "../../../subjects.ts";

const areas = `areas:
  auth: { paths: ["src/auth/**"], owners: { users: [ann] }, fallback: { users: [cat] } }
  db: { paths: ["db/**"], owners: codeowners }
default_owners: { users: [zoe] }
`;
const policy = (asked: string, when = "{}") =>
  `${areas}rules: [{ id: r, when: ${when}, require: { owner_approval: ${asked} } }]`;
const always = (asked: string) => `${areas}rules: [{ id: r, require: { owner_approval: ${asked} } }]`;
const file = (path: string, rest: Partial<FileSketch> = {}): FileSketch => ({ path, ...rest });
const both = [file("src/auth/a.ts"), file("db/1.sql"), file("docs/a.md")];

/** What a rule asks of the approval machine. */
function asks(yaml: string, files: readonly FileSketch[]): ApprovalRequest[] {
  const asked: ApprovalRequest[] = [];
  const approvals: Approvals = {
    ...noApprovals,
    of: (request) => {
      asked.push(request);
      return noApprovals.of(request);
    },
  };
  firstRule(yaml, { files, approvals });
  return asked;
}

const about = (requests: readonly ApprovalRequest[]) => requests.map(({ area, owners }) => [area, owners]);
const ann = { users: ["ann"], teams: [] };

describe("whose approval is asked for", () => {
  test.each<{ says: string; yaml: string; files: FileSketch[]; is: unknown }>([
    {
      says: "every touched area, and the files in none",
      yaml: always("{}"),
      files: both,
      is: [
        ["auth", ann],
        ["db", "codeowners"],
        ["files in no area", "codeowners"],
      ],
    },
    {
      says: "only the areas that the rule names",
      yaml: policy("{}", "{ area: [auth] }"),
      files: [file("src/auth/a.ts", { previousPath: "db/a.ts" })],
      is: [["auth", ann]],
    },
    {
      says: "every area that its files touch, where it names none",
      yaml: policy("{}", '{ paths: ["src/**"] }'),
      files: [file("src/auth/a.ts", { previousPath: "db/a.ts" })],
      is: [
        ["auth", ann],
        ["db", "codeowners"],
      ],
    },
    {
      says: "the owners of another area",
      yaml: policy("{ area: db }", "{ area: auth }"),
      files: both,
      is: [["db", "codeowners"]],
    },
    {
      says: "the owners of two areas",
      yaml: always("{ area: [db, auth] }"),
      files: both,
      is: [
        ["auth", ann],
        ["db", "codeowners"],
      ],
    },
    {
      says: "one owner of anything",
      yaml: always("{ per: change }"),
      files: both,
      is: [["the change", [ann, "codeowners"]]],
    },
    { says: "nobody, for a change without files", yaml: always("{}"), files: [], is: [] },
    { says: "nobody, for an empty change as a whole", yaml: always("{ per: change }"), files: [], is: [] },
  ])("$says", ({ yaml, files, is }) => {
    expect(about(asks(yaml, files))).toEqual(is);
  });

  test("the terms and who else may are handed on", () => {
    const [request] = asks(always("{ count: 2, exclude: [author], stale_when: push }"), both);
    expect(request).toMatchObject({
      ...{ count: 2, exclude: ["author"], staleWhen: "push" },
      ...{ fallback: { users: ["cat"], teams: [] }, defaultOwners: { users: ["zoe"], teams: [] } },
    });
  });

  test("the terms of a rule that names none", () => {
    expect(asks(always("{}"), both)[0]).toMatchObject({
      ...{ count: 1, exclude: ["author", "committers", "agent_requester"], staleWhen: "owned_diff_changes" },
    });
  });

  test("one owner of anything: the fallbacks of all areas", () => {
    expect(asks(always("{ per: change }"), both)[0]?.fallback).toEqual({ users: ["cat"], teams: [] });
    expect(asks(always("{ per: change }"), [file("db/1.sql")])[0]?.fallback).toBeNull();
  });
});

describe("which files belong to what is approved", () => {
  const belongs = (yaml: string, files: FileSketch[], paths: Parameters<typeof treeFile>[0][], index = 0) => {
    const request = asks(yaml, files)[index]!;
    return paths.map((path) => request.belongs(treeFile(path)));
  };
  test("all of an area, also what the rule's other conditions leave out", () => {
    const yaml = policy("{}", '{ area: auth, paths: ["**/a.ts"] }');
    expect(belongs(yaml, both, ["src/auth/a.ts", "src/auth/b.ts", "db/1.sql"])).toEqual([true, true, false]);
  });
  test.each([
    { says: "its earlier path", at: { path: "docs/a.ts", previousPath: "src/auth/a.ts" } },
    { says: "capitals", at: { path: "SRC/Auth/a.ts" } },
    { says: "look-alike letters", at: { path: "src/\u0430uth/a.ts" } },
    { says: "a link into it", at: { path: "docs/in", kind: "symlink" as const, symlinkTarget: "../src/auth" } },
    { says: "trailing dots", at: { path: "src/auth./a.ts" } },
  ])("a file lies in the area by $says", ({ at }) => {
    expect(belongs(always("{}"), both, [at])).toEqual([true]);
  });
  test("files in no area: those of the rule alone", () => {
    const yaml = policy("{}", '{ paths: ["docs/**"] }');
    const paths = ["docs/a.md", "docs/b.md", { path: "x.md", previousPath: "docs/a.md" }];
    expect(belongs(yaml, both, paths)).toEqual([true, false, true]);
  });
  test("a file that was in an area then is not among those in none", () => {
    const moved = { path: "src/auth/a.md", previousPath: "docs/a.md" };
    expect(belongs(policy("{}", '{ paths: ["docs/**"] }'), both, [moved])).toEqual([false]);
  });
  test("owners of another area see the files of the rule", () => {
    expect(belongs(policy("{ area: db }", "{ area: auth }"), both, ["src/auth/a.ts", "db/1.sql"])).toEqual([
      true,
      false,
    ]);
    expect(belongs(always("{ area: db }"), both, ["src/auth/a.ts", "anything"])).toEqual([true, true]);
  });
  test("one owner of anything sees all of it", () => {
    expect(belongs(always("{ per: change }"), both, ["src/auth/z.ts", "db/9.sql", "docs/a.md", "docs/z.md"])).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });
});

describe("what it comes to", () => {
  const answers = (...of: Partial<AreaApproval>[]): Approvals => {
    let next = 0;
    return {
      ...noApprovals,
      of: (request) => ({ ...noApprovals.of(request), says: `${request.area} says`, ...of[next++] }),
    };
  };
  test.each<{ says: string; of: Partial<AreaApproval>; is: string; decision: string }>([
    { says: "satisfied", of: { state: "satisfied" }, is: "satisfied", decision: "pass" },
    { says: "not touched", of: { state: "n/a" }, is: "satisfied", decision: "pass" },
    { says: "waived", of: { state: "waived" }, is: "satisfied", decision: "pass" },
    { says: "overridden", of: { state: "overridden" }, is: "satisfied", decision: "pass" },
    { says: "waiting", of: { state: "waiting" }, is: "waiting", decision: "needs-approval" },
    { says: "stale", of: { state: "stale" }, is: "stale", decision: "needs-approval" },
    {
      says: "nobody can",
      of: { state: "unsatisfiable", unsatisfiable: "no-eligible-owner" },
      is: "unsatisfiable",
      decision: "needs-approval",
    },
    { says: "changes requested", of: { state: "blocked" }, is: "blocked", decision: "block" },
    {
      says: "broken",
      of: { state: "unsatisfiable", unsatisfiable: "configuration" },
      is: "unsatisfiable",
      decision: "undecided",
    },
    { says: "an error", of: { state: "error" }, is: "undecided", decision: "undecided" },
  ])("$says: $decision", ({ of, is, decision }) => {
    expect(firstRule(always("{}"), { files: [file("src/auth/a.ts")], approvals: answers(of) })).toMatchObject({
      state: is,
      decision,
    });
  });

  test("the worst area decides, and every area is told, sorted", () => {
    const approvals = answers({ state: "blocked", fix: "Settle it." }, { state: "waiting" }, { state: "satisfied" });
    const result = firstRule(always("{}"), { files: both, approvals });
    expect(result.decision).toBe("block");
    expect(result.approvals.map(({ area, state }) => [area, state])).toEqual([
      ["auth", "blocked"],
      ["db", "waiting"],
      ["files in no area", "satisfied"],
    ]);
    expect(sentences(result)).toContain("no: approvals that are open: 2 of 3 (auth, db)");
    expect(fixes(result)).toContain("Settle it.");
  });

  test("a change without files needs nobody", () => {
    expect(firstRule(always("{}"), { files: [] })).toMatchObject({ decision: "pass", approvals: [] });
  });

  const real = (sketch: OwnershipSketch) => approvalsOf(buildOwnershipFacts(sketch));
  test("judged by real reviews", () => {
    const files = [file("src/auth/a.ts")];
    const sketch: OwnershipSketch = { files: ["src/auth/a.ts"], reviews: [{ user: "ann" }] };
    const approved = firstRule(always("{}"), { files, approvals: real(sketch) });
    const waiting = firstRule(always("{}"), { files, approvals: real({ ...sketch, reviews: [] }) });
    expect(approved).toMatchObject({ decision: "pass" });
    expect(sentences(approved)).toContain("yes: auth is approved by ann");
    expect(waiting).toMatchObject({ decision: "needs-approval" });
    expect(fixes(waiting)).toContain("Ask ann to approve auth.");
  });
});

describe("what may be written", () => {
  test.each([
    { says: "nothing: the defaults", written: {}, ok: true },
    {
      says: "all of it",
      written: { per: "change", area: ["a"], count: 3, exclude: ["author"], stale_when: "never" },
      ok: true,
    },
    { says: "an exclusion without the author", written: { exclude: ["committers"] }, ok: false },
    { says: "no exclusion", written: { exclude: [] }, ok: false },
    { says: "nobody", written: { count: 0 }, ok: false },
    { says: "half a person", written: { count: 1.5 }, ok: false },
    { says: "another word", written: { stale_when: "sometimes" }, ok: false },
    { says: "another key", written: { people: 1 }, ok: false },
  ])("$says", ({ written, ok }) => {
    expect(ownerApproval.schema.safeParse(written).success).toBe(ok);
  });
});

test("an area that the policy lost decides nothing", () => {
  const asked = ownerApproval.resolve({ area: "gone" });
  const change = { policy: { areas: [], defaultOwners: null, policyOwners: null } };
  const scope = { change, files: [], commits: [], narrowed: false, namedAreas: null };
  expect(ownerApproval.check(asked, scope as never)).toMatchObject({ state: "undecided" });
});
