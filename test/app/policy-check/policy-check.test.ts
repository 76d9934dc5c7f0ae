import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { removeRepositories } from "../../git-repository.ts";
import { githubSchema } from "../../github/graphql/schema.ts";
import { policyText, setScene } from "../scene.ts";
import { startWorld, type World } from "../world.ts";

/** The check of a pull request that edits the policy, through the App's front door. */
let world: World;

beforeAll(githubSchema);
beforeEach(async () => void (world = await startWorld()));
afterEach(() => world.end());
afterAll(removeRepositories);

const rules = ".github/countersign.yml";

test("says what the new policy would make of the others that were judged lately", async () => {
  const { repository, pull } = setScene(world.github, { policy: policyText.replace("enforce", "warn") });
  await world.until();
  expect(world.check(pull)?.conclusion).toBe("success");
  repository.push("stricter", { from: "main", files: { [rules]: policyText } }, "mona");
  const stricter = repository.pullRequest({ head: "stricter", author: "mona", title: "Stricter" });
  await world.until();
  const check = world.check(stricter, "countersign/policy");
  expect(check?.summary).toContain("Replayed over 1 other pull request of this base");
  expect(check?.summary).toContain(`${pull.number} would newly wait for an approval: owner`);
}, 120_000);

test("where the base's own policy does not load, says so and validates the new one alone", async () => {
  const { repository, pull } = setScene(world.github, { policy: "version: 1\nmoed: warn\n" });
  await world.until();
  expect(world.check(pull)?.conclusion).toBe("failure");
  expect(world.check(pull, "countersign/policy")).toBeUndefined();
  repository.push("mended", { from: "main", files: { [rules]: policyText } }, "mona");
  const mended = repository.pullRequest({ head: "mended", author: "mona", title: "Mended" });
  await world.until();
  expect(world.check(mended)?.conclusion).toBe("failure");
  const check = world.check(mended, "countersign/policy");
  expect(check).toMatchObject({ conclusion: "success", title: "The policy loads; the base's own does not" });
  expect(check?.summary).toContain("The base's own");
}, 120_000);
