import { describe, expect, test } from "vitest";
import { absent, present } from "../../../core/evidence.ts";
import type { Facts } from "../../../core/facts.ts";
import { Problem } from "../../../core/problem.ts";
import { reviewChange } from "../../../core/review-change.ts";
import { asIfKinds, parseAsIf, supposeFacts } from "../../../core/trial/as-if.ts";
import { resultsOf } from "./try-cases.ts";

/** What is supposed, and what the decision is then. */

const policy = `version: 1
areas:
  auth: { paths: ["src/auth/**"], owners: { teams: [acme/identity] } }
rules:
  - id: auth-needs-its-owner
    when: { area: auth }
    require: { owner_approval: { per: area } }
  - id: release-is-checked
    when: { base: [release] }
    require: { checks: [build] }
  - id: marked
    when: { labels: [hold] }
    require: { checks: [release] }
waivers:
  - { id: W-1, rule: release-is-checked, reason: known, owner: ann, expires: "2026-12-31" }
`;

const cases = `repository: acme/shop
cases:
  - name: a
    as_of: "2026-11-21"
    change:
      author: dev1
      files: [{ path: src/auth/session.ts, additions: 4 }, { path: README.md, additions: 2 }]
      commits: [{ author: dev1 }]
    teams: { identity: [ann, bob] }
    expect: { decision: needs-approval }
`;

const facts: Facts = resultsOf(cases, policy)[0]!.facts;

const twoCommits: Facts = resultsOf(cases.replace("[{ author: dev1 }]", "[{ author: dev1 }, {}]"), policy)[0]!.facts;

/** Nothing that only a platform tells. */
const bare: Facts = {
  ...facts,
  pullRequest: absent("a local run"),
  reviews: absent("a local run"),
  people: absent("a local run"),
  checks: absent("a local run"),
};

const approved = ["approve:ann"];

describe("the rule about auth", () => {
  test.each([
    { says: "waits as it is", asIf: [], state: "waiting" },
    { says: "an owner's approval", asIf: approved, state: "satisfied" },
    { says: "the name in other letters", asIf: ["approve:ANN"], state: "satisfied" },
    {
      says: "the head by a part of its id",
      asIf: [`approve:ann@${facts.change.head.sha.slice(0, 8)}`],
      state: "satisfied",
    },
    { says: "the head by its name", asIf: ["approve:ann@head"], state: "satisfied" },
    { says: "somebody who owns nothing", asIf: ["approve:eve"], state: "waiting" },
    { says: "somebody who joins the team", asIf: ["member:identity=eve", "approve:eve"], state: "satisfied" },
    { says: "the team by its whole name", asIf: ["member:acme/identity=eve", "approve:eve"], state: "satisfied" },
    { says: "the author", asIf: ["author:ann", "approve:ann"], state: "waiting" },
    { says: "a bot that owns it", asIf: ["member:identity=ci[bot]", "approve:ci[bot]"], state: "waiting" },
    { says: "dismissed by the name in other letters", asIf: [...approved, "dismiss:ANN"], state: "waiting" },
    { says: "a push elsewhere keeps the approval", asIf: [...approved, "push:README.md"], state: "satisfied" },
    { says: "a push to a new file elsewhere too", asIf: [...approved, "push:docs/new.md"], state: "satisfied" },
    { says: "a push inside makes it stale", asIf: [...approved, "push:src/auth/session.ts"], state: "stale" },
    { says: "a new file inside too", asIf: [...approved, "push:src/auth/other.ts"], state: "stale" },
    {
      says: "approving again after the push",
      asIf: [...approved, "push:src/auth/session.ts", "approve:bob"],
      state: "satisfied",
    },
    { says: "asking for changes", asIf: [...approved, "request-changes:bob"], state: "blocked" },
    { says: "taking the approval back", asIf: [...approved, "request-changes:ann"], state: "blocked" },
    { says: "dismissed again", asIf: [...approved, "dismiss:ann"], state: "waiting" },
    {
      says: "dismissing who asks for changes",
      asIf: ["request-changes:bob", "approve:ann", "dismiss:bob"],
      state: "satisfied",
    },
  ])("$says: $state", ({ asIf, state }) => {
    expect(ruleOf(facts, asIf, "auth-needs-its-owner").state).toBe(state);
  });

  test("in facts of a clone alone an approval counts too, and what was taken for granted is said", () => {
    const supposed = supposeFacts(bare, ["member:identity=ann", "approve:ann"].map(parseAsIf));
    const [rule] = reviewChange(supposed.facts).decision.rules;
    expect(rule?.state).toBe("satisfied");
    expect(supposed.assumed.join("\n")).toMatch(
      /No pull request was read.*\n.*accounts.*not read.*\n.*reviews were not read/i,
    );
    expect(supposed.assumed.join("\n")).toContain(
      "The members of acme/identity were not read: ann is taken for the only one",
    );
  });

  test("a team without an organisation is one of the repository's own, whichever the facts name first", () => {
    const people = facts.people.state === "present" ? facts.people.value : null;
    const team = { canPush: true, members: present(["cat"]), missing: false };
    const teams = ["other/identity", "acme/identity"].map((name) => ({ ...team, name }));
    const both = { ...facts, people: present({ ...people!, teams }) };
    const { people: joined } = supposeFacts(both, [parseAsIf("member:identity=eve")]).facts;
    const members = joined.state === "present" ? joined.value.teams.map((one) => [one.name, one.members]) : [];
    expect(members).toEqual([
      ["other/identity", present(["cat"])],
      ["acme/identity", present(["cat", "eve"])],
    ]);
  });

  test("what the facts know is not taken for granted", () => {
    expect(supposeFacts(facts, [parseAsIf("approve:ann")]).assumed).toEqual([]);
  });
});

