import { join } from "node:path";
import type { Remote } from "../adapters/git/remote.ts";
import { absent } from "../core/evidence.ts";
import type { Facts } from "../core/facts.ts";
import { plainStage } from "../core/stage.ts";
import { readFacts } from "../gate/read-facts.ts";
import { projectRoot } from "./command-line.ts";
import { createRepository } from "./git-repository.ts";

const example = join(projectRoot, "examples/orders");

/** The shipped example in a bare repository of its own: `main`, and `feature/refunds` with twelve commits. */
export function exampleRepository(): string {
  const repository = createRepository({ bare: true });
  repository.git(["fetch", "--quiet", join(example, "orders.bundle"), "refs/heads/*:refs/heads/*"]);
  return repository.path;
}

/** What is read of the example: a change with every verdict, findings, coverage before and after, and a policy; records from a server, where one is named. */
export function exampleFacts(notesFrom?: Remote): Promise<Facts> {
  return readFacts(
    {
      clone: exampleRepository(),
      range: { event: "local", base: "main", head: "feature/refunds", workTree: false },
      repository: null,
      pullRequest: absent("no pull request was read: this is a local run"),
      branch: { state: "present", value: "feature/refunds" },
      policy: { from: "base", path: null },
      coverage: {
        folder: join(example, "coverage"),
        head: ["head/lcov.info"],
        base: ["base/lcov.info"],
        tested: null,
        baseline: null,
      },
      earlier: null,
      ...(notesFrom === undefined ? {} : { notesFrom }),
    },
    { now: () => new Date("2026-11-21T08:00:00Z"), stage: plainStage },
  );
}
