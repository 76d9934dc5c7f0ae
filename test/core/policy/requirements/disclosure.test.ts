import { describe, expect, test } from "vitest";
import { evaluate } from "../../../../core/policy/index.ts";
import { showWho } from "../../../../core/policy/recipes.ts";
import { sampleSha } from "../../../builders.ts";
import {
  buildPolicy,
  buildSignal,
  buildSubject,
  firstRule,
  fixes,
  sampleVocabulary,
  sentences,
  type CommitSketch,
  type SubjectSketch,
} from "../../../subjects.ts";

const policy = (disclosure: string) => `rules: [{ id: r, require: { disclosure: ${disclosure} } }]`;
const trailer = (key: string, value: string) => ({ key, value });
const assistedBy = trailer("Assisted-by", "claude-code:opus");
const coAuthor = trailer("Co-authored-by", "Agent <noreply@agent.example>");
const short = (name: string) => sampleSha(name).slice(0, 10);

const silent: CommitSketch = { name: "c" };
const human: CommitSketch = {
  name: "c",
  verdict: "human",
  trailers: [trailer("AI-Assisted", "no")],
  signals: [buildSignal({ kind: "declaration", verdict: "human" })],
};
const assisted: CommitSketch = {
  name: "c",
  verdict: "agent-assisted",
  trailers: [assistedBy],
  signals: [buildSignal()],
};
const coAuthored: CommitSketch = {
  name: "c",
  verdict: "agent-assisted",
  trailers: [coAuthor],
  signals: [buildSignal({ kind: "co-author" })],
};
const authored: CommitSketch = {
  name: "c",
  verdict: "agent-authored",
  signals: [buildSignal({ kind: "author", class: "identity", verdict: "agent-authored" })],
};
const footer: CommitSketch = {
  name: "c",
  verdict: "agent-assisted",
  signals: [buildSignal({ kind: "footer", class: "embedded" })],
};
const bot: CommitSketch = {
  name: "c",
  verdict: "automation",
  signals: [buildSignal({ kind: "automation", class: "identity", verdict: "automation" })],
};
const declaredLater: CommitSketch = {
  ...footer,
  signals: [...(footer.signals ?? []), buildSignal({ kind: "remediation" })],
  declared: [assistedBy],
};
const signed: CommitSketch = {
  name: "c",
  verdict: "agent-assisted",
  trailers: [assistedBy, trailer("Signed-off-by", "Agent <noreply@agent.example>")],
  signals: [buildSignal()],
};

describe("each way to disclose, for each kind of commit", () => {
  const rows = {
    silent: { commit: silent, met: ["canonical", "forbidden", "no-coauthor", "labelled", "not-only-detected"] },
    human: {
      commit: human,
      met: ["required", "canonical", "forbidden", "no-coauthor", "labelled", "not-only-detected"],
    },
    assisted: { commit: assisted, met: ["required", "canonical", "no-coauthor", "not-only-detected"] },
    coAuthored: { commit: coAuthored, met: ["required", "not-only-detected"] },
    authored: { commit: authored, met: ["required"] },
    footer: { commit: footer, met: ["no-coauthor"] },
    declaredLater: { commit: declaredLater, met: ["required", "canonical", "no-coauthor", "not-only-detected"] },
    bot: { commit: bot, met: ["canonical", "forbidden", "no-coauthor", "labelled", "not-only-detected"] },
    signed: { commit: signed, met: ["required", "canonical", "not-only-detected"] },
  };
  const modes = ["required", "canonical", "forbidden", "no-coauthor", "labelled", "not-only-detected"];
  test.each(Object.entries(rows))("%s", (_name, { commit, met }) => {
    const sketch: SubjectSketch = { commits: [commit], labels: [] };
    expect(modes.filter((mode) => firstRule(policy(mode), sketch).state === "satisfied")).toEqual(met);
  });
});

