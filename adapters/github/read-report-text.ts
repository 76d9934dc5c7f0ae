import * as z from "zod";
import { absent, present, type Evidence } from "../../core/evidence.ts";
import { evidenceOf } from "./client.ts";
import type { InstallationClient } from "./installation.ts";
import { BadArchive, unzipOne } from "./unzip.ts";

/** Whose report is looked for: all of it as GitHub tells it, nothing of it as a report does. */
export interface ReportOf {
  client: InstallationClient;
  repository: { id: number; owner: string; name: string };
  head: string;
  /** GitHub's ids of the repositories that the commit may come from: the same commit may stand in any fork. */
  from: readonly number[];
  /** The workflows that run the gate where nobody who made the change has a say. */
  workflows: readonly string[];
}

/**
 * The `facts.json` in the newest report of a finished run on a commit: a claim of whoever wrote that workflow or changed it.
 * Runs of other workflows, and of the same commit in another fork, count for nothing.
 */
export async function readReportText({ client, repository, ...wanted }: ReportOf): Promise<Evidence<string>> {
  const { owner, name } = repository;
  const { head, workflows } = wanted;
  if (workflows.length === 0) return absent("no report is taken: no workflow at the base runs the gate");
  const github = client.repository(owner, name);
  const found = await evidenceOf("the report of a run", "the App needs `actions: read`", async () => {
    const { workflow_runs } = await github.get(runsRoute, { head_sha: head, status: "completed", per_page: 100 }, Runs);
    const runs = workflow_runs.filter((run) => isOf(run, repository.id, wanted));
    for (const { id } of runs.slice(0, mostRuns)) {
      const { artifacts } = await github.get(artifactsRoute, { run_id: id, name: artifactName }, Artifacts);
      const [newest] = artifacts.filter((each) => each.name === artifactName).sort((a, b) => b.id - a.id);
      if (newest !== undefined) return newest;
    }
    return { passedOver: workflow_runs.length - runs.length };
  });
  if (found.state === "absent") return found;
  if ("passedOver" in found.value) return absent(noReport(found.value.passedOver));
  if (found.value.expired) return absent("the report of the run on this commit is kept no longer");
  if (client.download === undefined) return absent("reports of runs are not read here");
  const { id } = found.value;
  const where = { owner, name, route: zipRoute, parameters: { artifact_id: id, archive_format: "zip" } };
  const { download } = client;
  const zip = await evidenceOf("the report of a run", "the App needs `actions: read`", () =>
    download(where, mostPacked),
  );
  return zip.state === "absent" ? zip : textIn(zip.value);
}

async function textIn(zip: Buffer): Promise<Evidence<string>> {
  try {
    const bytes = await unzipOne(zip, "facts.json");
    return present(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    if (error instanceof BadArchive) return absent(`the report of a run was refused: ${error.message}`);
    if (error instanceof TypeError) return absent("the report of a run was refused: it is not UTF-8");
    throw error;
  }
}

function noReport(passedOver: number): string {
  const none = "no report of a run on this commit";
  if (passedOver === 0) return none;
  return `${none} (runs passed over, as of another workflow, fork or event than the gate's: ${passedOver})`;
}

/** Runs of other events may be of another commit than the one that they stand at. */
function isOf(run: Run, id: number, { head, from, workflows }: Pick<ReportOf, "head" | "from" | "workflows">): boolean {
  const { event, head_sha, repository, head_repository } = run;
  const isHere = head_sha === head && repository.id === id;
  const isOurs = head_repository != null && from.includes(head_repository.id) && isRunOf(run.path, workflows);
  return isHere && isOurs && ["pull_request", "push", "merge_group"].includes(event);
}

/** GitHub may tell the ref behind an `@`. A file's name can hold one as well, and ends as those of workflows do. */
function isRunOf(path: string, workflows: readonly string[]): boolean {
  if (workflows.includes(path)) return true;
  return workflows.some((each) => path.startsWith(`${each}@`)) && !/\.ya?ml$/i.test(path);
}

const artifactName = "countersign-report";

/** Each costs a request; a commit has one of each workflow. */
const mostRuns = 10;

const mostPacked = 16 * 2 ** 20;

const runsRoute = "GET /repos/{owner}/{repo}/actions/runs";
const artifactsRoute = "GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts";
const zipRoute = "GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}";

const Run = z.object({
  id: z.int(),
  event: z.string(),
  head_sha: z.string(),
  path: z.string(),
  repository: z.object({ id: z.int() }),
  // Null when the fork was deleted.
  head_repository: z.object({ id: z.int() }).nullish(),
});
type Run = z.infer<typeof Run>;
const Runs = z.object({ workflow_runs: z.array(Run) });
const Artifacts = z.object({
  artifacts: z.array(z.object({ id: z.int(), name: z.string(), expired: z.boolean() })),
});
