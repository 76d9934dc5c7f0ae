import { describe, expect, test } from "vitest";
import { linkedPlaces, linkTargets } from "../../../core/change/link-targets.ts";

describe("where a link leads", () => {
  test.each([
    { says: "beside it", path: "a/b", target: "c", leads: ["a/c"] },
    { says: "up and down", path: "a/b/c", target: "../../src/./auth//", leads: ["src/auth"] },
    { says: "to the root", path: "a/b", target: "..", leads: [""] },
    { says: "above the root, which may lead in again", path: "src/z", target: "../../shop/src/auth", leads: [".."] },
    { says: "above the root at last", path: "a", target: "b/../../x", leads: [".."] },
    { says: "to an absolute path", path: "a/b", target: "/home/me/shop/src/auth", leads: [".."] },
    { says: "to a drive", path: "a/b", target: "C:\\shop\\src", leads: [".."] },
    { says: "by backslashes", path: "a/b", target: "..\\src\\auth", leads: ["a/..\\src\\auth", "src/auth"] },
    { says: "up behind a name, which may be a link", path: "docs/x", target: "../ad/../a.ts", leads: ["a.ts", ".."] },
  ])("$says", ({ path, target, leads }) => expect(linkTargets(path, target)).toEqual(leads));
});

describe("the further places of a file", () => {
  test.each([
    { says: "of no link", file: { path: "a/b", symlinkTarget: null }, places: [] },
    { says: "of a link", file: { path: "a/b", symlinkTarget: "c" }, places: ["a/c"] },
    {
      says: "of a link that leads on",
      file: { path: "a/b", symlinkTarget: "c", alsoAt: ["a/c", "x"] },
      places: ["a/c", "x"],
    },
    { says: "of a link that is gone", file: { path: "a/b", symlinkTarget: null, alsoAt: ["x"] }, places: ["x"] },
  ])("$says", ({ file, places }) => expect(linkedPlaces(file)).toEqual(places));
});
