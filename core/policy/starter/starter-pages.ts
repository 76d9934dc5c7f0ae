import { reviewQuestions } from "./review-questions.ts";

/** The pages for people that stand beside a policy file: what is asked, a pull request's form, and what a reviewer looks at. */

/** The policy in words. `areas` are those of the policy file that have files. */
export function aiPolicyPage(areas: readonly string[]): string {
  const sensitive = areas.length === 0 ? [] : [`Sensitive parts of this repository: ${areas.join(", ")}.`, ""];
  return [
    "# How we use coding agents",
    "",
    "Agents are welcome here. Whoever opens a pull request answers for all of it, whatever wrote it.",
    "",
    "- Say it. A commit that an agent helped with carries `Assisted-by: <tool>:<model>`; one that it wrote for the most part",
    "  carries `Generated-by:`. Where no agent helped and the place is sensitive, `AI-Assisted: no` says so. It is a word that",
    "  nobody has verified: in sensitive parts the owners still look, and a place that is closed to agents stays closed.",
    "- Do not let an agent sign. `Signed-off-by` and `Reviewed-by` name people who looked and who can answer questions.",
    "- Understand it before you ask for review: you can say what each part does, and why it is needed.",
    "- Test it. Lines that an agent wrote are run by a test that would fail without them.",
    "- Keep secrets, customers' data and what is not public out of prompts.",
    "- Mark what you took over and did not check, rather than let the reviewer find out.",
    "",
    ...sensitive,
    "What is checked by machine, and who must approve what, stands in [.github/countersign.yml](.github/countersign.yml); its",
    "cases stand in [.github/countersign/](.github/countersign/). What reviewers look at stands in",
    "[.github/REVIEW_RUBRIC.md](.github/REVIEW_RUBRIC.md). A change to these needs the approval of whoever owns them.",
    "",
  ].join("\n");
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
