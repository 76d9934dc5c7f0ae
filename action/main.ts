import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { changeAttributes, pipelineAttributes } from "../adapters/telemetry/attributes.ts";
import { openTelemetry } from "../adapters/telemetry/trace.ts";
import { Problem } from "../core/problem.ts";
import { inertText } from "../core/untrusted/index.ts";
import { engine } from "../gate/engine.ts";
import { exitCodes, type ExitCode } from "../gate/exit-code.ts";
import { runGate } from "../gate/run-gate.ts";
import { fail, say } from "./log.ts";
import { publishResult } from "./publish.ts";
import { gateInput } from "./gate-input.ts";
import { readEvent } from "./read-event.ts";
import { readInputs } from "./read-inputs.ts";

/** Runs the Action once in the runner's environment. Never throws; sets the process's exit code as `check` does. */
export async function run(env: NodeJS.ProcessEnv): Promise<void> {
  try {
    process.exitCode = await gate(env);
  } catch (error) {
    fail(explain(error));
    process.exitCode = error instanceof Problem ? exitCodes.usage : exitCodes.fault;
  }
}

/** How long a slow collector of traces may hold the job up. */
const traceTimeoutMs = 2000;

async function gate(env: NodeJS.ProcessEnv): Promise<ExitCode> {
  const inputs = readInputs(env);
  const event = readEvent(env, await readEventFile(env["GITHUB_EVENT_PATH"] ?? ""));
  if ("deleted" in event) {
    say(`The branch ${inertText(event.deleted, { maxGraphemes: 100 })} was deleted: there is nothing to judge.`);
    return exitCodes.pass;
  }
  const workingDirectory = await openFolder(resolve(env["GITHUB_WORKSPACE"] ?? ".", inputs.workingDirectory));
  const telemetry = await openTelemetry(env, { "service.version": engine.version });
  telemetry.describe(pipelineAttributes(env));
  try {
    const input = await gateInput(inputs, event, workingDirectory, env, telemetry.stage);
    const result = await runGate(input, { now: () => new Date(), stage: telemetry.stage });
    telemetry.describe(changeAttributes(result.review));
    return await telemetry.stage("publish", () => publishResult(result, inputs, workingDirectory, env));
  } finally {
    const trouble = await telemetry.shutdown(traceTimeoutMs);
    if (trouble !== null) say(trouble);
  }
}

async function readEventFile(path: string): Promise<string> {
  return readFile(path, "utf8").catch((cause: unknown) => {
    throw new Problem(
      "There is no event to read: GITHUB_EVENT_PATH names no readable file.",
      "Run Countersign as a step of a GitHub workflow; elsewhere use the command `countersign check`.",
      { cause },
    );
  });
}

async function openFolder(path: string): Promise<string> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isFolder) return path;
  throw new Problem(
    `There is no folder ${inertText(path)}.`,
    "Run actions/checkout before this step, and name in `working-directory` the folder that it checks out into.",
  );
}

/** A person's mistake is said without a stack; our own keeps its stack and its causes. */
function explain(error: unknown): string {
  if (error instanceof Problem) return `${error.what}\n${error.fix}`;
  return `Countersign failed, and it is not your fault. No decision was made.\n${describe(error)}`;
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = error.stack ?? error.message;
  return error.cause === undefined ? own : `${own}\ncaused by: ${describe(error.cause)}`;
}