describe("what else decides", () => {
  test.each([
    {
      says: "a commit that contradicts itself has disclosed nothing",
      mode: "required",
      sketch: { commits: [{ ...assisted, conflict: true }] },
      is: "unsatisfied",
    },
    {
      says: "a malformed trailer is not canonical",
      mode: "canonical",
      sketch: { commits: [{ ...assisted, trailers: [trailer("Assisted-by", "malformed")] }] },
      is: "unsatisfied",
    },
    {
      says: "Generated-by is canonical too",
      mode: "canonical",
      sketch: { commits: [{ ...assisted, trailers: [trailer("generated-by", "x:1")] }] },
      is: "satisfied",
    },
    {
      says: "a co-author that provenance knows and the vocabulary does not",
      mode: "no-coauthor",
      sketch: { commits: [{ ...coAuthored, trailers: [] }] },
      is: "unsatisfied",
    },
    {
      says: "a co-author line in the text is not one",
      mode: "no-coauthor",
      sketch: { commits: [{ ...footer, signals: [buildSignal({ kind: "co-author", class: "embedded" })] }] },
      is: "satisfied",
    },
    {
      says: "a merge that touches no file of its own need not say anything",
      mode: "required",
      sketch: {
        commits: [assisted, { name: "merge", parents: ["c", "main"] }],
        files: [{ path: "a.ts", commits: ["c"] }],
      },
      is: "satisfied",
    },
    {
      says: "an empty commit must",
      mode: "required",
      sketch: { commits: [assisted, { name: "empty" }], files: [{ path: "a.ts", commits: ["c"] }] },
      is: "unsatisfied",
    },
    {
      says: "a label of the pull request",
      mode: "labelled",
      sketch: { commits: [assisted], labels: ["ai-assisted"] },
      is: "satisfied",
    },
    {
      says: "a label that provenance knows",
      mode: "labelled",
      sketch: {
        commits: [assisted],
        labels: ["assisted: ai"],
        signals: [buildSignal({ kind: "label", class: "embedded" })],
      },
      is: "satisfied",
    },
    {
      says: "a pull request without it",
      mode: "labelled",
      sketch: { commits: [assisted], labels: ["bug"] },
      is: "unsatisfied",
    },
    { says: "no pull request: nobody knows", mode: "labelled", sketch: { commits: [assisted] }, is: "undecided" },
    { says: "no pull request, and no AI", mode: "labelled", sketch: { commits: [human] }, is: "satisfied" },
    { says: "two ways, both kept", mode: "[canonical, no-coauthor]", sketch: { commits: [assisted] }, is: "satisfied" },
    {
      says: "two ways, one kept",
      mode: "[canonical, no-coauthor]",
      sketch: { commits: [coAuthored] },
      is: "unsatisfied",
    },
    { says: "two ways, one unknown", mode: "[canonical, labelled]", sketch: { commits: [assisted] }, is: "undecided" },
  ])("$says: $is", ({ mode, sketch, is }) => expect(firstRule(policy(mode), sketch).state).toBe(is));
});

describe("the label that the policy names", () => {
  test.each([
    { says: "is the one", named: "robot", labels: ["robot"], is: "satisfied" },
    { says: "in either case of letters", named: "Robot", labels: ["roBot"], is: "satisfied" },
    { says: "is missing", named: "robot", labels: ["bug"], is: "unsatisfied", fix: "gh pr edit --add-label robot" },
    {
      says: "takes the place of ours",
      named: "robot",
      labels: ["ai-assisted"],
      is: "unsatisfied",
      fix: "gh pr edit --add-label robot",
    },
    {
      says: "is no word of a shell",
      named: "by a $(robot)",
      labels: [],
      is: "unsatisfied",
      fix: "Set the label `by a $(robot)` on the pull request.",
    },
  ])("$says: $is", ({ named, labels, is, fix = "" }) => {
    const result = firstRule(`labels: { ai: "${named}" }\n${policy("labelled")}`, { commits: [assisted], labels });
    expect(result.state).toBe(is);
    expect(fixes(result).join("\n")).toContain(fix);
  });
});

test("files that provenance excludes are asked for nothing", () => {
  const excluded = `provenance: { exclude: [docs/**] }\n${policy("required")}`;
  const files = [{ path: "docs/a.md" }];
  expect(firstRule(excluded, { commits: [silent], files }).state).toBe("satisfied");
  expect(firstRule(excluded, { commits: [silent], files: [...files, { path: "src/a.ts" }] }).state).toBe("unsatisfied");
});

test("silence on tier 1 is asked for the canonical trailer, and has no mark that trailers could confirm", () => {
  const areas = "areas: { auth: { paths: [src/auth/**], tier: 1 } }\n";
  const sketch: SubjectSketch = { commits: [silent], files: [{ path: "src/auth/a.ts" }] };
  expect(firstRule(areas + policy("canonical"), sketch).state).toBe("unsatisfied");
  expect(firstRule(areas + policy("forbidden"), sketch).state).toBe("unsatisfied");
  expect(firstRule(areas + policy("not-only-detected"), sketch).state).toBe("satisfied");
});

