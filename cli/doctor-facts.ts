import { readFileSync } from "node:fs";
import { openApp, type AppClient } from "../adapters/github/app-token.ts";
import { evidenceOf, NotTold, openGitHub, type GitHub } from "../adapters/github/client.ts";
import { readAppState } from "../adapters/github/read-app-state.ts";
import {
  readBranchDemands,
  readDefaultBranch,
  readSameNamed,
  readWorkflowsMayApprove,
} from "../adapters/github/read-branch-demands.ts";
import { readTextFile } from "../adapters/git/read-text.ts";
import { listPaths } from "../adapters/git/read-tree.ts";
import { readOrigin } from "../adapters/git/read-change.ts";
import { readGateWorkflows } from "../adapters/git/read-gate-workflows.ts";
import { resolveCommit } from "../adapters/git/resolve-range.ts";
import { openRepository, type GitRepository } from "../adapters/git/run-git.ts";
import type { DoctorFacts, WorkflowFile } from "../app/doctor/index.ts";
import { readSettings, settingsPath, type Settings } from "../app/settings/settings.ts";
import { absent, present, type Evidence } from "../core/evidence.ts";
import { choosePolicyFile, PolicyPlaceProblem } from "../core/policy/index.ts";
import { Problem } from "../core/problem.ts";
import type { Io } from "./io.ts";
import { checkPolicy } from "./policy/check.ts";

export interface DoctorOptions {
  repo?: string;
  repository?: string;
  branch?: string;
  checkName: string;
}

/** Reads whatever can be read; what cannot is absent, with its reason. Throws a `Problem` when no repository is named. */
export async function readDoctorFacts(options: DoctorOptions, io: Io): Promise<DoctorFacts> {
  const clone = await openRepository(options.repo ?? io.cwd).catch(orNone);
  const named = await nameOf(options, clone, io);
  const settings = appSettings(io);
  const app =
    settings.state === "absent"
      ? settings
      : present({ settings: settings.value, client: clientOf(settings.value, io) });
  const github = await reader(named, app, io);
  const branch = options.branch ?? (await readDefaultBranch(github).catch(orMain));
  const { checkName } = options;
  return {
    ...{ repository: `${named.owner}/${named.name}`, branch, checkName },
    appId: settings.state === "present" ? settings.value.app.id : null,
    demands: await evidenceOf("the branch's rules", needsToken, () => readBranchDemands(github, branch)),
    seen: await evidenceOf("the checks", needsToken, () => readSameNamed(github, branch, checkName)),
    workflowsMayApprove: await evidenceOf("the setting", "an administrator may read it", () =>
      readWorkflowsMayApprove(github),
    ),
    policy: await localPolicy(clone, options, io),
    workflows: await localWorkflows(clone, `${named.owner}/${named.name}`),
    app: await appState(app, named),
  };
}

const needsToken = "the token needs to read contents, checks and statuses";

interface Named {
  owner: string;
  name: string;
}

async function nameOf({ repository }: DoctorOptions, clone: GitRepository | null, io: Io): Promise<Named> {
  const origin = clone === null ? null : await readOrigin(clone);
  const text =
    repository ?? io.environment["GITHUB_REPOSITORY"] ?? (origin === null ? "" : `${origin.owner}/${origin.name}`);
  const [owner = "", name = "", ...rest] = text.split("/");
  if (owner !== "" && name !== "" && rest.length === 0) return { owner, name };
  throw new Problem("It is not known which repository on GitHub is meant.", "Name it: `--repository owner/name`.");
}

/** What the App itself would be told by the same environment. */
function appSettings({ environment, cwd }: Io): Evidence<Settings> {
  const path = settingsPath({ environment, folder: cwd });
  const text = readText(path);
  const file = text === null ? null : { path, text };
  const read = readSettings({ environment, folder: cwd, file, readText });
  if (read.state === "app") return present(read.settings);
  if (read.state === "set-up") return absent("the App's settings were not given");
  return absent(
    `the App's settings are not sound: ${read.problems.map(({ what }) => what).join(" ")}`.replace(/\.$/, ""),
  );
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // Not there, or not ours to read: the settings say which one matters.
    return null;
  }
}

