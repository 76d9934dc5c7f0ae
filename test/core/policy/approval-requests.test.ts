import { describe, expect, test } from "vitest";
import { approvalsOf } from "../../../core/ownership/approvals.ts";
import {
  requestForChange,
  requestsByArea,
  requestsToAreas,
  requestToAnyone,
  requestToMenders,
  requestToPolicyOwners,
} from "../../../core/policy/approval-requests.ts";
import type { ApprovalRequest } from "../../../core/ownership/approval.ts";
import { policyApproval as approvalOfPolicy } from "../../../core/policy/built-in-rules.ts";
import { judgeChange, scopeOf } from "../../../core/policy/judge.ts";
import type { Scope } from "../../../core/policy/judged.ts";
import { askFor, buildOwnershipFacts, treeFile, users, type OwnershipSketch } from "../../ownership-facts.ts";
import { buildPolicy, buildSubject, sampleVocabulary } from "../../subjects.ts";

const path = ".github/countersign.yml";

/** What becomes of a change to the policy under a policy. */
function policyApproval(yaml: string, sketch: OwnershipSketch) {
  const subject = buildSubject({ files: [{ path }, { path: "src/a.ts" }] });
  const change = judgeChange(buildPolicy(`rules: []\n${yaml}`), subject, sampleVocabulary);
  const files = change.files.filter((file) => file.subject.file.path === path);
  return approvalsOf(buildOwnershipFacts({ files: [path], ...sketch })).of(requestToPolicyOwners(change, files));
}

describe("a change to the policy needs its owners", () => {
  const named = "policy_owners: { users: [ann] }\n";
  test.each<{ says: string; yaml: string; sketch: OwnershipSketch; is: string }>([
    { says: "who are named", yaml: named, sketch: { reviews: [{ user: "ann" }] }, is: "satisfied" },
    { says: "and nobody else", yaml: named, sketch: { reviews: [{ user: "bob" }] }, is: "waiting" },
    {
      says: "and nobody in their place",
      yaml: named,
      sketch: { author: "ann", reviews: [{ user: "bob" }] },
      is: "unsatisfiable",
    },
    {
      says: "but default owners",
      yaml: `${named}default_owners: { users: [bob] }`,
      sketch: { author: "ann", reviews: [{ user: "bob" }] },
      is: "satisfied",
    },
    {
      says: "else the code owners",
      yaml: "",
      sketch: { codeowners: "* @ann", reviews: [{ user: "bob" }] },
      is: "waiting",
    },
    {
      says: "who have approved",
      yaml: "",
      sketch: { codeowners: "* @ann", reviews: [{ user: "ann" }] },
      is: "satisfied",
    },
    {
      says: "else the default owners",
      yaml: "default_owners: { users: [ann] }",
      sketch: { reviews: [{ user: "bob" }] },
      is: "waiting",
    },
    { says: "else anybody who can push", yaml: "", sketch: { reviews: [{ user: "bob" }] }, is: "satisfied" },
    { says: "but not the author", yaml: "", sketch: { reviews: [{ user: "dev" }] }, is: "waiting" },
    {
      says: "but not the author, who alone can push",
      yaml: "",
      sketch: { writers: ["dev"], everyWriter: true, reviews: [{ user: "dev" }] },
      is: "unsatisfiable",
    },
    {
      says: "of whom not everybody was read",
      yaml: "",
      sketch: { writers: ["dev"], reviews: [{ user: "dev" }] },
      is: "waiting",
    },
    {
      says: "and not where nobody knows whether they can",
      yaml: "",
      sketch: { reviews: [{ user: "eve" }] },
      is: "waiting",
    },
    { says: "who are named in another case", yaml: named, sketch: { reviews: [{ user: "ANN" }] }, is: "satisfied" },
    {
      says: "code owners in another case",
      yaml: "",
      sketch: { codeowners: "* @ANN", reviews: [{ user: "ann" }] },
      is: "satisfied",
    },
    { says: "other files do not matter", yaml: named, sketch: { files: ["src/a.ts"] }, is: "n/a" },
  ])("$says", ({ yaml, sketch, is }) => {
    expect(policyApproval(yaml, sketch).state).toBe(is);
  });
});

