import { expect, test } from "vitest";
import { gateWorkflows, runsGate } from "../../../core/ownership/index.ts";

test.each([
  { says: "the action", text: "    - uses: acme/countersign@v1\n", runs: true },
  { says: "the action, in other letters", text: "    - uses: Acme/CounterSign@v1\n", runs: true },
  { says: "a flow mapping", text: "steps: [{ uses: acme/countersign@v1 }]\n", runs: true },
  { says: "a command", text: "    - run: npx countersign check\n", runs: true },
  { says: "a command in a block", text: "    - run: |\n        npm ci\n        npx countersign check\n", runs: true },
  { says: "a comment alone", text: "  # countersign is run elsewhere\n", runs: false },
  { says: "nothing of it", text: "    - uses: actions/checkout@v7\n", runs: false },
  { says: "an empty file", text: "", runs: false },
])("a workflow with $says: $runs", ({ text, runs }) => expect(runsGate(text)).toBe(runs));

test("whoever calls a workflow that runs the gate runs it too, through any number of calls", () => {
  const folder = ".github/workflows";
  const workflows = new Map([
    [`${folder}/z-top.yml`, `jobs: { a: { uses: ./${folder}/middle.yml } }\n`],
    [`${folder}/middle.yml`, `jobs: { a: { uses: "./${folder}/gate.yml" } }\n`],
    [`${folder}/gate.yml`, "    - uses: acme/countersign@v1\n"],
    [`${folder}/docs.yml`, `# ./${folder}/gate.yml\njobs: {}\n`],
    [`${folder}/other.yml`, `jobs: { a: { uses: ./${folder}/docs.yml } }\n`],
  ]);
  expect(gateWorkflows(workflows)).toEqual([`${folder}/gate.yml`, `${folder}/middle.yml`, `${folder}/z-top.yml`]);
});