function clientOf({ app, github }: Settings, { now }: Io): AppClient {
  const clock = { now, sleep: () => Promise.resolve() };
  return openApp({ apiUrl: github.apiUrl, appId: app.id, privateKey: app.privateKey }, clock);
}

type OpenApp = Evidence<{ settings: Settings; client: AppClient }>;

/** With a person's token, or else as the App: what both may not read is told. */
async function reader(named: Named, app: OpenApp, { environment }: Io): Promise<GitHub> {
  const own = environment["GITHUB_TOKEN"] || environment["GH_TOKEN"] || "";
  const apiUrl =
    environment["GITHUB_API_URL"] ??
    (app.state === "present" ? app.value.settings.github.apiUrl : "https://api.github.com");
  const token = own !== "" || app.state === "absent" ? own : await installationToken(app.value.client, named);
  return openGitHub({ apiUrl, token, ...named });
}

async function installationToken(client: AppClient, named: Named): Promise<string> {
  try {
    const { installation } = await readAppState(client, named, null);
    return installation.state === "absent" ? "" : (await client.token(installation.value.id)).token;
  } catch (error) {
    if (error instanceof NotTold) return "";
    throw error;
  }
}

function appState(app: OpenApp, named: Named): Promise<DoctorFacts["app"]> {
  if (app.state === "absent") return Promise.resolve(app);
  const { client, settings } = app.value;
  const expected = settings.publicUrl === null ? null : `${settings.publicUrl}/webhook`;
  return evidenceOf("the App", "its number and key must belong together", () => readAppState(client, named, expected));
}

async function localPolicy(
  clone: GitRepository | null,
  { repo }: DoctorOptions,
  io: Io,
): Promise<DoctorFacts["policy"]> {
  if (clone === null) return noClone;
  try {
    const paths = await pathsOf(clone);
    if (!hasPolicy(paths)) return present(null);
    return present(await checkPolicy(undefined, repo === undefined ? {} : { repo }, io));
  } catch (error) {
    if (error instanceof Problem) return absent(error.what.replace(/\.$/, ""));
    throw error;
  }
}

/** Two of them are one too many, and that is told by whoever reads the policy. */
function hasPolicy(paths: readonly string[]): boolean {
  try {
    return choosePolicyFile(paths) !== null;
  } catch (error) {
    if (error instanceof PolicyPlaceProblem) return true;
    throw error;
  }
}

async function localWorkflows(clone: GitRepository | null, name: string): Promise<Evidence<readonly WorkflowFile[]>> {
  if (clone === null) return noClone;
  try {
    const commit = await resolveCommit(clone, "HEAD", "--repo");
    const paths = await readGateWorkflows(clone, commit, name);
    const files = paths.filter((path) => path.startsWith(".github/workflows/"));
    return present(
      await Promise.all(
        files.map(async (path) => ({
          path,
          text: (await readTextFile(clone, commit, path, workflowLimitBytes)) ?? "",
        })),
      ),
    );
  } catch (error) {
    if (error instanceof Problem) return absent(error.what.replace(/\.$/, ""));
    throw error;
  }
}

/** Twice what GitHub takes. */
const workflowLimitBytes = 1024 * 1024;

async function pathsOf(clone: GitRepository): Promise<string[]> {
  return listPaths(clone, await resolveCommit(clone, "HEAD", "--repo"));
}

const noClone = absent("this is no clone of the repository");

function orNone(error: unknown): null {
  if (error instanceof Problem) return null;
  throw error;
}

/** Whatever reads the branch next says that it could not. */
function orMain(error: unknown): string {
  if (error instanceof NotTold) return "main";
  throw error;
}
