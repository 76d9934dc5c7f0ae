import { expect, test } from "vitest";
import { changeAttributes, pipelineAttributes } from "../../../adapters/telemetry/attributes.ts";
import type { Review } from "../../../core/report/review.ts";

test("a workflow run is a pipeline in OpenTelemetry's words", () => {
  const env = {
    GITHUB_ACTIONS: "true",
    GITHUB_SERVER_URL: "https://github.com",
    GITHUB_REPOSITORY: "octo/orders",
    GITHUB_RUN_ID: "77",
    GITHUB_RUN_ATTEMPT: "2",
    GITHUB_WORKFLOW: "ci",
    GITHUB_JOB: "gate",
  };
  expect(pipelineAttributes(env)).toEqual({
    "cicd.pipeline.name": "ci",
    "cicd.pipeline.run.id": "77",
    "cicd.pipeline.run.url.full": "https://github.com/octo/orders/actions/runs/77/attempts/2",
    "cicd.pipeline.task.name": "gate",
    "vcs.provider.name": "github",
    "vcs.repository.url.full": "https://github.com/octo/orders",
  });
});

test("what GitHub did not say is left out, and elsewhere there is nothing", () => {
  expect(pipelineAttributes({ GITHUB_ACTIONS: "true" })).toEqual({ "vcs.provider.name": "github" });
  expect(pipelineAttributes({ GITHUB_RUN_ID: "77" })).toEqual({});
});

const sha = (digit: string) => digit.repeat(40);
const change: Pick<Review["change"], "id" | "event" | "repository" | "base" | "head" | "branch"> = {
  id: "github.com/octo/orders#41",
  event: "pull_request",
  repository: { host: "github.com", owner: "octo", name: "orders" },
  base: { name: "main", sha: sha("a") },
  head: { name: "retry", sha: sha("b") },
  branch: "retry",
};
const decided: Pick<Review["decision"], "state" | "evaluationId"> = { state: "block", evaluationId: "e".repeat(64) };
const review = (more: Partial<typeof change>) => {
  const part: unknown = { change: { ...change, ...more }, decision: decided };
  return part as Review;
};

test("a pull request has its number, its refs and its decision", () => {
  expect(changeAttributes(review({}))).toEqual({
    "countersign.change.id": "github.com/octo/orders#41",
    "countersign.decision": "block",
    "countersign.evaluation.id": "e".repeat(64),
    "vcs.change.id": "41",
    "vcs.repository.name": "orders",
    "vcs.owner.name": "octo",
    "vcs.ref.base.name": "main",
    "vcs.ref.base.revision": sha("a"),
    "vcs.ref.head.name": "retry",
    "vcs.ref.head.revision": sha("b"),
  });
});

test("a local change has no number and no names that git did not know", () => {
  const attributes = changeAttributes(
    review({ event: "local", id: "local@x", repository: null, branch: null, base: { name: null, sha: sha("a") } }),
  );
  expect(Object.keys(attributes)).toEqual([
    "countersign.change.id",
    "countersign.decision",
    "countersign.evaluation.id",
    "vcs.ref.base.revision",
    "vcs.ref.head.revision",
  ]);
});
