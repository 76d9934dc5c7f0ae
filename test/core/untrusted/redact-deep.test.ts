import fc from "fast-check";
import { expect, test } from "vitest";
import { findSecrets, redactDeep } from "../../../core/untrusted/index.ts";
import { canaries, secretPart } from "../../untrusted-canaries.ts";

const value = canaries.find((canary) => canary.kind === "github-token")?.value ?? "";

test("strings and keys are redacted, everything else stays, in order", () => {
  const given = {
    z: 1,
    [value]: [value, null, true, { b: `x ${value}`, a: "plain" }],
    empty: {},
    none: undefined,
    n: NaN,
  };
  const redacted = redactDeep(given);
  const mark = "(redacted:github-token)";
  expect(redacted).toEqual({
    z: 1,
    [mark]: [mark, null, true, { b: `x ${mark}`, a: "plain" }],
    empty: {},
    none: undefined,
    n: NaN,
  });
  expect(Object.keys(redacted)).toEqual(["z", mark, "empty", "none", "n"]);
  expect(given.z).toBe(1);
  expect(Object.keys(given)).toContain(value);
});

test("keys that become equal are numbered, so that nothing is dropped", () => {
  const redacted = redactDeep({ [value]: 1, "(redacted:github-token)": 2, [`${value}a`]: 3 });
  expect(Object.entries(redacted)).toEqual([
    ["(redacted:github-token)", 1],
    ["(redacted:github-token) 2", 2],
    ["(redacted:github-token) 3", 3],
  ]);
});

test("a key __proto__ stays plain data", () => {
  const redacted: unknown = redactDeep(JSON.parse('{"__proto__": {"polluted": true}, "a": 1}'));
  expect(JSON.stringify(redacted)).toBe('{"__proto__":{"polluted":true},"a":1}');
  expect(Object.getPrototypeOf(redacted)).toBe(Object.prototype);
});

function nested(levels: number): unknown {
  let result: unknown = value;
  for (let level = 0; level < levels; level++) result = level % 2 === 0 ? [result] : { a: result };
  return result;
}

test("a hundred levels are redacted, more are refused, and no depth overflows the stack", () => {
  expect(JSON.stringify(redactDeep(nested(100)))).not.toContain(value);
  expect(() => redactDeep(nested(101))).toThrow("deeper than 100 levels");
  expect(() => redactDeep(nested(1_000_000))).toThrow(RangeError);
  const cycle: unknown[] = [];
  cycle.push(cycle);
  expect(() => redactDeep(cycle)).toThrow(RangeError);
});

test.each([
  { says: "a Map", given: new Map([["a", value]]) },
  { says: "a Date", given: new Date(0) },
  { says: "a function", given: () => value },
  { says: "a bigint", given: 1n },
  { says: "bytes", given: Buffer.from(value) },
])("$says is no JSON and is refused, here and inside", ({ given }) => {
  expect(() => redactDeep(given)).toThrow(TypeError);
  expect(() => redactDeep({ a: [given] })).toThrow(TypeError);
});

test("no canary comes out of any slot of any value", () => {
  const secret = fc.constantFrom(...canaries);
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), secret, (json, canary) => {
      const redacted = redactDeep([json, { [canary.value]: json, value: canary.value, list: [`a ${canary.value}`] }]);
      const text = JSON.stringify(redacted);
      expect(text).not.toContain(secretPart(canary));
      expect(redactDeep(redacted)).toEqual(redacted);
    }),
  );
});

test("an ordinary value stays equal to itself", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (json) => {
      fc.pre(findSecrets(JSON.stringify(json)).length === 0);
      expect(JSON.stringify(redactDeep(json))).toBe(JSON.stringify(json));
    }),
  );
});
