import { Command } from "commander";
import { jsonText } from "../../core/json-text.ts";
import { policyJsonSchema } from "../../core/policy/index.ts";
import { caseJsonSchema } from "../../core/trial/case-schema.ts";
import { exitCodes, type ExitCode } from "../../gate/exit-code.ts";
import type { Io } from "../io.ts";

interface SchemaOptions {
  tests?: boolean;
  json?: boolean;
}

/** `countersign policy schema`: prints the JSON Schema of the policy file, or of the files that test it, for editors. */
export function policySchemaCommand(io: Io, finish: (code: ExitCode) => void): Command {
  return new Command("schema")
    .description("print the JSON Schema of the policy file, for editors")
    .option("--tests", "print that of the files of cases, *.test.yml")
    .option("--json", "print JSON, as without it: a schema is nothing else")
    .addHelpText("after", examples)
    .action(({ tests = false }: SchemaOptions) => {
      io.stdout(jsonText(tests ? caseJsonSchema() : policyJsonSchema()));
      finish(exitCodes.pass);
    });
}

const examples = `
Examples
  countersign policy schema > countersign.schema.json
  countersign policy schema --tests > cases.schema.json
  countersign policy schema | jq '.properties | keys'`;
