import { expect, test } from "vitest";
import { linkTargets } from "../../../core/change/link-targets.ts";

test.each([
  { says: "no link", path: "a/b", symlinkTarget: null, leads: [] },
  { says: "beside it", path: "a/b", symlinkTarget: "c", leads: ["a/c"] },
  { says: "up and down", path: "a/b/c", symlinkTarget: "../../src/./auth//", leads: ["src/auth"] },
  { says: "above the root, which is the root", path: "a", symlinkTarget: "../../x", leads: ["x"] },
])("where a link leads: $says", ({ path, symlinkTarget, leads }) => {
  expect(linkTargets({ path, symlinkTarget })).toEqual(leads);
});
