import * as z from "zod";
import { createCheckRun, setStatus, updateCheckRun, type CheckChange } from "../doings/checks.ts";
import { appOf } from "../find.ts";
import { commitOf, resolve } from "../git.ts";
import { Refusal } from "../refusal.ts";
import { laid, sample } from "../sample.ts";
import { suiteOf } from "../shapes.ts";
import type { CheckRun, Repository, Status } from "../state.ts";
import { created, ok, type Call, type Routes } from "./route.ts";

/** Check runs, which an App writes for itself alone, and statuses. https://docs.github.com/en/rest/checks/runs */
export const checkRoutes: Routes = {
  "checks/create": {
    needs: ["checks: write"],
    answer: (call) => {
      const { name, head_sha, ...given } = call.read(NewRun);
      const headSha = resolve(call.repository(), head_sha);
      if (headSha !== head_sha) throw new Refusal(422, `No commit found for SHA: ${head_sha}`);
      const run = createCheckRun(call.world, call.repository(), appId(call), { ...changeOf(given), name, headSha });
      return created(call.answers.checkRun(call.repository(), run));
    },
  },
  "checks/update": {
    needs: ["checks: write"],
    answer: (call) => {
      const run = runOf(call);
      if (run.app !== appId(call))
        throw new Refusal(
          403,
          "Invalid app_id `0` - check run can only be modified by the GitHub App that created it.",
        );
      updateCheckRun(call.world, call.repository(), run, changeOf(call.read(Run)));
      return ok(call.answers.checkRun(call.repository(), run));
    },
  },
  "checks/get": {
    needs: ["checks: read"],
    answer: (call) => ok(call.answers.checkRun(call.repository(), runOf(call))),
  },
  "checks/list-annotations": {
    needs: ["checks: read"],
    answer: (call) => {
      const none = { start_column: null, end_column: null, title: null, raw_details: null, blob_href: call.world.url };
      return ok(runOf(call).annotations.map((each) => ({ ...none, ...each })));
    },
  },
  "checks/list-for-ref": {
    needs: ["checks: read"],
    answer: (call) => {
      const kept = runsFor(call);
      return ok({
        total_count: kept.length,
        check_runs: kept.map((run) => call.answers.checkRun(call.repository(), run)),
      });
    },
  },
  "checks/list-suites-for-ref": {
    needs: ["checks: read"],
    answer: (call) => {
      const byApp = new Map(runsFor(call).map((run) => [run.app, run]));
      const suites = [...byApp.values()].map((run) => suiteData(call, run));
      return ok({ total_count: suites.length, check_suites: suites });
    },
  },
  "repos/create-commit-status": {
    needs: ["statuses: write"],
    answer: (call) => {
      const { state, context, description, target_url: targetUrl } = call.read(NewStatus);
      const sha = commit(call, call.text("sha"));
      const given = {
        sha,
        state,
        context,
        ...(description === undefined ? {} : { description }),
        targetUrl: targetUrl ?? null,
      };
      return created(statusData(call, setStatus(call.world, call.repository(), given, call.login())));
    },
  },
  "repos/get-combined-status-for-ref": {
    needs: ["statuses: read"],
    answer: (call) => {
      const sha = commit(call, call.text("ref"));
      const latest = latestStatuses(call.repository(), sha);
      const over = { state: combined(latest), sha, total_count: latest.length };
      const statuses = latest.map((each) => laid(sample("simple-commit-status"), plainStatus(each)));
      const repository = call.answers.repository(call.repository(), "repository-lite");
      return ok(laid(sample("combined-commit-status"), { ...over, statuses, repository }));
    },
  },
  "repos/list-commit-statuses-for-ref": {
    needs: ["statuses: read"],
    answer: (call) => {
      const at = commit(call, call.text("ref"));
      const all = call.repository().statuses.filter(({ sha }) => sha === at);
      return ok(all.reverse().map((each) => statusData(call, each)));
    },
  },
};

