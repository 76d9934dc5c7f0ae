import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Evaluation } from "../../../app/evaluation.ts";
import { absent, present } from "../../../core/evidence.ts";
import { writeFacts } from "../../../core/facts-file.ts";
import type { Facts } from "../../../core/facts.ts";
import { removeRepositories } from "../../git-repository.ts";
import { githubSchema } from "../../github/graphql/schema.ts";
import type { PullHandle } from "../../github/pull.ts";
import type { WorkflowRun } from "../../github/state.ts";
import { zipOf } from "../../zip.ts";
import { came, evaluateWorld, owned, type EvaluateWorld } from "./evaluate-world.ts";

/** What the Action's report claims that the tests ran, and what is no report of this commit. */
const asking = `version: 1
mode: enforce
rules:
  - id: tested
    require: { coverage: { patch_lines: 80, no_report: block } }
`;

const gate = ".github/workflows/gate.yml";
const workflow = { [gate]: "jobs: { gate: { steps: [{ uses: acme/countersign@v1 }] } }\n" };

let world: EvaluateWorld;
let pull: PullHandle;
let read: Facts;

beforeAll(githubSchema);
beforeEach(async () => {
  world = await evaluateWorld(asking, workflow);
  world.orders.push("refunds", { files: { "src/a.ts": "1\n2\n" } }, "mona");
  pull = world.orders.pullRequest({ head: "refunds", author: "mona" });
  read = factsOf(await world.pull(pull));
});
afterEach(() => {
  // Of a fork that is gone GitHub tells null, and its description says that it never does.
  const gone = ["head/repo must be object", "head_repository must be object"];
  expect(world.github.violations.filter((each) => !gone.some((words) => each.includes(words)))).toEqual([]);
  world.github.close();
});
afterAll(removeRepositories);

function factsOf(evaluation: Evaluation): Facts {
  if (evaluation.state !== "judged") throw new Error(came(evaluation));
  return evaluation.facts;
}

/** What the Action would have written of the same change, with every added line run. */
function claim(hits = 1): Facts {
  const file = (path: string, numbers: number[]) => ({
    ...{ path, lines: { numbers, hits: numbers.map(() => hits) } },
    ...{ branches: [], functions: [], regions: [] },
  });
  const report = {
    ...{ format: "lcov" as const, instrumenter: "c8", tree: read.change.head.sha, sources: ["lcov.info"] },
    ...{ files: [file("src/a.ts", [1, 2]), file("src/auth/a.ts", [1])], unmatched: [], notes: [] },
  };
  return { ...read, coverage: { head: present(report), base: absent("no report of the base") } };
}

async function judgedWith(content: string, run: Partial<WorkflowRun> = {}): Promise<Evaluation> {
  const made = world.orders.workflowRun({ headSha: pull.head, ...run });
  world.orders.artifact(made, "countersign-report", zipOf([{ name: "facts.json", content: Buffer.from(content) }]));
  return world.pull(pull);
}

function reasonOf(evaluation: Evaluation): string {
  const { head } = factsOf(evaluation).coverage;
  return head.state === "absent" ? head.reason : "present";
}

test("without a run there is no coverage, and the rule says so", async () => {
  const evaluation = await world.pull(pull);
  expect(reasonOf(evaluation)).toBe("no report of a run on this commit");
  expect(came(evaluation)).toBe("block");
});

test("what a run on the head claims is judged, and nothing else of it is believed", async () => {
  const lying: Facts = { ...claim(), policy: absent("no policy"), reviews: absent("none"), branch: present("forged") };
  const evaluation = await judgedWith(writeFacts(lying));
  const { coverage, policy, branch } = factsOf(evaluation);
  expect(coverage.head).toMatchObject({ state: "present", value: { format: "lcov" } });
  expect({ policy, branch }).toEqual({ policy: read.policy, branch: read.branch });
  expect(came(evaluation)).toBe("pass");
});

test("lines that did not run are no lines that ran", async () => {
  expect(came(await judgedWith(writeFacts(claim(0))))).toBe("block");
});

test("a policy that asks for no coverage costs no request", async () => {
  const other = await evaluateWorld(owned);
  const asked = other.orders.pullRequest({ head: "refunds", author: "mona" });
  expect(reasonOf(await other.pull(asked))).toBe("no coverage report was given");
  expect(other.github.requests.filter(({ route }) => route.startsWith("actions/"))).toEqual([]);
  other.github.close();
});

test("a first look costs one read, and a report two more", async () => {
  const asked = () => world.github.requests.filter(({ route }) => route.startsWith("actions/")).length;
  expect(asked()).toBe(1);
  await judgedWith(writeFacts(claim()));
  expect(asked()).toBe(4);
});

test("58. a report that is kept no longer says so", async () => {
  const made = world.orders.workflowRun({ headSha: pull.head });
  world.orders.artifact(made, "countersign-report", zipOf([])).expired = true;
  expect(reasonOf(await world.pull(pull))).toContain("kept no longer");
});

test("58. an archive beyond 16 MB is let go of while it comes", async () => {
  const made = world.orders.workflowRun({ headSha: pull.head });
  world.orders.artifact(made, "countersign-report", Buffer.alloc(17 * 2 ** 20));
  expect(reasonOf(await world.pull(pull))).toContain("larger than 16 MB");
});