const orDeclared = `Or, without rewriting history: \`git commit --allow-empty --trailer "AI-Declares: ${sampleSha("c").slice(0, 12)}" --trailer "Assisted-by: <agent>:<model>" -m "Declare provenance"\`.`;

describe("the fix says exactly what to write", () => {
  test.each([
    {
      mode: "required",
      commit: silent,
      is: `Run \`git commit --amend --no-edit --trailer "Assisted-by: <agent>:<model>"\`. ${orDeclared} Where no agent helped, write \`AI-Assisted: no\` instead.`,
    },
    {
      mode: "canonical",
      commit: coAuthored,
      is: `Run \`git commit --amend --no-edit --trailer "Assisted-by: <agent>:<model>"\`. ${orDeclared}`,
    },
    {
      mode: "forbidden",
      commit: assisted,
      is: `Take these files out of the change, or have a person write them: src/a.ts (commits ${short("c")}).`,
    },
    {
      mode: "no-coauthor",
      commit: coAuthored,
      is: "Run `git commit --amend`. In the editor, write `Assisted-by: <agent>:<model>` in place of the agent's `Co-authored-by` or `Signed-off-by` line.",
    },
    {
      mode: "no-coauthor",
      commit: authored,
      is: "Run `git commit --amend --reset-author`. In the editor, write `Assisted-by: <agent>:<model>` in place of the agent's `Co-authored-by` or `Signed-off-by` line.",
    },
    { mode: "labelled", commit: assisted, is: "Run `gh pr edit --add-label ai-assisted`." },
    {
      mode: "not-only-detected",
      commit: footer,
      is: `Run \`git commit --amend --no-edit --trailer "Assisted-by: <agent>:<model>"\`. ${orDeclared}`,
    },
  ])("$mode", ({ mode, commit, is }) => {
    expect(fixes(firstRule(policy(mode), { commits: [commit], labels: [] }))).toEqual([is]);
  });
});

test("only where the agent is the author is the author replaced", () => {
  const commits = [
    { ...coAuthored, name: "a", agent: "copilot" },
    { ...authored, name: "b", agent: "claude-code" },
  ];
  expect(fixes(firstRule(policy("no-coauthor"), { commits }))).toEqual([
    `Run \`git rebase -i ${short("base")}\`, mark ${short("a")}, ${short("b")} with \`edit\`; at ${short("a")} run \`git commit --amend\`; at ${short("b")} run \`git commit --amend --reset-author\`; and go on with \`git rebase --continue\` each time. In the editor, write \`Assisted-by: <agent>:<model>\` in place of the agent's \`Co-authored-by\` or \`Signed-off-by\` line. Tools left their marks: copilot at ${short("a")}; claude-code at ${short("b")}.`,
  ]);
});

describe("a silent commit on tier 1 may say that no agent helped", () => {
  const areas = "areas: { auth: { paths: [src/auth/**], tier: 1 } }\n";
  test.each(["canonical", "labelled"])("%s", (mode) => {
    const sketch: SubjectSketch = { commits: [silent], files: [{ path: "src/auth/a.ts" }], labels: [] };
    expect(fixes(firstRule(areas + policy(mode), sketch))[0]).toMatch(
      / Where no agent helped, write `AI-Assisted: no` instead\.$/,
    );
  });
});

test("a commit that is forbidden and touched no file goes as a whole; the files of others stay", () => {
  const files = [
    { path: "src/a.ts", commits: ["c"] },
    { path: "src/person.ts", commits: ["p"] },
  ];
  const commits: CommitSketch[] = [{ ...human, name: "p" }, assisted];
  expect(fixes(firstRule(policy("forbidden"), { commits, files }))[0]).toContain(`: src/a.ts (commits ${short("c")}).`);
  expect(fixes(firstRule(policy("forbidden"), { commits: [assisted], files: [] }))).toEqual([
    `Take these commits out of the change: ${short("c")}.`,
  ]);
});

test("the reasons name the commit, its verdict and its fault", () => {
  expect(sentences(firstRule(policy("no-coauthor"), { commits: [signed] }))).toEqual([
    "yes: the rule applies to the whole change",
    "no: commits that name an agent as author, co-author or signer: 1",
    `no: commit ${short("c")} (agent-assisted) has Agent as signer`,
  ]);
});

