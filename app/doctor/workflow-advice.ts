import { fromEvidence, sound, type Advice } from "./advice.ts";
import type { DoctorFacts, WorkflowFile } from "./doctor-facts.ts";
import { parseWorkflow, type Workflow, type WorkflowJob } from "./workflow.ts";

/** Whether the workflows that run the gate run it always, safely, and under a name of their own. */
export function workflowAdvice(facts: DoctorFacts): Advice[] {
  const fix = "Run the doctor in a clone of the repository.";
  return fromEvidence(
    facts.workflows,
    { topic: "workflows", what: "The workflows that run the gate", fix },
    (files) => {
      const found = files.flatMap((file) => ofFile(file, facts));
      if (found.length > 0) return found;
      if (files.length === 0)
        return [sound("workflows", "No workflow runs the gate: nothing tells it of coverage."), ...queueWithout(facts)];
      return [sound("workflows", `${files.map(({ path }) => path).join(", ")}: the gate runs on every pull request.`)];
    },
  );
}

function ofFile({ path, text }: WorkflowFile, facts: DoctorFacts): Advice[] {
  const workflow = parseWorkflow(text);
  if (workflow === null)
    return [
      {
        level: "unread",
        topic: "workflows",
        what: `${path} could not be read as a workflow.`,
        why: "What was not read may be wrong.",
        fix: "Look at it on GitHub, under Actions.",
      },
    ];
  const jobs = workflow.jobs.filter(({ runsGate }) => runsGate);
  const told = [
    ...triggers(workflow, facts),
    ...jobs.flatMap((job) => [...skipped(job, facts), ...steps(job), ...named(job, facts)]),
  ];
  return told.map((advice) => ({ ...advice, what: `${path}: ${advice.what}` }));
}

function triggers({ on, jobs }: Workflow, { demands, branch }: DoctorFacts): Advice[] {
  // What another workflow calls is triggered there.
  if (on.has("workflow_call") && on.size === 1) return [];
  const filters = on.get("pull_request");
  const filtered = ["paths", "paths-ignore"].filter((key) => filters?.[key] !== undefined);
  const hasQueue = demands.state === "present" && demands.value.hasMergeQueue;
  return [
    ...(on.has("pull_request_target") ? [ofTarget(jobs)] : []),
    ...(filters === undefined && !on.has("pull_request_target")
      ? [
          error(
            "it does not run on `pull_request`.",
            "Pull requests are not judged by it.",
            "Add `pull_request` to `on`.",
          ),
        ]
      : []),
    ...filtered.map((key) =>
      error(
        `\`pull_request.${key}\` keeps it from running.`,
        "Where it does not run, a required check of it is waited for without end, and nothing is judged.",
        `Take \`${key}\` away: the policy says which paths matter.`,
      ),
    ),
    ...(missesBranch(filters?.["branches"], branch)
      ? [
          error(
            `\`pull_request.branches\` leaves ${branch} out.`,
            "Pull requests into it are not judged.",
            `Add ${branch}, or take \`branches\` away.`,
          ),
        ]
      : []),
    ...(filters !== undefined && filters["types"] === undefined
      ? [
          warning(
            "`pull_request` has no `types`.",
            "With GitHub's default a run does not notice another base, a label, or a draft: its old answer stays.",
            "Write `types: [opened, synchronize, reopened, edited, labeled, unlabeled, ready_for_review, converted_to_draft]`.",
          ),
        ]
      : []),
    ...(hasQueue && !on.has("merge_group")
      ? [
          {
            ...error(
              `${branch} has a merge queue, and it does not run on \`merge_group\`.`,
              "The queue waits for its check until it gives up.",
              "Add `merge_group` to `on`.",
            ),
            topic: "merge queue" as const,
          },
        ]
      : []),
  ];
}

/** A queue waits for our check by its event: the App needs no workflow for it, the Action does. */
function queueWithout({ demands, appId, branch }: DoctorFacts): Advice[] {
  if (demands.state === "absent" || !demands.value.hasMergeQueue) return [];
  if (appId !== null) return [sound("merge queue", `${branch} has a merge queue; the App answers for each group.`)];
  return [
    {
      ...error(
        `${branch} has a merge queue, and no workflow runs the gate on \`merge_group\`.`,
        "Unless an App answers, the queue waits until it gives up.",
        "Run the Action on `merge_group`, or install the App.",
      ),
      topic: "merge queue",
    },
  ];
}

