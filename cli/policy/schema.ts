import { Command } from "commander";
import { jsonText } from "../../core/json-text.ts";
import { policyJsonSchema } from "../../core/policy/index.ts";
import { exitCodes, type ExitCode } from "../../gate/exit-code.ts";
import type { Io } from "../io.ts";

/** `countersign policy schema`: prints the JSON Schema of the policy file, for editors. */
export function policySchemaCommand(io: Io, finish: (code: ExitCode) => void): Command {
  return new Command("schema")
    .description("print the JSON Schema of the policy file, for editors")
    .addHelpText("after", examples)
    .action(() => {
      io.stdout(jsonText(policyJsonSchema()));
      finish(exitCodes.pass);
    });
}

const examples = `
Examples
  countersign policy schema > countersign.schema.json
  countersign policy schema | jq '.properties | keys'`;
