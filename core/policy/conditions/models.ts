import { inertText } from "../../untrusted/index.ts";
import type { Condition } from "../condition.ts";
import { stepsOfList } from "../direction.ts";
import { modelsOf } from "../expression/index.ts";
import type { Answer, JudgedChange, JudgedFile } from "../judged.ts";
import { isModelNamed, isModelWithin } from "../model-names.ts";
import { asList, oneOrMore } from "../schemas.ts";
import { modelSchema } from "../written/tool-names.ts";

const schema = oneOrMore(modelSchema, {
  says: "The file was written with this model, or with one of these, as far as the evidence names models.",
  expects: "the name of a model, or a list of names",
  example: ["claude-*", "gpt-5*"],
});

/** Whether the evidence about a file names one of the models. A tool's work without a model's name may be any model's. */
export const models: Condition<string | string[], readonly string[]> = {
  schema,
  scope: "file",
  facts: ["provenance", "authorship", "files"],
  resolve: (written) => asList(written),
  compare: (before, after, work) => stepsOfList("tightens", before, after, isModelWithin, work),
  says: (names) => `was written with ${names.join(" or ")}`,
  holds: (names, change, file) =>
    file === null ? { state: "no", says: "no file is changed" } : answer(names, change, file),
};

function answer(names: readonly string[], change: JudgedChange, file: JudgedFile): Answer {
  const found = modelsOf(file, change);
  const named = found.filter((name) => name !== null && names.some((pattern) => isModelNamed(pattern, name)));
  if (named.length > 0) return { state: "yes", says: `${file.shown} was written with ${inertText(named.join(", "))}` };
  if (file.subject.verdicts.length === 0)
    return { state: "unknown", says: `no commit is known to have touched ${file.shown}` };
  if (found.includes(null))
    return { state: "unknown", says: `a tool wrote in ${file.shown}, and nothing names its model` };
  return { state: "no", says: `nothing says that ${file.shown} was written with it` };
}
