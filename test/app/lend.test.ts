import { afterEach, beforeEach, expect, test } from "vitest";
import { NotTold } from "../../adapters/github/client.ts";
import { lend } from "../../app/lend.ts";
import { makeWorld, type World } from "./publish/publish-world.ts";

/** Only a repository that is gone has no list: a list that fails says nothing of what is open. */
let world: World;

beforeEach(async () => {
  world = await makeWorld();
});
afterEach(() => world.github.close());

const list = (client = world.ports.installation(world.installation.id)) =>
  lend({ installation: () => client }, { get: unused, write: unused, token: unused }).openPulls(
    { installation: world.installation.id, repository: world.orders.id, purpose: "read" },
    new AbortController().signal,
  );

function unused(): never {
  throw new Error("The App itself is not asked.");
}

test("what is open is listed", async () => {
  expect(await list()).toMatchObject([{ number: world.pull.number, head: world.pull.head, base: "main" }]);
});

test("a repository that is gone has none", async () => {
  const gone = () => Promise.reject(new NotTold("GitHub answered 404", 404));
  expect(await list({ ...world.ports.installation(world.installation.id), nameOf: gone })).toBeNull();
});

test("a list that is not found in a repository that is there is a fault", async () => {
  world.github.faults.add({ route: "graphql", fault: { kind: "status", status: 404 } });
  await expect(list()).rejects.toThrow(NotTold);
});
