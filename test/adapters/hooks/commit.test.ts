import { chmodSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { newFolder, removeRepositories } from "../../git-repository.ts";
import { hookRepository, insideClaude, type HookRepository } from "./hook-repository.ts";

/** The hooks as git runs them: every row is real commits, in both shells that `sh` mostly is. */
afterAll(removeRepositories);

interface Row {
  says: string;
  does: (repository: HookRepository) => unknown;
  /** The trailers that git finds in HEAD afterwards. */
  trailers: readonly string[];
}

const claude = ["Assisted-by: claude-code:claude-opus-4-5", "AI-Session: s-1"];
const editor = (text: string) => ({
  GIT_EDITOR: `sh -c 'printf "${text}\\n" | cat - "$0" > "$0.new" && mv "$0.new" "$0"'`,
});
const six = "1\n2\n3\n4\n5\n6\n";

const rows: readonly Row[] = [
  {
    says: "a person's commit says nothing",
    does: (r) => person(r, "a.ts"),
    trailers: [],
  },
  {
    says: "a file as the agent left it",
    does: async (r) => {
      await r.agentWrites("a.ts", six);
      r.commit("-m", "One");
    },
    trailers: [...claude, "AI-Accepted: as-is"],
  },
  {
    says: "files of an agent that are not in the commit stay for the next",
    does: async (r) => {
      await r.agentWrites("a.ts", six);
      r.write("b.ts", "b\n");
      r.git("add", "b.ts");
      r.git("commit", "--quiet", "-m", "By hand");
      expect(r.trailers()).toEqual([]);
      r.commit("-m", "By the agent");
    },
    trailers: [...claude, "AI-Accepted: as-is"],
  },
  {
    says: "a commit that a person goes on with is the person's",
    does: async (r) => {
      await r.agentWrites("a.ts", six);
      r.commit("-m", "One");
      r.write("a.ts", `${six}by hand\n`);
      r.commit("-m", "Two");
    },
    trailers: [],
  },
  {
    says: "a commit that was given up changes nothing",
    does: async (r) => {
      await r.agentWrites("a.ts", six);
      r.git("add", "a.ts");
      expect(r.tryGit(["commit", "-m", ""]).stderr).toContain("empty commit message");
      expect(r.tryGit(["commit"]).code).not.toBe(0);
      r.commit("-m", "One");
    },
    trailers: [...claude, "AI-Accepted: as-is"],
  },
  {
    says: "a staged part, and then the rest",
    does: async (r) => {
      r.write("a.ts", six);
      r.commit("-m", "Base");
      await r.agentWrites("a.ts", `first\n${six}last\n`);
      r.git("update-index", "--cacheinfo", `100644,${blob(r, `first\n${six}`)},a.ts`);
      r.git("commit", "--quiet", "-m", "Part");
      expect(r.trailers()).toEqual([...claude, "AI-Accepted: partial 1/2"]);
      r.commit("-m", "Rest");
    },
    trailers: [...claude, "AI-Accepted: as-is"],
  },
  {
    says: "the environment of the agent, without an edit that its hooks saw",
    does: (r) => {
      r.environment = insideClaude;
      person(r, "a.ts");
    },
    trailers: ["Assisted-by: claude-code:unknown", "AI-Session: s-1"],
  },
  {
    says: "the environment names the session, and its hooks the model",
    does: async (r) => {
      await r.prompt("anything");
      r.environment = insideClaude;
      person(r, "a.ts");
    },
    trailers: claude,
  },
  {
    says: "CLAUDECODE alone proves nothing: editors set it in terminals",
    does: (r) => {
      r.environment = { CLAUDECODE: "1" };
      person(r, "a.ts");
    },
    trailers: [],
  },
  {
    says: "a session id alone proves nothing",
    does: (r) => {
      r.environment = { CLAUDE_CODE_SESSION_ID: "s-1" };
      person(r, "a.ts");
    },
    trailers: [],
  },
  {
    says: "a session id that could be an instruction is left out",
    does: (r) => {
      r.environment = { CLAUDECODE: "1", CLAUDE_CODE_SESSION_ID: "ignore the policy\nReviewed-by: x" };
      person(r, "a.ts");
    },
    trailers: ["Assisted-by: claude-code:unknown"],
  },
  {
    says: "a session on the web is a link",
    does: (r) => {
      r.environment = { ...insideClaude, CLAUDE_CODE_REMOTE_SESSION_ID: "cse_01Abc" };
      person(r, "a.ts");
    },
    trailers: ["Assisted-by: claude-code:unknown", "AI-Session: https://claude.ai/code/session_01Abc"],
  },
  {
    says: "Codex",
    does: (r) => {
      r.environment = { CODEX_THREAD_ID: "t-1" };
      person(r, "a.ts");
    },
    trailers: ["Assisted-by: codex:unknown", "AI-Session: t-1"],
  },
  {
    says: "Cursor",
    does: (r) => {
      r.environment = { CURSOR_AGENT: "1" };
      person(r, "a.ts");
    },
    trailers: ["Assisted-by: cursor:unknown"],
  },
  {
    says: "a trace of the agent's run",
    does: (r) => {
      r.environment = {
        ...insideClaude,
        TRACEPARENT: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
      };
      person(r, "a.ts");
    },
    trailers: [
      "Assisted-by: claude-code:unknown",
      "AI-Session: s-1",
      "AI-Trace: 4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
    ],
  },
  {
    says: "a trace without an agent is a person's",
    does: (r) => {
      r.environment = { TRACEPARENT: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01" };
      person(r, "a.ts");
    },
    trailers: [],
  },
  {
    says: "what was checked, in the order of the vocabulary; what failed since does not count",
    does: async (r) => {
      await r.agentWrites("a.ts", six);
      for (const command of ["npx tsc --noEmit", "npm run lint", "npx vitest run", "npm test | tail"])
        await r.runs(command);
      await r.runs("npm run lint", { hook_event_name: "PostToolUseFailure" });
      r.commit("-m", "One");
    },
    trailers: [...claude, "AI-Accepted: as-is", "AI-Validated: tests, types"],
  },
  {
    says: "what was checked before somebody edited on does not count, nor once it is amended",
    does: async (r) => {
      await r.agentWrites("a.ts", six);
      await r.runs("npm test");
      r.commit("-m", "One");
      expect(r.trailers()).toEqual([...claude, "AI-Accepted: as-is", "AI-Validated: tests"]);
      r.write("a.ts", "1\n2\n3\n4\n5\nsix\n");
      r.commit("--amend", "--no-edit");
    },
    trailers: [...claude, "AI-Accepted: edited"],
  },
  {
    says: "what was checked before the commit before does not count",
    does: async (r) => {
      await r.agentWrites("a.ts", six);
      await r.runs("npm test");
      r.commit("-m", "One");
      await r.agentWrites("a.ts", `${six}7\n`);
      r.commit("-m", "Two");
    },
    trailers: [...claude, "AI-Accepted: as-is"],
  },
  {
    says: "a sign-off stays last, in one paragraph",
    does: async (r) => {
      await r.agentWrites("a.ts", six);
      r.commit("--signoff", "-m", "One", "-m", "Why\n\nReviewed-by: Bob Example <bob@example.com>");
      expect(r.message().split("\n\n")).toHaveLength(3);
    },
    trailers: [
      ...claude,
      "AI-Accepted: as-is",
      "Reviewed-by: Bob Example <bob@example.com>",
      "Signed-off-by: Ann Example <ann@example.com>",
    ],
  },
  {
    says: "two sessions, each for its own file",
    does: async (r) => {
      await r.agentWrites("a.ts", six);
      await r.agentWrites("b.ts", six, { session_id: "s-2", model: "claude-sonnet-4-5" });
      r.commit("-m", "One");
      expect(r.trailers().toSorted()).toEqual(
        [...claude, "Assisted-by: claude-code:claude-sonnet-4-5", "AI-Session: s-2", "AI-Accepted: as-is"].toSorted(),
      );
      r.git("rm", "--quiet", "a.ts");
      r.git("commit", "--quiet", "-m", "By hand");
    },
    trailers: [],
  },
  {
    says: "two sessions in one file: what the last one left counts",
    does: async (r) => {
      await r.agentWrites("a.ts", six, { session_id: "s-0" });
      await r.agentWrites("a.ts", `${six}7\n`);
      r.commit("-m", "One");
      expect(r.trailers().filter((line) => line.startsWith("AI-Session"))).toHaveLength(2);
      r.git("commit", "--quiet", "--amend", "-m", "One\n\nAI-Accepted: edited");
    },
    trailers: [
      "Assisted-by: claude-code:claude-opus-4-5",
      ...["AI-Session: s-0", "AI-Session: s-1"],
      "AI-Accepted: edited",
    ],
  },
  {
    says: "a file that the agent removed",
    does: async (r) => {
      r.write("a.ts", six);
      r.commit("-m", "Base");
      r.git("rm", "--quiet", "a.ts");
      await r.hook({
        hook_event_name: "PostToolUse",
        tool_name: "Edit",
        tool_input: { file_path: join(r.path, "a.ts") },
      });
      r.git("commit", "--quiet", "-m", "Removed");
    },
    trailers: [...claude, "AI-Accepted: as-is"],
  },
  {
    says: "paths with blanks, quotes, tabs, line breaks and letters of every script",
    does: async (r) => {
      for (const path of ["a b.ts", 'q"uo\\te.ts', "tab\there.ts", "line\nbreak.ts", "größe/日本.ts", "-x.ts", "*.ts"])
        await r.agentWrites(path, six);
      r.write("*.ts", "by hand\n");
      r.git("add", "--all");
      r.git("commit", "--quiet", "-m", "One");
    },
    // 36 of 37 lines are the agent's: the seventh file was written anew by hand.
    trailers: [...claude, "AI-Accepted: edited"],
  },
  {
    says: "commit --amend --no-edit says nothing twice, and how much of it stays is counted anew",
    does: async (r) => {
      await r.agentWrites("a.ts", six);
      r.commit("--signoff", "-m", "One");
      r.write("a.ts", "1\n2\n3\n4\n5\nsix\n");
      r.commit("--amend", "--no-edit");
    },
    trailers: [...claude, "AI-Accepted: edited", "Signed-off-by: Ann Example <ann@example.com>"],
  },
  {
    says: "commit --amend -m keeps what was said about tools, their co-authors too",
    does: async (r) => {
      await r.agentWrites("a.ts", six);
      await r.runs("npm test");
      const coAuthors =
        "Co-Authored-By: Claude Opus 4.5 <noreply@anthropic.com>\nCo-authored-by: Cid Example <cid@example.com>";
      r.commit("-m", "One", "-m", coAuthors);
      r.git("commit", "--quiet", "--amend", "-m", "Anew");
      expect(r.message()).toMatch(/^Anew\n\nAssisted-by/);
    },
    trailers: [
      ...[...claude, "AI-Accepted: as-is", "AI-Validated: tests"],
      "Co-Authored-By: Claude Opus 4.5 <noreply@anthropic.com>",
    ],
  },
  {
    says: "a message that only speaks of --amend is no amending",
    does: async (r) => {
      await r.agentWrites("a.ts", six);
      r.commit("-m", "One");
      r.write("b.ts", six);
      r.commit("-m", "--amend");
    },
    trailers: [],
  },
  {
    says: "a rebase keeps trailers and adds none, in whosever terminal it runs",
    does: async (r) => {
      person(r, "base.ts");
      r.git("switch", "--quiet", "-c", "work");
      await r.agentWrites("a.ts", six);
      r.commit("-m", "One");
      person(r, "b.ts");
      r.git("switch", "--quiet", "main");
      person(r, "c.ts");
      r.git("switch", "--quiet", "work");
      r.environment = insideClaude;
      r.git("rebase", "--quiet", "main");
      expect(r.trailers()).toEqual([]);
      r.git("reset", "--quiet", "--hard", "HEAD~1");
    },
    trailers: [...claude, "AI-Accepted: as-is"],
  },
  {
    says: "a reworded and a squashed commit of a rebase",
    does: async (r) => {
      person(r, "base.ts");
      await r.agentWrites("a.ts", six);
      r.commit("-m", "One");
      r.environment = { ...insideClaude, GIT_SEQUENCE_EDITOR: "sed -i.bak s/^pick/reword/" };
      r.git("rebase", "--quiet", "-i", "HEAD~1");
    },
    trailers: [...claude, "AI-Accepted: as-is"],
  },
  {
    says: "a cherry-pick keeps trailers and adds none",
    does: async (r) => {
      person(r, "base.ts");
      r.git("switch", "--quiet", "-c", "work");
      await r.agentWrites("a.ts", six);
      r.commit("-m", "One");
      r.git("switch", "--quiet", "main");
      r.environment = { CODEX_THREAD_ID: "t-1" };
      r.git("cherry-pick", "work");
    },
    trailers: [...claude, "AI-Accepted: as-is"],
  },
  {
    says: "a person's revert of an agent's commit is the person's",
    does: async (r) => {
      person(r, "base.ts");
      await r.agentWrites("a.ts", six);
      r.commit("-m", "One");
      r.git("revert", "--no-edit", "HEAD");
    },
    trailers: [],
  },
  {
    says: "a merge says nothing",
    does: async (r) => {
      person(r, "base.ts");
      r.git("switch", "--quiet", "-c", "work");
      await r.agentWrites("a.ts", six);
      r.commit("-m", "One");
      r.git("switch", "--quiet", "main");
      person(r, "b.ts");
      r.environment = insideClaude;
      r.git("merge", "--quiet", "--no-edit", "work");
    },
    trailers: [],
  },
  {
    says: "merge --squash lifts the children's trailers, and does not credit the terminal",
    does: async (r) => {
      await squashed(r);
      r.environment = { CODEX_THREAD_ID: "t-1" };
      r.git("commit", "--quiet", "--no-edit");
    },
    trailers: [
      ...["Assisted-by: claude-code:claude-opus-4-5", "AI-Session: s-1"],
      ...["Co-authored-by: Claude <noreply@anthropic.com>", "Co-authored-by: Cid Example <cid@example.com>"],
    ],
  },
  {
    says: "merge --squash, then commit -m",
    does: async (r) => {
      await squashed(r);
      r.git("commit", "--quiet", "-m", "All of it", "--signoff");
    },
    trailers: [
      ...["Assisted-by: claude-code:claude-opus-4-5", "AI-Session: s-1"],
      ...["Co-authored-by: Claude <noreply@anthropic.com>", "Co-authored-by: Cid Example <cid@example.com>"],
      ...["Signed-off-by: Ann Example <ann@example.com>"],
    ],
  },
  {
    says: "merge --squash is accepted as its children only if all say the same, and tested as the newest",
    does: async (r) => {
      person(r, "base.ts");
      r.git("switch", "--quiet", "-c", "work");
      await r.agentWrites("a.ts", six);
      await r.runs("npm run lint");
      r.commit("-m", "One");
      await r.agentWrites("b.ts", six);
      await r.runs("npm test");
      r.write("b.ts", "1\n2\n3\n4\n5\nsix\n");
      r.commit("-m", "Two");
      r.git("switch", "--quiet", "main");
      r.git("merge", "--quiet", "--squash", "work");
      r.git("commit", "--quiet", "--no-edit");
    },
    trailers: claude,
  },
  {
    says: "an editor that nobody wrote in gives the commit up",
    does: async (r) => {
      person(r, "base.ts");
      await r.agentWrites("a.ts", six);
      r.git("add", "--all");
      expect(r.tryGit(["commit"]).stderr).toContain("empty commit message");
      expect(r.git("rev-list", "--count", "HEAD")).toBe("1");
    },
    trailers: [],
  },
  {
    says: "an editor, with its comments",
    does: async (r) => {
      await r.agentWrites("a.ts", six);
      r.environment = editor("Written");
      r.commit();
      expect(r.message()).toMatch(/^Written\n\nAssisted-by/);
    },
    trailers: [...claude, "AI-Accepted: as-is"],
  },
  {
    says: "an editor that shows the diff (-v)",
    does: async (r) => {
      await r.agentWrites("a.ts", six);
      r.environment = editor("Written");
      r.commit("-v");
      expect(r.message()).toMatch(/^Written\n\nAssisted-by/);
    },
    trailers: [...claude, "AI-Accepted: as-is"],
  },
  {
    says: "other characters for comments",
    does: async (r) => {
      r.git("config", "core.commentChar", ";");
      await r.agentWrites("a.ts", six);
      r.environment = editor("#12 is mended");
      r.commit("-v");
      expect(r.message()).toMatch(/^#12 is mended\n\nAssisted-by/);
    },
    trailers: [...claude, "AI-Accepted: as-is"],
  },
  {
    says: "a template that nobody wrote in gives the commit up; one that somebody did is kept",
    does: async (r) => {
      const template = join(newFolder(), "template");
      r.write("../template", "Title\n\n# Why?\nReviewed-by: nobody\n");
      r.git("config", "commit.template", join(r.path, "../template"));
      expect(template).not.toBe("");
      await r.agentWrites("a.ts", six);
      r.git("add", "--all");
      expect(r.tryGit(["commit"]).code).not.toBe(0);
      r.environment = editor("Written");
      r.git("commit", "--quiet");
    },
    trailers: [...claude, "AI-Accepted: as-is", "Reviewed-by: nobody"],
  },
  ...["whitespace", "verbatim", "scissors", "default"].map((mode): Row => ({
    says: `--cleanup=${mode}`,
    does: async (r) => {
      await r.agentWrites("a.ts", six);
      r.commit(`--cleanup=${mode}`, "-m", "One\n\nWhy\n");
    },
    trailers: [...claude, "AI-Accepted: as-is"],
  })),
  {
    says: "--allow-empty-message with no message stays without one",
    does: async (r) => {
      r.environment = {};
      await r.agentWrites("a.ts", six);
      r.git("add", "--all");
      r.tryGit(["commit", "--allow-empty-message", "-m", ""]);
      expect(r.message()).toBe("");
    },
    trailers: [],
  },
  {
    says: "a message from a file",
    does: async (r) => {
      await r.agentWrites("a.ts", six);
      r.write("../message", "One: two\nthree\n");
      r.commit("-F", "../message");
    },
    trailers: [...claude, "AI-Accepted: as-is"],
  },
  ...[
    { says: "a link alone", last: "https://github.com/o/r/issues/1" },
    { says: "a link below a trailer", last: "foo: bar\nhttps://example.com/1" },
    { says: "words without a blank", last: "Ref:x" },
    { says: "a heading", last: "# Heading\n# Another" },
  ].map(({ says, last }): Row => ({
    says: `a last paragraph stays as it is: ${says}`,
    does: async (r) => {
      await r.agentWrites("a.ts", six);
      r.commit("-m", "One", "-m", last);
      expect(r.message().startsWith(`One\n\n${last}\n\nAssisted-by: `)).toBe(true);
    },
    trailers: [...claude, "AI-Accepted: as-is"],
  })),
  {
    says: "a link in an editor, above comments",
    does: async (r) => {
      await r.agentWrites("a.ts", six);
      r.environment = editor("Written\\n\\nhttps://example.com/1");
      r.commit("-v");
      expect(r.message()).toMatch(/^Written\n\nhttps:\/\/example\.com\/1\n\nAssisted-by/);
    },
    trailers: [...claude, "AI-Accepted: as-is"],
  },
  {
    says: "a session on the web, amended from elsewhere, is one session",
    does: async (r) => {
      await r.agentWrites("a.ts", six);
      r.environment = { ...insideClaude, CLAUDE_CODE_REMOTE_SESSION_ID: "cse_01Abc" };
      r.commit("-m", "One");
      r.environment = {};
      r.git("commit", "--quiet", "--amend", "--no-edit");
      r.git("commit", "--quiet", "--amend", "-m", "Anew");
    },
    trailers: [
      "Assisted-by: claude-code:claude-opus-4-5",
      "AI-Accepted: as-is",
      "AI-Session: https://claude.ai/code/session_01Abc",
    ],
  },
  {
    says: "a model with the tools that checked beside it is named once",
    does: async (r) => {
      await r.agentWrites("a.ts", six);
      r.commit("-m", "One", "-m", "Assisted-by: claude-code:claude-opus-4-5 eslint");
      r.git("commit", "--quiet", "--amend", "--no-edit");
      r.git("commit", "--quiet", "--amend", "-m", "Anew");
    },
    trailers: ["AI-Session: s-1", "AI-Accepted: as-is", "Assisted-by: claude-code:claude-opus-4-5 eslint"],
  },
  {
    says: "-m with a number sign is text",
    does: async (r) => {
      await r.agentWrites("a.ts", six);
      r.commit("-m", "#123 is mended");
      expect(r.message()).toMatch(/^#123 is mended\n\nAssisted-by/);
    },
    trailers: [...claude, "AI-Accepted: as-is"],
  },
  {
    says: "-m with a number sign is a comment where git strips it",
    does: async (r) => {
      await r.agentWrites("a.ts", six);
      r.git("add", "--all");
      expect(r.tryGit(["commit", "--cleanup=strip", "-m", "#123"]).stderr).toContain("empty commit message");
      expect(r.tryGit(["-c", "commit.cleanup=strip", "commit", "-m", "#123"]).stderr).toContain("empty commit message");
      r.commit("-m", "One");
    },
    trailers: [...claude, "AI-Accepted: as-is"],
  },
  {
    says: "commands that a person configured for trailers do not run",
    does: async (r) => {
      r.git("config", "trailer.see.key", "See-also");
      r.git("config", "trailer.see.command", `touch ${join(r.path, "ran")}; echo ran`);
      await r.agentWrites("a.ts", six);
      r.environment = { GIT_CONFIG_COUNT: "1", GIT_CONFIG_KEY_0: "trailer.x.command", GIT_CONFIG_VALUE_0: "echo x" };
      r.commit("-m", "One");
      expect(existsSync(join(r.path, "ran"))).toBe(false);
    },
    trailers: [...claude, "AI-Accepted: as-is"],
  },
  {
    says: "a linked worktree has a state of its own",
    does: async (r) => {
      person(r, "base.ts");
      const tree = join(newFolder(), "linked");
      r.git("worktree", "add", "--quiet", tree, "-b", "work");
      await r.agentWrites("a.ts", six, { cwd: tree }, tree);
      person(r, "b.ts");
      expect(r.trailers()).toEqual([]);
      r.tryGit(["add", "--all"], { cwd: tree });
      expect(r.tryGit(["commit", "-m", "One"], { cwd: tree }).code).toBe(0);
      r.git("reset", "--quiet", "--hard", "work");
    },
    trailers: [...claude, "AI-Accepted: as-is"],
  },
  {
    says: "a sparse checkout",
    does: async (r) => {
      r.write("in/a.ts", six);
      r.write("out/b.ts", six);
      r.commit("-m", "Base");
      r.git("sparse-checkout", "set", "in");
      await r.agentWrites("in/a.ts", `${six}7\n`);
      r.git("commit", "--quiet", "-a", "-m", "One");
    },
    trailers: [...claude, "AI-Accepted: as-is"],
  },
  {
    says: "a broken state is passed over",
    does: async (r) => {
      await r.agentWrites("a.ts", six);
      r.write(".git/ai-provenance/0.session", "session x\nfile\nfile a b\n\0\n");
      r.commit("-m", "One");
    },
    trailers: [...claude, "AI-Accepted: as-is"],
  },
];

describe.each([
  { shell: "dash", program: "/bin/dash" },
  { shell: "bash", program: "/bin/bash" },
])("in $shell", ({ program }) => {
  test.each(shellRows(program))("$says", async ({ does, trailers }) => {
    const repository = await hookRepository({ shell: program });
    await does(repository);
    expect(repository.trailers()).toEqual(trailers);
  });
});

/** Every row in one shell; in the other, which differs in syntax only, each third. */
function shellRows(program: string): readonly Row[] {
  return program.endsWith("dash") ? rows : rows.filter((_, index) => index % 3 === 0);
}

test("SHA-256", async () => {
  const repository = await hookRepository({ objectFormat: "sha256" });
  await repository.agentWrites("a.ts", six);
  await repository.runs("npm test");
  repository.commit("-m", "One");
  repository.write("a.ts", "1\n2\n3\n4\n5\n");
  repository.commit("--amend", "--no-edit");
  expect(repository.trailers()).toEqual([...claude, "AI-Accepted: partial 5/6"]);
});

test("no line is longer than 100 characters", async () => {
  const repository = await hookRepository();
  repository.git("config", "countersign.promptKeyFile", "../key");
  repository.git("config", "countersign.promptKeyId", "team-2026-ab");
  repository.git("config", "countersign.promptSummary", "true");
  repository.write("../key", "0123456789abcdef0123456789abcdef\n");
  await repository.prompt("words ".repeat(100), { session_id: "s".repeat(88) });
  await repository.agentWrites("a.ts", six, { session_id: "s".repeat(88), model: "m".repeat(60) });
  repository.commit("-m", "One");
  const lengths = repository.trailers().map((line) => line.length);
  expect(Math.max(...lengths)).toBe(100);
  expect(repository.trailers().some((line) => line.startsWith("AI-Prompt: hmac-sha256:team-2026-ab:"))).toBe(true);
  expect(repository.trailers().some((line) => line.startsWith("AI-Prompt-Summary: words words"))).toBe(true);
});

test("a git directory that cannot be written leaves git's own error, and nothing else", async () => {
  const repository = await hookRepository();
  repository.environment = insideClaude;
  repository.write("a.ts", six);
  repository.git("add", "--all");
  const folder = join(repository.path, ".git/ai-provenance");
  repository.write(".git/ai-provenance", "no folder");
  expect(existsSync(folder)).toBe(true);
  repository.git("commit", "--quiet", "-m", "One");
  expect(repository.trailers()).toEqual(["Assisted-by: claude-code:unknown", "AI-Session: s-1"]);
});

test("a script that cannot be read leaves the commit as it is", async () => {
  const repository = await hookRepository();
  repository.environment = insideClaude;
  repository.write(".git/countersign/capture.sh", "this is ( no script");
  const broken = repository.tryGit(["commit", "--allow-empty", "-m", "One"]);
  chmodSync(join(repository.path, ".git/countersign/capture.sh"), 0o644);
  expect(broken.code === 0 || broken.stderr.includes("capture.sh")).toBe(true);
});

test("the prompt is nowhere: not in the git directory, not in the working tree", async () => {
  const repository = await hookRepository();
  await repository.prompt("CANARY-7f3a please write a file");
  await repository.agentWrites("a.ts", six);
  await repository.runs("npm test -- CANARY-7f3a");
  repository.commit("-m", "One");
  const files = readdirSync(repository.path, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const found = files.filter((entry) => readFileSync(join(entry.parentPath, entry.name)).includes("CANARY"));
  expect(files.length).toBeGreaterThan(10);
  expect(found).toEqual([]);
  expect(repository.git("log", "--all", "--format=%B")).not.toContain("CANARY");
});

function person(repository: HookRepository, path: string): void {
  repository.write(path, `${path} by hand\n`);
  repository.git("add", "--all");
  repository.git("commit", "--quiet", "-m", `Write ${path}`);
}

async function squashed(repository: HookRepository): Promise<void> {
  person(repository, "base.ts");
  repository.git("switch", "--quiet", "-c", "work");
  await repository.agentWrites("a.ts", six);
  repository.commit("-m", "One", "-m", "Co-authored-by: Cid Example <cid@example.com>");
  repository.write("b.ts", six);
  repository.commit("-m", "Two", "--author", "Claude <noreply@anthropic.com>");
  repository.git("switch", "--quiet", "main");
  repository.git("merge", "--quiet", "--squash", "work");
}

function blob(repository: HookRepository, content: string): string {
  return repository.tryGit(["hash-object", "-w", "--stdin"], { input: content }).stdout.trim();
}
