import { describe, expect, test } from "vitest";
import { gateWorkflows, runsGate, usedPaths } from "../../../core/ownership/index.ts";

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

describe("through an action of the repository", () => {
  const workflow = ".github/workflows/ci.yml";
  const action = ".github/actions/gate/action.yml";
  const gate = "runs: { using: composite, steps: [{ uses: acme/countersign@v1 }] }\n";
  test.each([
    { says: "its folder", uses: "./.github/actions/gate", also: action },
    { says: "its folder with a slash, in quotes", uses: '"./.github/actions/gate/"', also: action },
    { says: "a way around", uses: "./.github/./actions/x/../gate", also: action },
    { says: "other letters", uses: "./.GitHub/Actions/gate", also: action },
    { says: "the full name", uses: "Octo/Orders/.github/actions/gate@main", also: action },
    { says: "the root", uses: "./", also: "action.yaml" },
  ])("by $says", ({ uses, also }) => {
    const files = new Map([
      [workflow, `      - uses: ${uses}\n`],
      [also, gate],
    ]);
    expect(gateWorkflows(files, "octo/orders")).toEqual([also, workflow].sort());
  });

  test.each([
    { says: "another folder", uses: "./.github/actions/gate-not" },
    { says: "the folder above", uses: "./.github/actions" },
    { says: "another repository", uses: "other/orders/.github/actions/gate@main" },
  ])("not by $says", ({ uses }) => {
    const files = new Map([
      [workflow, `      - uses: ${uses}\n`],
      [action, gate],
    ]);
    expect(gateWorkflows(files, "octo/orders")).toEqual([action]);
  });

  test("and a workflow that is called by its full name", () => {
    const files = new Map([
      [".github/workflows/gate.yml", "    - uses: acme/countersign@v1\n"],
      [workflow, "    uses: octo/orders/.github/workflows/gate.yml@main\n"],
    ]);
    expect(gateWorkflows(files, "Octo/Orders")).toEqual([workflow, ".github/workflows/gate.yml"]);
  });
});

describe("the paths that a text may use", () => {
  test.each([
    { says: "at the beginning of a line", text: "./a", used: ["a"] },
    { says: "behind a key", text: "uses: ./a/b", used: ["a/b"] },
    { says: "each of several", text: "[./a, ./b]\n./c", used: ["a", "b", "c"] },
    { says: "each once", text: "./a\n./A", used: ["a"] },
    { says: "the root", text: "./", used: [""] },
    { says: "the root and a comment", text: "./ # why", used: [""] },
    { says: "the root at a commit", text: "octo/orders/@main", used: [""] },
    { says: "up to the commit", text: "octo/orders/a@main/b", used: ["a"] },
    { says: "the folder above, which is another one", text: "../a", used: [] },
    { says: "in the middle of a path", text: "x/./a", used: [] },
    { says: "in the middle of an address", text: "https://example.org/octo/orders/a", used: [] },
    { says: "of another repository", text: "octo/other/a", used: [] },
    { says: "in a comment", text: "  # ./a", used: [] },
    { says: "nothing", text: "", used: [] },
  ])("$says", ({ text, used }) => expect(usedPaths(text, "Octo/Orders")).toEqual(used));

  test("by the full name only where the repository is known", () => {
    expect(usedPaths("octo/orders/a\n./b", null)).toEqual(["b"]);
  });
});
