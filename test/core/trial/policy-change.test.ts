import { describe, expect, test } from "vitest";
import { absent, present } from "../../../core/evidence.ts";
import type { Facts } from "../../../core/facts.ts";
import { publishPolicyChange } from "../../../core/report/index.ts";
import { policyDeleted, policyUnreadable } from "../../../core/review-notes.ts";
import { policyChange } from "../../../core/trial/policy-change.ts";
import { engine, factsOf } from "./try-cases.ts";

/** What a change to the policy is shown to do. */

const path = ".github/countersign.yml";
const strict = "version: 1\nmode: enforce\nrules:\n  - id: second\n    require: { second_human: true }\n";
const mild = strict.replace("enforce", "warn");
const gone =
  "version: 1\nmode: enforce\nrules:\n  - id: quiet\n    when: { paths: [x/**] }\n    require: { secrets: none }\n";
const other = `version: 1\nextends:\n  - { repo: octo/base, path: p.yml, ref: ${"a".repeat(40)} }\n`;
const facts: Facts = factsOf(`change: { author: dev1, files: [{ path: src/a.ts, additions: 3 }] }`);

function shown(base: string | null, proposed: string | { reason: string }) {
  const at = (text: string) => present({ path, commit: "b".repeat(40), text });
  const edited: Facts = {
    ...facts,
    policy: base === null ? absent("no policy at the base") : at(base),
    proposedPolicy: typeof proposed === "string" ? at(proposed) : absent(proposed.reason),
  };
  const change = policyChange(edited, engine);
  return change === null ? null : publishPolicyChange(change);
}

describe("a change to the policy", () => {
  test.each([
    {
      says: "loosens what blocks",
      ...{ base: strict, proposed: mild, conclusion: "success", title: /^The policy loads: loosens \d+ things?$/ },
      summary: "### It asks for less",
    },
    {
      says: "tightens it",
      ...{ base: mild, proposed: strict, conclusion: "success", title: /^The policy loads: tightens/ },
      summary: "By it, this change would come out as “Needs approval”",
    },
    {
      says: "asks for the same in other words",
      ...{ base: strict, proposed: `# why\n${strict}`, conclusion: "success", title: /asks for the same as before/ },
      summary: "By it, this change would come out the same",
    },
    {
      says: "brings the first one",
      ...{ base: null, proposed: strict, conclusion: "success", title: /the base has none/ },
      summary: "1 rule, 0 areas",
    },
    {
      says: "brings one with mistakes",
      ...{
        base: strict,
        proposed: "version: 1\nmoed: warn\n",
        conclusion: "failure",
        title: /does not load: 1 problem$/,
      },
      summary: "line 2, CS",
    },
    {
      says: "builds on a policy that was not read",
      ...{ base: strict, proposed: other, conclusion: "success", title: /builds on others/ },
      summary: "policies of other repositories",
    },
    {
      says: "deletes it",
      ...{ base: strict, proposed: { reason: policyDeleted }, conclusion: "failure", title: /there is no policy/ },
      summary: "would block nothing",
    },
    {
      says: "makes it a link",
      ...{ base: strict, proposed: { reason: policyUnreadable }, conclusion: "failure", title: /no run could read it/ },
      summary: "link",
    },
  ])("$says", ({ base, proposed, conclusion, title, summary }) => {
    const check = shown(base, proposed);
    expect(check).toMatchObject({ conclusion, title: expect.stringMatching(title) as unknown });
    expect(check?.summary).toContain(summary);
    expect(check?.summary).toContain("This one decides nothing.");
  });

  test("a mistake stands at its line", () => {
    expect(shown(strict, "version: 1\nmoed: warn\n")?.annotations).toMatchObject([
      { level: "error", path, startLine: 2, title: expect.stringMatching(/^CS\d+ moed/) as unknown },
    ]);
  });

  test("one that leaves it as it is has no check", () => {
    expect(shown(gone, { reason: "the change does not touch the policy" })).toBeNull();
  });

  test("what its author wrote into names stays inert", () => {
    const hostile = mild.replace("second\n", '"<img src=x> @octo/all [a](b)"\n');
    const check = shown(strict, hostile);
    expect(check?.summary).not.toMatch(/<img|@octo|\[a\]\(b\)/);
  });
});
