import { describe, expect, test } from "vitest";
import { diagnose } from "../../../app/doctor/diagnose.ts";
import type { DoctorFacts } from "../../../app/doctor/doctor-facts.ts";
import { present } from "../../../core/evidence.ts";
import { soundFacts } from "./sound-facts.ts";

const every =
  "types: [opened, synchronize, reopened, edited, labeled, unlabeled, ready_for_review, converted_to_draft]";

/** A workflow that is right, with one line of it written otherwise. */
function workflow(change: (text: string) => string = (text) => text): string {
  return change(`name: gate
on:
  pull_request:
    ${every}
  merge_group:
jobs:
  gate:
    name: countersign report
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v7
      - run: npm test
      - uses: OWNER/countersign@v1
        if: always()
`);
}

function told(text: string, rest: Partial<DoctorFacts> = {}): string[] {
  const facts = { ...soundFacts(), workflows: present([{ path: "w.yml", text }]), ...rest };
  return diagnose(facts, { permissions: [], events: [] })
    .filter(({ what, level }) => what.startsWith("w.yml") && level !== "sound")
    .map(({ level, topic, what }) => `${level} ${topic}: ${what.replace("w.yml: ", "")}`);
}

const queue = (facts = soundFacts()): Partial<DoctorFacts> =>
  facts.demands.state === "present" ? { demands: present({ ...facts.demands.value, hasMergeQueue: true }) } : {};

const requiresJob = (facts = soundFacts()): Partial<DoctorFacts> =>
  facts.demands.state === "present"
    ? {
        demands: present({
          ...facts.demands.value,
          checks: [...facts.demands.value.checks, { name: "countersign report", app: 15368 }],
        }),
      }
    : {};

