import { describe, expect, test } from "vitest";
import type { Attribution } from "../../../../core/provenance/attribution/attribution.ts";
import { readCommit } from "../../../../core/provenance/commit-provenance.ts";
import { disagreements, isContradiction } from "../../../../core/provenance/attribution/disagreements.ts";
import { sampleSha } from "../../../builders.ts";

const ann = { name: "Ann Example", email: "ann@example.com" };
const claude = "Co-authored-by: Claude <noreply@anthropic.com>";
const suggestion = "Co-authored-by: Copilot <175728472+Copilot@users.noreply.github.com>";
const sha = sampleSha("a");

const none: Attribution = {
  commit: sha,
  source: "git-ai",
  place: "refs/notes/ai",
  strength: "attested",
  files: [],
  totals: null,
  unread: [],
};
const some: Attribution = {
  ...none,
  files: [{ path: "a", lines: [{ start: 1, end: 4, by: "ai", agent: "claude-code", model: null, session: null }] }],
};
const entire: Attribution = { ...none, source: "entire", place: "refs/heads/entire/checkpoints/v1" };
const pointer = "Entire-Checkpoint: a1b2c3d4e5f6";
const partly = { ...none, unread: [{ reason: "no JSON", count: 1 }] };

function found(message: string, attributions: Attribution[], added?: number) {
  const commits = [readCommit({ sha, author: ann, committer: ann, message })];
  return disagreements(commits, attributions, {
    addedLinesByCommit: added === undefined ? new Map() : new Map([[sha, added]]),
  });
}

describe("a merge answers for the lines that it brought itself, and for none of its parents'", () => {
  const own = (stretches: { start: number; end: number }[]) => new Map([[sha, new Map([["a", stretches]])]]);
  test.each([
    { says: "no line of its own", message: "Merge\n", lines: [], kinds: [] },
    { says: "its own are others", message: "Merge\n", lines: [{ start: 5, end: 9 }], kinds: [] },
    {
      says: "some of its own",
      message: "Merge\n",
      lines: [
        { start: 1, end: 1 },
        { start: 4, end: 9 },
      ],
      kinds: [{ kind: "attested-not-declared", aiLines: 2 }],
    },
    { says: "a denial, and none of its own", message: "Merge\n\nAI-Assisted: no\n", lines: [], kinds: [] },
    {
      says: "a denial, and its own",
      message: "Merge\n\nAI-Assisted: no\n",
      lines: [{ start: 4, end: 4 }],
      kinds: [{ kind: "denied-but-attested", aiLines: 1 }],
    },
    {
      says: "a trailer, and none of its own",
      message: `Merge\n\n${claude}\n`,
      lines: [{ start: 5, end: 5 }],
      kinds: [],
    },
  ])("$says", ({ message, lines, kinds }) => {
    const commits = [readCommit({ sha, author: ann, committer: ann, message })];
    expect(disagreements(commits, [some], { ownLinesByMerge: own(lines) })).toMatchObject(kinds);
  });

  test("counts of the whole say nothing of its own lines", () => {
    const counted = { ...none, totals: { aiLines: 9, humanLines: 0, agent: null, model: null, session: null } };
    const commits = [readCommit({ sha, author: ann, committer: ann, message: "Merge\n" })];
    expect(disagreements(commits, [counted])).toHaveLength(1);
    expect(disagreements(commits, [counted], { ownLinesByMerge: own([{ start: 1, end: 9 }]) })).toEqual([]);
  });
});

