import { expect, test } from "vitest";
import { floorKey, shown } from "../../../core/policy/repository-view.ts";

test("a name of the repository is shown inert, and at no length", () => {
  expect(shown("a\u001b[31mb")).not.toContain("\u001b");
  expect(shown("a".repeat(200))).toBe(`${"a".repeat(119)}…`);
});

test("a text of another repository is named by all three of its parts", () => {
  expect(floorKey({ repo: "acme/policies", path: "ai.yml", ref: "main" })).toBe("acme/policies ai.yml main");
});
