import { parseArgs } from "node:util";
import { differences } from "./compare-example.ts";
import { makeExample } from "./make-example.ts";

const usage = `Usage: node examples/orders/make.ts [--out DIR] [--check]
  without options   makes the example anew, in place
  --out DIR         does it in DIR instead of the folder of this script
  --check           changes nothing: makes it again, prints a line for each difference and exits 1 if there is one`;

process.exitCode = run(process.argv.slice(2));

/** 0: made, or the same. 1: different. 3: the arguments make no sense. */
function run(args: string[]): number {
  const options = readOptions(args);
  if (options === undefined) {
    console.error(usage);
    return 3;
  }
  return options.check ? check(options.out) : make(options.out);
}

function readOptions(args: string[]): { out: string; check: boolean } | undefined {
  try {
    const { values } = parseArgs({ args, options: { out: { type: "string" }, check: { type: "boolean" } } });
    return { out: values.out ?? import.meta.dirname, check: values.check ?? false };
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

function check(out: string): number {
  const lines = differences(out);
  for (const line of lines) console.error(line);
  if (lines.length === 0) console.log("The example is what the script makes.");
  else console.error("Run `node examples/orders/make.ts` and commit what it makes.");
  return lines.length === 0 ? 0 : 1;
}

function make(out: string): number {
  const { refs, commits } = makeExample(out);
  console.log(`main ${refs.main}, feature/refunds ${refs["feature/refunds"]}, ${commits} commits`);
  return 0;
}
