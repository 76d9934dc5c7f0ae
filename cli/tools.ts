import { Command } from "commander";
import { jsonText } from "../core/json-text.ts";
import { closest } from "../core/policy/index.ts";
import { Problem } from "../core/problem.ts";
import { tools, type Tool } from "../core/provenance/index.ts";
import { renderTools, renderWholeTools } from "../core/report/index.ts";
import { inertJson, inertText } from "../core/untrusted/index.ts";
import { exitCodes, type ExitCode } from "../gate/exit-code.ts";
import type { Io } from "./io.ts";
import { terminalOptions } from "./print-review.ts";

/** `countersign tools`: the table of known tools, and every mark that each is recognised by. */
export function toolsCommand(io: Io, finish: (code: ExitCode) => void): Command {
  return new Command("tools")
    .description("list the tools that are recognised, and by which marks")
    .argument("[id...]", "show every mark of these tools")
    .option("--json", "print JSON")
    .addHelpText("after", examples)
    .action((ids: readonly string[], { json }: { json?: boolean }) => {
      const chosen = ids.length === 0 ? tools : ids.map(toolOf);
      if (json) io.stdout(inertJson(jsonText(chosen)));
      else io.stdout((ids.length === 0 ? renderTools : renderWholeTools)(chosen, terminalOptions(io)));
      finish(exitCodes.pass);
    });
}

const examples = `
Examples
  countersign tools
  countersign tools claude-code copilot
  countersign tools --json`;

/** By its id, or by a name that people call it. */
function toolOf(word: string): Tool {
  const wanted = word.toLowerCase();
  const found = tools.find((tool) => namesOf(tool).includes(wanted));
  if (found !== undefined) return found;
  const meant = closest(wanted, tools.flatMap(namesOf));
  const suggestion = tools.find((tool) => meant !== null && namesOf(tool).includes(meant))?.id;
  throw new Problem(
    `${inertText(word, { maxGraphemes: 60 })} is no tool of the table.`,
    suggestion === undefined
      ? "`countersign tools` lists them."
      : `Did you mean ${suggestion}? \`countersign tools\` lists them all.`,
  );
}

function namesOf({ id, names }: Tool): string[] {
  return [id, ...(names ?? []).map((name) => name.toLowerCase())];
}
