import { describe, expect, test } from "vitest";
import type { Acceptance, Verdict } from "../../../core/change/authorship.ts";
import { absent, present } from "../../../core/evidence.ts";
import { acceptanceOfChange, changeProvenance } from "../../../core/provenance/change-provenance.ts";
import { ChangeProvenance, type CommitProvenance } from "../../../core/provenance/provenance.ts";
import { provenanceTotals } from "../../../core/provenance/totals.ts";
import { sampleSha } from "../../builders.ts";

const ann = { name: "Ann Example", email: "ann@example.com" };
const claude = "Co-authored-by: Claude <noreply@anthropic.com>";

function commit(name: string, message: string) {
  return { sha: sampleSha(name), author: ann, committer: ann, message };
}

const commits = [commit("a", `Fix\n\n${claude}\n`), commit("b", "Fix\n"), commit("c", "Fix\n\nAI-Assisted: no\n")];
const unread = absent("not read");

test("every commit is judged, in its place", () => {
  const provenance = changeProvenance({ commits, branch: unread, pullRequest: unread });
  expect(provenance.commits.map(({ verdict }) => verdict)).toEqual(["agent-assisted", "undeclared", "human"]);
  expect(provenance.commits.map(({ sha }) => sha)).toEqual(commits.map(({ sha }) => sha));
});

test("a branch raises every commit, and stands on the change alone", () => {
  const provenance = changeProvenance({ commits, branch: present("claude/x"), pullRequest: unread });
  expect(provenance.commits.map(({ verdict }) => verdict)).toEqual(commits.map(() => "agent-assisted"));
  expect(provenance.signals).toHaveLength(1);
  expect(provenance.commits[1]?.signals).toEqual([]);
  expect(provenance.commits[2]).toMatchObject({ verdict: "agent-assisted", conflict: true });
});

test("the value has the published shape", () => {
  const provenance = changeProvenance({ commits, branch: present("claude/x"), pullRequest: unread });
  const totals = provenanceTotals(provenance.commits, { files: new Map() });
  expect(ChangeProvenance.parse({ ...provenance, totals })).toEqual({ ...provenance, totals });
});

test("an empty change", () => {
  const provenance = changeProvenance({ commits: [], branch: unread, pullRequest: unread });
  expect(provenance).toMatchObject({ commits: [], acceptance: "unstated", disagreements: [] });
});

describe("the strictest acceptance among AI commits", () => {
  const rows: { says: string; stated: [Verdict, Acceptance][]; acceptance: Acceptance }[] = [
    { says: "none", stated: [], acceptance: "unstated" },
    { says: "one", stated: [["agent-assisted", "edited"]], acceptance: "edited" },
    {
      says: "partial is stricter than edited",
      stated: [
        ["agent-assisted", "edited"],
        ["agent-authored", "partial"],
      ],
      acceptance: "partial",
    },
    {
      says: "silence beside a statement weighs as taken as it came",
      stated: [
        ["agent-assisted", "edited"],
        ["agent-assisted", "unstated"],
      ],
      acceptance: "as-is",
    },
    { says: "silence alone is not made up", stated: [["agent-assisted", "unstated"]], acceptance: "unstated" },
    {
      says: "what people and suggestions say does not count",
      stated: [
        ["human", "as-is"],
        ["suggestion", "as-is"],
        ["agent-assisted", "rewritten"],
      ],
      acceptance: "rewritten",
    },
  ];
  test.each(rows)("$says", ({ stated, acceptance }) => {
    const made = stated.map(([verdict, said], index): CommitProvenance => {
      const nothing = {
        agent: null,
        model: null,
        conflict: false,
        trailers: [],
        signals: [],
        remediations: [],
        sessions: [],
        ruling: null,
      };
      return { sha: sampleSha(String(index)), verdict, acceptance: said, ...nothing };
    });
    expect(acceptanceOfChange(made)).toBe(acceptance);
  });
});
