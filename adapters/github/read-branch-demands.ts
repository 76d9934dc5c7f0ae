import * as z from "zod";
import { absent, present, type Evidence } from "../../core/evidence.ts";
import { evidenceOf, type GitHub } from "./client.ts";

/** What a branch demands of whoever merges into it, by rulesets and by the classic protection. */
export interface BranchDemands {
  checks: readonly RequiredCheck[];
  hasMergeQueue: boolean;
  /** Who is listed to go past the rulesets. Only who may change them is told. */
  bypassedBy: Evidence<readonly string[]>;
}

export interface RequiredCheck {
  name: string;
  /** The App that must have published it; null: whoever. */
  app: number | null;
}

/** A check run, or a commit status, by its name. */
export interface SeenCheck {
  name: string;
  /** Null for a status, which any token may set. */
  app: { id: number; slug: string } | null;
}

const Rule = z.looseObject({
  type: z.string(),
  ruleset_id: z.number().optional(),
  parameters: z
    .looseObject({
      required_status_checks: z
        .array(z.object({ context: z.string(), integration_id: z.number().nullish() }))
        .default([]),
    })
    .optional(),
});

/** An application id of -1 says: whoever. https://docs.github.com/en/rest/branches/branch-protection */
const Branch = z.object({
  name: z.string(),
  commit: z.object({ sha: z.string() }),
  protection: z
    .looseObject({
      required_status_checks: z
        .looseObject({
          contexts: z.array(z.string()).default([]),
          checks: z.array(z.object({ context: z.string(), app_id: z.number().nullish() })).optional(),
        })
        .optional(),
    })
    .optional(),
});

/** Reads what `branch` demands. Throws `NotTold`. */
export async function readBranchDemands(github: GitHub, branch: string): Promise<BranchDemands> {
  const shape = z.array(Rule);
  const rules = await github.list(
    "GET /repos/{owner}/{repo}/rules/branches/{branch}",
    { branch },
    {
      ...{ shape, items: (page: z.infer<typeof shape>) => page },
      key: (rule) => JSON.stringify(rule),
    },
  );
  const { protection } = await github.get("GET /repos/{owner}/{repo}/branches/{branch}", { branch }, Branch);
  const ofRules = rules.flatMap(({ type, parameters }) =>
    type === "required_status_checks" ? (parameters?.required_status_checks ?? []) : [],
  );
  const classic = protection?.required_status_checks;
  const ofBranch = classic?.checks ?? (classic?.contexts ?? []).map((context) => ({ context, app_id: null }));
  return {
    checks: [
      ...ofRules.map(({ context, integration_id }) => ({ name: context, app: integration_id ?? null })),
      ...ofBranch.map(({ context, app_id }) => ({ name: context, app: appOf(app_id) })),
    ],
    hasMergeQueue: rules.some(({ type }) => type === "merge_queue"),
    bypassedBy: await readBypasses(github, [...new Set(rules.flatMap(({ ruleset_id }) => ruleset_id ?? []))]),
  };
}

function appOf(id: number | null | undefined): number | null {
  return id == null || id < 0 ? null : id;
}

const Ruleset = z.object({
  bypass_actors: z
    .array(z.object({ actor_type: z.string(), actor_id: z.number().nullish(), bypass_mode: z.string().optional() }))
    .optional(),
});

/** GitHub leaves the list out for whoever may not change the ruleset: then it is not known to be empty. */
async function readBypasses(github: GitHub, rulesets: readonly number[]): Promise<BranchDemands["bypassedBy"]> {
  const found: string[] = [];
  for (const id of rulesets.slice(0, mostRulesets)) {
    const ruleset = await evidenceOf("a ruleset", "it needs the right to read it", () =>
      github.get("GET /repos/{owner}/{repo}/rulesets/{ruleset_id}", { ruleset_id: id }, Ruleset),
    );
    if (ruleset.state === "absent") return ruleset;
    const actors = ruleset.value.bypass_actors;
    if (actors === undefined) return absent("GitHub tells it to whoever may change the rules alone");
    found.push(
      ...actors.map(({ actor_type, actor_id }) => (actor_id == null ? actor_type : `${actor_type} ${actor_id}`)),
    );
  }
  return rulesets.length > mostRulesets
    ? absent(`there are more than ${mostRulesets} rulesets`)
    : present([...new Set(found)].sort());
}

const mostRulesets = 20;

const Runs = z.object({
  check_runs: z.array(
    z.object({
      id: z.number(),
      name: z.string(),
      app: z.object({ id: z.number(), slug: z.string().default("") }).nullable(),
    }),
  ),
});
const Statuses = z.array(z.object({ id: z.number(), context: z.string() }));
const Pulls = z.array(z.object({ number: z.number(), head: z.object({ sha: z.string() }) }));

const mostHeads = 10;

/** Checks and statuses of this name on the branch's tip, and on the heads of the pull requests that were touched last. */
export async function readSameNamed(github: GitHub, branch: string, name: string): Promise<SeenCheck[]> {
  const { commit } = await github.get("GET /repos/{owner}/{repo}/branches/{branch}", { branch }, Branch);
  const lately = { state: "open", sort: "updated", direction: "desc", per_page: mostHeads };
  const pulls = await github.get("GET /repos/{owner}/{repo}/pulls", lately, Pulls);
  const heads = [...new Set([commit.sha, ...pulls.map(({ head }) => head.sha)])];
  const seen: SeenCheck[] = [];
  for (const ref of heads) seen.push(...(await readOn(github, ref, name)));
  return seen;
}

async function readOn(github: GitHub, ref: string, name: string): Promise<SeenCheck[]> {
  const runs = await github.list(
    "GET /repos/{owner}/{repo}/commits/{ref}/check-runs",
    { ref, check_name: name, filter: "all" },
    {
      ...{ shape: Runs, items: (page: z.infer<typeof Runs>) => page.check_runs },
      key: ({ id }) => id,
    },
  );
  const statuses = await github.list(
    "GET /repos/{owner}/{repo}/commits/{ref}/statuses",
    { ref },
    {
      ...{ shape: Statuses, items: (page: z.infer<typeof Statuses>) => page },
      key: ({ id }) => id,
    },
  );
  return [
    ...runs.map(({ name: found, app }) => ({ name: found, app })),
    ...statuses.filter(({ context }) => context === name).map(() => ({ name, app: null })),
  ];
}

const WorkflowRights = z.object({ can_approve_pull_request_reviews: z.boolean() });

/** Whether workflows may approve pull requests. Throws `NotTold`: an administrator may read it. */
export async function readWorkflowsMayApprove(github: GitHub): Promise<boolean> {
  const rights = await github.get("GET /repos/{owner}/{repo}/actions/permissions/workflow", {}, WorkflowRights);
  return rights.can_approve_pull_request_reviews;
}

const Named = z.object({ default_branch: z.string() });

/** The branch that changes are merged into when nobody says another one. Throws `NotTold`. */
export async function readDefaultBranch(github: GitHub): Promise<string> {
  return (await github.get("GET /repos/{owner}/{repo}", {}, Named)).default_branch;
}
