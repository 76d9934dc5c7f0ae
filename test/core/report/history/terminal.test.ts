import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import { renderHistory } from "../../../../core/report/index.ts";
import { sampleHistory, wholeHistory } from "./sample-history.ts";

/** A history as tables. */

const plainOptions = { width: 100, color: false, unicode: true };

test("the whole page", () => {
  expect(renderHistory(wholeHistory(), plainOptions)).toMatchSnapshot();
});

describe.each([40, 60, 80, 120, 200])("%i columns", (width) => {
  test.each([
    { says: "Unicode", unicode: true, color: false },
    { says: "colour", unicode: true, color: true },
    { says: "ASCII", unicode: false, color: false },
  ])("no line is wider: $says", ({ unicode, color }) => {
    const page = renderHistory(wholeHistory(), { width, unicode, color });
    for (const line of page.split("\n")) expect(stringWidth(line)).toBeLessThanOrEqual(width);
    expect(page.includes("\u001b[")).toBe(color);

    if (!unicode) expect(page).toMatch(/^[\n\x20-\x7e]*$/);
  });
});

test("a history that says nothing has no table of tools, and silence is not called human", () => {
  const page = renderHistory(sampleHistory([{}]), plainOptions);
  expect(page).not.toMatch(/^By tool /m);
  expect(page).not.toContain("Declared and attested");
  expect(page).toMatch(/undeclared +1 +100 %/);
  expect(page).toContain("`undeclared` says that nothing was declared or found, not that a person wrote it.");
});

test("without lines no column speaks of them", () => {
  const page = renderHistory(sampleHistory([{ lines: null }], { lines: false }), plainOptions);
  expect(page).not.toContain("added");
});

test("a shallow clone is said", () => {
  expect(renderHistory(sampleHistory([{}], { shallow: true }), plainOptions)).toContain("This clone is shallow");
});

test("many tools are cut, with how many are left", () => {
  const commits = Array.from({ length: 30 }, (_, index) => ({
    message: `Fix\n\nAssisted-by: Claude:opus-${index + 1}.0\n`,
  }));
  expect(renderHistory(sampleHistory(commits), plainOptions)).toContain("… and 10 models more: `--json` has them all");
});

test("what was asked for is the only text from outside, and harmless", () => {
  const asked = "main\u001b[2J\n::error::x";
  const page = renderHistory(
    sampleHistory([{ message: "Evil\u001b[2J\n\nAssisted-by: \u001b[31mcodex:gpt-5\n" }], { asked }),
    plainOptions,
  );
  expect(page).not.toContain("\u001b");
  expect(page).not.toMatch(/^::/m);
  expect(page).not.toContain("Evil");
});
