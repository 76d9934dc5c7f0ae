import { inertText } from "../../untrusted/index.ts";
import type { Condition } from "../condition.ts";
import { stepsOfList } from "../direction.ts";
import { agentsOf } from "../expression/index.ts";
import type { Answer, JudgedChange, JudgedFile } from "../judged.ts";
import { asList, oneOrMore } from "../schemas.ts";
import { isSameTool, toolSchema } from "../written/tool-names.ts";

const schema = oneOrMore(toolSchema, {
  says: "The file was written with this tool, or with one of these, as far as the evidence names tools.",
  expects: "the name of a tool, or a list of names",
  example: ["claude-code", "copilot"],
});

/** Whether the evidence about a file names one of the tools. A tool's work without its name may be any tool's. */
export const tools: Condition<string | string[], readonly string[]> = {
  schema,
  scope: "file",
  facts: ["provenance", "authorship", "files"],
  resolve: (written) => asList(written),
  compare: (before, after) => stepsOfList("tightens", before, after, isSameTool),
  says: (names) => `was written with ${names.join(" or ")}`,
  holds: (names, change, file) =>
    file === null ? { state: "no", says: "no file is changed" } : answer(names, change, file),
};

function answer(names: readonly string[], change: JudgedChange, file: JudgedFile): Answer {
  const found = agentsOf(file, change);
  const named = found.filter((agent) =>
    names.some((name) => agent !== null && change.vocabulary.sameAgent(name, agent)),
  );
  if (named.length > 0) return { state: "yes", says: `${file.shown} was written with ${inertText(named.join(", "))}` };
  if (file.subject.verdicts.length === 0)
    return { state: "unknown", says: `no commit is known to have touched ${file.shown}` };
  if (found.includes(null)) return { state: "unknown", says: `a tool wrote in ${file.shown}, and nothing names it` };
  return { state: "no", says: `nothing says that ${file.shown} was written with it` };
}
