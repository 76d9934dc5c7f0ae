import { describe, expect, test } from "vitest";
import { absent, present } from "../../../core/evidence.ts";
import type { Facts } from "../../../core/facts.ts";
import { publishPolicyChange } from "../../../core/report/index.ts";
import { policyDeleted, policyUnreadable } from "../../../core/review-notes.ts";
import { policyChange, replayOn } from "../../../core/trial/policy-change.ts";
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

describe("the base's own policy does not load", () => {
  test.each([
    { says: "the new one is validated alone", proposed: strict, conclusion: "success", title: /loads; the base's own/ },
    { says: "the new one does not either", proposed: "version: 9\n", conclusion: "failure", title: /does not load/ },
    { says: "the file is taken away", proposed: { reason: policyDeleted }, conclusion: "failure", title: /no policy/ },
  ])("$says", ({ proposed, conclusion, title }) => {
    const check = shown("version: 1\nmoed: warn\n", proposed);
    expect(check).toMatchObject({ conclusion });
    expect(check?.title).toMatch(title);
    expect(check?.summary).toContain("The base's own `.github/countersign.yml` does not load (line 2, CS");
    expect(check?.summary).not.toContain("would come out");
  });
});

describe("replayed over others", () => {
  const at = (text: string) => present({ path, commit: "b".repeat(40), text });
  const edited: Facts = { ...facts, policy: at(mild), proposedPolicy: at(strict) };
  const change = policyChange(edited, engine)!;
  const one = replayOn(edited, engine)!;

  test("each is judged by both policies, whatever policy its own facts hold", () => {
    expect(one({ name: "#7", facts })).toMatchObject({ name: "#7", before: "warn", after: "needs-approval" });
    expect(one({ name: "#7", facts: { ...facts, policy: at(strict) } })).toMatchObject({ kind: "newly-waits" });
  });

  test("how many there were is told, and how many would newly block, be it none", () => {
    const same = { name: "#8", kind: "same" as const, rules: [], problem: null };
    const blocks = { name: "#9 @all", kind: "newly-blocks" as const, rules: ["second"], problem: null };
    const summary = (replayed: (typeof same | typeof blocks)[], left: number) =>
      publishPolicyChange({ ...change, recent: { replayed, left } }).summary;
    expect(summary([same], 0)).toContain(
      "Replayed over 1 other pull request of this base, as they were last judged: 0 would newly block, 1 would come out the same.\n",
    );
    const both = summary([same, blocks], 2);
    expect(both).toContain("Replayed over 2 other pull requests");
    expect(both).toContain("1 would newly block, 1 would come out the same. 2 more could not be replayed");
    expect(both).toMatch(/^- .*9.*would newly block: second$/m);
    expect(both).not.toContain("@all");
    expect(summary([], 0)).toContain("None was replayed. None is known.");
    expect(summary([], 3)).toContain("None was replayed. 3 more could not be replayed");
  });

  test.each([
    { says: "a policy that stays as it is", edit: { proposedPolicy: absent("it is the base's") } },
    { says: "one that does not load", edit: { proposedPolicy: at("version: 9\n") } },
    { says: "a base's that does not load", edit: { policy: at("version: 9\n") } },
  ])("is nothing with $says", ({ edit }) => {
    expect(replayOn({ ...edited, ...edit }, engine)).toBeNull();
  });
});
