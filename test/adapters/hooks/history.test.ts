import { afterAll, expect, test } from "vitest";
import { removeRepositories } from "../../git-repository.ts";
import { hookRepository, type HookRepository } from "./hook-repository.ts";

/** Whose commit it is when the history moves on, or is written anew, after the agent's edit: real commits, row by row. */
afterAll(removeRepositories);

const claude = ["Assisted-by: claude-code:claude-opus-4-5", "AI-Session: s-1"];
const six = "1\n2\n3\n4\n5\n6\n";
const asIs = [...claude, "AI-Accepted: as-is"];

interface Row {
  says: string;
  does: (repository: HookRepository) => unknown;
  /** The trailers that git finds in HEAD afterwards. */
  trailers: readonly string[];
}

const spent: readonly Row[] = [
  {
    says: "a person's edit of the same file on another branch",
    does: async (r) => {
      await onFeature(r);
      r.git("switch", "--quiet", "main");
      r.write("f", "1\n2\n3 by hand\n4\n5\n6\n");
      r.commit("-m", "By hand");
    },
    trailers: [],
  },
  {
    says: "a person's own file of that name on another branch",
    does: async (r) => {
      base(r);
      r.git("switch", "--quiet", "-c", "feature");
      await r.agentWrites("new", six);
      r.commit("-m", "By the agent");
      r.git("switch", "--quiet", "main");
      r.write("new", "mine\n");
      r.commit("-m", "By hand");
    },
    trailers: [],
  },
  {
    says: "a person's edit after the agent's was reverted",
    does: async (r) => {
      await onFeature(r);
      r.git("revert", "--no-edit", "HEAD");
      r.write("f", "1\n2\n3 by hand\n4\n5\n6\n");
      r.commit("-m", "By hand");
    },
    trailers: [],
  },
  {
    says: "a person's edit after the agent's was thrown away with its branch",
    does: async (r) => {
      base(r);
      r.git("switch", "--quiet", "-c", "feature");
      r.write("other", "other\n");
      r.commit("-m", "Other");
      await r.agentWrites("f", `${six}7\n`);
      r.git("checkout", "--quiet", "f");
      r.git("switch", "--quiet", "main");
      r.write("f", "1\n2\n3 by hand\n4\n5\n6\n");
      r.commit("-m", "By hand");
    },
    trailers: [],
  },
  {
    says: "a person's edit after the agent's commit was taken back for good",
    does: async (r) => {
      await onFeature(r);
      r.git("reset", "--quiet", "--hard", "HEAD~1");
      r.write("f", "1\n2\n3 by hand\n4\n5\n6\n");
      r.commit("-m", "By hand");
    },
    trailers: [],
  },
  {
    says: "a person who takes an agent's file away",
    does: async (r) => {
      base(r);
      await r.agentWrites("f", `${six}7\n`);
      r.git("rm", "--quiet", "--force", "f");
      r.git("commit", "--quiet", "-m", "Away");
    },
    trailers: [],
  },
  {
    says: "another agent's edit of what this one committed",
    does: async (r) => {
      base(r);
      await r.agentWrites("f", `${six}7\n`, { session_id: "old" });
      r.commit("-m", "Old");
      await codexWrites(r, "f", `${six}7\n8\n`);
      r.commit("-m", "New");
    },
    trailers: ["Assisted-by: codex:gpt-5.3-codex", "AI-Session: c-1", "AI-Accepted: as-is"],
  },
  {
    says: "the same where the first commit ran no hook of ours",
    does: async (r) => {
      base(r);
      await r.agentWrites("f", `${six}7\n`, { session_id: "old" });
      r.git("add", "--all");
      r.git("-c", "core.hooksPath=/dev/null", "commit", "--quiet", "-m", "Old");
      await codexWrites(r, "f", `${six}7\n8\n`);
      r.commit("-m", "New");
    },
    trailers: ["Assisted-by: codex:gpt-5.3-codex", "AI-Session: c-1", "AI-Accepted: as-is"],
  },
];

test.each(spent)("not credited: $says", check);

