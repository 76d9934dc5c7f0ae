import { describe, expect, test } from "vitest";
import { resolveForbid } from "../../../../core/policy/written/boundary.ts";
import { problemsOf } from "./problems.ts";

const any = { agents: [], branches: [], paths: [], kinds: [] };

test.each([
  { says: "one boundary", written: { kinds: ["workflow" as const] }, are: [{ ...any, kinds: ["workflow"] }] },
  {
    says: "a list",
    written: [{ paths: ["src/**"] }, { agents: ["cursor"] }],
    are: [
      { ...any, paths: ["src/**"] },
      { ...any, agents: ["cursor"] },
    ],
  },
  { says: "one branch", written: { branches: "main" }, are: [{ ...any, branches: ["main"] }] },
  { says: "branches", written: { branches: ["main", "!x"] }, are: [{ ...any, branches: ["main", "!x"] }] },
  { says: "any agent", written: { agents: ["any"], paths: ["a"] }, are: [{ ...any, paths: ["a"] }] },
  {
    says: "any agent beside one",
    written: { agents: ["cursor", "any"], paths: ["a"] },
    are: [{ ...any, paths: ["a"] }],
  },
])("$says: what is left out is any", ({ written, are }) => expect(resolveForbid(written)).toEqual(are));

describe("a boundary names something", () => {
  const problems = (forbid: string) => problemsOf(`forbid: ${forbid}`, ["CS011"]);

  test.each(["{ agents: [cursor] }", "{ branches: main }", "{ paths: [src/**] }", "{ kinds: [workflow] }"])(
    "%s does",
    (forbid) => expect(problems(forbid)).toEqual([]),
  );

  test("an empty one does not", () =>
    expect(problems("[{ kinds: [workflow] }, {}]")).toEqual([
      "CS011 forbid[1]: nothing is named. Write `{ kinds: [workflow] }`.",
    ]));
});
