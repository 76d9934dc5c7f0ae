import * as z from "zod";
import { worded } from "../../policy/index.ts";
import { files } from "./files.ts";
import { login, longText, oneOf, text, texts, yesOrNo } from "./words.ts";

const verdict = oneOf("What the commit should be taken for: the marks for that are written into it.", [
  "agent-authored",
  "agent-assisted",
  "suggestion",
  "automation",
  "human",
  "undeclared",
]);

const trailerValue = worded(z.union([z.string(), z.array(z.string())]), {
  says: "The trailer's value, or a list of values for a trailer that stands several times.",
  expects: "a text or a list of texts",
  example: "claude-code:opus",
});

const commit = worded(
  z.strictObject({
    trailers: worded(z.record(z.string(), trailerValue), {
      says: "The trailers at the end of its message.",
      expects: "a mapping from keys to values",
      example: { "Assisted-by": "claude-code:opus", "AI-Accepted": "edited" },
    }).optional(),
    author: text("Who wrote it: a login, or `Name <mail>`. Default: the author of the change.", "dev1").optional(),
    committer: text("Who committed it. Default: its author.", "dev1").optional(),
    message: longText("Its message without the trailers.", "Renew sessions").optional(),
    files: texts("The files of this list of files that it touched. Default: all.", ["src/auth/session.ts"]).optional(),
    verdict: verdict.optional(),
    signature: text("What the platform says of its signature. Default: the case's `signatures`.", "valid").optional(),
  }),
  { says: "A commit.", expects: "a mapping", example: { trailers: { "Assisted-by": "claude-code:opus" } } },
);

export const commits = worded(z.array(commit).min(1), {
  says: "The commits, oldest first. Default: one that says nothing.",
  expects: "a list of commits",
  example: [{ trailers: { "Assisted-by": "claude-code:opus" } }],
});

export const change = worded(
  z.strictObject({
    author: login("Who opened the pull request. Default: `author`.").optional(),
    author_type: oneOf("The account's type. Default: `Bot` for a login that ends with `[bot]`, else `User`.", [
      "User",
      "Bot",
      "Organization",
    ]).optional(),
    association: oneOf("What the author is to the repository, in GitHub's words. Default: `MEMBER`.", [
      "OWNER",
      "MEMBER",
      "COLLABORATOR",
      "CONTRIBUTOR",
      "FIRST_TIMER",
      "FIRST_TIME_CONTRIBUTOR",
      "MANNEQUIN",
      "NONE",
    ]).optional(),
    agent_requesters: texts("Who asked an agent to open it.", ["ann"]).optional(),
    title: text("The pull request's title.", "Renew sessions").optional(),
    body: longText("The pull request's body.", "Why: …").optional(),
    base: text("The branch it goes into. Default: `main`.", "main").optional(),
    branch: text("The branch it comes from. Default: `topic`.", "topic").optional(),
    labels: texts("Its labels.", ["ai-assisted"]).optional(),
    draft: yesOrNo("Whether it is a draft. Default: `false`.").optional(),
    fork: yesOrNo("Whether it comes from a fork. Default: `false`.").optional(),
    event: oneOf(
      "What the gate runs for. Default: `pull_request`. A `merge_group` has the case's pull request as its only one, with its reviews; `push` and `local` have none.",
      ["pull_request", "merge_group", "push", "local"],
    ).optional(),
    files: files.optional(),
    commits: commits.optional(),
    incomplete: texts("Why the change was not read whole.", ["GitHub returned 250 of 312 commits"]).optional(),
  }),
  {
    says: "The change as it was opened.",
    expects: "a mapping",
    example: { author: "dev1", files: [{ path: "src/auth/session.ts" }] },
  },
);
export type WrittenCommit = z.infer<typeof commit>;
