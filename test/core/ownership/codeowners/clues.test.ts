import { describe, expect, test } from "vitest";
import { lookForClues, type ClueSizes } from "../../../../core/ownership/codeowners/clues.ts";

const none: ClueSizes = {
  folder: new Set(),
  name: new Set(),
  beginning: new Set(),
  ending: new Set(),
  inside: new Set(),
};

function looks(names: readonly string[], sizes: Partial<ClueSizes>): string[] {
  const found: string[] = [];
  lookForClues(names, { ...none, ...sizes }, (kind, text) => found.push(`${kind} ${text}`));
  return found;
}

describe("what a path is looked up by", () => {
  const names = ["abc", "de"];
  test.each<{ says: string; sizes: Partial<ClueSizes>; is: readonly string[] }>([
    { says: "nothing where no clue is", sizes: {}, is: [] },
    { says: "its folders", sizes: { folder: new Set([1, 2]) }, is: ["folder abc", "folder abc/de"] },
    { says: "folders of a size", sizes: { folder: new Set([2]) }, is: ["folder abc/de"] },
    { says: "no deeper folders than it has", sizes: { folder: new Set([3]) }, is: [] },
    { says: "its names", sizes: { name: new Set([7]) }, is: ["name abc", "name de"] },
    {
      says: "their beginnings",
      sizes: { beginning: new Set([2, 3, 4]) },
      is: ["beginning ab", "beginning abc", "beginning de"],
    },
    { says: "their endings", sizes: { ending: new Set([1, 3, 4]) }, is: ["ending c", "ending abc", "ending e"] },
    { says: "what is inside of them", sizes: { inside: new Set([2]) }, is: ["inside ab", "inside bc", "inside de"] },
    { says: "longer stretches inside of them", sizes: { inside: new Set([3]) }, is: ["inside abc"] },
  ])("$says", ({ sizes, is }) => expect(looks(names, sizes)).toEqual(is));

  test("of its first 32 folders alone", () => {
    const deep = Array.from({ length: 40 }, () => "a");
    const folder = new Set([32, 33, 40]);
    expect(looks(deep, { folder })).toEqual([`folder ${deep.slice(0, 32).join("/")}`]);
  });
});
