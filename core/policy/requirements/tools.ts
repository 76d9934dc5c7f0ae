import type { Reason } from "../decision.ts";
import { namedWriters, shownName, type NamedWriter } from "../named-writers.ts";
import { few, missed, satisfied } from "../reasons.ts";
import { listed } from "../recipes.ts";
import { stepsOfList } from "../direction.ts";
import type { Requirement } from "../requirement.ts";
import { asList, oneOrMore } from "../schemas.ts";
import { isSameTool, toolSchema } from "../written/tool-names.ts";

const schema = oneOrMore(toolSchema, {
  says: "What counts as AI comes from one of these tools only. A commit that names no tool does not meet it.",
  expects: "the name of a tool, or a list of names",
  example: ["claude-code", "copilot"],
});

/** Asks that AI commits name their tool, and that it is one of these. */
export const tools: Requirement<string | string[], readonly string[]> = {
  schema,
  facts: ["change", "provenance", "authorship", "files.file", "files.pathForms", "files.commits"],
  resolve: (written) => asList(written),
  compare: (before, after) => stepsOfList("loosens", before, after, isSameTool),
  asksOnlyOfAi: () => true,
  check: (allowed, scope) => {
    const { sameAgent } = scope.change.vocabulary;
    const writers = namedWriters(scope);
    const others = writers.filter(({ agent }) => agent === null || !allowed.some((name) => sameAgent(name, agent)));
    if (writers.length === 0) return satisfied("nothing here counts as AI, so no tool is asked for");
    if (others.length === 0) return satisfied(`all that counts as AI comes from ${listed(allowed.map(shownName))}`);
    const fix = `Name the tool in the commit's trailers (\`Assisted-by: <agent>:<model>\`); allowed are ${listed(allowed.map(shownName), 10)}.`;
    return missed(`AI from tools that are not allowed or not named: ${others.length}`, fix, few(others.map(describe)));
  },
};

function describe({ where, agent }: NamedWriter): Reason {
  const says = agent === null ? `${where}: no tool is named` : `${where}: ${shownName(agent)}`;
  return { says, state: "no", fix: null, reasons: [] };
}