describe("declared versus attested", () => {
  test.each([
    { says: "silence beside lines by a tool", message: "Fix\n", records: [some], kinds: ["attested-not-declared"] },
    { says: "a trailer beside them", message: `Fix\n\n${claude}\n`, records: [some], kinds: [] },
    {
      says: "another tool's trailer beside them",
      message: "Fix\n\nAssisted-by: codex:gpt-5.2\n",
      records: [some],
      kinds: ["attested-not-declared"],
    },
    {
      says: "another tool's trailer and the tool's beside them",
      message: `Fix\n\nAssisted-by: codex:gpt-5.2\n${claude}\n`,
      records: [some],
      kinds: [],
    },
    {
      says: "a trailer that names no tool beside them",
      message: "Fix\n\nAssisted-by: codex:gpt-5.2\nAI-Assisted: yes\n",
      records: [some],
      kinds: [],
    },
    {
      says: "a tool's trailer beside lines by nobody knows which",
      message: "Fix\n\nAssisted-by: codex:gpt-5.2\n",
      records: [{ ...none, totals: { aiLines: 3, humanLines: 0, agent: null, model: null, session: null } }],
      kinds: [],
    },
    { says: "a mark that is no trailer beside them", message: `Fix\n\n    ${claude}\n`, records: [some], kinds: [] },
    {
      says: "a denial beside them",
      message: "Fix\n\nAI-Assisted: no\n",
      records: [some],
      kinds: ["denied-but-attested"],
    },
    {
      says: "a denial and a trailer beside them",
      message: `Fix\n\nAI-Assisted: no\n${claude}\n`,
      records: [some],
      kinds: ["denied-but-attested"],
    },
    { says: "a trailer beside none", message: `Fix\n\n${claude}\n`, records: [none], kinds: ["declared-not-attested"] },
    { says: "a pointer to the record beside none", message: `Fix\n\n${pointer}\n`, records: [entire], kinds: [] },
    {
      says: "another record's pointer",
      message: `Fix\n\n${pointer}\n`,
      records: [none],
      kinds: ["declared-not-attested"],
    },
    {
      says: "a pointer and a tool's trailer beside none",
      message: `Fix\n\n${pointer}\n${claude}\n`,
      records: [entire],
      kinds: ["declared-not-attested"],
    },
    {
      says: "a pointer and the recorder's word for the tool beside none",
      message: `Fix\n\n${pointer}\nEntire-Agent: Claude Code\n`,
      records: [entire],
      kinds: ["declared-not-attested"],
    },
    { says: "silence beside none", message: "Fix\n", records: [none], kinds: [] },
    { says: "a denial beside none", message: "Fix\n\nAI-Assisted: no\n", records: [none], kinds: [] },
    { says: "a suggestion beside none", message: `Fix\n\n${suggestion}\n`, records: [none], kinds: [] },
    { says: "a trailer beside a record read in part", message: `Fix\n\n${claude}\n`, records: [partly], kinds: [] },
    {
      says: "silence and a record read in part, with lines",
      message: "Fix\n",
      records: [{ ...some, unread: partly.unread }],
      kinds: ["attested-not-declared"],
    },
    { says: "one record has lines, another has none", message: `Fix\n\n${claude}\n`, records: [none, some], kinds: [] },
    { says: "a trailer, no record", message: `Fix\n\n${claude}\n`, records: [], kinds: [] },
    {
      says: "a trailer beside none in the change's own tree",
      message: `Fix\n\n${claude}\n`,
      records: [{ ...none, strength: "claim" as const }],
      kinds: [],
    },
    { says: "a record of another commit", message: "Fix\n", records: [{ ...some, commit: sampleSha("b") }], kinds: [] },
  ])("$says: $kinds", ({ message, records, kinds }) => {
    expect(found(message, records).map(({ kind }) => kind)).toEqual(kinds);
  });

  test("a commit that adds no line has none to attest", () => {
    expect(found(`Remove\n\n${claude}\n`, [none], 0)).toEqual([]);
    expect(found(`Fix\n\n${claude}\n`, [none], 1)).toHaveLength(1);
  });

  test("with what the record counts", () => {
    expect(found("Fix\n", [some])).toEqual([
      {
        commit: sha,
        kind: "attested-not-declared",
        source: "git-ai",
        aiLines: 4,
        humanLines: 0,
        agent: "claude-code",
        model: null,
      },
    ]);
  });

  test("silence is no contradiction", () => {
    expect(found("Fix\n", [some]).map(isContradiction)).toEqual([false]);
    expect(found(`Fix\n\n${claude}\n`, [none]).map(isContradiction)).toEqual([true]);
    expect(found("Fix\n\nAI-Assisted: no\n", [some]).map(isContradiction)).toEqual([true]);
  });
});
