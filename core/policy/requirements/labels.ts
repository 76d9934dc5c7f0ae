import { inertText } from "../../untrusted/index.ts";
import { missed, satisfied } from "../reasons.ts";
import { listed } from "../recipes.ts";
import { isSameName, stepsOfList } from "../direction.ts";
import type { Requirement } from "../requirement.ts";
import { asList, literalName, oneOrMore } from "../schemas.ts";

const label = literalName(
  100,
  { says: "A label's name, in either case; no pattern.", expects: "the name of a label", example: "security-reviewed" },
  () => "Name only labels that the pull request must carry.",
);

const schema = oneOrMore(label, {
  says: "The pull request carries all of these labels. Whoever may triage can set one: a label says that somebody said so.",
  expects: "the name of a label, or a list of names",
  example: ["security-reviewed"],
});

/** Asks for labels on the pull request. */
export const labels: Requirement<string | string[], readonly string[]> = {
  schema,
  facts: ["labels"],
  resolve: (written) => asList(written),
  compare: (before, after) => stepsOfList("tightens", before, after, isSameName),
  check: (asked, { change }) => {
    const found = change.subject.labels;
    if (found.state === "absent") {
      const says = `the labels are not known: ${inertText(found.reason)}`;
      const fix = "Run it for a pull request, with `pull-requests: read`.";
      return { state: "undecided", reason: { says, state: "unknown", fix, reasons: [] } };
    }
    // GitHub keeps no two labels that differ in case alone.
    const carried = new Set(found.value.map((name) => name.toLowerCase()));
    const lacking = asked.filter((name) => !carried.has(name.toLowerCase())).map(shown);
    if (lacking.length === 0) return satisfied(`the pull request carries ${listed(asked.map(shown))}`);
    return missed(
      `labels that the pull request lacks: ${listed(lacking)}`,
      `Have somebody set ${listed(lacking, 10)}.`,
    );
  },
};

function shown(name: string): string {
  return inertText(name, { maxGraphemes: 100 });
}