describe("each way says what it looked for and what it found", () => {
  const c = `no: commit ${short("c")}`;
  const codeveloped = trailer("co-developed-by", "Agent <noreply@agent.example>");
  const lacking = "no: AI commits without a well-formed Assisted-by or Generated-by: 1";
  const roles = "no: commits that name an agent as author, co-author or signer: 1";
  test.each([
    { mode: "required", commit: human, is: ["yes: every commit says whether an agent helped"] },
    {
      mode: "required",
      commit: silent,
      is: ["no: commits that do not say whether an agent helped: 1", `${c} (undeclared) says nothing about AI`],
    },
    {
      mode: "required",
      commit: { ...assisted, conflict: true },
      is: ["no: commits that do not say whether an agent helped: 1", `${c} (agent-assisted) contradicts itself`],
    },
    { mode: "canonical", commit: assisted, is: ["yes: every AI commit has Assisted-by or Generated-by"] },
    {
      mode: "canonical",
      commit: coAuthored,
      is: [lacking, `${c} (agent-assisted) has no well-formed Assisted-by or Generated-by`],
    },
    {
      mode: "canonical",
      commit: { ...assisted, trailers: [trailer("Assisted-by", " ")] },
      is: [lacking, `${c} (agent-assisted) has no well-formed Assisted-by or Generated-by`],
    },
    { mode: "forbidden", commit: human, is: ["yes: no commit here counts as AI"] },
    {
      mode: "forbidden",
      commit: assisted,
      is: ["no: commits that count as AI, where none may: 1", `${c} (agent-assisted) counts as AI`],
    },
    { mode: "no-coauthor", commit: silent, is: ["yes: no agent is author, co-author or signer"] },
    { mode: "no-coauthor", commit: coAuthored, is: [roles, `${c} (agent-assisted) has Agent as co-author`] },
    {
      mode: "no-coauthor",
      commit: { ...coAuthored, trailers: [] },
      is: [roles, `${c} (agent-assisted) has an agent as co-author`],
    },
    {
      mode: "no-coauthor",
      commit: { ...authored, trailers: [coAuthor, codeveloped, trailer("SIGNED-OFF-BY", coAuthor.value)] },
      is: [
        roles,
        `${c} (agent-authored) has Agent as co-author, and has Agent as co-author, and has Agent as signer, and has an agent as author`,
      ],
    },
    {
      mode: "no-coauthor",
      commit: { ...human, signals: [buildSignal({ kind: "author", class: "identity", verdict: "human" })] },
      is: ["yes: no agent is author, co-author or signer"],
    },
    {
      mode: "not-only-detected",
      commit: assisted,
      is: ["yes: every commit with a mark of AI says so in its trailers"],
    },
    {
      mode: "not-only-detected",
      commit: footer,
      is: [
        "no: commits with marks of AI and silent trailers: 1",
        `${c} (agent-assisted) bears marks of AI, and its trailers are silent`,
      ],
    },
    {
      mode: "not-only-detected",
      commit: { ...footer, signals: [...(footer.signals ?? []), ...(human.signals ?? [])] },
      is: [
        "no: commits with marks of AI and silent trailers: 1",
        `${c} (agent-assisted) bears marks of AI, and its trailers are silent`,
      ],
    },
  ])("$mode: $is", ({ mode, commit, is }) =>
    expect(sentences(firstRule(policy(mode), { commits: [commit] })).slice(1)).toEqual(is),
  );

  test.each([
    { says: "no AI", sketch: { commits: [human] }, is: ["yes: no commit here counts as AI, so no label is asked for"] },
    {
      says: "a label that provenance knows",
      sketch: { commits: [assisted], labels: ["x"], signals: [buildSignal({ kind: "label", class: "embedded" })] },
      is: ["yes: a label says that an agent helped"],
    },
    {
      says: "the label",
      sketch: { commits: [assisted], labels: ["bug", "AI-Assisted"] },
      is: ["yes: the label ai-assisted says that an agent helped"],
    },
    {
      says: "no pull request",
      sketch: { commits: [assisted] },
      is: ["unknown: whether a label says AI is not known: no pull request was read"],
      fix: ["Run the check on the pull request."],
    },
    {
      says: "another label",
      sketch: { commits: [human, { ...assisted, name: "d" }, { ...assisted, name: "e" }], labels: ["bug"] },
      is: ["no: commits that count as AI, with no label that says so: 2"],
      fix: ["Run `gh pr edit --add-label ai-assisted`."],
    },
  ])("labelled: $says", ({ sketch, is, fix = [] }) => {
    const result = firstRule(policy("labelled"), sketch);
    expect(sentences(result).slice(1)).toEqual(is);
    expect(fixes(result)).toEqual(fix);
  });

  test.each([
    { label: "a:b/c_d.e-1", is: "Run `gh pr edit --add-label a:b/c_d.e-1`." },
    { label: "-x", is: "Set the label `-x` on the pull request." },
    { label: "two words", is: "Set the label `two words` on the pull request." },
  ])("a label is set as $is", ({ label, is }) =>
    expect(
      fixes(firstRule(`labels: { ai: "${label}" }\n${policy("labelled")}`, { commits: [assisted], labels: [] })),
    ).toEqual([is]),
  );
});

