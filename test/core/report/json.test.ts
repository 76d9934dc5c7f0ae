import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { factsJsonSchema, renderJson, reviewJsonSchema } from "../../../core/report/json.ts";
import { parseReview } from "../../../core/report/parse-review.ts";
import { Review } from "../../../core/report/review.ts";
import { canaries, secretPart } from "../../untrusted-canaries.ts";
import { sampleReview } from "../../builders.ts";

/** The same value with the keys of every object in another order. */
function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]: [string, unknown]) => [key, shuffled(item)]),
  );
}

test("report.json is the review, with two spaces and a line break at the end", () => {
  const text = renderJson(sampleReview());
  expect(Review.parse(JSON.parse(text))).toMatchObject({ version: 1, change: { id: "github.com/acme/orders#41" } });
  expect(text.startsWith('{\n  "version": 1,\n  "engine": {\n')).toBe(true);
  expect(text.endsWith("}\n")).toBe(true);
});

test("the order of keys is the schema's, however the review was put together", () => {
  const other = Review.parse(sampleReview());
  expect(renderJson(shuffled(other) as Review)).toBe(renderJson(sampleReview()));
});

test("a value that is no review is refused: it would be our own fault", () => {
  expect(() => renderJson({ ...sampleReview(), version: 2 } as unknown as Review)).toThrow("version");
});

describe("the published schemas", () => {
  const ajv = new Ajv2020({ allErrors: true });
  addFormats.default(ajv);
  const schema = ajv.compile(reviewJsonSchema());

  test("report.json fits its schema", () => {
    expect(schema(JSON.parse(renderJson(sampleReview())))).toBe(true);
    expect(schema.errors).toBeNull();
  });

  test.each([
    { says: "an unknown key", change: { surprise: 1 } },
    { says: "a missing part", change: { decision: undefined } },
    { says: "another version", change: { version: 2 } },
  ])("$says does not fit", ({ change }) => {
    expect(schema(JSON.parse(JSON.stringify({ ...sampleReview(), ...change })))).toBe(false);
  });

  test("the schema of facts is a schema that refuses an empty object", () => {
    expect(ajv.compile(factsJsonSchema())({})).toBe(false);
    expect(ajv.errors).not.toEqual([]);
  });
});

test("any text comes back as it was, and is written in characters that everybody sees", () => {
  const unit = fc.oneof(
    fc.constantFrom("\u202e", "\u200b", "\u2028", "\u0085", "\u001b", "\u{e0041}", "\n", '"', "\\", "é", "漢"),
    fc.string({ unit: "binary", maxLength: 2 }),
  );
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 8 }), (parts) => {
      const text = parts.join("");
      const review = sampleReview();
      review.change.commits[0]!.subject = text;
      const json = renderJson(review);
      expect(Review.parse(JSON.parse(json)).change.commits[0]!.subject).toBe(text);
      expect(json).not.toMatch(/[\0-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029]|\p{Default_Ignorable_Code_Point}/u);
    }),
    { numRuns: 6 },
  );
});

test("fault 70: a secret in a text is gone, and the text around it stays", () => {
  const review = sampleReview();
  review.notes = canaries.map(({ value }) => `before ${value} after`);
  const json = renderJson(review);
  for (const canary of canaries) expect(json).not.toContain(secretPart(canary));
  expect(json).toContain('"before (redacted:');
});

test("a report from before approvals and exceptions is still read", () => {
  const json = renderJson(sampleReview());
  const written = Review.parse(JSON.parse(json));
  const without = (keys: readonly string[], from: object) =>
    Object.fromEntries(Object.entries(from).filter(([key]) => !keys.includes(key)));
  const old = {
    ...without(["rubric"], written),
    findings: written.findings.map((finding) => without(["waivedBy"], finding)),
    decision: {
      ...without(["waivers", "override", "reviewers", "inForce", "engine"], written.decision),
      rules: written.decision.rules.map((rule) => without(["floor", "approvals", "waivers"], rule)),
    },
  };
  const read = parseReview(JSON.stringify(old), "report.json");
  expect({ ...read, rubric: written.rubric }).toEqual(written);
});
