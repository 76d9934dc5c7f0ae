import { inertText } from "../../untrusted/index.ts";
import type { Condition } from "../condition.ts";
import { isSameName, stepsOfList } from "../direction.ts";
import { asList, literalName, oneOrMore } from "../schemas.ts";

const label = literalName(
  50,
  { says: "The name of a label.", expects: "the name of a label", example: "hotfix" },
  (name) => `Ask by \`if\`: \`!("${name}" in pull_request.labels)\`.`,
);

const schema = oneOrMore(label, {
  says: "The pull request has this label, or one of these. Capitals make no difference; no patterns are read, for a label may be called `gate/*`.",
  expects: "the name of a label, or a list of names",
  example: ["ai-assisted", "hotfix"],
});

/** Whether the pull request has one of the labels. */
export const labels: Condition<string | string[], readonly string[]> = {
  schema,
  scope: "change",
  facts: ["labels"],
  resolve: (written) => asList(written),
  compare: (before, after) => stepsOfList("tightens", before, after, isSameName),
  says: (names) => `has the label ${names.join(" or ")}`,
  holds: (names, { subject }) => {
    if (subject.labels.state === "absent") return { state: "unknown", says: inertText(subject.labels.reason) };
    const wanted = new Set(names.map((name) => name.toLowerCase()));
    const found = subject.labels.value.filter((name) => wanted.has(name.toLowerCase()));
    if (found.length === 0) return { state: "no", says: "the pull request has none of these labels" };
    const shown = found.map((name) => inertText(name, { maxGraphemes: 50 })).join(", ");
    return { state: "yes", says: `the pull request has the label ${shown}` };
  },
};
