import { Verdict, verdicts } from "../../change/authorship.ts";
import type { Condition } from "../condition.ts";
import { stepsOfList } from "../direction.ts";
import { asList, oneOrMore } from "../schemas.ts";
import { worded } from "../wording.ts";

const forAi = "Write `ai: true` in the place of `verdict`: it holds for whatever counts as AI.";

/** What people write for the verdicts as a whole. */
const instead = Object.fromEntries(
  ["ai", "true", "ai-assisted", "ai_assisted", "ai-generated", "ai-authored", "assisted"].map((word) => [word, forAi]),
);

const one = worded(Verdict, {
  instead,
  says: "A verdict of provenance.",
  expects: `one of ${verdicts.join(", ")}`,
  example: "agent-authored",
});

const schema = oneOrMore(one, {
  instead,
  says: "A commit that touched the file, or a line added to it, has this verdict, or one of these; whatever counts as AI.",
  expects: `one of ${verdicts.join(", ")}, or a list of them`,
  example: ["agent-authored", "suggestion"],
});

/** Whether the evidence about the file comes to one of the verdicts. */
export const verdict: Condition<Verdict | Verdict[], readonly Verdict[]> = {
  schema,
  scope: "file",
  facts: ["files"],
  resolve: (written) => asList(written),
  compare: (before, after) => stepsOfList("tightens", before, after),
  says: (wanted) => `is ${wanted.join(" or ")}`,
  holds: (wanted, _change, file) => {
    if (file === null) return { state: "no", says: "no file is changed" };
    const present = file.subject.verdicts;
    if (present.length === 0) return { state: "unknown", says: `no commit is known to have touched ${file.shown}` };
    const held = present.some((each) => wanted.includes(each));
    return { state: held ? "yes" : "no", says: `${file.shown} is ${present.join(", ")}` };
  },
};
