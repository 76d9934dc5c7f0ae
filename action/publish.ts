import * as core from "@actions/core";
import { join } from "node:path";
import { applyAnnotations } from "../adapters/github/apply-annotations.ts";
import { applyArtifact } from "../adapters/github/apply-artifact.ts";
import { applyReport } from "../adapters/workspace/apply-report.ts";
import { publish, renderSummary, renderTerminal, summaryLimits } from "../core/report/index.ts";
import { documents, type Document } from "../gate/documents.ts";
import { exitCode, type ExitCode } from "../gate/exit-code.ts";
import type { GateResult } from "../gate/run-gate.ts";
import { say, warn, fail } from "./log.ts";
import { fitAnnotations, outputsOf, type OutputName } from "./outputs.ts";
import type { Inputs } from "./read-inputs.ts";
import { prepareReportFolder } from "./report-folder.ts";

/** The name under which the report of a run is found. */
export const artifactName = "countersign-report";

/**
 * Makes a result visible: log, report files, outputs, artifact, annotations, job summary, and last the step's own
 * outcome. Nothing here changes the decision; what cannot be shown is said in the log.
 */
export async function publishResult(
  result: GateResult,
  inputs: Inputs,
  workingDirectory: string,
  env: NodeJS.ProcessEnv,
): Promise<ExitCode> {
  const { review } = result;
  const code = exitCode(review.decision.state, inputs.failOn);
  say(renderTerminal(review, { width: 100, color: false, unicode: true }));
  const files = documents(result, env);
  const folder = await writeReport(files, inputs, workingDirectory);
  const ownWarnings =
    setOutputs(outputsOf(review, pathsIn(folder))) + (inputs.upload ? await upload(folder, files, env) : 0);
  const { annotations, title } = publish(review);
  const { shown, note } = fitAnnotations(annotations, { errors: code === 0 ? 0 : 1, warnings: ownWarnings });
  if (inputs.annotations) applyAnnotations(shown);
  const remark = inputs.annotations ? note : null;
  if (remark !== null) say(remark);
  if (inputs.summary) await writeSummary(result, remark);
  if (code !== 0) fail(`Countersign: ${title}`);
  return code;
}

async function writeReport(files: readonly Document[], inputs: Inputs, workingDirectory: string): Promise<string> {
  const names = files.map((file) => file.name);
  const folder = await prepareReportFolder(workingDirectory, inputs.reportDir, names);
  await applyReport(folder, files);
  return folder;
}

function pathsIn(folder: string) {
  const path = (name: Document["name"]): string => join(folder, name);
  return {
    folder,
    json: path("report.json"),
    summary: path("summary.md"),
    sarif: path("report.sarif"),
    facts: path("facts.json"),
    record: path("record.json"),
  };
}

/** Returns how many warnings were printed. The decision stands also when later steps cannot read it. */
function setOutputs(outputs: Record<OutputName, string>): number {
  try {
    for (const [name, value] of Object.entries(outputs)) core.setOutput(name, value);
    return 0;
  } catch (error) {
    warn(`The outputs of this step were not written: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
}

/** Returns how many warnings were printed: the client prints one of its own when an upload fails. */
async function upload(folder: string, files: readonly Document[], env: NodeJS.ProcessEnv): Promise<number> {
  const paths = files.map((file) => join(folder, file.name));
  const failure = await applyArtifact(artifactName, folder, paths, env);
  if (failure !== null) warn(`The report was not stored as the artifact ${artifactName}: ${failure}.`);
  return failure === null ? 0 : 2;
}

async function writeSummary({ review }: GateResult, remark: string | null): Promise<void> {
  const page = renderSummary(review, { maxBytes: summaryLimits.step });
  try {
    await core.summary.addRaw(remark === null ? page : `${page}\n${remark}\n`).write();
  } catch (error) {
    // An old runner has no summaries. The same page is summary.md in the report folder.
    say(`The job summary was not written: ${error instanceof Error ? error.message : String(error)}`);
  }
}