test("the owners of the policy do not include whoever is named for areas", () => {
  const yaml = "areas: { a: { paths: ['**'], owners: { users: [bob] } } }\npolicy_owners: { users: [ann] }";
  expect(policyApproval(yaml, { reviews: [{ user: "bob" }] })).toMatchObject({
    state: "waiting",
    candidates: users("ann"),
  });
});

describe("CODEOWNERS that cannot be read can be mended", () => {
  const broken = "/.github/ @a@b";
  const bob = [{ user: "bob" }];
  const by = (yaml: string, sketch: OwnershipSketch, paths = [".github/CODEOWNERS"]) => {
    const real = approvalsOf(buildOwnershipFacts({ files: paths, codeowners: broken, reviews: bob, ...sketch }));
    const subject = { ...buildSubject({ files: paths.map((each) => ({ path: each })) }), approvals: real };
    const change = judgeChange(buildPolicy(`rules: []\n${yaml}`), subject, sampleVocabulary);
    return approvalOfPolicy(change, change.files);
  };
  const mends = "nobody can tell who owns CODEOWNERS by the base's, so";
  test.each<{ says: string; yaml?: string; sketch?: OwnershipSketch; paths?: string[]; is: string; told?: string }>([
    { says: "by anybody who can push", is: "satisfied", told: `${mends} anybody who can push may approve its repair` },
    { says: "not by the author", sketch: { author: "bob" }, is: "waiting" },
    {
      says: "by the default owners",
      yaml: "default_owners: { users: [bob] }",
      is: "satisfied",
      told: `${mends} the default owners may approve its repair`,
    },
    { says: "by them alone", yaml: "default_owners: { users: [ann] }", is: "waiting" },
    {
      says: "by anybody where the default owners are broken too",
      yaml: "default_owners: { teams: [acme/gone] }",
      sketch: { teams: { "acme/gone": "missing" } },
      is: "satisfied",
    },
    {
      says: "where a team is missing",
      sketch: { codeowners: "* @acme/gone", teams: { "acme/gone": "missing" } },
      is: "satisfied",
    },
    {
      says: "only by the policy's owners where they are named",
      yaml: "policy_owners: { users: [ann] }",
      is: "waiting",
    },
    { says: "not together with the policy", paths: [".github/CODEOWNERS", path], is: "unsatisfiable" },
    { says: "not under another name", paths: [".github/codeowners"], is: "unsatisfiable" },
  ])("$says", ({ yaml = "", sketch = {}, paths, is, told = "" }) => {
    const approval = by(yaml, sketch, paths);
    expect(approval.state).toBe(is);
    expect(approval.says).toContain(told);
  });
});

