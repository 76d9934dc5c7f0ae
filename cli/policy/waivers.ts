import { Command } from "commander";
import { jsonText } from "../../core/json-text.ts";
import { listWaivers, type ListedWaiver } from "../../core/policy/index.ts";
import { Problem } from "../../core/problem.ts";
import { renderWaivers } from "../../core/report/index.ts";
import { plainStage } from "../../core/stage.ts";
import { inertJson } from "../../core/untrusted/index.ts";
import { exitCodes, type ExitCode } from "../../gate/exit-code.ts";
import { replay } from "../../gate/run-gate.ts";
import type { Io } from "../io.ts";
import { terminalOptions } from "../print-review.ts";
import { readFactsFor } from "../reading.ts";
import { loadPolicyFile, readPolicyFile, refuseProblems } from "./policy-file.ts";
import { policyOfFacts } from "./policy-of-facts.ts";
import { readSurroundings, withSurroundingsOptions, type SurroundingsOptions } from "./surroundings.ts";

interface WaiversOptions extends SurroundingsOptions {
  base?: string;
  head?: string;
  failOnExpired?: boolean;
  json?: boolean;
}

/** `countersign policy waivers`: the written exceptions, who owns them, and how long they still hold. */
export function policyWaiversCommand(io: Io, finish: (code: ExitCode) => void): Command {
  const command = new Command("waivers")
    .description("list the exceptions: who owns them, why, how long they still hold")
    .argument("[file]", "the policy (default: .github/countersign.yml in the working tree)")
    .option("--repo <path>", "the repository (default: the current folder)")
    .option("--base <ref>", "say what they exempt in the change into this branch, by the policy there")
    .option("--head <ref>", "the newest commit of that change (default: HEAD)");
  return withSurroundingsOptions(command, "say what they exempt in the change of saved facts, by the policy there")
    .option("--fail-on-expired", "exit 1 when one has ended")
    .option("--json", "print JSON")
    .addHelpText("after", examples)
    .action(async (file: string | undefined, options: WaiversOptions) => {
      const { waivers, asOf } = await read(file, options, io);
      const day = asOf.slice(0, 10);
      io.stdout(
        options.json === true
          ? inertJson(jsonText({ version: 1, day, waivers }))
          : renderWaivers(waivers, day, terminalOptions(io)),
      );
      const fails = options.failOnExpired === true && waivers.some(({ state }) => state === "expired");
      finish(fails ? exitCodes.fail : exitCodes.pass);
    });
}

const examples = `
Examples
  countersign policy waivers --fail-on-expired
  countersign policy waivers --facts facts.json --json`;

async function read(
  file: string | undefined,
  options: WaiversOptions,
  io: Io,
): Promise<{ waivers: ListedWaiver[]; asOf: string }> {
  const { facts: saved, base, head } = options;
  if (saved === undefined && base === undefined && head === undefined) {
    const policyFile = await readPolicyFile(file, io, options.repo);
    const asOf = io.now().toISOString();
    const loaded = loadPolicyFile(policyFile, asOf, await readSurroundings(policyFile, options, io));
    return { waivers: listWaivers(refuseProblems(loaded, policyFile.path).policy, asOf, null), asOf };
  }
  if (file !== undefined) {
    throw new Problem(
      "A change is judged by the policy of its facts or its base, so a file of a policy would change nothing.",
      "Leave out the file, or --facts, --base and --head.",
    );
  }
  const facts = await readFactsFor(options, io, plainStage);
  const { decision } = (await replay(facts, { stage: plainStage })).review;
  return { waivers: listWaivers(policyOfFacts(facts).policy, facts.asOf, decision.waivers), asOf: facts.asOf };
}
