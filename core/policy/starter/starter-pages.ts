import type { WrittenPolicy } from "../written-policy.ts";
import { reviewQuestions } from "./review-questions.ts";

/** The pages for people that stand beside a policy file: what is asked, a pull request's form, and what a reviewer looks at. */

/**
 * The policy in words, with what this very policy does about them.
 * @param areas those of the policy file that have files
 */
export function aiPolicyPage(areas: readonly string[], policy: WrittenPolicy): string {
  const sensitive = areas.length === 0 ? [] : [`Sensitive parts of this repository: ${areas.join(", ")}.`, ""];
  return [
    "# How we use coding agents",
    "",
    "Agents are welcome here. Whoever opens a pull request answers for all of it, whatever wrote it.",
    "",
    "- Say it. A commit that an agent helped with carries `Assisted-by: <tool>:<model>`; one that it wrote for the most part",
    "  carries `Generated-by:`. Where no agent helped and the place is sensitive, `AI-Assisted: no` says so. It is a word that",
    `  nobody has verified${unverified(policy)}.`,
    "- Do not let an agent sign. `Signed-off-by` and `Reviewed-by` name people who looked and who can answer questions.",
    "- Understand it before you ask for review: you can say what each part does, and why it is needed.",
    "- Test it. Lines that an agent wrote are run by a test that would fail without them.",
    "- Keep secrets, customers' data and what is not public out of prompts.",
    "- Mark what you took over and did not check, rather than let the reviewer find out.",
    "",
    ...sensitive,
    "What is checked by machine, and who must approve what, stands in [.github/countersign.yml](.github/countersign.yml); its",
    "cases stand in [.github/countersign/](.github/countersign/). What reviewers look at stands in",
    "[.github/REVIEW_RUBRIC.md](.github/REVIEW_RUBRIC.md).",
    "",
    policyChanges(policy),
    "",
  ].join("\n");
}

/** What becomes of a claim in a sensitive part. Silence and claims count as AI there, so its owners are asked all the same. */
function unverified({ mode, rules }: WrittenPolicy): string {
  if (rules?.some(({ require }) => require?.owner_approval !== undefined) !== true) return "";
  return mode === "enforce"
    ? ": in sensitive parts the owners still look"
    : ": in sensitive parts the report still names the owners who would have to approve, and nothing waits for them yet";
}

/** The engine's own rule, which no policy leaves out, in the mode of this one. */
function policyChanges({ mode }: WrittenPolicy): string {
  return mode === "enforce"
    ? "A change to the policy or its cases needs the approval of whoever owns them."
    : "The report says when a change to the policy or its cases lacks the approval of whoever owns them; nothing waits for it yet.";
}

/** A template for pull requests that asks for what the policy asks. */
export const pullRequestTemplate: string = [
  "## What and why",
  "",
  "<!-- What changes for whom, and what it was like before. -->",
  "",
  "## How it was checked",
  "",
  "<!-- The tests that would fail without it, and what you tried by hand. -->",
  "",
  "## Who wrote it",
  "",
  "<!-- The commits say it in trailers: Assisted-by, Generated-by, or AI-Assisted: no. Name here what they do not. -->",
  "",
  "- [ ] Every commit that an agent helped with says so",
  "- [ ] I have read and understood every line, and can answer for it",
  "- [ ] No secret and nothing that is not public was part of a prompt",
  "",
].join("\n");

/** What a reviewer looks at, as a page. */
export const reviewRubric: string = [
  "# What a reviewer looks at",
  "",
  "The gate ticks what a machine can tell. The rest is yours; the more of a change an agent wrote, the less it was read before.",
  "",
  "## Tests",
  "",
  `- ${reviewQuestions.tests}.`,
  "- Tests check what the code is for, and are not written from what it happens to do.",
  "- Errors, limits and empty input have a test where they can happen.",
  "",
  "## Documentation",
  "",
  `- ${reviewQuestions.documentation}, and stands where users, operators and callers look.`,
  "- Comments give reasons. None describes code that is not there.",
  "",
  "## Dependencies",
  "",
  `- ${reviewQuestions.dependencies}: it exists, is the one that is meant, and is worth its weight.`,
  "- The lock file changes by it alone.",
  "",
  "## Architecture",
  "",
  `- ${reviewQuestions.place}: it uses what is there already.`,
  "- It does what was asked and nothing beside it: no spare layer, no copy of code that exists.",
  "- What happens when it fails, when it runs twice, and when it is rolled back is known.",
  "",
  "## Who wrote it",
  "",
  "- The trailers fit what you see.",
  `- ${reviewQuestions.understanding}: the author can answer a question about any line.`,
  "",
].join("\n");