const Annotation = z.object({
  ...{ path: z.string(), start_line: z.int(), end_line: z.int(), annotation_level: z.string() },
  ...{ start_column: z.int().optional(), end_column: z.int().optional() },
  // Limits that the description says in words. https://docs.github.com/en/rest/checks/runs#create-a-check-run
  message: z.string().refine(under(64 * 1024), "message exceeds a maximum bytesize of 65536"),
  title: z.string().max(255).optional(),
  raw_details: z
    .string()
    .refine(under(64 * 1024), "raw_details exceeds a maximum bytesize of 65536")
    .optional(),
});
const Output = z.object({
  title: z.string().optional(),
  summary: z.string().refine(under(65_536), "summary exceeds a maximum bytesize of 65535"),
  text: z.string().refine(under(65_536), "text exceeds a maximum bytesize of 65535").optional(),
  annotations: z.array(Annotation).max(50).default([]),
});
const Action = z.object({ label: z.string(), description: z.string(), identifier: z.string() });
const Run = z.object({
  ...{ name: z.string().optional(), details_url: z.string().optional(), external_id: z.string().optional() },
  ...{ status: z.string().optional(), conclusion: z.string().optional(), completed_at: z.string().optional() },
  ...{ output: Output.optional(), actions: z.array(Action).optional() },
});
const NewRun = Run.extend({ name: z.string(), head_sha: z.string() });
const NewStatus = z.object({
  ...{ state: z.string(), context: z.string().default("default"), target_url: z.string().nullable().optional() },
  description: z.string().max(140).nullable().optional(),
});

function under(bytes: number): (text: string) => boolean {
  return (text) => Buffer.byteLength(text) < bytes;
}

function changeOf({
  name,
  details_url,
  external_id,
  completed_at,
  output,
  ...same
}: Partial<z.infer<typeof Run>>): CheckChange {
  const all = {
    ...{ ...same, ...output, name, detailsUrl: details_url, externalId: external_id, completedAt: completed_at },
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

function appId(call: Call): number {
  if (call.caller.kind !== "installation") throw new Refusal(403, "You must authenticate via a GitHub App.");
  return call.caller.app.id;
}

function runOf(call: Call): CheckRun {
  const run = call.repository().checkRuns.find(({ id }) => id === call.number("check_run_id"));
  if (run === undefined) throw new Refusal(404, "Not Found");
  return run;
}

function commit(call: Call, name: string): string {
  const sha = resolve(call.repository(), name);
  if (sha === null) throw new Refusal(422, `No commit found for SHA: ${name}`);
  return sha;
}

/** `filter=latest`, which is the default, has the newest of each name. */
function runsFor(call: Call): CheckRun[] {
  const sha = commit(call, call.text("ref"));
  const wanted = { name: call.query("check_name"), app: call.query("app_id"), status: call.query("status") };
  const kept = call
    .repository()
    .checkRuns.filter(
      (run) =>
        run.headSha === sha &&
        (wanted.name === null || run.name === wanted.name) &&
        (wanted.app === null || run.app === Number(wanted.app)) &&
        (wanted.status === null || run.status === wanted.status),
    );
  if (call.query("filter") === "all") return kept.reverse();
  return [...new Map(kept.map((run) => [`${run.app} ${run.name}`, run])).values()].reverse();
}

function suiteData(call: Call, run: CheckRun): unknown {
  const { answers } = call;
  const { tree, message, committer } = commitOf(call.repository(), run.headSha);
  return laid(sample("check-suite"), {
    ...{ id: suiteOf(run), head_sha: run.headSha, status: run.status, conclusion: run.conclusion, pull_requests: [] },
    ...{
      app: answers.app(appOf(call.world, run.app)),
      repository: answers.repository(call.repository(), "repository-lite"),
    },
    head_commit: { id: run.headSha, tree_id: tree, message, timestamp: committer.date },
  });
}

export function latestStatuses(repository: Repository, at: string): Status[] {
  const of = repository.statuses.filter(({ sha }) => sha === at);
  return [...new Map(of.map((each) => [each.context, each])).values()];
}

function combined(statuses: readonly Status[]): string {
  if (statuses.some(({ state }) => state === "failure" || state === "error")) return "failure";
  return statuses.length > 0 && statuses.every(({ state }) => state === "success") ? "success" : "pending";
}

function plainStatus({ id, state, context, description, targetUrl, createdAt }: Status) {
  const at = { created_at: createdAt, updated_at: createdAt };
  return { id, node_id: `SC_${id}`, state, context, description, target_url: targetUrl, ...at };
}

function statusData(call: Call, status: Status): unknown {
  return laid(sample("status"), { ...plainStatus(status), creator: call.answers.user(status.creator) });
}
