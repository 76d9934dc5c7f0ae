import * as typescript from "@typescript-eslint/parser";
import { Linter } from "eslint";
import { expect, test } from "vitest";
import plugin from "../../eslint-plugin/index.ts";

const text = "try {\n  await save();\n} catch {\n}\n";

test.each([
  { says: "JavaScript with ESLint's own parser", filename: "src/a.mjs", languageOptions: {} },
  { says: "TypeScript", filename: "src/a.ts", languageOptions: { parser: typescript } },
])("an editor shows the gate's findings in $says", ({ filename, languageOptions }) => {
  const found = new Linter().verify(text, [plugin.configs.recommended, { languageOptions }], { filename });
  expect(found.map(({ ruleId, line, severity }) => ({ ruleId, line, severity }))).toEqual([
    { ruleId: "countersign/swallowed-error", line: 3, severity: 1 },
  ]);
});

test("each rule of the recommended ones is there, with a page", () => {
  const rules = Object.keys(plugin.configs.recommended.rules ?? {});
  expect(rules.filter((name) => plugin.rules?.[name.replace("countersign/", "")] === undefined)).toEqual([]);
  expect(rules.length).toBeGreaterThan(0);
});
