import { describe, expect, test } from "vitest";
import type { Change } from "../../../core/change/change.ts";
import type { JudgedCommit } from "../../../core/policy/judged.ts";
import {
  addTrailers,
  amendRecipe,
  declarationNotes,
  declareRecipe,
  listed,
  listedCommits,
  trailerLine,
  type Amendment,
} from "../../../core/policy/recipes.ts";
import { sampleSha } from "../../builders.ts";
import { buildSubject, type CommitSketch } from "../../subjects.ts";

const short = (name: string) => sampleSha(name).slice(0, 10);
const declared = (name: string) => `--trailer "AI-Declares: ${sampleSha(name).slice(0, 12)}"`;

/** The commits of a change as they are judged. */
function judged(sketches: readonly CommitSketch[], uncommitted?: string): { change: Change; commits: JudgedCommit[] } {
  const { change, provenance } = buildSubject({
    commits: sketches,
    ...(uncommitted === undefined ? {} : { uncommitted }),
  });
  const commits = change.commits.flatMap((commit, index) => {
    const own = provenance.commits[index];
    const plain = { countsAsAi: true, countsByClaim: false, exempt: false };
    return own === undefined ? [] : [{ ...plain, commit, provenance: own }];
  });
  return { change, commits };
}

const ai = (name: string, agent?: string, model?: string): CommitSketch => ({
  name,
  verdict: "agent-assisted",
  ...(agent === undefined ? {} : { agent }),
  ...(model === undefined ? {} : { model }),
});

/** An amendment of each commit by its trailers. */
function amendments(commits: readonly JudgedCommit[], trailers: readonly (readonly string[])[]): Amendment[] {
  return commits.map((commit, index) => ({ commit, options: " --no-edit", trailers: trailers[index] ?? [] }));
}

describe("the way that rewrites no history", () => {
  const said = (names: readonly string[], trailers: readonly (readonly string[])[], uncommitted?: string) => {
    const { change, commits } = judged(
      names.map((name) => ai(name)),
      uncommitted,
    );
    return declareRecipe(amendments(commits, trailers), change);
  };
  const line = "AI-Session: <session id>";
  const same = (count: number, text = line) => Array.from({ length: count }, () => [text]);
  const ends = '-m "Declare provenance"`.';

  test.each([
    {
      says: "three commits with the same trailers are declared by one",
      names: ["a", "b", "c"],
      trailers: same(3),
      is: ` Or, without rewriting history: \`git commit --allow-empty ${["a", "b", "c"].map(declared).join(" ")} --trailer "${line}" ${ends}`,
    },
    {
      says: "four of them one by one",
      names: ["a", "b", "c", "d"],
      trailers: same(4),
      is: ` Or, without rewriting history, for each commit: \`git commit --allow-empty --trailer "AI-Declares: <sha>" --trailer "${line}" ${ends}`,
    },
    {
      says: "two that lack different trailers one by one, and the trailer is left open",
      names: ["a", "b"],
      trailers: [[line], ["AI-Assisted: no"]],
      is: ` Or, without rewriting history, for each commit: \`git commit --allow-empty --trailer "AI-Declares: <sha>" --trailer "<key>: <value>" ${ends}`,
    },
    {
      says: "two whose tool is not known one by one",
      names: ["a", "b"],
      trailers: same(2, "Generated-by: <agent>:<model>"),
      is: ` Or, without rewriting history, for each commit: \`git commit --allow-empty --trailer "AI-Declares: <sha>" --trailer "Generated-by: <agent>:<model>" ${ends}`,
    },
    {
      says: "one whose tool is not known all the same",
      names: ["a"],
      trailers: same(1, "Assisted-By: <agent>:<model>"),
      is: ` Or, without rewriting history: \`git commit --allow-empty ${declared("a")} --trailer "Assisted-By: <agent>:<model>" ${ends}`,
    },
    {
      says: "of committed and uncommitted work, what is committed",
      names: ["a", "work"],
      trailers: same(2),
      uncommitted: "work",
      is: ` Or, without rewriting history: \`git commit --allow-empty ${declared("a")} --trailer "${line}" ${ends}`,
    },
    { says: "nothing of uncommitted work alone", names: ["work"], trailers: same(1), uncommitted: "work", is: "" },
    { says: "nothing where no commit is meant", names: [], trailers: [], is: "" },
    { says: "no sign-off", names: ["a"], trailers: same(1, "Signed-off-by: Name <mail>"), is: "" },
    { says: "no review", names: ["a"], trailers: same(1, "Reviewed-by: Name <mail>"), is: "" },
    { says: "no key of AI's that we do not know", names: ["a"], trailers: same(1, "AI-Mood: good"), is: "" },
    { says: "nothing beside a sign-off", names: ["a"], trailers: [[line, "Signed-off-by: Name <mail>"]], is: "" },
    {
      says: "nothing beside a commit that needs a sign-off",
      names: ["a", "b"],
      trailers: [[line], ["Signed-off-by: Name <mail>"]],
      is: "",
    },
  ])("$says", ({ names, trailers, uncommitted, is }) => expect(said(names, trailers, uncommitted)).toBe(is));
});

