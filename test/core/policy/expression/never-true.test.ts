import { expect, test } from "vitest";
import { isNeverTrue } from "../../../../core/policy/expression/index.ts";

test.each([
  { source: "false", never: true },
  { source: "!true", never: true },
  { source: "1 > 2", never: true },
  { source: '"a" == "b"', never: true },
  { source: "change.size.files > 3 && false", never: true },
  { source: "false && 1 / 0 > 1", never: true },
  { source: "true ? false : change.uncommitted", never: true },
  { source: 'glob("src/a.ts", "lib/**")', never: true },
  { source: "true", never: false },
  { source: "change.size.files > 3", never: false },
  { source: "change.size.files > 3 || false", never: false },
  { source: "change.uncommitted ? false : true", never: false },
  { source: "1 / 0 > 1", never: false, why: "it fails, so its rule is open" },
  { source: "has(coverage.patch)", never: false, why: "what is unknown here may be there" },
  { source: "!has(coverage.patch) && false", never: false, why: "not looked through" },
  { source: "[1].exists(n, n > 1)", never: false, why: "not looked through" },
  { source: "change.", never: false, why: "it cannot be read" },
])("$source: $never", ({ source, never }) => expect(isNeverTrue(source)).toBe(never));
