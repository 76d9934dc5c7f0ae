import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { removeRepositories } from "../../git-repository.ts";
import { githubSchema } from "../../github/graphql/schema.ts";
import type { RepositoryHandle } from "../../github/repository.ts";
import { helped, policyText, setScene } from "../scene.ts";
import { startWorld, type World } from "../world.ts";

/** What lands on a branch that is not the default one, and that a rule of the policy names as a base. */
let world: World;

beforeAll(githubSchema);
beforeEach(async () => void (world = await startWorld()));
afterEach(() => world.end());
afterAll(removeRepositories);

const policy = `${policyText}  - id: releases
    when: { base: "release/*" }
    require: { secrets: none }
`;

async function released(): Promise<RepositoryHandle> {
  const { repository } = setScene(world.github, { policy });
  repository.push("release/1", { from: "main", files: {} });
  repository.push("topic", { from: "main", files: { "src/other.ts": "3\n" }, message: helped });
  await world.until();
  return repository;
}

async function landed(): Promise<unknown[]> {
  const entries = await world.store.audit.read(0, 500);
  return entries.flatMap(({ kind, detail }) => (kind.startsWith("landed-") ? [[kind, JSON.parse(detail)]] : []));
}

test("a direct push leaves an alarm, and one to a branch that nobody names does not", async () => {
  const repository = await released();
  repository.push("topic", { files: { "src/other.ts": "4\n" } }, "mona");
  const after = repository.push("release/1", { files: { "src/other.ts": "5\n" } }, "mona");
  await world.until();
  expect(await landed()).toMatchObject([["landed-otherwise", { branch: "release/1", result: "direct-push", after }]]);
  const runs = repository.state.checkRuns.filter(({ headSha }) => headSha === after);
  expect(runs).toMatchObject([{ name: "countersign", conclusion: "failure" }]);
}, 120_000);

test("a merge is what was judged, told once though a push tells of it, too", async () => {
  const repository = await released();
  const pull = repository.pullRequest({ head: "topic", base: "release/1", author: "mona", title: "Topic" });
  await world.until();
  expect(world.check(pull)?.conclusion).toBe("success");
  pull.merge("squash");
  await world.until();
  expect(await landed()).toMatchObject([["landed-as-judged", { branch: "release/1", result: "as-judged" }]]);
}, 120_000);