describe("how commits are amended", () => {
  const { change, commits } = judged([ai("a"), ai("b"), ai("c")]);
  const recipe = (...picked: readonly number[]) => {
    const all = amendments(commits, [["T: 1"], ["T: 1"], ["T: 1"]]);
    return amendRecipe(
      picked.flatMap((index) => all[index] ?? []),
      change,
    );
  };
  const amend = '`git commit --amend --no-edit --trailer "T: 1"`';
  const rebased = (...names: readonly string[]) =>
    `Run \`git rebase -i ${short("base")}\`, mark ${names.map(short).join(", ")} with \`edit\`, and at each stop run ${amend} and \`git rebase --continue\`.`;

  test.each([
    { says: "the last one alone where it stands", picked: [2], is: `Run ${amend}.` },
    { says: "one further back in a rebase", picked: [0], is: rebased("a") },
    { says: "the last one and another in a rebase, whichever comes first", picked: [2, 0], is: rebased("c", "a") },
    { says: "nothing where there is none", picked: [], is: "" },
  ])("$says", ({ picked, is }) => expect(recipe(...picked)).toBe(is));
});

describe("a trailer with what is known of the commits", () => {
  const written = (key: string, ...sketches: readonly CommitSketch[]) => trailerLine(key, judged(sketches).commits);
  test.each([
    { says: "the tool and its model", key: "Assisted-by", of: [ai("a", "Aider", "x-1")], is: "Assisted-by: aider:x-1" },
    {
      says: "for a generated commit too",
      key: "Generated-By",
      of: [ai("a", "Aider", "m")],
      is: "Generated-By: aider:m",
    },
    {
      says: "no model of two tools, though they say the same",
      key: "Assisted-by",
      of: [ai("a", "aider", "x-1"), ai("b", "codex", "x-1")],
      is: "Assisted-by: <agent>:<model>",
    },
    {
      says: "no tool of a commit that nobody declared",
      key: "Assisted-by",
      of: [{ name: "a", agent: "aider", model: "x-1" }],
      is: "Assisted-by: <agent>:<model>",
    },
    { says: "no model that is not told", key: "Assisted-by", of: [ai("a", "aider")], is: "Assisted-by: aider:<model>" },
    { says: "no name that is empty", key: "Assisted-by", of: [ai("a", "", "")], is: "Assisted-by: <agent>:<model>" },
    {
      says: "a name of 60 letters",
      key: "Assisted-by",
      of: [ai("a", "n".repeat(60))],
      is: `Assisted-by: ${"n".repeat(60)}:<model>`,
    },
    {
      says: "and no longer one",
      key: "Assisted-by",
      of: [ai("a", "n".repeat(61))],
      is: "Assisted-by: <agent>:<model>",
    },
    {
      says: "no name that a shell would read",
      key: "Assisted-by",
      of: [ai("a", "a;b")],
      is: "Assisted-by: <agent>:<model>",
    },
    { says: "a key of the vocabulary", key: "AI-TRACE", of: [ai("a")], is: "AI-TRACE: <32 hex digits>" },
    { says: "a sign-off", key: "Signed-off-by", of: [ai("a")], is: "Signed-off-by: Name <mail>" },
    { says: "any other key", key: "Ticket", of: [ai("a")], is: "Ticket: <value>" },
  ])("$says", ({ key, of, is }) => expect(written(key, ...of)).toBe(is));

  test("each commit gets those that are asked of it", () => {
    const { commits } = judged([ai("a", "aider"), ai("b", "aider")]);
    const added = addTrailers(commits, ({ commit }) =>
      commit.sha === sampleSha("a") ? ["Assisted-by"] : ["Assisted-by", "T"],
    );
    expect(added.map(({ options, trailers }) => ({ options, trailers }))).toEqual([
      { options: " --no-edit", trailers: ["Assisted-by: aider:<model>"] },
      { options: " --no-edit", trailers: ["Assisted-by: aider:<model>", "T: <value>"] },
    ]);
  });
});

describe("what to know before a declaration is written", () => {
  const notes = (...sketches: readonly CommitSketch[]) => declarationNotes(judged(sketches).commits);
  const silent = " Where no agent helped, write `AI-Assisted: no` instead.";
  test.each([
    { says: "nothing where the trailer names the one tool", of: [ai("a", "aider"), ai("b", "Aider")], is: "" },
    { says: "nothing where no tool is known", of: [ai("a"), ai("b")], is: "" },
    { says: "what to write where no tool left a mark", of: [{ name: "a" }, { name: "b" }], is: silent },
    {
      says: "which tool left its mark where",
      of: [ai("a", "aider"), ai("b", "codex"), ai("c", "aider")],
      is: ` Tools left their marks: aider at ${short("a")}, ${short("c")}; codex at ${short("b")}.`,
    },
    {
      says: "both, without a place for what is silent",
      of: [ai("a", "aider"), ai("b"), { name: "c" }],
      is: ` Tools left their marks: aider at ${short("a")}; a tool we do not know at ${short("b")}.${silent}`,
    },
  ])("$says", ({ of, is }) => expect(notes(...of)).toBe(is));
});

describe("names in a row", () => {
  test.each([
    { names: ["a", "b", "c", "d", "e"], is: "a, b, c, d, e" },
    { names: ["a", "b", "c", "d", "e", "f"], is: "a, b, c, d, e and 1 more" },
  ])("$is", ({ names, is }) => expect(listed(names)).toBe(is));

  test("thirty commits are named, and where the rest is", () => {
    const { commits } = judged(Array.from({ length: 31 }, (_, index) => ai(`c${index}`)));
    const first = commits.slice(0, 30).map(({ commit }) => commit.sha.slice(0, 10));
    expect(listedCommits(commits.slice(0, 30))).toBe(first.join(", "));
    expect(listedCommits(commits)).toBe(`${first.join(", ")} and 1 more (all are in report.json)`);
  });
});
