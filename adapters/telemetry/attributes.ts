import type { Review } from "../../core/report/review.ts";
import type { StageAttributes } from "../../core/stage.ts";

/**
 * The pipeline that a run is part of, in OpenTelemetry's words, from the variables that GitHub sets. Empty elsewhere.
 * https://opentelemetry.io/docs/specs/semconv/registry/attributes/cicd/
 */
export function pipelineAttributes(env: NodeJS.ProcessEnv): StageAttributes {
  if (env["GITHUB_ACTIONS"] !== "true") return {};
  const repository = env["GITHUB_REPOSITORY"] ?? "";
  const url = `${env["GITHUB_SERVER_URL"] ?? "https://github.com"}/${repository}`;
  const run = env["GITHUB_RUN_ID"] ?? "";
  return withoutEmpty({
    "cicd.pipeline.name": env["GITHUB_WORKFLOW"],
    "cicd.pipeline.run.id": run,
    "cicd.pipeline.run.url.full": run && `${url}/actions/runs/${run}/attempts/${env["GITHUB_RUN_ATTEMPT"] ?? "1"}`,
    "cicd.pipeline.task.name": env["GITHUB_JOB"],
    "vcs.provider.name": "github",
    "vcs.repository.url.full": repository && url,
  });
}

/**
 * The change that was judged and what came of it. `vcs.change.id` is the pull request's number, `countersign.change.id`
 * says the same for any change and across repositories.
 * https://opentelemetry.io/docs/specs/semconv/registry/attributes/vcs/
 */
export function changeAttributes(review: Review): StageAttributes {
  const { change, decision } = review;
  const { repository, base, head } = change;
  return withoutEmpty({
    "countersign.change.id": change.id,
    "countersign.decision": decision.state,
    "countersign.evaluation.id": decision.evaluationId,
    "vcs.change.id": change.event === "pull_request" ? change.id.slice(change.id.lastIndexOf("#") + 1) : "",
    "vcs.repository.name": repository?.name,
    "vcs.owner.name": repository?.owner,
    "vcs.ref.base.name": base.name ?? "",
    "vcs.ref.base.revision": base.sha,
    "vcs.ref.head.name": change.branch ?? "",
    "vcs.ref.head.revision": head.sha,
  });
}

function withoutEmpty(attributes: Record<string, string | undefined>): StageAttributes {
  return Object.fromEntries(Object.entries(attributes).flatMap(([key, value]) => (value ? [[key, value]] : [])));
}
