import { expect, test } from "vitest";
import { asksOnlyForAsIs } from "../../../../core/policy/expression/index.ts";

test.each([
  { expression: 'change.provenance.acceptance == "as-is"', is: true },
  { expression: '"as-is" == file.acceptance && file.ai', is: true },
  { expression: 'change.commits.exists(c, c.acceptance != "as-is")', is: true },
  { expression: 'change.commits.map(c, c.acceptance).exists(a, a in ["as-is", "edited"])', is: false },
  { expression: 'file.acceptance in ["as-is", "partial"]', is: true },
  { expression: '"as-is" in change.commits.map(c, c.acceptance)', is: true },
  { expression: 'file.acceptance in ["as-is", "unstated"]', is: false },
  { expression: 'file.acceptance == "as-is" || file.acceptance == "unstated"', is: false },
  { expression: 'file.acceptance != "edited"', is: false },
  { expression: 'change.branch == "as-is"', is: false },
  { expression: 'file.acceptance == "edited" && change.branch == "as-is"', is: false },
  { expression: 'file.acceptance.startsWith("as-is")', is: false },
  { expression: '(has(file.acceptance) ? "as-is" : "x") == change.branch', is: false },
  { expression: "change.branch", is: false },
])("$expression: $is", ({ expression, is }) => expect(asksOnlyForAsIs(expression)).toBe(is));
