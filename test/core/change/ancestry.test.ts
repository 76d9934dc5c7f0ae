import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ancestry } from "../../../core/change/ancestry.ts";

/** `c: a b` is a commit with two parents. */
function commits(text: string) {
  return text.split(", ").map((one) => {
    const [sha = "", parents = ""] = one.split(":");
    return { sha, parents: parents.split(" ").filter((name) => name !== "") };
  });
}

describe("ancestors among the commits of a change", () => {
  const list = commits("a: base, b: a, c: a, d: b c, e: elsewhere, f: d");
  const isAncestor = ancestry(list);
  test.each([
    { older: "a", newer: "b", is: true },
    { older: "a", newer: "f", is: true },
    { older: "b", newer: "d", is: true },
    { older: "c", newer: "d", is: true },
    { older: "b", newer: "c", is: false },
    { older: "b", newer: "a", is: false },
    { older: "a", newer: "a", is: false },
    { older: "a", newer: "e", is: false },
    { older: "e", newer: "f", is: false },
  ])("$older before $newer: $is", ({ older, newer, is }) => {
    const place = (name: string) => list.findIndex(({ sha }) => sha === name);
    expect(isAncestor(place(older), place(newer))).toBe(is);
  });

  test("as walking up says, in any history", () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat(70), { maxLength: 3 }), { maxLength: 70 }), (shape) => {
        const parents = shape.map((back, place) =>
          back.filter((steps) => steps < place).map((steps) => place - steps - 1),
        );
        const ask = ancestry(parents.map((places, place) => ({ sha: `${place}`, parents: places.map(String) })));
        for (const newer of parents.keys()) {
          const above = new Set(parents[newer]);
          for (const place of above) for (const parent of parents[place]!) above.add(parent);
          for (const older of parents.keys()) expect(ask(older, newer)).toBe(above.has(older));
        }
      }),
      { numRuns: 40 },
    );
  });
});
