import { describe, expect, test } from "vitest";
import * as z from "zod";
import { keyPlaces, unwrapped } from "../../../core/policy/key-places.ts";

const inner = z.object({ name: z.string(), size: z.number() });
/** A new one each time: what is found out of one is remembered. */
const schemaOf = () =>
  z.object({
    rules: z.array(z.object({ name: z.string().optional(), when: z.object({ size: z.number() }).optional() })),
    areas: z.record(z.string(), inner).optional(),
    owner: z.union([z.string(), inner, z.array(z.object({ name: z.string(), login: z.string() }))]),
    size: z.number(),
  });

describe("where each key of a document stands", () => {
  test.each([
    { key: "rules", are: ["rules"] },
    { key: "size", are: ["size", "owner.size", "rules[].when.size", "areas.<name>.size"] },
    { key: "name", are: ["rules[].name", "owner.name", "owner[].name", "areas.<name>.name"] },
    { key: "login", are: ["owner[].login"] },
    { key: "when", are: ["rules[].when"] },
    { key: "string", are: undefined },
  ])("$key", ({ key, are }) => expect(keyPlaces(schemaOf()).get(key)).toEqual(are));

  test("is found out once for a schema", () => {
    const schema = schemaOf();
    expect(keyPlaces(schema)).toBe(keyPlaces(schema));
  });

  test("a schema without keys has none", () => expect(keyPlaces(z.string()).size).toBe(0));
});

test("the schema behind an optional one", () => {
  const text = z.string();
  expect(unwrapped(text.optional())).toBe(text);
  expect(unwrapped(text)).toBe(text);
  const many = z.array(text);
  expect(unwrapped(many)).toBe(many);
});
