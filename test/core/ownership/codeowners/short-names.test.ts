import { describe, expect, test } from "vitest";
import { parseCodeowners } from "../../../../core/ownership/codeowners/parse-codeowners.ts";
import { TooMuchWork } from "../../../../core/ownership/codeowners/pattern-index.ts";
import { linesByShortName } from "../../../../core/ownership/codeowners/short-names.ts";

describe("lines by a short name of Windows", () => {
  const text =
    "/authentication/ @ann\n/auth*/x @bob\n/**/secret?.txt @cat\n* @dan\n/other/ @eve\n/aut*ion/ @fay\n/se?rets.text @gus";
  test.each([
    { path: "authen~1/x", is: [1, 2, 4, 6] },
    { path: "authen~1/y", is: [1, 4, 6] },
    { path: "a/secret~1.txt", is: [3, 4] },
    { path: "secret~1.tex", is: [3, 4, 7] },
    { path: "authentication/x", is: [] },
    { path: "z/y", is: [] },
  ])("$path", ({ path, is }) => {
    const { lines } = parseCodeowners(text);
    expect(linesByShortName(lines)(path.split("/")).map(({ line }) => line)).toEqual(is);
  });

  test("past the limit they are refused", () => {
    const { lines } = parseCodeowners("/authentication/ @ann");
    const asked = (limit: number) => () => linesByShortName(lines, limit)(["zz~1"]);
    // One comparison as it stands, and five as a short name.
    expect(asked(6)()).toEqual([]);
    expect(asked(5)).toThrow(TooMuchWork);
    expect(asked(5)).toThrow("its 1 lines need more than 5 comparisons of names");
  });
});