describe("what may not count as AI goes, or is shown to be no AI's", () => {
  const auth = "areas: { auth: { paths: [src/auth/**], tier: 1 } }\n";
  const counted =
    "provenance: { counts_as_ai: [agent-assisted, undeclared] }\nareas: { lib: { paths: [lib/**], tier: 3 } }\n";
  const claimed: CommitSketch = {
    ...human,
    signals: [buildSignal({ kind: "declaration", verdict: "human", agent: null })],
  };
  const goes = (files: string, ...names: readonly string[]) =>
    `Take these files out of the change, or have a person write them: ${files} (commits ${names.map(short).join(", ")}).`;
  const inAuth = [{ path: "src/auth/a.ts" }];
  test.each([
    { says: "a claim", above: auth, commits: [claimed], files: inAuth, is: `${goes("src/auth/a.ts", "c")} ${showWho}` },
    {
      says: "a claim beside what an agent wrote",
      above: auth,
      commits: [claimed, { ...assisted, name: "d" }],
      files: inAuth,
      is: `${goes("src/auth/a.ts", "c", "d")} ${showWho}`,
    },
    {
      says: "silence where claims are not accepted",
      above: auth,
      commits: [silent],
      files: [...inAuth, { path: "src/b.ts" }],
      is: goes("src/auth/a.ts, src/b.ts", "c"),
    },
    {
      says: "silence where a claim is enough",
      above: counted,
      commits: [silent],
      files: [{ path: "lib/a.ts" }],
      is: `${goes("lib/a.ts", "c")} Where no agent helped, write \`AI-Assisted: no\` instead.`,
    },
    {
      says: "a file that a person wrote in too",
      above: "",
      commits: [assisted, { ...human, name: "p" }],
      files: [{ path: "src/a.ts", commits: ["c", "p"] }],
      is: goes("src/a.ts", "c"),
    },
  ])("$says", ({ above, commits, files, is }) =>
    expect(fixes(firstRule(above + policy("forbidden"), { commits, files }))).toEqual([is]),
  );

  test("the reason tells a claim", () =>
    expect(sentences(firstRule(auth + policy("forbidden"), { commits: [claimed], files: inAuth })).slice(1)).toEqual([
      "no: commits that count as AI, where none may: 1",
      `no: commit ${short("c")} (human) claims to be human, which the policy does not accept`,
    ]));
});

describe("what discloses nothing", () => {
  test.each([
    { says: "a bot's name in the text", mode: "required", signal: { kind: "automation", class: "embedded" } },
    { says: "an author's name in the text", mode: "required", signal: { kind: "author", class: "embedded" } },
    { says: "an identity that is no author's", mode: "required", signal: { kind: "committer", class: "identity" } },
  ] as const)("$says", ({ mode, signal }) => {
    const signals = [buildSignal({ ...signal, strength: "platform" })];
    expect(firstRule(policy(mode), { commits: [{ ...footer, signals }] }).state).toBe("unsatisfied");
  });

  test("a mark of the change that is no label", () => {
    const sketch = {
      commits: [assisted],
      labels: ["bug"],
      signals: [buildSignal({ kind: "footer", class: "embedded" })],
    };
    expect(firstRule(policy("labelled"), sketch).state).toBe("unsatisfied");
  });
});

test("a long name of an agent is cut", () => {
  const vocabulary = { ...sampleVocabulary, agentIdentity: () => "a".repeat(61) };
  const [result] = evaluate(
    buildPolicy(policy("no-coauthor")),
    buildSubject({ commits: [coAuthored] }),
    vocabulary,
  ).rules;
  expect(result === undefined ? [] : sentences(result)).toContain(
    `no: commit ${short("c")} (agent-assisted) has ${"a".repeat(59)}… as co-author`,
  );
});
