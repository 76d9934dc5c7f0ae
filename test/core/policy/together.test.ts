import { describe, expect, test } from "vitest";
import type { WrittenFloor } from "../../../core/facts.ts";
import { readYaml, type YamlNode } from "../../../core/policy/read-yaml.ts";
import { tooManyTogether, tooMuchToRead } from "../../../core/policy/together.ts";
import { sampleSha } from "../../builders.ts";

function rootOf(text: string): YamlNode {
  const { root } = readYaml(text);
  if (root === null) throw new Error("the text cannot be read");
  return root;
}

const floorOf = (text: string): WrittenFloor => ({ repo: "acme/policies", path: "p.yml", ref: sampleSha("a"), text });
const most = 256 * 1024;
const shorten = "Shorten the largest of them: use fewer, wider patterns.";
const tooLarge = { code: "CS041", what: "the policy and its floors together are larger than 256 kB", fix: shorten };
const tooMany = { code: "CS041", what: "the policy and its floors together hold more than 5,000 values", fix: shorten };
const nowhere = { offset: 0, path: [] };
const extending = "version: 1\nextends: []";

describe("what keeps floors from being read", () => {
  const floors = (count: number) => Array.from({ length: count }, () => floorOf("version: 1"));
  test.each([
    { says: "nothing, where there are none", text: "a".repeat(most + 1), floors: [], is: null },
    { says: "nothing, of eight", text: "version: 1", floors: floors(8), is: null },
    {
      says: "their number",
      text: "version: 1",
      floors: floors(9),
      is: {
        code: "CS040",
        what: "there are more than 8 floors",
        fix: "Put their rules into fewer of them.",
        ...nowhere,
      },
    },
    { says: "nothing, at the limit", text: "a".repeat(most - 2), floors: [floorOf("b"), floorOf("c")], is: null },
    {
      says: "a byte more",
      text: "a".repeat(most - 2),
      floors: [floorOf("b"), floorOf("cd")],
      is: { ...tooLarge, ...nowhere },
    },
    {
      says: "nothing, of letters of two bytes at the limit",
      text: "",
      floors: [floorOf("é".repeat(most / 2))],
      is: null,
    },
    {
      says: "one letter of two bytes more",
      text: "é",
      floors: [floorOf("é".repeat(most / 2))],
      is: { ...tooLarge, ...nowhere },
    },
  ])("$says", ({ text, floors: written, is }) => expect(tooMuchToRead(text, written, null)).toEqual(is));

  test.each([
    { says: "at `extends`", root: rootOf(extending), is: { offset: extending.indexOf("[]"), path: ["extends"] } },
    { says: "nowhere, when an organisation sets them", root: rootOf("version: 1"), is: nowhere },
  ])("it is told $says", ({ root, is }) =>
    expect(tooMuchToRead("a".repeat(most), [floorOf("b")], root)).toEqual({ ...tooLarge, ...is }),
  );
});

describe("how many values floors and a policy may hold", () => {
  // The mapping, its key and the list are three.
  const holding = (values: number) => rootOf(`a: [${"1, ".repeat(values - 3)}]`);
  test.each([
    { says: "as many as one file may", own: holding(4_000), floors: [holding(900), holding(100)], is: null },
    { says: "one more", own: holding(4_000), floors: [holding(900), holding(101)], is: { ...tooMany, ...nowhere } },
    { says: "any, where there are none", own: holding(5_000), floors: [], is: null },
    { says: "none in what cannot be read", own: holding(5_000), floors: [null], is: null },
    {
      says: "any in a policy that cannot be read",
      own: null,
      floors: [holding(4_000), holding(1_001)],
      is: { ...tooMany, ...nowhere },
    },
  ])("$says", ({ own, floors, is }) => expect(tooManyTogether(own, floors)).toEqual(is));

  test("it is told at `extends`", () =>
    expect(tooManyTogether(rootOf(extending), [holding(5_000)])).toEqual({
      ...tooMany,
      offset: extending.indexOf("[]"),
      path: ["extends"],
    }));
});