describe("fault 75: wiring of users' workflows that lets the gate be passed by", () => {
  test.each([
    { says: "the documented one is right", text: workflow(), is: [] },
    {
      says: "a step without `always()` behind tests",
      text: workflow((text) => text.replace("        if: always()\n", "")),
      is: ["warning workflows: the gate's step in `gate` does not run when a step before it fails."],
    },
    {
      says: "a step that a condition leaves out",
      text: workflow((text) => text.replace("if: always()", "if: github.actor != 'bot'")),
      is: ["error workflows: the gate's step in `gate` runs only if `github.actor != 'bot'`."],
    },
    {
      says: "a condition that only looks like always",
      text: workflow((text) => text.replace("if: always()", "if: always() && false")),
      is: ["error workflows: the gate's step in `gate` runs only if `always() && false`."],
    },
    {
      says: "the same in an expression",
      text: workflow((text) => text.replace("if: always()", "if: ${{ !cancelled() }}")),
      is: [],
    },
    {
      says: "a job that a condition leaves out",
      text: workflow((text) =>
        text.replace("    runs-on", "    if: github.event.pull_request.draft == false\n    runs-on"),
      ),
      is: ["warning workflows: the job `gate` runs only if `github.event.pull_request.draft == false`."],
    },
    {
      says: "the same, whose check is required",
      text: workflow((text) => text.replace("    runs-on", "    if: false\n    runs-on")),
      rest: requiresJob(),
      is: ["error workflows: the job `gate` runs only if `false`."],
    },
    {
      says: "a job that is skipped when another fails",
      text: workflow((text) => text.replace("    runs-on", "    needs: [build, test]\n    runs-on")),
      rest: requiresJob(),
      is: ["error workflows: the job `gate` is skipped when build or test fails."],
    },
    {
      says: "the same with `always()`",
      text: workflow((text) => text.replace("    runs-on", "    needs: build\n    if: always()\n    runs-on")),
      rest: requiresJob(),
      is: [],
    },
    {
      says: "a filter of paths",
      text: workflow((text) => text.replace(every, `${every}\n    paths: ["src/**"]`)),
      is: ["error workflows: `pull_request.paths` keeps it from running."],
    },
    {
      says: "paths to leave out",
      text: workflow((text) => text.replace(every, `${every}\n    paths-ignore: [docs]`)),
      is: ["error workflows: `pull_request.paths-ignore` keeps it from running."],
    },
    {
      says: "another branch alone",
      text: workflow((text) => text.replace(every, `${every}\n    branches: [develop]`)),
      is: ["error workflows: `pull_request.branches` leaves main out."],
    },
    {
      says: "a pattern of branches may fit",
      text: workflow((text) => text.replace(every, `${every}\n    branches: ["ma*"]`)),
      is: [],
    },
    {
      says: "the default types",
      text: workflow((text) => text.replace(`\n    ${every}`, "")),
      is: ["warning workflows: `pull_request` has no `types`."],
    },
    {
      says: "`pull_request_target`",
      text: workflow((text) => text.replace("pull_request:", "pull_request_target:")),
      is: ["warning workflows: it runs on `pull_request_target`."],
    },
    {
      says: "the same with the head checked out",
      text: workflow((text) =>
        text
          .replace("pull_request:", "pull_request_target:")
          .replace("checkout@v7", 'checkout@v7\n        with: { ref: "${{ github.event.pull_request.head.sha }}" }'),
      ),
      is: ["error workflows: it checks out the pull request's code under `pull_request_target`."],
    },
    {
      says: "no pull requests at all",
      text: workflow((text) => text.replace(`  pull_request:\n    ${every}\n`, "  push:\n")),
      is: ["error workflows: it does not run on `pull_request`."],
    },
    {
      says: "one that others call",
      text: workflow((text) => text.replace(/on:[^]*jobs:/, "on: workflow_call\njobs:")),
      is: [],
    },
    {
      says: "a job that continues on error",
      text: workflow((text) => text.replace("    runs-on", "    continue-on-error: true\n    runs-on")),
      is: ["error workflows: the job `gate` continues on error."],
    },
    {
      says: "a step that does",
      text: workflow((text) =>
        text.replace("        if: always()", "        if: always()\n        continue-on-error: ${{ true }}"),
      ),
      is: ["error workflows: the gate's step in `gate` continues on error."],
    },
    {
      says: "a queue without its trigger",
      text: workflow((text) => text.replace("  merge_group:\n", "")),
      rest: queue(),
      is: ["error merge queue: main has a merge queue, and it does not run on `merge_group`."],
    },
    {
      says: "a job called as the App's check",
      text: workflow((text) => text.replace("name: countersign report", "name: countersign")),
      is: ["warning same name: the job `gate` publishes a check called `countersign`, as the App does."],
    },
    {
      says: "the same without an App",
      text: workflow((text) => text.replace("countersign report", "countersign")),
      rest: { appId: null },
      is: [],
    },
    {
      says: "a list of events",
      text: workflow((text) => text.replace(/on:[^]*jobs:/, "on: [push]\njobs:")),
      is: ["error workflows: it does not run on `pull_request`."],
    },
    { says: "no workflow", text: "on: [", is: ["unread workflows: w.yml could not be read as a workflow."] },
    { says: "an empty one", text: "", is: ["unread workflows: w.yml could not be read as a workflow."] },
    {
      says: "nested without end",
      text: `on: ${"[".repeat(5_000)}`,
      is: ["unread workflows: w.yml could not be read as a workflow."],
    },
    {
      says: "too large",
      text: `${workflow()}# ${"x".repeat(600_000)}`,
      is: ["unread workflows: w.yml could not be read as a workflow."],
    },
    {
      says: "without end by aliases",
      text: `a: &a [${"1,".repeat(50)}]\nb: &b [${"*a,".repeat(50)}]\nc: [${"*b,".repeat(50)}]\n${workflow()}`,
      is: ["unread workflows: w.yml could not be read as a workflow."],
    },
  ])("$says", ({ text, rest = {}, is }) => {
    expect(told(text, rest)).toEqual(is);
  });
});
