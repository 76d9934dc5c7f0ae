import { describe, expect, test } from "vitest";
import { assemble, moreOf, whole, type Part } from "../../../../core/report/markdown/page.ts";

function list(rows: number, omitted = 0): Part {
  const items = Array.from({ length: rows }, (_, index) => `- row ${String(index).padStart(3, "0")}`);
  return { kind: "rows", head: "### List\n", rows: items, omitted, foot: null, noun: "row" };
}

test("parts are separated by an empty line, and the page ends with a line break", () => {
  expect(assemble([whole("## A"), list(2)], 10_000)).toBe("## A\n\n### List\n\n- row 000\n- row 001\n");
});

describe("what does not fit is counted", () => {
  test("rows of a list", () => {
    const page = assemble([list(100)], 700);
    const shown = page.split("\n").filter((line) => line.startsWith("- row")).length;
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(700);
    expect(shown).toBeGreaterThan(30);
    expect(page).toContain(`\n\n${moreOf(100 - shown, "row")}`);
  });

  test("rows that were never written", () => {
    expect(assemble([list(1, 9)], 10_000)).toContain("… 9 more rows, see `report.json`");
  });

  test("a part that does not fit at all, while a later one does", () => {
    const page = assemble([whole("## A"), whole("x".repeat(1_000)), whole("end")], 600);
    expect(page).toBe("## A\n\nend\n\n… 1 more section, see `report.json`\n");
  });

  test("a list of which not even one row fits", () => {
    const part: Part = { kind: "rows", head: "", rows: ["x".repeat(1_000)], omitted: 0, foot: null, noun: "row" };
    expect(assemble([whole("## A"), part], 600)).toBe("## A\n\n… 1 more section, see `report.json`\n");
  });
});

test("the end of a list stands after what is missing", () => {
  const part: Part = { kind: "rows", head: "<details>\n", rows: ["- a"], omitted: 1, foot: "</details>", noun: "row" };
  expect(assemble([part], 1_000)).toBe("<details>\n\n- a\n\n… 1 more row, see `report.json`\n\n</details>\n");
});
