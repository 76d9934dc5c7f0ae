import { describe, expect, test } from "vitest";
import { isTrailerKey } from "../../../../core/policy/requirements/trailers.ts";
import { sampleSha } from "../../../builders.ts";
import { firstRule, fixes, sentences, type CommitSketch } from "../../../subjects.ts";

const policy = (keys: string, when = "when: { ai: true }, ") =>
  `rules: [{ id: r, ${when}require: { trailers: ${keys} } }]`;
const trailer = (key: string, value: string) => ({ key, value });
const ai = (name: string, ...trailers: CommitSketch["trailers"] & {}): CommitSketch => ({
  name,
  verdict: "agent-assisted",
  trailers,
});
const short = (name: string) => sampleSha(name).slice(0, 10);

describe("which commits must carry which trailers", () => {
  test.each([
    { says: "all there", commits: [ai("a", trailer("Assisted-by", "x:1"))], keys: "[Assisted-by]", is: "satisfied" },
    { says: "none there", commits: [ai("a")], keys: "[Assisted-by]", is: "unsatisfied" },
    { says: "another case", commits: [ai("a", trailer("ASSISTED-BY", "x:1"))], keys: "[assisted-By]", is: "satisfied" },
    {
      says: "one of two",
      commits: [ai("a", trailer("Assisted-by", "x:1"))],
      keys: "[Assisted-by, AI-Accepted]",
      is: "unsatisfied",
    },
    {
      says: "a malformed value",
      commits: [ai("a", trailer("AI-Prompt", "malformed"))],
      keys: "[AI-Prompt]",
      is: "unsatisfied",
    },
    {
      says: "a malformed value beside a good one",
      commits: [ai("a", trailer("AI-Prompt", "malformed"), trailer("AI-Prompt", "sha256:0"))],
      keys: "[AI-Prompt]",
      is: "satisfied",
    },
    {
      says: "declared by a later commit",
      commits: [{ ...ai("a"), declared: [trailer("Assisted-by", "x:1")] }],
      keys: "[Assisted-by]",
      is: "satisfied",
    },
    {
      says: "a malformed value, declared anew by a later commit",
      commits: [{ ...ai("a", trailer("AI-Prompt", "malformed")), declared: [trailer("AI-Prompt", "sha256:0")] }],
      keys: "[AI-Prompt]",
      is: "satisfied",
    },
    {
      says: "a later commit that declares something else",
      commits: [{ ...ai("a"), declared: [trailer("AI-Session", "x")] }],
      keys: "[Assisted-by]",
      is: "unsatisfied",
    },
    { says: "an empty value", commits: [ai("a", trailer("Ticket", " "))], keys: "[Ticket]", is: "unsatisfied" },
    {
      says: "one AI commit of two without",
      commits: [ai("a", trailer("T", "1")), ai("b")],
      keys: "[T]",
      is: "unsatisfied",
    },
    {
      says: "a person's commit beside it",
      commits: [ai("a", trailer("T", "1")), { name: "b", verdict: "human" as const }],
      keys: "[T]",
      is: "satisfied",
    },
  ])("$says: $is", ({ commits, keys, is }) => expect(firstRule(policy(keys), { commits }).state).toBe(is));

  test("only commits that touched the rule's files are asked", () => {
    const commits = [ai("a", trailer("T", "1")), ai("b")];
    const files = [
      { path: "src/a.ts", commits: ["a"] },
      { path: "docs/b.ts", commits: ["b"] },
    ];
    expect(firstRule(policy("[T]", "when: { paths: [src/**] }, "), { commits, files }).state).toBe("satisfied");
    expect(firstRule(policy("[T]", "when: { paths: [docs/**] }, "), { commits, files }).state).toBe("unsatisfied");
  });

  test("a rule without conditions asks every AI commit, even one that left no file", () => {
    const commits = [ai("a", trailer("T", "1")), ai("empty")];
    const files = [{ path: "src/a.ts", commits: ["a"] }];
    expect(firstRule(policy("[T]", ""), { commits, files }).state).toBe("unsatisfied");
  });

  test("a silent commit is asked on tier 1, and not where provenance is excluded", () => {
    const areas = "areas: { auth: { paths: [src/auth/**], tier: 1 } }\nprovenance: { exclude: [docs/**] }\n";
    const commits = [{ name: "silent" }];
    expect(firstRule(areas + policy("[T]", ""), { commits, files: [{ path: "src/auth/a.ts" }] }).state).toBe(
      "unsatisfied",
    );
    expect(firstRule(areas + policy("[T]", ""), { commits, files: [{ path: "src/a.ts" }] }).state).toBe("satisfied");
    expect(firstRule(areas + policy("[T]", ""), { commits: [ai("a")], files: [{ path: "docs/a.ts" }] }).state).toBe(
      "satisfied",
    );
  });
});