describe("whose run it is", () => {
  const taken: { says: string; run: () => Partial<WorkflowRun> }[] = [
    { says: "of a push to the repository", run: () => ({ event: "push" }) },
    { says: "whose path says of which ref", run: () => ({ path: `${gate}@refs/pull/1/merge` }) },
  ];
  test.each(taken)("one $says is taken", async ({ run }) => {
    expect(reasonOf(await judgedWith(writeFacts(claim()), run()))).toBe("present");
  });

  const passedOver: { says: string; run: () => Partial<WorkflowRun> }[] = [
    {
      says: "of a fork that has the same commit",
      run: () => ({ headRepository: world.orders.fork("eve").id }),
    },
    { says: "of a fork that is gone", run: () => ({ headRepository: null }) },
    { says: "of a workflow that the change brings", run: () => ({ path: ".github/workflows/forge.yml" }) },
    { says: "of a workflow whose name goes on after the gate's", run: () => ({ path: `${gate}@forge.yml` }) },
    { says: "of another repository's workflow", run: () => ({ path: `eve/orders/${gate}@main` }) },
    { says: "of an event that another commit can start", run: () => ({ event: "pull_request_target" }) },
  ];
  test.each(passedOver)("one $says is passed over, and an older one of the gate's counts", async ({ run }) => {
    const evaluation = await judgedWith(writeFacts(claim()), run());
    expect(reasonOf(evaluation)).toBe(
      "no report of a run on this commit (runs passed over, as of another workflow, fork or event than the gate's: 1)",
    );
    expect(came(evaluation)).toBe("block");
    expect(world.github.requests.map(({ route }) => route)).not.toContain("actions/list-workflow-run-artifacts");
    expect(came(await judgedWith(writeFacts(claim())))).toBe("pass");
    expect(came(await judgedWith(writeFacts(claim(0)), run()))).toBe("pass");
  });

  test("of a fork's pull request its own runs are taken, and those of the repository, and no other fork's", async () => {
    const [own, eves] = ["olga", "eve"].map((owner) => world.orders.fork(owner));
    own!.push("patch", { files: { "src/a.ts": "1\n2\n" } }, "olga");
    pull = world.orders.pullRequest({ head: "patch", from: own!, author: "olga" });
    read = factsOf(await world.pull(pull));
    expect(reasonOf(await judgedWith(writeFacts(claim()), { headRepository: eves!.id }))).toContain("passed over");
    expect(reasonOf(await judgedWith(writeFacts(claim()), { event: "push" }))).toBe("present");
    expect(reasonOf(await judgedWith("none", { headRepository: own!.id }))).toContain("does not hold facts");
  });

  test("where the graph does not tell, the list tells where the head comes from", async () => {
    world.github.faults.add({ route: "graphql", fault: { kind: "status", status: 502 } });
    const eves = world.orders.fork("eve").id;
    expect(reasonOf(await judgedWith(writeFacts(claim()), { headRepository: eves }))).toContain("passed over");
    expect(reasonOf(await judgedWith(writeFacts(claim())))).toBe("present");
  });

  test("without a workflow at the base that runs the gate, no run is asked for", async () => {
    world.orders.push("main", { delete: [gate] });
    const before = world.github.requests.length;
    const evaluation = await judgedWith(writeFacts(claim()));
    expect(reasonOf(evaluation)).toBe("no report is taken: no workflow at the base runs the gate");
    expect(came(evaluation)).toBe("block");
    const asked = world.github.requests.slice(before).map(({ route }) => route);
    expect(asked.filter((route) => route.startsWith("actions/"))).toEqual([]);
  });
});

const other = "c".repeat(40);
const changed = (change: Partial<Facts["change"]>) => () => {
  const facts = claim();
  return writeFacts({ ...facts, change: { ...facts.change, ...change } });
};
const elsewhere = { host: "127.0.0.1", owner: "octo", name: "other" };

const refused: [name: string, content: () => string, reason: string, run?: Partial<WorkflowRun>][] = [
  ["58. a text that is cut off", () => writeFacts(claim()).slice(0, -20), "does not hold facts"],
  ["58. brackets without end", () => "[".repeat(2000), "does not hold facts"],
  ["58. negative hits", () => writeFacts(claim(-1)), "does not hold facts"],
  ["58. hits beyond every number", () => writeFacts(claim(7)).replace(/\b7\b/g, "1e999"), "does not hold facts"],
  ["58. another commit", () => changed({ head: { name: "x", sha: other } })(), "another commit"],
  ["58. a stale merge base", changed({ mergeBase: other }), "another merge base"],
  ["58. another repository", changed({ repository: elsewhere }), "another repository"],
  ["58. a run on another commit", () => writeFacts(claim()), "no report of a run", { headSha: other }],
  ["58. a run that somebody else may start", () => writeFacts(claim()), "no report", { event: "workflow_run" }],
  [
    "59. a tested tree without its map",
    () => writeFacts(claim()).replace(/"tree": ?"[0-9a-f]{40}"/, `"tree": "${other}"`),
    "how the tested tree became this",
  ],
  ["a path twice", () => writeFacts(claim()).replaceAll('"src/auth/a.ts"', '"src/a.ts"'), "out of order"],
];

test.each(refused)(
  "%s is refused with its reason, and never counts as covered",
  async (_name, content, reason, run) => {
    const evaluation = await judgedWith(content(), run);
    expect(reasonOf(evaluation)).toContain(reason);
    expect(came(evaluation)).toBe("block");
  },
);
