import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeFacts } from "../../core/facts-file.ts";
import type { Facts } from "../../core/facts.ts";
import { Problem } from "../../core/problem.ts";
import { renderJson } from "../../core/report/index.ts";
import { reviewChange } from "../../core/review-change.ts";
import { readEarlier } from "../../gate/read-earlier.ts";
import { sampleReview, sampleSha } from "../builders.ts";
import { exampleFacts } from "../example-facts.ts";
import { newFolder, removeRepositories } from "../git-repository.ts";

let folder: string;
let facts: Facts;
beforeAll(async () => {
  folder = newFolder();
  facts = await exampleFacts();
});
afterAll(removeRepositories);

function read(text: string, id: string) {
  writeFileSync(join(folder, "earlier.json"), text);
  return readEarlier({ path: join(folder, "earlier.json"), name: "earlier.json" }, id);
}

const report = (rest = {}) => renderJson(sampleReview(rest));
const id = "github.com/acme/orders#41";

test("a report's verdicts, commit by commit", async () => {
  const retry = sampleReview().change.commits.find(({ sha }) => sha === sampleSha("retry"));
  const earlier = await read(report(), id);
  expect(earlier.state === "present" ? earlier.value : []).toContainEqual({
    commit: sampleSha("retry"),
    verdict: "agent-assisted",
    agent: "claude-code",
    model: "claude-opus-4-5",
    authoredAt: retry?.authoredAt,
    addedLines: retry?.addedLines,
  });
});

test("a report of another release, with other fields, is read all the same", async () => {
  const commit = { sha: sampleSha("a"), verdict: "suggestion", agent: null, model: null, later: true };
  const text = JSON.stringify({ version: 1, change: { id }, provenance: { commits: [commit] }, later: [] });
  expect(await read(text, id)).toEqual({
    state: "present",
    value: [{ commit: sampleSha("a"), verdict: "suggestion", agent: null, model: null }],
  });
});

test("facts are decided again", async () => {
  const { change, provenance } = reviewChange(facts);
  const earlier = await read(writeFacts(facts), change.id);
  expect(earlier).toEqual({
    state: "present",
    value: provenance.commits.map(({ sha, verdict, agent, model }, index) => {
      const { authoredAt, addedLines } = change.commits[index] ?? {};
      return { commit: sha, verdict, agent, model, authoredAt, addedLines };
    }),
  });
});

test("none given is said", async () => {
  expect(await readEarlier(null, id)).toEqual({
    state: "absent",
    reason: "no earlier reading of this change was given",
  });
});

describe("which change it is of", () => {
  const local = (place: string, head: string) => `${place}@${sampleSha("base")}..${sampleSha(head)}`;
  test.each([
    { says: "the same pull request", earlier: id, now: id, same: true },
    { says: "another pull request", earlier: "github.com/acme/orders#42", now: id, same: false },
    { says: "the same number elsewhere", earlier: "github.com/acme/other#41", now: id, same: false },
    {
      says: "the same repository, whose head moved",
      earlier: local("github.com/acme/orders", "one"),
      now: local("github.com/acme/orders", "two"),
      same: true,
    },
    {
      says: "a local run after the pull request's",
      earlier: id,
      now: local("github.com/acme/orders", "two"),
      same: true,
    },
    {
      says: "no remote, and a head that moved",
      earlier: local("local", "one"),
      now: local("local", "two"),
      same: true,
    },
    { says: "another repository", earlier: local("local", "one"), now: id, same: false },
  ])("$says: $same", async ({ earlier, now, same }) => {
    const text = report({ change: { ...sampleReview().change, id: earlier } });
    if (same) expect((await read(text, now)).state).toBe("present");
    else await expect(read(text, now)).rejects.toThrow(/is of another change/);
  });
});

describe("what is no earlier report is a problem that names the file", () => {
  test.each([
    { says: "no JSON", text: "{", what: "earlier.json is no report.json or facts.json of this version." },
    { says: "other JSON", text: "[]", what: "earlier.json is no report.json or facts.json of this version." },
    {
      says: "a report of another version",
      text: JSON.stringify({ version: 99, change: { id }, provenance: { commits: [] } }),
      what: "earlier.json is no report.json or facts.json of this version.",
    },
    {
      says: "an unknown verdict",
      text: JSON.stringify({
        version: 1,
        change: { id },
        provenance: { commits: [{ sha: sampleSha("a"), verdict: "pure", agent: null, model: null }] },
      }),
      what: "earlier.json is no report.json or facts.json of this version.",
    },
    {
      says: "facts that were cut",
      text: JSON.stringify({ version: 1, asOf: "now", rawFindings: [] }),
      what: "earlier.json does not hold facts:",
    },
  ])("$says", async ({ text, what }) => {
    const problem = await read(text, id).catch((error: unknown) => error);
    expect(problem).toBeInstanceOf(Problem);
    expect(problem).toMatchObject({ what: expect.stringContaining(what) as string });
  });

  test.each(["nowhere.json", "folder"])("%s", async (name) => {
    mkdirSync(join(folder, "folder"), { recursive: true });
    await expect(readEarlier({ path: join(folder, name), name }, id)).rejects.toThrow(`There is no file ${name}.`);
  });
});