describe("the other rules", () => {
  test.each([
    { says: "a branch that no rule is about", asIf: [], id: "release-is-checked", state: "not-applicable" },
    { says: "another base, with its waiver", asIf: ["base:release"], id: "release-is-checked", state: "waived" },
    {
      says: "the day after the waiver",
      asIf: ["base:release", "date:2027-01-01"],
      id: "release-is-checked",
      state: "undecided",
    },
    { says: "its last day", asIf: ["base:release", "date:2026-12-31"], id: "release-is-checked", state: "waived" },
    {
      says: "the check passed",
      asIf: ["base:release", "date:2027-01-01", "check:build=success"],
      id: "release-is-checked",
      state: "satisfied",
    },
    { says: "a label", asIf: ["label:hold", "check:release=success"], id: "marked", state: "satisfied" },
    { says: "the label taken off", asIf: ["label:hold", "unlabel:hold"], id: "marked", state: "not-applicable" },
    {
      says: "the label taken off in other letters",
      asIf: ["label:Hold", "unlabel:hOLD"],
      id: "marked",
      state: "not-applicable",
    },
    {
      says: "the check of an App",
      asIf: ["label:hold", "check:release@github-actions=success"],
      id: "marked",
      state: "satisfied",
    },
    {
      says: "the same check of two Apps",
      asIf: ["label:hold", "check:release@github-actions=success", "check:release@other=failure"],
      id: "marked",
      state: "unsatisfied",
    },
    {
      says: "a push, and checks start anew",
      asIf: ["label:hold", "check:release=success", "push:README.md"],
      id: "marked",
      state: "undecided",
    },
  ])("$says: $state", ({ asIf, id, state }) => {
    expect(ruleOf(facts, asIf, id).state).toBe(state);
  });

  test("another policy", () => {
    const text = "version: 1\nrules:\n  - id: new\n    require: { secrets: none }\n";
    const policies = new Map([["new.yml", { path: "new.yml", text, floors: present([]) }]]);
    const supposed = supposeFacts(facts, [parseAsIf("policy:new.yml")], policies);
    expect(reviewChange(supposed.facts).decision.rules.map(({ id }) => id)).toContain("new");
  });

  test("the facts that were given stay as they are", () => {
    const before = JSON.stringify(facts);
    supposeFacts(facts, ["approve:ann", "push:README.md", "label:x", "member:identity=eve"].map(parseAsIf));
    expect(JSON.stringify(facts)).toBe(before);
  });

  test("the same suppositions give the same facts", () => {
    const asIf = ["approve:ann", "push:a", "push:a", "check:b=failure"].map(parseAsIf);
    expect(supposeFacts(facts, asIf)).toEqual(supposeFacts(facts, asIf));
    const pushed = supposeFacts(facts, asIf).facts.change;
    expect(new Set([facts.change.head.sha, ...pushed.commits.map(({ sha }) => sha)]).size).toBe(pushed.commits.length);
  });
});

