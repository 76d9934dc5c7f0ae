import type { Reason } from "../decision.ts";
import { isModelNamed, isModelWithin } from "../model-names.ts";
import { namedWriters, shownName, type NamedWriter } from "../named-writers.ts";
import { few, missed, satisfied } from "../reasons.ts";
import { listed } from "../recipes.ts";
import { stepsOfList } from "../direction.ts";
import type { Requirement } from "../requirement.ts";
import { asList, oneOrMore } from "../schemas.ts";
import { modelSchema } from "../written/tool-names.ts";

const schema = oneOrMore(modelSchema, {
  says: "What counts as AI comes from one of these models only. A commit that names no model does not meet it.",
  expects: "the name of a model, or a list of names",
  example: ["claude-opus-*", "gpt-5"],
});

/** Asks that AI commits name their model, and that it is one of these. */
export const models: Requirement<string | string[], readonly string[]> = {
  schema,
  facts: ["change", "provenance", "authorship", "files.file", "files.pathForms", "files.commits"],
  resolve: (written) => asList(written),
  compare: (before, after, work) => stepsOfList("loosens", before, after, isModelWithin, work),
  asksOnlyOfAi: () => true,
  check: (allowed, scope) => {
    const writers = namedWriters(scope);
    const others = writers.filter(
      ({ model: name }) => name === null || !allowed.some((one) => isModelNamed(one, name)),
    );
    if (writers.length === 0) return satisfied("nothing here counts as AI, so no model is asked for");
    if (others.length === 0) return satisfied(`all that counts as AI comes from ${listed(allowed.map(shownName))}`);
    const fix = `Name the model in the commit's trailers (\`Assisted-by: <agent>:<model>\`); allowed are ${listed(allowed.map(shownName), 10)}.`;
    return missed(`AI from models that are not allowed or not named: ${others.length}`, fix, few(others.map(describe)));
  },
};

function describe({ where, agent, model: name }: NamedWriter): Reason {
  const tool = agent === null ? "" : ` (${shownName(agent)})`;
  return {
    says: `${where}: ${name === null ? "no model is named" : shownName(name)}${tool}`,
    state: "no",
    fix: null,
    reasons: [],
  };
}
