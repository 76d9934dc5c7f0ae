import * as z from "zod";
import type { Evidence } from "../../core/evidence.ts";
import type { Check } from "../../core/ownership/index.ts";
import { evidenceOf, NotTold, type GitHub } from "./client.ts";

/** The job of a workflow that asks, to tell its own check. */
export interface Job {
  /** The id of its workflow run. */
  run: string;
  /** Its key in the workflow: what its check is called unless it has a `name`. */
  id: string;
}

/** The App that asks: all its checks are its own. */
export interface OwnApp {
  app: number;
}

/** What a token needs so that checks can be read. */
const needsChecks = "give the job `permissions: checks: read` and `statuses: read`";

/**
 * Checks and commit statuses on a commit, as they are now, sorted. Our own check is left out: it cannot be asked to have
 * passed before it has. Absent when either kind could not be read whole.
 * https://docs.github.com/en/rest/checks/runs#list-check-runs-for-a-git-reference
 * https://docs.github.com/en/rest/commits/statuses#get-the-combined-status-for-a-specific-reference
 */
export function readChecks(github: GitHub, commit: string, asking: Job | OwnApp | null): Promise<Evidence<Check[]>> {
  return evidenceOf("checks on the head", needsChecks, async () => {
    const runs = await readAll(
      github,
      "GET /repos/{owner}/{repo}/commits/{ref}/check-runs",
      commit,
      CheckRuns,
      (page) => page.check_runs,
    );
    const statuses = await readAll(
      github,
      "GET /repos/{owner}/{repo}/commits/{ref}/status",
      commit,
      Combined,
      (page) => page.statuses,
    );
    return sortedChecks([...othersThan(asking, runs).map(checkOf), ...statuses.map(statusOf)]);
  });
}

const CheckRun = z.object({
  id: z.int(),
  name: z.string(),
  status: z.string(),
  conclusion: z.string().nullable(),
  details_url: z.string().nullish(),
  app: z.object({ id: z.int().optional(), slug: z.string().optional() }).nullish(),
});
type CheckRun = z.infer<typeof CheckRun>;
const CheckRuns = z.object({ total_count: z.int(), check_runs: z.array(CheckRun) });

const Status = z.object({
  id: z.int(),
  context: z.string(),
  state: z.enum(["error", "failure", "pending", "success"]),
});
const Combined = z.object({ total_count: z.int(), statuses: z.array(Status) });

/** Every entry, counted against the total that GitHub gives. */
async function readAll<Page extends { total_count: number }, Item extends { id: number }>(
  github: GitHub,
  route: string,
  ref: string,
  shape: z.ZodType<Page>,
  items: (page: Page) => Item[],
): Promise<Item[]> {
  let total = 0;
  const take = (page: Page) => {
    total = page.total_count;
    return items(page);
  };
  const found = await github.list(route, { ref }, { shape, items: take, key: ({ id }) => id });
  if (found.length < total) throw new NotTold(`GitHub gave ${found.length} of ${total}`);
  return found;
}

function othersThan(asking: Job | OwnApp | null, runs: readonly CheckRun[]): readonly CheckRun[] {
  if (asking === null) return runs;
  if ("app" in asking) return runs.filter(({ app }) => app?.id !== asking.app);
  const own = ownCheck(runs, asking);
  return runs.filter((each) => each !== own);
}

/**
 * The one check of our run that is still going and that may be ours: by the job's key or, where the job has a name of its
 * own, as the only one. Null when that is not clear: to wait for oneself is a nuisance, to pass over another job's check a hole.
 */
function ownCheck(runs: readonly CheckRun[], job: Job): CheckRun | null {
  const running = runs.filter((each) => isOfActions(each) && isRunning(each, job.run));
  const named = running.filter(({ name }) => name === job.id || name.endsWith(` / ${job.id}`));
  const [own, ...others] = named.length > 0 ? named : running;
  return own === undefined || others.length > 0 ? null : own;
}

function isRunning({ details_url, status }: CheckRun, run: string): boolean {
  return status === "in_progress" && (details_url ?? "").includes(`/actions/runs/${run}/`);
}

function isOfActions({ app }: CheckRun): boolean {
  return app?.slug === "github-actions";
}

function checkOf({ name, status, conclusion, app }: CheckRun): Check {
  return { name, app: app?.slug ?? null, status, conclusion };
}

function statusOf({ context, state }: z.infer<typeof Status>): Check {
  const isPending = state === "pending";
  return {
    name: context,
    app: null,
    status: isPending ? "pending" : "completed",
    conclusion: isPending ? null : state,
  };
}

/** In the order of the facts. */
export function sortedChecks(checks: readonly Check[]): Check[] {
  return checks.toSorted(byName);
}

function byName(a: Check, b: Check): number {
  const [one, other] = [a, b].map(({ name, app, status, conclusion }) =>
    JSON.stringify([name, app, status, conclusion]),
  );
  return (one ?? "") < (other ?? "") ? -1 : 1;
}