test.each([
  { text: "check:build=success", name: "build", app: null },
  { text: "check:CodeQL@github-advanced-security=success", name: "CodeQL", app: "github-advanced-security" },
  { text: "check:test (setup-node@v4.1)=success", name: "test (setup-node@v4.1)", app: null },
  { text: "check:a=b@ci=success", name: "a=b", app: "ci" },
])("$text is the check $name of $app", ({ text, name, app }) => {
  expect(parseAsIf(text)).toEqual({ kind: "check", name, app, conclusion: "success" });
});

test("another author has their own type, and nobody knows what they are to the repository", () => {
  const { facts: supposed, assumed } = supposeFacts(facts, [parseAsIf("author:dependabot[bot]")]);
  expect(supposed.pullRequest).toMatchObject({
    value: { author: "dependabot[bot]", authorType: "Bot", association: "NONE" },
  });
  expect(assumed.join()).toContain("What dependabot[bot] is to the repository was not read");
});

describe("mistakes", () => {
  test.each([
    ...["", "approve", "approve:", "approve:ann@", "approve:ann@main", "approve:ann@abcd@abcd", "approve:an n"],
    ...[
      "aprove:ann",
      "push:",
      "push:../x",
      "push:/x",
      "push:a//b",
      "date:2026-02-30",
      "date:tomorrow",
      "date:2026-1-1",
    ],
    ...[
      "member:identity",
      "member:=ann",
      "member:a/b/c=ann",
      "check:build",
      "check:=success",
      "check:build=Great!",
      "check:build=passed",
      "check:@app=sucess",
    ],
    ...["label: x", "__proto__:x", "constructor:x", "label:a\nb", `label:${"x".repeat(301)}`],
  ])("%j lists what can be supposed", (text) => {
    expect(() => parseAsIf(text)).toThrow(Problem);
    try {
      parseAsIf(text);
    } catch (error) {
      for (const { form } of Object.values(asIfKinds)) expect(String(error)).toContain(form);
    }
  });

  test.each([
    { asIf: "dismiss:eve", message: "eve has no review that could be dismissed" },
    { asIf: "approve:ann@ffffffff", message: "no commit of the change begins with ffffffff" },
    {
      asIf: `approve:ann@${twoCommits.change.commits[0]!.sha}`,
      message: `nobody reviewed ${twoCommits.change.commits[0]!.sha.slice(0, 10)}, so the facts do not hold what the change was there`,
      given: twoCommits,
    },
  ])("$asIf: $message", ({ asIf, message, given = facts }) => {
    expect(() => supposeFacts(given, [parseAsIf(asIf)])).toThrow(message);
  });

  test.each(["\u001b[31mred", "\u202egnp", "a\u0007", "x\n::error::y"])(
    "hostile text is inert in the message: %j",
    (text) => {
      expect(() => parseAsIf(`aprove:${text}`)).toThrow(/^--as-if does not know [^\u001b\u202e\u0007\n]*\. It knows/);
    },
  );
});

function ruleOf(given: Facts, asIf: readonly string[], id: string) {
  const supposed = supposeFacts(given, asIf.map(parseAsIf));
  const rule = reviewChange(supposed.facts).decision.rules.find((candidate) => candidate.id === id);
  if (rule === undefined) throw new Error(`there is no rule ${id}`);
  return rule;
}