function ofTarget(jobs: readonly WorkflowJob[]): Advice {
  const takesHead = jobs.some(({ steps: all }) =>
    all.some(({ uses, ref }) => uses.startsWith("actions/checkout@") && /head|merge/.test(ref)),
  );
  const fix = "Use `pull_request`: the gate needs nothing more. What must be written, the App writes.";
  return takesHead
    ? error(
        "it checks out the pull request's code under `pull_request_target`.",
        "Code that anybody sends runs with the repository's secrets and a token that may write.",
        fix,
      )
    : warning(
        "it runs on `pull_request_target`.",
        "Such a run has the repository's secrets and a token that may write, and reads what anybody sends.",
        fix,
      );
}

/** A name without a pattern in it is compared; whatever has one may fit. */
function missesBranch(branches: unknown, branch: string): boolean {
  if (!Array.isArray(branches)) return false;
  const names = branches.filter((name) => typeof name === "string");
  return names.length > 0 && names.every((name) => !/[*?+[!]/.test(name) && name !== branch);
}

/** GitHub takes a job that was skipped for a success. */
function skipped(
  { id, checkName, condition, needs, continuesOnError }: WorkflowJob,
  { demands }: DoctorFacts,
): Advice[] {
  const isRequired = demands.state === "present" && demands.value.checks.some(({ name }) => name === checkName);
  const say = isRequired ? error : warning;
  const why = "GitHub takes a job that was skipped for a success, and lets a required check of it pass.";
  const job = `the job \`${id}\``;
  return [
    ...(condition !== null && !runsAlways(condition)
      ? [say(`${job} runs only if \`${condition}\`.`, why, "Take `if` away, or write `if: always()`.")]
      : []),
    ...(needs.length > 0 && condition === null
      ? [say(`${job} is skipped when ${needs.join(" or ")} fails.`, why, "Write `if: always()` beside `needs`.")]
      : []),
    ...(continuesOnError
      ? [error(`${job} continues on error.`, "It succeeds whatever the gate says.", "Take `continue-on-error` away.")]
      : []),
  ];
}

function steps({ id, steps: all }: WorkflowJob): Advice[] {
  const at = all.findIndex(({ runsGate }) => runsGate);
  const gate = all[at];
  if (gate === undefined) return [];
  const step = `the gate's step in \`${id}\``;
  const before = all.slice(0, at).filter(({ uses }) => !uses.startsWith("actions/checkout@"));
  return [
    ...(gate.condition !== null && !runsAlways(gate.condition)
      ? [
          error(
            `${step} runs only if \`${gate.condition}\`.`,
            "Where it does not run, the job succeeds without a judgement.",
            "Take `if` away, or write `if: always()`.",
          ),
        ]
      : []),
    ...(gate.condition === null && before.length > 0
      ? [
          warning(
            `${step} does not run when a step before it fails.`,
            "The change is not judged then, and its report is missing.",
            "Write `if: always()` at the step.",
          ),
        ]
      : []),
    ...(gate.continuesOnError
      ? [
          error(
            `${step} continues on error.`,
            "The job succeeds whatever the gate says.",
            "Take `continue-on-error` away.",
          ),
        ]
      : []),
  ];
}

/** A job's check run has the job's name, and GitHub Actions as its App. */
function named({ id, checkName: own }: WorkflowJob, { checkName, appId }: DoctorFacts): Advice[] {
  if (appId === null || own !== checkName) return [];
  return [
    {
      ...warning(
        `the job \`${id}\` publishes a check called \`${own}\`, as the App does.`,
        "A reader cannot tell them apart, and rules without a source take either.",
        "Give the job another `name`, such as `countersign report`.",
      ),
      topic: "same name",
    },
  ];
}

function runsAlways(condition: string): boolean {
  const plain = condition.replaceAll(/[\s${}]/g, "").toLowerCase();
  return plain === "always()" || plain === "!cancelled()" || plain === "true";
}

function error(what: string, why: string, fix: string): Advice {
  return { level: "error", topic: "workflows", what, why, fix };
}

function warning(what: string, why: string, fix: string): Advice {
  return { level: "warning", topic: "workflows", what, why, fix };
}
