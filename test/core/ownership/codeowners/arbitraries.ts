import fc from "fast-check";

/** Names over few letters, so that patterns and paths meet. */
const letter = fc.constantFrom("a", "b");
export const name = fc.string({ unit: letter, minLength: 1, maxLength: 3 });
export const path = fc.array(name, { minLength: 1, maxLength: 5 }).map((names) => names.join("/"));

const wildName = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), minLength: 1, maxLength: 4 });
const segment = fc.oneof(
  { weight: 3, arbitrary: name },
  { weight: 2, arbitrary: wildName },
  { weight: 2, arbitrary: fc.constant("**") },
  { weight: 1, arbitrary: fc.constant("*") },
);

/** A valid pattern, as a person may write it. */
export const pattern = fc
  .tuple(fc.constantFrom("", "/"), fc.array(segment, { minLength: 1, maxLength: 4 }), fc.constantFrom("", "/"))
  .map(([start, segments, end]) => `${start}${segments.join("/")}${end}`)
  .filter((text) => !text.includes("***"));
