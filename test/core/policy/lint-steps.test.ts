import { expect, test } from "vitest";
import { stepsOfLint } from "../../../core/policy/lint-steps.ts";
import { buildPolicy } from "../../subjects.ts";
import { stepTexts } from "./difference-texts.ts";

const lint = (written: string) => buildPolicy(`lint: { ${written} }`).lint;
const rule = (severity: string) => `severity: { swallowed-error: ${severity} }`;
const says = (is: string, was: string) => `give findings of swallowed-error the severity ${is}, which is ${was}`;

test.each([
  { says: "the same", before: rule("ignore"), after: rule("ignore"), is: [] },
  {
    says: "a wider filter",
    before: "filter: added",
    after: "filter: file",
    is: ["changes: count findings by `lint.filter` file, which is added"],
  },
  {
    says: "a narrower filter",
    before: "filter: added",
    after: "filter: ai",
    is: ["loosens: count findings by `lint.filter` ai, which is added"],
  },
  {
    says: "a filter that counts others",
    before: "filter: function",
    after: "filter: diff_context",
    is: ["loosens: count findings by `lint.filter` diff_context, which is function"],
  },
  {
    says: "a rule put off",
    before: "filter: added",
    after: rule("ignore"),
    is: [`loosens: ${says("ignore", "its own")}`],
  },
  {
    says: "a rule no longer off",
    before: rule("ignore"),
    after: rule("notice"),
    is: [`changes: ${says("notice", "ignore")}`],
  },
  { says: "less", before: rule("error"), after: rule("warning"), is: [`loosens: ${says("warning", "error")}`] },
  { says: "more", before: rule("notice"), after: rule("warning"), is: [`changes: ${says("warning", "notice")}`] },
  {
    says: "an error in place of its own",
    before: "filter: added",
    after: rule("error"),
    is: [`changes: ${says("error", "its own")}`],
  },
  {
    says: "its own in place of an error",
    before: rule("error"),
    after: "filter: added",
    is: [`loosens: ${says("its own", "error")}`],
  },
  {
    says: "less for one alone",
    before: rule("error"),
    after: rule("{ human: notice, ai_edited: error, ai_as_is: error }"),
    is: [`loosens: ${says("notice/error/error", "error")}`],
  },
])("$says", ({ before, after, is }) => {
  expect(stepTexts(stepsOfLint(lint(before), lint(after)))).toEqual(is);
});
