import type { LintRule } from "../findings/finding.ts";

/** What provenance reports, as the catalogue lists it. The marks are found in `findProvenance`. */
export const provenanceRules: readonly LintRule[] = [
  {
    id: "skip-checks-trailer",
    title: "A commit message asks that checks be skipped",
    help: "Remove it from the message. The gate runs all the same; other required checks may not.",
    confidence: "high",
    severity: { human: "notice", aiEdited: "warning", aiAsIs: "warning" },
  },
  {
    id: "detected-without-trailer",
    title: "A tool left its mark, and the trailers say nothing",
    help: "Add an `Assisted-by: <tool>:<model>` trailer in the last paragraph of the message, or in that of a later commit, beside `AI-Declares: <sha>`.",
    confidence: "medium",
    severity: { human: "notice", aiEdited: "warning", aiAsIs: "warning" },
  },
  {
    id: "provenance-conflict",
    title: "A commit is declared free of tools and bears a tool's mark",
    help: "Correct whichever is wrong. Until then the tool's mark counts.",
    confidence: "high",
    severity: { human: "warning", aiEdited: "warning", aiAsIs: "error" },
  },
  {
    id: "provenance-disagreement",
    title: "A commit's trailers and a tool's record of it say different things",
    help: "Compare the record with the commit, and correct the trailers; an empty commit with `AI-Declares` does so without rewriting history.",
    confidence: "medium",
    severity: { human: "notice", aiEdited: "notice", aiAsIs: "warning" },
  },
  {
    id: "provenance-removed",
    title: "The change showed more of a tool's part than it does now",
    help: "Put the trailers back, or declare them with `AI-Declares: <sha>` in an empty commit. Until a person who may decides otherwise, the earlier verdict counts.",
    confidence: "high",
    severity: { human: "warning", aiEdited: "warning", aiAsIs: "warning" },
  },
  {
    id: "malformed-trailer",
    title: "A provenance trailer cannot be read",
    help: "Write the trailer as the message says; `countersign trailers` checks a message before it is committed.",
    confidence: "high",
    severity: { human: "notice", aiEdited: "warning", aiAsIs: "warning" },
  },
  {
    id: "agent-signed-off",
    title: "A tool signed off a commit",
    help: "Only a person can certify the origin of a change. Replace the sign-off with the person's own.",
    confidence: "high",
    severity: { human: "warning", aiEdited: "error", aiAsIs: "error" },
  },
  {
    id: "agent-reviewed",
    title: "A tool is named as reviewer",
    help: "`Reviewed-by` names a person. Remove the tool, or have a person review.",
    confidence: "high",
    severity: { human: "warning", aiEdited: "warning", aiAsIs: "error" },
  },
  {
    id: "self-reviewed",
    title: "A commit is reviewed by the person who made it",
    help: "`Reviewed-by` names somebody else. Have another person review, or leave the trailer out.",
    confidence: "high",
    severity: { human: "notice", aiEdited: "warning", aiAsIs: "warning" },
  },
  {
    id: "odd-message",
    title: "A stored commit message is not what people see",
    help: "Read the stored bytes with `git cat-file commit <sha>`, and write the message anew.",
    confidence: "high",
    severity: { human: "warning", aiEdited: "warning", aiAsIs: "warning" },
  },
];
