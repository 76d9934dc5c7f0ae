import { Acceptance, acceptances } from "../../change/authorship.ts";
import type { Condition } from "../condition.ts";
import { stepsOfList } from "../direction.ts";
import { commitsTouching } from "../expression/index.ts";
import { asList, oneOrMore } from "../schemas.ts";
import { worded } from "../wording.ts";

const one = worded(Acceptance, {
  says: "How people took over what a tool wrote.",
  expects: `one of ${acceptances.join(", ")}`,
  example: "as-is",
});

const schema = oneOrMore(one, {
  says: "A commit that touched the file and counts as AI was taken over like this, or in one of these ways. One that does not say is `unstated`, and weighs as `as-is`.",
  expects: `one of ${acceptances.join(", ")}, or a list of them`,
  example: ["as-is", "unstated"],
});

/** Whether one of the file's AI commits was accepted in one of the ways. */
export const acceptance: Condition<Acceptance | Acceptance[], readonly Acceptance[]> = {
  schema,
  scope: "file",
  facts: ["provenance", "files"],
  resolve: (written) => asList(written),
  compare: (before, after) => stepsOfList("tightens", before, after),
  says: (wanted) => `was accepted ${wanted.join(" or ")}`,
  holds: (wanted, change, file) => {
    if (file === null) return { state: "no", says: "no file is changed" };
    if (file.subject.verdicts.length === 0)
      return { state: "unknown", says: `no commit is known to have touched ${file.shown}` };
    const ai = commitsTouching(file, change).filter(({ verdict }) => file.countsAsAi(verdict));
    if (ai.length === 0) return { state: "no", says: `no commit of ${file.shown} counts as AI` };
    // Silence may be anything, and is taken as the strictest.
    const held = ai.some(
      ({ acceptance: is }) => wanted.includes(is) || (is === "unstated" && wanted.includes("as-is")),
    );
    const shown = [...new Set(ai.map(({ acceptance: is }) => is))].join(", ");
    return { state: held ? "yes" : "no", says: `AI commits of ${file.shown} are ${shown}` };
  },
};