const kept: readonly Row[] = [
  {
    says: "an edit that a new branch takes along",
    does: async (r) => {
      base(r);
      await r.agentWrites("f", `${six}7\n`);
      r.git("switch", "--quiet", "-c", "feature");
      r.commit("-m", "By the agent");
    },
    trailers: asIs,
  },
  {
    says: "an edit that an old branch takes along",
    does: async (r) => {
      base(r);
      r.git("switch", "--quiet", "-c", "feature");
      r.write("other", "other\n");
      r.commit("-m", "Other");
      await r.agentWrites("f", `${six}7\n`);
      r.git("switch", "--quiet", "main");
      r.commit("-m", "By the agent");
    },
    trailers: asIs,
  },
  {
    says: "an edit before the commit below was amended",
    does: async (r) => {
      base(r);
      await r.agentWrites("f", `${six}7\n`);
      r.git("commit", "--quiet", "--amend", "--allow-empty", "-m", "Base anew");
      r.commit("-m", "By the agent");
    },
    trailers: asIs,
  },
  {
    says: "an amended commit, again and again",
    does: async (r) => {
      base(r);
      await r.agentWrites("f", `${six}7\n`);
      r.commit("-m", "By the agent");
      r.git("commit", "--quiet", "--amend", "-m", "Anew");
      r.git("commit", "--quiet", "--amend", "-m", "And again");
      r.write("f", `${six}7\n8\n`);
      r.commit("--amend", "--no-edit");
    },
    trailers: [...claude, "AI-Accepted: edited"],
  },
  {
    says: "an agent's edit that is put into the commit before, which a person made",
    does: async (r) => {
      base(r);
      r.write("f", `${six}7\n`);
      r.commit("-m", "By hand");
      await r.agentWrites("f", `${six}7\n8\n9\n`);
      r.write("f", `${six}7\n8\nnine\n`);
      r.commit("--amend", "--no-edit");
    },
    trailers: [...claude, "AI-Accepted: edited"],
  },
  {
    says: "a person's edit that is put into the agent's commit",
    does: async (r) => {
      base(r);
      await r.agentWrites("f", `${six}7\n`);
      r.commit("-m", "By the agent");
      r.write("g", "by hand\n");
      r.commit("--amend", "--no-edit");
    },
    trailers: asIs,
  },
  {
    says: "a commit that was taken back and made anew",
    does: async (r) => {
      base(r);
      await r.agentWrites("f", `${six}7\n8\n9\n`);
      r.commit("-m", "By the agent");
      r.git("reset", "--quiet", "--soft", "HEAD~1");
      r.write("f", `${six}7\n8\nnine\n`);
      r.commit("-m", "Anew");
    },
    trailers: [...claude, "AI-Accepted: edited"],
  },
  {
    says: "two commits that were taken back and made one",
    does: async (r) => {
      base(r);
      await r.agentWrites("f", `${six}7\n`);
      r.commit("-m", "By the agent");
      await r.agentWrites("g", six);
      r.commit("-m", "By the agent too");
      r.git("reset", "--quiet", "--soft", "HEAD~2");
      r.commit("-m", "One");
    },
    trailers: asIs,
  },
  {
    says: "a part, and then the rest with a person's hand in it",
    does: async (r) => {
      base(r);
      await r.agentWrites("f", `first\n${six}7\n8\n`);
      r.write("part", `first\n${six}`);
      const blob = r.git("hash-object", "-w", "part");
      r.git("update-index", "--cacheinfo", `100644,${blob},f`);
      r.git("commit", "--quiet", "-m", "Part");
      r.write("f", `first\n${six}7\n8\n9\n`);
      r.git("commit", "--quiet", "-m", "Rest", "f");
    },
    trailers: [...claude, "AI-Accepted: edited"],
  },
  {
    says: "a file that git mv moved",
    does: async (r) => {
      base(r);
      await r.agentWrites("f", `${six}7\n`);
      r.git("add", "f");
      r.git("mv", "f", "g");
      r.git("commit", "--quiet", "-m", "Moved");
    },
    trailers: asIs,
  },
  {
    says: "a new file that was moved",
    does: async (r) => {
      base(r);
      await r.agentWrites("new", `${six}7\n`);
      r.git("add", "new");
      r.git("mv", "new", "newer");
      r.git("commit", "--quiet", "-m", "Moved");
    },
    trailers: asIs,
  },
  {
    says: "a stash over a change of the same file",
    does: async (r) => {
      base(r);
      await r.agentWrites("f", `${six}7\n`);
      r.git("stash");
      r.git("switch", "--quiet", "-c", "upstream");
      r.write("f", `0\n${six}`);
      r.git("-c", "core.hooksPath=/dev/null", "commit", "--quiet", "-am", "Upstream");
      r.git("switch", "--quiet", "main");
      r.git("merge", "--quiet", "--ff-only", "upstream");
      r.git("stash", "pop");
      r.commit("-m", "By the agent");
    },
    trailers: [...claude, "AI-Accepted: edited"],
  },
];

test.each(kept)("credited: $says", check);

test("a commit that took everything leaves nothing that the next one reads", async () => {
  const r = await hookRepository();
  await r.agentWrites("f", six);
  r.commit("-m", "By the agent");
  expect(r.git("ls-files", "--others", "--", ".git")).toBe("");
  expect(r.state("")).toEqual(["idle", "spent"]);
  expect(r.state("spent")).toEqual([r.git("rev-parse", "HEAD")]);
  await r.agentWrites("f", `${six}7\n`);
  expect(r.state("").filter((name) => name.endsWith(".session"))).toHaveLength(1);
  expect(r.state("idle")).toEqual([]);
});

async function check({ does, trailers }: Row): Promise<void> {
  const repository = await hookRepository();
  await does(repository);
  expect(repository.trailers()).toEqual(trailers);
}

function base(r: HookRepository): void {
  r.write("f", six);
  r.commit("-m", "Base");
}

/** The agent's commit on a branch of its own. */
async function onFeature(r: HookRepository): Promise<void> {
  base(r);
  r.git("switch", "--quiet", "-c", "feature");
  await r.prompt("Change f");
  await r.agentWrites("f", `${six}7\n`);
  r.commit("-m", "By the agent");
  expect(r.trailers().slice(0, 2)).toEqual(claude);
}

async function codexWrites(r: HookRepository, path: string, content: string): Promise<void> {
  r.write(path, content);
  const tool = { tool_name: "apply_patch", tool_input: { command: `*** Update File: ${path}\n` }, tool_response: "" };
  await r.hook({ hook_event_name: "PostToolUse", session_id: "c-1", model: "gpt-5.3-codex", ...tool }, {}, "codex");
}
