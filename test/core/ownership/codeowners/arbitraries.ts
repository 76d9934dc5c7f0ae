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

/** Names that end, begin and go on alike in part, for patterns that say one of it. */
const word = fc.constantFrom("api", "apis", "test", "x");
const ending = fc.constantFrom("", ".ts", ".test.ts", ".go");
const realName = fc
  .tuple(fc.option(word, { nil: "" }), word, ending)
  .map(([first, second, last]) => `${first}${second}${last}`);
const root = fc.constantFrom("", "x/", "x/api/");
export const realPath = fc
  .tuple(root, fc.array(realName, { minLength: 1, maxLength: 4 }))
  .map(([first, names]) => first + names.join("/"));

const texts = fc.tuple(fc.constantFrom("", "api", "x"), fc.constantFrom("", "pi", "test", "xtes"), ending);
const realWild = fc.oneof(
  texts.map(([first, middle, last]) => `${first}*${middle}*${last}`.replace("**", "*")),
  texts.map(([first, , last]) => `${first}*${last}`),
  texts.map(([first, middle, last]) => `${first}?${middle}*${last}`),
  realName,
  fc.constant("**"),
);

/** Patterns of the kinds that real files hold: whole names, beginnings, endings, and what stands inside of a name. */
export const realPattern = fc
  .tuple(
    fc.constantFrom("", "/", "**/", "/x/", "x/api/"),
    fc.array(realWild, { minLength: 1, maxLength: 3 }),
    fc.constantFrom("", "/", "/**"),
  )
  .map(([start, segments, end]) => `${start}${segments.join("/")}${end}`)
  .filter((text) => !text.includes("***"));
