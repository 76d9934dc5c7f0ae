import { Command } from "commander";
import type { ExitCode } from "../gate/exit-code.ts";
import type { Io } from "./io.ts";
import { policyCheckCommand } from "./policy/check.ts";
import { policyExplainCommand } from "./policy/explain.ts";
import { policyInitCommand } from "./policy/init.ts";
import { policyPrintCommand } from "./policy/print.ts";
import { policyReplayCommand } from "./policy/replay.ts";
import { policySchemaCommand } from "./policy/schema.ts";
import { policySimulateCommand } from "./policy/simulate.ts";
import { policyTestCommand } from "./policy/test.ts";
import { policyWaiversCommand } from "./policy/waivers.ts";

/** The commands that work on the policy, in the order of the help. */
const commands = [
  policyInitCommand,
  policyCheckCommand,
  policyExplainCommand,
  policyTestCommand,
  policySimulateCommand,
  policyReplayCommand,
  policyWaiversCommand,
  policyPrintCommand,
  policySchemaCommand,
];

/** `countersign policy`: the commands for whoever keeps the policy. */
export function policyCommand(io: Io, finish: (code: ExitCode) => void): Command {
  const group = new Command("policy").description("check, test, try and explain the repository's policy");
  for (const command of commands) group.addCommand(command(io, finish));
  return group;
}
