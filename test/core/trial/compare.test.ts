import { describe, expect, test } from "vitest";
import { resultsOf } from "./try-cases.ts";

const policy = `
version: 1
break_glass: { who: { users: [ann] }, max_age: 4h }
areas: { auth: { paths: ["src/auth/**"], tier: 1 } }
rules:
  - id: ai-on-auth-needs-its-owner
    when: { ai: true, area: auth }
    require: { owner_approval: { per: area } }
  - id: ai-says-what-was-checked
    when: { ai: true }
    require: { trailers: [AI-Validated] }
    mode: warn
`;

const base = `
cases:
  - name: base
    change:
      author: dev1
      files: [{ path: src/auth/a.ts, additions: 4 }, { path: src/b.ts }]
      commits: [{ verdict: agent-assisted }]
    codeowners: "src/auth/ @acme/identity"
    teams: { identity: [ann, ben, dev1] }
    expect: { decision: needs-approval }
`;

function differences(rest: string) {
  const [, second] = resultsOf(`${base}  - { name: next, like: base, ${rest} }\n`, policy);
  return second?.differences.map(({ what, expected, got }) => `${what}: ${expected} / ${got}`);
}

const rule = (expected: string) => `expect: { rules: { ai-on-auth-needs-its-owner: { ${expected} } } }`;
const approved = "reviews: [{ user: ann, state: approved }]";
const stale = `${approved}, events: [{ push: { files: [{ path: src/auth/a.ts }] } }]`;

describe("what is as expected is no difference", () => {
  test.each([
    "expect: { decision: needs-approval, enforced: block }",
    rule("state: waiting, decision: needs-approval, enforced: needs-approval"),
    rule("missing: { auth: 1 }, stale: [], by: [], files: [src/auth/a.ts], waivers: []"),
    `${approved}, ${rule("state: satisfied, missing: {}, by: [ann]")}`,
    `${stale}, ${rule("state: stale, stale: [ann], missing: { auth: 1 }")}`,
    `${approved}, ${rule("by: [Ann, ANN]")}`,
    `${stale}, ${rule("stale: [ANN]")}`,
    "expect: { reviewers: [ANN] }",
    `overrides: [{ by: Ann, reason: outage }], expect: { overridden_by: aNN }`,
    `${approved}, expect: { decision: warn, waivers: {}, overridden_by: nobody }`,
    "expect: { next_steps: ['AI-Validated'] }",
  ])("%s", (rest) => {
    expect(differences(rest)).toEqual([]);
  });
});

describe("what is not tells what was expected and what came", () => {
  const name = "rules.ai-on-auth-needs-its-owner";
  test.each([
    { rest: "expect: { decision: pass }", told: ["decision: pass / needs-approval"] },
    { rest: "expect: { enforced: warn }", told: ["enforced: warn / block"] },
    { rest: rule("state: satisfied"), told: [`${name}.state: satisfied / waiting`] },
    { rest: rule("missing: { auth: 2 }"), told: [`${name}.missing: [auth: 2] / [auth: 1]`] },
    { rest: rule("missing: {}"), told: [`${name}.missing: [] / [auth: 1]`] },
    {
      rest: rule("files: [src/auth/a.ts, src/b.ts]"),
      told: [`${name}.files: [src/auth/a.ts, src/b.ts] / [src/auth/a.ts]`],
    },
    { rest: `${stale}, ${rule("stale: [ben]")}`, told: [`${name}.stale: [ben] / [ann]`] },
    { rest: `${stale}, ${rule("stale: [Ben]")}`, told: [`${name}.stale: [Ben] / [ann]`] },
    { rest: rule("missing: { Auth: 1 }"), told: [`${name}.missing: [Auth: 1] / [auth: 1]`] },
    { rest: rule("files: [src/auth/A.ts]"), told: [`${name}.files: [src/auth/A.ts] / [src/auth/a.ts]`] },
    { rest: `${approved}, ${rule("by: []")}`, told: [`${name}.by: [] / [ann]`] },
    { rest: rule("waivers: [W-1]"), told: [`${name}.waivers: [W-1] / []`] },
    { rest: "expect: { overridden_by: ann }", told: ["overridden_by: ann / nobody"] },
    { rest: "expect: { waivers: { W-1: active } }", told: ["waivers: [W-1: active] / []"] },
    {
      rest: `expect: { decision: pass, rules: { ai-says-what-was-checked: { state: satisfied, decision: pass } } }`,
      told: [
        "decision: pass / needs-approval",
        "rules.ai-says-what-was-checked.state: satisfied / warned",
        "rules.ai-says-what-was-checked.decision: pass / warn",
      ],
    },
  ])("$rest", ({ rest, told }) => {
    expect(differences(rest)).toEqual(told);
  });
});

test("a difference says why it came out so", () => {
  const [, second] = resultsOf(`${base}  - { name: next, like: base, expect: { decision: pass } }\n`, policy);
  const why = second?.differences[0]?.why ?? [];
  expect(why[0]).toBe("ai-on-auth-needs-its-owner: waiting");
  expect(why.join("\n")).toContain("src/auth/a.ts");
});

test("a step that is missing is told with the steps that there are", () => {
  const told = differences("expect: { next_steps: ['call the fire brigade'] }") ?? [];
  expect(told).toEqual([expect.stringContaining("next_steps: call the fire brigade / ai-")]);
});
