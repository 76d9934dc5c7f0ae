import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { answerFacts, eventsOf, factsInOrder, type Fact } from "../../../core/policy/answer-events.ts";
import { changeEvents, firstEvents, webhooksOf, type ChangeEvent } from "../../../core/policy/change-events.ts";
import type { Subject, SubjectFile } from "../../../core/policy/subject.ts";
import { projectRoot } from "../../command-line.ts";
import { judged, partCases, subjects, type PartCase } from "./part-cases.ts";
import { record } from "./recorded-reads.ts";

const keys = [...Map.groupBy(partCases(), ({ key }) => key)].map(([key, cases]) => ({ key, cases }));

describe("a condition or requirement declares what it reads, and nothing else", () => {
  test.each(keys)("$key", ({ cases }) => {
    const reads = new Set<Fact>();
    for (const part of cases) {
      for (const subject of subjects) {
        const own = readsOf(part, subject);
        expect(
          [...own].filter((fact) => !covers(part.declared, fact)),
          part.written,
        ).toEqual([]);
        for (const fact of own) reads.add(fact);
      }
    }
    const declared = cases.flatMap((part) => part.declared);
    expect(factsInOrder(reads)).toEqual(factsInOrder(declared));
  });
});

describe("what is not declared never changes an answer", () => {
  test.each(keys)("$key", ({ cases }) => {
    for (const part of cases) {
      for (const subject of subjects) {
        const answers = part.ask(judged(part.policy, subject));
        for (const other of subjects) {
          const mixed = exchanged(subject, other, part.declared);
          expect(part.ask(judged(part.policy, mixed)), part.written).toEqual(answers);
        }
      }
    }
  });
});

test("the rows tell answers apart: every part has more than one", () => {
  for (const { key, cases } of keys) {
    const states = cases.flatMap((part) =>
      subjects.flatMap((subject) => part.ask(judged(part.policy, subject)).map(({ state }) => state)),
    );
    expect(new Set(states).size, key).toBeGreaterThan(1);
  }
});

function readsOf({ policy, ask }: PartCase, subject: Subject): ReadonlySet<Fact> {
  const change = judged(policy, subject);
  const recording = record(change);
  ask(change, recording);
  return recording.reads;
}

/** Whether a fact is declared, by itself or with its whole. */
function covers(declared: readonly Fact[], fact: string): boolean {
  return declared.some((name) => name === fact || fact.startsWith(`${name}.`));
}

/** The other subject with these facts of the one. Which commits there are is not what is said of them. */
function exchanged(one: Subject, other: Subject, declared: readonly Fact[]): Subject {
  const pick = <T extends object>(mine: T, theirs: T, at: string): T => {
    const entries = Object.entries(mine).filter(([key]) => covers(declared, `${at}${key}`));
    return { ...theirs, ...Object.fromEntries(entries) };
  };
  const mixed = pick(one, other, "");
  const change = pick(one.change, other.change, "change.");
  const said = { ...other.provenance, commits: about(one.provenance.commits, other.provenance.commits) };
  const theirs = declared.includes("change") ? said : other.provenance;
  const provenance = declared.includes("provenance") ? one.provenance : theirs;
  return { ...mixed, change, provenance, pullRequest: pullRequests(), files: files() };

  function pullRequests(): Subject["pullRequest"] {
    const [mine, theirs] = [one.pullRequest, other.pullRequest];
    if (!declared.some((name) => name.startsWith("pullRequest"))) return theirs;
    if (mine.state === "absent" || theirs.state === "absent") return mine;
    return { ...mine, value: pick(mine.value, theirs.value, "pullRequest.") };
  }

  function files(): readonly SubjectFile[] {
    if (!declared.some((name) => name.startsWith("files"))) return other.files;
    return one.files.map((file, index) => pick(file, other.files[index] ?? file, "files."));
  }
}

/** What is said of other commits, said of these. */
function about<T extends { sha: string }>(mine: readonly T[], said: readonly T[]): T[] {
  return mine.map((own, index) => ({ ...(said[index % said.length] ?? own), sha: own.sha }));
}

describe("the table of facts", () => {
  test("a field by itself has only events of its whole", () => {
    for (const [name, { events }] of Object.entries(answerFacts)) {
      const whole = Object.entries(answerFacts).find(([other]) => other === name.split(".", 1)[0])?.[1];
      const theirs: readonly string[] = whole?.events ?? [];
      expect(
        events.filter((event) => !theirs.includes(event)),
        name,
      ).toEqual([]);
    }
  });

  test("every event changes some fact, or brings a change into view", () => {
    const named = new Set<string>([...firstEvents, ...Object.values(answerFacts).flatMap(({ events }) => events)]);
    expect(Object.keys(changeEvents).filter((event) => !named.has(event))).toEqual([]);
  });

  test.each<{ says: string; of: Fact; is: ChangeEvent[] }>([
    { says: "who opened it stays", of: "pullRequest.author", is: [] },
    { says: "what the gate runs for stays", of: "change.event", is: [] },
    { says: "a draft", of: "pullRequest.draft", is: ["ready_for_review", "converted_to_draft"] },
    { says: "a label is a signal", of: "provenance", is: [...commitEvents(), "labeled", "unlabeled", "record"] },
    { says: "paths know no labels", of: "files.pathForms", is: commitEvents() },
    { says: "a base by another name or tip", of: "change.base", is: ["edited", "base_push"] },
    { says: "another head has checks of its own", of: "checks", is: ["synchronize", "check"] },
    { says: "the clock", of: "asOf", is: ["date"] },
    { says: "whoever asked an agent is assigned, and approves nothing", of: "approvals", is: approvalEvents() },
  ])("$says: $of", ({ of, is }) => {
    const first: readonly ChangeEvent[] = ["opened", "reopened", "merge_group"];
    expect(new Set(eventsOf([of]))).toEqual(new Set([...first, ...is]));
  });

  function commitEvents(): ChangeEvent[] {
    return ["synchronize", "edited", "base_push"];
  }

  function approvalEvents(): ChangeEvent[] {
    return [...commitEvents(), "assigned", "review", "membership"];
  }

  test("facts stand in the order of the table, and a whole says its fields", () => {
    expect(factsInOrder(["files.commits", "labels", "files", "change.base", "labels"])).toEqual([
      "change.base",
      "labels",
      "files",
    ]);
  });
});

describe("the webhooks of GitHub", () => {
  const types = readFileSync(join(projectRoot, "node_modules/@octokit/openapi-types/types.d.ts"), "utf8");
  const known = new Set([...types.matchAll(/"webhook-([a-z-]+)":/g)].map(([, name]) => name));

  test.each(webhooksOf(Object.keys(changeEvents).filter(isEvent)))("GitHub sends %s", (webhook) => {
    expect(known).toContain(webhook.replaceAll(/[._]/g, "-"));
  });

  test("each once, sorted", () => {
    expect(webhooksOf(["unlabeled", "labeled", "date"])).toEqual([
      "label.deleted",
      "label.edited",
      "pull_request.labeled",
      "pull_request.unlabeled",
    ]);
  });

  function isEvent(name: string): name is ChangeEvent {
    return Object.hasOwn(changeEvents, name);
  }
});
