import { describe, expect, test } from "vitest";
import { isSameFloor, namedFloors, readFloorName } from "../../../core/policy/index.ts";

const ref = "9f2c1e7b4d0a6c5e8f3b2a1d0c9e8f7a6b5c4d3e";
const floor = { repo: "acme/policies", path: "ai/floor.yml", ref };
const expected = "expected a repository, a path and a commit";

describe("a floor is named as a workflow names a file", () => {
  test("a repository, a path and a commit", () => {
    expect(readFloorName(`acme/policies/ai/floor.yml@${ref}`)).toEqual(floor);
    expect(readFloorName(`acme/policies/a@b.yml@${ref}`)).toEqual({ ...floor, path: "a@b.yml" });
  });

  test.each([
    { text: "", is: expected },
    { text: "acme/policies/floor.yml", is: expected },
    { text: `@${ref}`, is: expected },
    { text: `acme/policies@${ref}`, is: expected },
    {
      text: `acme/policies/floor.yml@main`,
      is: "a branch, a tag or a part of a commit's id can come to mean something else",
    },
    { text: `acme/pol icies/floor.yml@${ref}`, is: "expected `owner/name`" },
    { text: `acme/policies/../floor.yml@${ref}`, is: "expected a path in the repository, without `.` or `..`" },
  ])("$text: $is", ({ text, is }) => expect(readFloorName(text)).toEqual({ problem: is }));
});

describe("two names of one floor", () => {
  test.each([
    { says: "the same", other: {}, is: true },
    { says: "a repository in another case", other: { repo: "ACME/Policies" }, is: true },
    { says: "another repository", other: { repo: "acme/other" }, is: false },
    { says: "a path in another case", other: { path: "AI/floor.yml" }, is: false },
    { says: "another commit", other: { ref: ref.replace("9", "8") }, is: false },
  ])("$says: $is", ({ other, is }) => {
    expect(isSameFloor(floor, { ...floor, ...other })).toBe(is);
    expect(isSameFloor({ ...floor, ...other }, floor)).toBe(is);
  });
});

describe("the floors that a policy names, before it is loaded", () => {
  const whole = `{ repo: acme/policies, path: ai/floor.yml, ref: ${ref} }`;
  test.each([
    { says: "none", text: "version: 1", is: [] },
    { says: "no policy", text: "- a", is: [] },
    { says: "nothing", text: "", is: [] },
    { says: "a text that cannot be read", text: "extends: [", is: [] },
    { says: "no list", text: "extends: { preset: warn@1 }", is: [] },
    { says: "one beside a preset", text: `extends: [{ preset: warn@1 }, ${whole}]`, is: [floor] },
    {
      says: "one that is written wrongly is left out",
      text: `extends: [{ repo: acme/x, path: a.yml, ref: main }, ${whole}]`,
      is: [floor],
    },
    { says: "one without a path is left out", text: `extends: [{ repo: acme/x, ref: ${ref} }]`, is: [] },
    { says: "more than there may be", text: `extends: [${Array.from({ length: 9 }, () => whole).join(", ")}]`, is: [] },
    {
      says: "as many as there may be",
      text: `extends: [${Array.from({ length: 8 }, () => whole).join(", ")}]`,
      is: Array.from({ length: 8 }, () => floor),
    },
  ])("$says", ({ text, is }) => expect(namedFloors(text)).toEqual(is));
});
