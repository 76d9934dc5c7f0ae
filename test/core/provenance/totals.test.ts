import { describe, expect, test } from "vitest";
import type { Verdict, Writer } from "../../../core/change/authorship.ts";
import type { CommitProvenance } from "../../../core/provenance/provenance.ts";
import { provenanceTotals } from "../../../core/provenance/totals.ts";
import { sampleSha } from "../../builders.ts";

type Named = [agent: string | null, model: string | null];
const opus: Named = ["claude-code", "claude-opus-4-7"];
const claude: Named = ["claude-code", null];
const nobody: Named = [null, null];

const commit = (name: string, verdict: Verdict, [agent, model]: Named): CommitProvenance => ({
  sha: sampleSha(name),
  verdict,
  agent,
  model,
  acceptance: "unstated",
  conflict: false,
  trailers: [],
  signals: [],
  remediations: [],
  sessions: [],
  ruling: null,
});
const writer = (name: string | null, verdict: Verdict, [agent, model]: Named): Writer => ({
  verdict,
  agent,
  model,
  acceptance: "unstated",
  commit: name === null ? null : sampleSha(name),
  evidence: "git-ai",
  session: null,
});

test("lines count by who wrote each one, commits by their own verdict, tools by both", () => {
  const totals = provenanceTotals(
    [
      commit("attested", "agent-assisted", claude),
      commit("named", "agent-assisted", ["cursor", null]),
      commit("suggested", "suggestion", ["copilot", null]),
      commit("bot", "automation", ["dependabot", null]),
      commit("silent", "undeclared", nobody),
    ],
    {
      files: new Map([
        [
          "a.ts",
          [
            { start: 1, end: 10, writer: writer("attested", "agent-authored", opus) },
            { start: 11, end: 12, writer: writer("attested", "undeclared", nobody) },
            { start: 20, end: 20, writer: writer("attested", "agent-assisted", claude) },
          ],
        ],
        [
          "b.ts",
          [
            { start: 5, end: 6, writer: writer("suggested", "suggestion", ["copilot", null]) },
            { start: 7, end: 7, writer: writer("bot", "automation", ["dependabot", null]) },
            { start: 8, end: 8, writer: writer("silent", "human", nobody) },
            { start: 9, end: 11, writer: writer(null, "agent-assisted", nobody) },
          ],
        ],
      ]),
    },
  );
  expect(totals.commits).toEqual({
    "agent-authored": 0,
    "agent-assisted": 2,
    suggestion: 1,
    automation: 1,
    human: 0,
    undeclared: 1,
  });
  expect(totals.lines).toEqual({
    "agent-authored": 10,
    "agent-assisted": 4,
    suggestion: 2,
    automation: 1,
    human: 1,
    undeclared: 2,
  });
  expect(totals.tools).toEqual([
    { agent: "claude-code", model: "claude-opus-4-7", commits: 1, lines: 10 },
    { agent: null, model: null, commits: 0, lines: 3 },
    { agent: "copilot", model: null, commits: 1, lines: 2 },
    { agent: "claude-code", model: null, commits: 1, lines: 1 },
    { agent: "cursor", model: null, commits: 1, lines: 0 },
  ]);
});

test("equal numbers stand by name, and what has no name last", () => {
  const names: Named[] = [nobody, ["b", null], ["a", null], ["a", "m"]];
  const totals = provenanceTotals(
    names.map((name, index) => commit(String(index), "agent-assisted", name)),
    { files: new Map() },
  );
  expect(totals.tools.map(({ agent, model }) => [agent, model])).toEqual([
    ["a", "m"],
    ["a", null],
    ["b", null],
    [null, null],
  ]);
});

test("a change of nothing has zeros", () => {
  const totals = provenanceTotals([], { files: new Map() });
  expect([...Object.values(totals.commits), ...Object.values(totals.lines), totals.tools.length]).toEqual(
    Array.from({ length: 13 }, () => 0),
  );
});

describe("a model's spellings are one, under the most usual", () => {
  test.each([
    { says: "most commits", models: ["claude-fable-5", "Claude Fable 5", "Claude Fable 5"], model: "Claude Fable 5" },
    { says: "as many: small letters and hyphens", models: ["Kimi-K2.5", "Kimi K2.5", "kimi-k2-5"], model: "kimi-k2-5" },
    { says: "as many, none of those: by code unit", models: ["Kimi-K2.5", "Kimi K2.5"], model: "Kimi K2.5" },
  ])("$says", ({ models, model }) => {
    const commits = models.map((name, index) => commit(String(index), "agent-assisted", ["opencode", name]));
    const written = models.map((name, index) => ({
      start: index + 1,
      end: index + 1,
      writer: writer(String(index), "agent-authored", ["opencode", name]),
    }));
    const { tools } = provenanceTotals(commits, { files: new Map([["a.ts", written]]) });
    expect(tools).toEqual([{ agent: "opencode", model, commits: models.length, lines: models.length }]);
  });

  test("another version, and the same model in another tool, are others", () => {
    const commits = [
      ["a", "GPT 5"],
      ["b", "gpt-5"],
      ["a", "gpt-5.1"],
    ].map(([agent = "", model = ""], index) => commit(String(index), "agent-assisted", [agent, model]));
    expect(provenanceTotals(commits, { files: new Map() }).tools).toHaveLength(3);
  });
});