const rebased = (names: string[], line: string) =>
  `Run \`git rebase -i ${short("base")}\`, mark ${names.map(short).join(", ")} with \`edit\`, and at each stop run \`git commit --amend --no-edit --trailer "${line}"\` and \`git rebase --continue\`.`;

/** Of `names`, or of any commit. */
const orDeclared = (names: string[], line: string) => {
  const ids = names.length === 0 ? ["<sha>"] : names.map((name) => sampleSha(name).slice(0, 12));
  const declares = ids.map((id) => ` --trailer "AI-Declares: ${id}"`).join("");
  const each = names.length === 0 ? ", for each commit" : "";
  return ` Or, without rewriting history${each}: \`git commit --allow-empty${declares} --trailer "${line}" -m "Declare provenance"\`.`;
};

describe("the fix is a command to paste", () => {
  test.each([
    {
      says: "the last commit is amended",
      commits: [ai("a")],
      keys: "[Assisted-by, AI-Prompt, AI-Accepted, Ticket]",
      is: 'Run `git commit --amend --no-edit --trailer "Assisted-by: <agent>:<model>" --trailer "AI-Prompt: sha256:<64 hex digits>" --trailer "AI-Accepted: as-is|edited|rewritten|partial <n>/<m>" --trailer "Ticket: <value>"`.',
    },
    {
      says: "what is known of the tool is filled in",
      commits: [{ ...ai("a"), agent: "Claude Code", model: "opus-4.1" }],
      keys: "[Assisted-by]",
      is: `Run \`git commit --amend --no-edit --trailer "Assisted-by: claude-code:opus-4.1"\`.${orDeclared(["a"], "Assisted-by: claude-code:opus-4.1")}`,
    },
    {
      says: "a name that a shell would run is not",
      commits: [{ ...ai("a"), agent: "$(reboot)", model: "x`y" }],
      keys: "[Assisted-by]",
      is: `Run \`git commit --amend --no-edit --trailer "Assisted-by: <agent>:<model>"\`.${orDeclared(["a"], "Assisted-by: <agent>:<model>")}`,
    },
    {
      says: "an earlier commit is edited in a rebase",
      commits: [ai("a"), { name: "b", verdict: "human" as const }],
      keys: "[AI-Validated]",
      is: `Run \`git rebase -i ${short("base")}\`, mark ${short("a")} with \`edit\`, and at each stop run \`git commit --amend --no-edit --trailer "AI-Validated: tests, lint, types, manual, security"\` and \`git rebase --continue\`.${orDeclared(["a"], "AI-Validated: tests, lint, types, manual, security")}`,
    },
    {
      says: "several commits are edited in one rebase, from the root when one has no parent",
      commits: [{ ...ai("a"), parents: [] }, ai("b")],
      keys: "[Ticket]",
      is: `Run \`git rebase -i --root\`, mark ${short("a")}, ${short("b")} with \`edit\`, and at each stop run \`git commit --amend --no-edit --trailer "Ticket: <value>"\` and \`git rebase --continue\`.`,
    },
    {
      says: "merges are kept",
      commits: [ai("a"), { ...ai("b"), parents: ["a", "main"] }],
      keys: "[Ticket]",
      is: `Run \`git rebase -i --rebase-merges ${short("base")}\`, mark ${short("a")}, ${short("b")} with \`edit\`, and at each stop run \`git commit --amend --no-edit --trailer "Ticket: <value>"\` and \`git rebase --continue\`.`,
    },
    {
      says: "each commit gets what it lacks",
      commits: [ai("a", trailer("T", "1")), ai("b", trailer("U", "1"))],
      keys: "[T, U]",
      is: `Run \`git rebase -i ${short("base")}\`, mark ${short("a")}, ${short("b")} with \`edit\`; at ${short("a")} run \`git commit --amend --no-edit --trailer "U: <value>"\`; at ${short("b")} run \`git commit --amend --no-edit --trailer "T: <value>"\`; and go on with \`git rebase --continue\` each time.`,
    },
    {
      says: "one tool's commits name it",
      commits: [
        { ...ai("a"), agent: "aider", model: "x-1" },
        { ...ai("b"), agent: "aider", model: "x-2" },
      ],
      keys: "[Assisted-by]",
      is: rebased(["a", "b"], "Assisted-by: aider:<model>") + orDeclared(["a", "b"], "Assisted-by: aider:<model>"),
    },
    {
      says: "two tools' commits name neither in the command, and each in its place",
      commits: [
        { ...ai("a"), agent: "copilot" },
        { ...ai("b"), agent: "claude-code", model: "opus" },
        { ...ai("c"), agent: "copilot" },
        ai("d"),
      ],
      keys: "[Assisted-by]",
      is: `${rebased(["a", "b", "c", "d"], "Assisted-by: <agent>:<model>")}${orDeclared([], "Assisted-by: <agent>:<model>")} Tools left their marks: copilot at ${short("a")}, ${short("c")}; claude-code at ${short("b")}; a tool we do not know at ${short("d")}.`,
    },
    {
      says: "where only one lacks the tool's trailer, and others besides, the tools are told",
      commits: [
        ai("a", trailer("U", "1")),
        { ...ai("b", trailer("Assisted-by", "x:1"), trailer("T", "1")), agent: "aider" },
      ],
      keys: "[Assisted-by, T, U]",
      is: `Run \`git rebase -i ${short("base")}\`, mark ${short("a")}, ${short("b")} with \`edit\`; at ${short("a")} run \`git commit --amend --no-edit --trailer "Assisted-by: <agent>:<model>" --trailer "T: <value>"\`; at ${short("b")} run \`git commit --amend --no-edit --trailer "U: <value>"\`; and go on with \`git rebase --continue\` each time. Tools left their marks: a tool we do not know at ${short("a")}; aider at ${short("b")}.`,
    },
  ])("$says", ({ commits, keys, is }) => {
    expect(fixes(firstRule(policy(keys), { commits }))).toEqual([is]);
  });

  test("a silent commit that counts is not led to name a tool", () => {
    const areas = "areas: { auth: { paths: [src/**], tier: 1 } }\n";
    const silent: CommitSketch = { name: "b", agent: "copilot" };
    expect(fixes(firstRule(areas + policy("[Assisted-by]", ""), { commits: [silent] }))).toEqual([
      `Run \`git commit --amend --no-edit --trailer "Assisted-by: <agent>:<model>"\`.${orDeclared(["b"], "Assisted-by: <agent>:<model>")} Where no agent helped, write \`AI-Assisted: no\` instead.`,
    ]);
    const beside = { commits: [{ ...ai("a"), agent: "aider" }, silent] };
    expect(fixes(firstRule(areas + policy("[Assisted-by]", ""), beside))).toEqual([
      `${rebased(["a", "b"], "Assisted-by: <agent>:<model>")}${orDeclared([], "Assisted-by: <agent>:<model>")} Tools left their marks: aider at ${short("a")}. Where no agent helped, write \`AI-Assisted: no\` instead.`,
    ]);
    expect(fixes(firstRule(areas + policy("[Ticket]", ""), beside))).toEqual([
      `${rebased(["a", "b"], "Ticket: <value>")} Where no agent helped, write \`AI-Assisted: no\` instead.`,
    ]);
  });

  test("thirty commits are named, and more are in the report", () => {
    const many = Array.from({ length: 31 }, (_, index) => ai(`c${index}`));
    const [fix = ""] = fixes(firstRule(policy("[Ticket]"), { commits: many }));
    expect(fix).toContain(`, ${short("c29")} and 1 more (all are in report.json) with \`edit\``);
    expect(fixes(firstRule(policy("[Ticket]"), { commits: many.slice(1) }))[0]).toContain(
      `, ${short("c29")}, ${short("c30")} with \`edit\``,
    );
  });

  test("uncommitted work is committed, and what lies below it is rebased", () => {
    const result = firstRule(policy("[Ticket]"), { commits: [ai("a"), ai("work")], uncommitted: "work" });
    expect(fixes(result)).toEqual([
      `Commit with \`git commit --trailer "Ticket: <value>"\`. ${rebased(["a"], "Ticket: <value>")}`,
    ]);
  });

  test("uncommitted work is committed with them", () => {
    const result = firstRule(policy("[Ticket]"), { commits: [ai("work")], uncommitted: "work" });
    expect(fixes(result)).toEqual(['Commit with `git commit --trailer "Ticket: <value>"`.']);
  });
});

test("the reasons name each commit and what it lacks", () => {
  const commits = [ai("a", trailer("AI-Prompt", "malformed")), ai("b", trailer("T", "1"), trailer("AI-Prompt", "x"))];
  expect(sentences(firstRule(policy("[T, AI-Prompt]"), { commits })).slice(-2)).toEqual([
    "no: AI commits that lack trailers: 1 of 2",
    `no: commit ${short("a")} (agent-assisted) lacks T; has AI-Prompt, but its value is malformed`,
  ]);
});

test("of many commits the first ten are named, and the rest are counted", () => {
  const commits = Array.from({ length: 25 }, (_, index) => ai(`c${index}`));
  expect(sentences(firstRule(policy("[T]"), { commits })).at(-1)).toBe("no: and 15 more");
});

test.each([
  { text: "T", is: true },
  { text: "a1-B-", is: true },
  { text: "1", is: true },
  { text: "k".repeat(60), is: true },
  { text: "k".repeat(61), is: false },
  { text: "", is: false },
  { text: "-a", is: false },
  { text: "a b", is: false },
  { text: "a:", is: false },
  { text: "\u00e9", is: false },
])("whether $text is a trailer's key: $is", ({ text, is }) => expect(isTrailerKey(text)).toBe(is));
