import * as z from "zod";
import { disclosureModes, disclosures, type DisclosureMode } from "../disclosures.ts";
import { missed, satisfied } from "../reasons.ts";
import { stepsOfList } from "../direction.ts";
import type { Requirement } from "../requirement.ts";
import { asList, oneOrMore } from "../schemas.ts";
import { worded } from "../wording.ts";

const instead = { optional: "Leave the key out: what is not written is not asked for." };

const mode = worded(z.enum(disclosureModes), {
  says: disclosureModes.map((name) => `\`${name}\`: ${disclosures[name].means}.`).join(" "),
  expects: `one of ${disclosureModes.join(", ")}`,
  example: "canonical",
  instead,
});

const schema = oneOrMore(mode, {
  says: `How AI assistance must be disclosed, one way or several together. ${disclosureModes.map((name) => `\`${name}\`: ${disclosures[name].means}.`).join(" ")}`,
  expects: `one of ${disclosureModes.join(", ")}, or a list of them`,
  example: "canonical",
  instead,
});

/** Asks how the commits disclose, or do without, AI assistance. */
export const disclosure: Requirement<DisclosureMode | DisclosureMode[], readonly DisclosureMode[]> = {
  schema,
  facts: ["change", "labels", "provenance", "files.file", "files.pathForms", "files.commits"],
  resolve: (written) => asList(written),
  compare: (before, after) => stepsOfList("tightens", before, after),
  asksOnlyOfAi: (modes) => modes.every((name) => disclosures[name].asksOnlyOfAi),
  check: (modes, scope) => {
    const outcomes = modes.map((name) => disclosures[name].check(scope));
    const [only] = outcomes;
    if (only !== undefined && outcomes.length === 1) return only;
    const reasons = outcomes.map(({ reason }) => reason);
    const failed =
      outcomes.find(({ state }) => state === "unsatisfied") ?? outcomes.find(({ state }) => state !== "satisfied");
    if (failed === undefined) return satisfied(`disclosed as asked: ${modes.join(", ")}`, reasons);
    const { reason } = missed(`not disclosed as asked: ${modes.join(", ")}`, "", reasons);
    return { state: failed.state, reason: { ...reason, state: failed.reason.state, fix: null } };
  },
};
