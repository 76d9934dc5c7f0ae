import { afterAll, expect, test } from "vitest";
import { readGateWorkflows } from "../../../adapters/git/read-gate-workflows.ts";
import { openRepository } from "../../../adapters/git/run-git.ts";
import { createRepository, removeRepositories } from "../../git-repository.ts";

afterAll(removeRepositories);

test("workflows that run the gate are found with the actions through which they do", async () => {
  const repository = createRepository();
  const composite = (uses: string) => `runs:\n  using: composite\n  steps:\n    - uses: ${uses}\n`;
  const commit = repository.commit({
    files: {
      ".github/workflows/ci.yml": "    - uses: ./.github/actions/Outer\n",
      ".github/workflows/called.yml": "    uses: octo/orders/.github/workflows/direct.yml@main\n",
      ".github/workflows/direct.yml": "    - run: npx countersign check\n",
      ".github/workflows/docs.yml": "    - uses: ./.github/actions/docs\n",
      ".github/workflows/large.yml": "#".repeat(1_100_000),
      ".github/actions/Outer/action.yml": composite("./.github/actions/inner"),
      ".github/actions/inner/action.yaml": composite("acme/countersign@v1"),
      ".github/actions/docs/action.yml": composite("actions/checkout@v7"),
      "unused/action.yml": composite("acme/countersign@v1"),
    },
  });
  expect(await readGateWorkflows(await openRepository(repository.path), commit, "octo/orders")).toEqual([
    ".github/actions/Outer/action.yml",
    ".github/actions/inner/action.yaml",
    ".github/workflows/called.yml",
    ".github/workflows/ci.yml",
    ".github/workflows/direct.yml",
    ".github/workflows/large.yml",
  ]);
});
