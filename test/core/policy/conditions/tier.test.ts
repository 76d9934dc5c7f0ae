import { expect, test } from "vitest";
import { firstRule, sentences } from "../../../subjects.ts";

const policy = (tiers: string) => `
areas: { auth: { paths: ["src/auth/**"], tier: 1 }, web: { paths: ["src/**"] }, docs: { paths: ["docs/**"], tier: 3 } }
rules: [{ id: r, when: { tier: ${tiers} }, require: { secrets: none } }]`;

test.each([
  { says: "of this tier", tiers: "1", path: "src/auth/a.ts", is: "satisfied" },
  { says: "of another area that holds it too", tiers: "2", path: "src/auth/a.ts", is: "satisfied" },
  { says: "of another tier", tiers: "1", path: "src/a.ts", is: "not-applicable" },
  { says: "of one of several", tiers: "[1, 3]", path: "docs/a.md", is: "satisfied" },
  { says: "of no area", tiers: "[1, 2, 3]", path: "a.ts", is: "not-applicable" },
])("$says", ({ tiers, path, is }) => expect(firstRule(policy(tiers), { files: [{ path }] }).state).toBe(is));

test("the reason names the area", () => {
  expect(sentences(firstRule(policy("1"), { files: [{ path: "src/auth/a.ts" }] }))).toContain(
    "yes: src/auth/a.ts lies in area auth",
  );
});