describe("what is asked, of whom, for which files", () => {
  const areas = `areas:
  auth: { paths: ["src/auth/**"], owners: { users: [ann] }, fallback: { users: [zed, cat], teams: [acme/b] } }
  pay: { paths: ["src/pay/**"], owners: { users: [bob] }, fallback: { users: [cat, abe], teams: [acme/a, acme/b] } }
  web: { paths: ["web/**"], owners: codeowners }
default_owners: { users: [dan] }`;
  const [auth, pay, web, docs] = ["src/auth/a.ts", "src/pay/a.ts", "web/a.ts", "docs/a.md"] as const;
  const terms = { count: 2, exclude: ["author"], staleWhen: "push" } as const;
  const dan = users("dan");
  const ofAuth = { users: ["cat", "zed"], teams: ["acme/b"] };
  const ofPay = { users: ["abe", "cat"], teams: ["acme/a", "acme/b"] };

  interface Row {
    says: string;
    files: readonly string[];
    narrowed?: boolean;
    named?: readonly string[];
    ask: (scope: Scope) => ApprovalRequest[];
    is: readonly (Partial<ApprovalRequest> & { files: readonly string[] })[];
  }
  const byArea = (scope: Scope) => requestsByArea(scope, terms);
  const forChange = (scope: Scope) => requestForChange(scope, terms);
  const toPay = (scope: Scope) => requestsToAreas(scope, terms, ["pay"]);
  const toAnyone = (scope: Scope) => [requestToAnyone(scope, terms)];
  const everything = [auth, pay, web, docs, "src/auth/z.ts", "docs/z.md"];

  function scopeFor({ files, narrowed = false, named }: Pick<Row, "files" | "narrowed" | "named">): Scope {
    const subject = buildSubject({ files: files.map((each) => ({ path: each })) });
    const change = judgeChange(buildPolicy(`rules: []\n${areas}`), subject, sampleVocabulary);
    return scopeOf(change, change.files, narrowed, named ?? null);
  }

  test.each<Row>([
    {
      says: "the owners of each area, and those of the files in none",
      files: [auth, pay, docs],
      ask: byArea,
      is: [
        { area: "auth", owners: users("ann"), fallback: ofAuth, defaultOwners: dan, files: [auth, "src/auth/z.ts"] },
        { area: "pay", owners: users("bob"), fallback: ofPay, defaultOwners: dan, files: [pay] },
        { area: "files in no area", owners: "codeowners", fallback: null, defaultOwners: dan, files: [docs] },
      ],
    },
    {
      says: "the owners of the area that the rule names alone",
      files: [auth, pay],
      named: ["auth", "web"],
      ask: byArea,
      is: [
        { area: "auth", owners: users("ann"), fallback: ofAuth, defaultOwners: dan, files: [auth, "src/auth/z.ts"] },
      ],
    },
    { says: "nobody, where no area of the files is named", files: [pay], named: ["web"], ask: byArea, is: [] },
    {
      says: "one owner of two areas, and the fallbacks of both",
      files: [auth, pay],
      ask: forChange,
      is: [
        {
          area: "the change",
          owners: [users("ann"), users("bob")],
          fallback: { users: ["abe", "cat", "zed"], teams: ["acme/a", "acme/b"] },
          defaultOwners: dan,
          files: [auth, pay, "src/auth/z.ts"],
        },
      ],
    },
    {
      says: "one owner of an area or of files in none",
      files: [auth, docs],
      ask: forChange,
      is: [
        {
          area: "the change",
          owners: [users("ann"), "codeowners"],
          fallback: { users: ["cat", "zed"], teams: ["acme/b"] },
          defaultOwners: dan,
          files: [auth, docs, "src/auth/z.ts"],
        },
      ],
    },
    {
      says: "one code owner, of an area or not",
      files: [web, docs],
      ask: forChange,
      is: [{ area: "the change", owners: ["codeowners"], fallback: null, defaultOwners: dan, files: [web, docs] }],
    },
    { says: "nobody for all of it, where no area is named", files: [pay], named: ["web"], ask: forChange, is: [] },
    {
      says: "the owners of another area, for all files",
      files: [auth],
      ask: toPay,
      is: [{ area: "pay", owners: users("bob"), fallback: ofPay, defaultOwners: dan, files: everything }],
    },
    {
      says: "the owners of another area, for the files of the rule",
      files: [auth],
      narrowed: true,
      ask: toPay,
      is: [{ area: "pay", owners: users("bob"), fallback: ofPay, defaultOwners: dan, files: [auth] }],
    },
    {
      says: "anybody who can push, for the whole change, and nobody in their place",
      files: [auth, docs],
      ask: toAnyone,
      is: [{ area: "the change", owners: "anyone", fallback: null, defaultOwners: null, files: everything }],
    },
    {
      says: "anybody who can push, for the files of the rule",
      files: [auth, docs],
      narrowed: true,
      ask: toAnyone,
      is: [{ area: "these files", owners: "anyone", fallback: null, defaultOwners: null, files: [auth, docs] }],
    },
  ])("$says", ({ ask, is, ...row }) => {
    const asked = ask(scopeFor(row)).map(({ belongs, ...request }) => ({
      ...request,
      files: everything.filter((each) => belongs(treeFile(each))),
    }));
    expect(asked).toEqual(is.map((request) => ({ ...terms, ...request })));
  });

  test("what asking takes is counted: each file, its areas, and what becomes of each request", () => {
    const scope = scopeFor({ files: [auth, pay, docs] });
    const { work } = scope.change;
    const before = work.spent;
    requestsByArea(scope, terms);
    expect(work.spent - before).toBe(3 + 2 * 5 + 3 * 2_000);
  });

  test("so is each file that a request asks about, more of one that belongs to it", () => {
    const scope = scopeFor({ files: [auth], narrowed: true });
    const { work } = scope.change;
    const { belongs } = requestToAnyone(scope, terms);
    const steps = [auth, docs].map((each) => {
      const before = work.spent;
      belongs(treeFile(each));
      return work.spent - before;
    });
    expect(steps).toEqual([100, 5]);
  });
});

