import { expect, test } from "vitest";
import { titleOfId } from "../../../core/policy/title-of-id.ts";

test.each([
  { id: "ai-commits-say-how", is: "AI commits say how" },
  { id: "commits-of-ai-pass-ci", is: "Commits of AI pass CI" },
  { id: "iac-has-two-eyes", is: "IaC has two eyes" },
  { id: "email-is-tested", is: "Email is tested" },
  { id: "r", is: "R" },
])("the title of $id is $is", ({ id, is }) => expect(titleOfId(id)).toBe(is));
