import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { removeRepositories } from "../../git-repository.ts";
import { githubSchema } from "../../github/graphql/schema.ts";
import { came, evaluateWorld, owned, type EvaluateWorld } from "./evaluate-world.ts";

/** Threat 1.1: taking the policy away from a branch must not switch the gate off. */
let world: EvaluateWorld;
const file = ".github/countersign.yml";
const missing = /^fault: Policy missing at base: (\S+) has no .github\/countersign.yml, and this repository had one/;

beforeAll(githubSchema);
beforeEach(async () => {
  world = await evaluateWorld();
});
afterEach(() => world.github.close());
afterAll(removeRepositories);

const pull = (base = "main") => world.orders.pullRequest({ head: "refunds", base, author: "mona" });
const without = (branch: string) => world.orders.push(branch, { delete: [file] }, "mona");

test("a base that has none any more is a failure that trying again does not mend, after a restart too", async () => {
  const change = pull();
  expect(came(await world.pull(change))).toBe("needs-approval");
  without("main");
  world.start();
  const evaluation = await world.pull(change);
  expect(came(evaluation)).toMatch(missing);
  expect(evaluation).toMatchObject({ state: "fault", again: false, head: change.head });
});

test("so is a branch that somebody made without it", async () => {
  await world.pull(pull());
  without("lax");
  expect(came(await world.pull(pull("lax")))).toMatch(missing);
});

test("a repository that never had one is judged by `observe`", async () => {
  without("main");
  expect(came(await world.pull(pull()))).toBe("warn");
});

test("one that only another branch had holds for that branch alone", async () => {
  without("main");
  world.orders.push("trial", { files: { [file]: owned } }, "mona");
  const [change, trial] = [pull(), pull("trial")];
  expect(came(await world.pull(trial))).toBe("needs-approval");
  expect(came(await world.pull(change))).toBe("warn");
  without("trial");
  expect(came(await world.pull(trial))).toMatch(missing);
});

test("what a pull request brings teaches nothing before it has landed, and then at once", async () => {
  without("main");
  const [lax, before] = [pull(), world.orders.tip()];
  world.orders.push("adds", { files: { [file]: owned } }, "mona");
  await world.pull(world.orders.pullRequest({ head: "adds", author: "mona" }));
  expect(came(await world.pull(lax))).toBe("warn");
  const after = world.orders.push("main", { files: { [file]: owned } }, "mona");
  const where = { installation: world.installation.id, repository: world.orders.id };
  await world.evaluate({ kind: "landing", ...where, branch: "main", before, after });
  without("main");
  expect(came(await world.pull(lax))).toMatch(missing);
});

test("a push to it is compared with what stood there before, and judged all the same", async () => {
  await world.pull(pull());
  without("main");
  const before = world.orders.tip();
  const after = world.orders.push("main", { files: { "b.ts": "c\n" } }, "mona");
  const where = { installation: world.installation.id, repository: world.orders.id };
  expect(await world.evaluate({ kind: "landing", ...where, branch: "main", before, after })).toMatchObject({
    state: "judged",
  });
});