describe("who may mend a CODEOWNERS that nobody can read", () => {
  const codeowners = { path: ".github/CODEOWNERS" };
  const moved = { path: "docs/old.txt", previousPath: ".github/CODEOWNERS" };
  const byCode = askFor({ owners: "codeowners" });
  const byDefault = askFor({ owners: users("dan") });
  const byAnyone = askFor({ owners: "anyone" });
  const dan = "default_owners: { users: [dan] }";
  test.each<{ says: string; yaml?: string; file?: typeof codeowners; without: ApprovalRequest[]; is: unknown }>([
    { says: "first the default owners", yaml: dan, without: [byCode], is: users("dan") },
    { says: "then anybody who can push", yaml: dan, without: [byCode, byDefault], is: "anyone" },
    { says: "at once where there are no default owners", without: [byCode], is: "anyone" },
    { says: "nobody after that", without: [byCode, byAnyone], is: null },
    {
      says: "nobody else than the policy's owners",
      yaml: "policy_owners: { users: [ann] }",
      without: [byCode],
      is: null,
    },
    { says: "nobody else for another file", file: { path: "src/a.ts" }, without: [byCode], is: null },
    { says: "nobody else for one that moves away", file: moved, without: [byCode], is: null },
  ])("$says", ({ yaml = "", file = codeowners, without, is }) => {
    const subject = buildSubject({ files: [file] });
    const change = judgeChange(buildPolicy(`rules: []\n${yaml}`), subject, sampleVocabulary);
    const asked = requestToMenders(change, change.files, without);
    expect(asked?.owners ?? null).toEqual(is);
    if (asked === null) return;
    expect(asked).toMatchObject({ area: "the policy", fallback: null, defaultOwners: null, count: 1 });
    expect(asked.belongs(treeFile(file.path))).toBe(true);
  });

  test("the policy's own owners are asked for the policy, with the default owners in their place", () => {
    const yaml = `rules: []\npolicy_owners: { users: [ann] }\n${dan}`;
    const change = judgeChange(buildPolicy(yaml), buildSubject({ files: [codeowners] }), sampleVocabulary);
    expect(requestToPolicyOwners(change, change.files)).toMatchObject({
      ...{ area: "the policy", owners: users("ann"), fallback: null, defaultOwners: users("dan"), orAnyone: false },
    });
    const unnamed = judgeChange(buildPolicy("rules: []"), buildSubject({ files: [codeowners] }), sampleVocabulary);
    expect(requestToPolicyOwners(unnamed, unnamed.files)).toMatchObject({
      ...{ area: "the policy", owners: "codeowners", fallback: null, defaultOwners: null, orAnyone: true },
    });
  });
});
