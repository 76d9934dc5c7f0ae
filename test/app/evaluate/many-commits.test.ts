import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { publish } from "../../../core/report/index.ts";
import { removeRepositories } from "../../git-repository.ts";
import { githubSchema } from "../../github/graphql/schema.ts";
import type { PullHandle } from "../../github/pull.ts";
import { came, evaluateWorld, type EvaluateWorld } from "./evaluate-world.ts";

/** More commits than GitHub lists of a pull request: all are read, and it is asked whose the others are. */
let world: EvaluateWorld;
let pull: PullHandle;

// Each commit is one that git and the fake go through; on busy cores that takes a while.
vi.setConfig({ testTimeout: 240_000 });

beforeAll(githubSchema);
beforeEach(async () => {
  world = await evaluateWorld();
  pull = world.orders.pullRequest({ head: "refunds", author: "mona" });
});
afterEach(() => {
  expect(world.github.violations).toEqual([]);
  world.github.close();
});
afterAll(removeRepositories);

/** As many further commits in the area, all by mona but for the last. */
function pushed(count: number, last = "mona"): void {
  const made = world.orders.state.git.commitAll(
    Array.from({ length: count }, (_, step) => {
      const author = step === count - 1 ? last : "mona";
      return {
        ...{ branch: "made", parents: [step === 0 ? pull.head : `:${step}`] },
        ...{ files: { "src/auth/a.ts": `${step}\n` }, author: `${author} <${author}@example.com>` },
      };
    }),
  );
  world.orders.setBranch("refunds", made.at(-1)!, "mona");
  pull.review("ann", "APPROVED");
}

const queries = () => world.github.requests.filter(({ route }) => route === "graphql").length;

test("33. 251 are read whole, and whose the last one is", async () => {
  world.github.user("ann", ["ann@example.com"]);
  pushed(250);
  const evaluation = await world.pull(pull);
  expect(came(evaluation)).toBe("pass");
  if (evaluation.state !== "judged") return;
  const { change, signatures } = evaluation.facts;
  const told = signatures.state === "present" ? signatures.value.map(({ commit }) => commit) : [];
  expect(change.commits).toHaveLength(251);
  expect(told).toEqual(change.commits.map(({ sha }) => sha).sort());
});

test("33. whoever wrote one of the others cannot approve, however it is asked", async () => {
  world.github.user("ann", ["ann@example.com"]);
  pushed(260, "ann");
  await world.pull(pull);
  const before = queries();
  const whole = await world.pull(pull);
  // Pages of those that are listed, and the 11 that are not.
  expect(queries() - before).toBe(3 + 1);
  expect(came(whole)).toBe("needs-approval");
  const query = { kind: "status", status: 502 } as const;
  // The query of the pull request alone.
  world.github.faults.add({ route: "graphql", fault: query, times: 3 });
  const listed = await world.pull(pull);
  const told = (evaluation: typeof whole) =>
    evaluation.state === "judged" ? { ...evaluation.facts, asOf: "", signatures: null } : evaluation;
  expect(told(listed)).toEqual(told(whole));
  const reasons = JSON.stringify(whole).matchAll(/"user":"ann","review":"\d+","reason":"([a-z-]+)"/g);
  expect([...reasons].map(([, reason]) => reason)).toContain("committer");
});

test("33. where GitHub does not tell of the others, an approval waits, and the check says why", async () => {
  pushed(250);
  world.github.faults.add({ route: "graphql", fault: { kind: "status", status: 502 }, after: 3 });
  const evaluation = await world.pull(pull);
  expect(came(evaluation)).toBe("needs-approval");
  if (evaluation.state !== "judged") return;
  expect(publish(evaluation.review).summary).toContain("the accounts behind the commits' e-mail addresses");
  expect(evaluation.facts.people).toMatchObject({
    value: {
      accounts: {
        reason: "commits that GitHub does not list with #1 (1 of them) could not be read: GitHub answered 502",
      },
    },
  });
});
