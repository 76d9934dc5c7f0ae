import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Ajv } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { projectRoot } from "./command-line.ts";

/** What is wrong with the text as a file of the report folder, by the schema that the project documents; empty when nothing is. */
export function problemsOf(
  name: "report.json" | "facts.json" | "record.json" | "report.sarif",
  text: string,
): string[] {
  const validate = (validators[name] ??= name === "report.sarif" ? compileSarif() : compileOwn(name));
  validate(JSON.parse(text));
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath}: ${message ?? ""}`);
}

const validators: Partial<Record<string, ReturnType<typeof compileSarif>>> = {};

function compileOwn(name: "report.json" | "facts.json" | "record.json") {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  return ajv.compile(readSchema(join(projectRoot, "docs", name.replace(".json", ".schema.json"))));
}

/** The OASIS schema as a package ships it. It is draft 4, of which ajv reads all that this one uses but the `id`. */
function compileSarif() {
  const file = createRequire(import.meta.url).resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
  const schema = readSchema(file);
  delete schema["id"];
  delete schema["$schema"];
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats.default(ajv);
  return ajv.compile(schema);
}

function readSchema(path: string): Record<string, unknown> {
  return JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
}
