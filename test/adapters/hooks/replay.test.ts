import { afterAll, expect, test } from "vitest";
import { removeRepositories } from "../../git-repository.ts";
import { hookRepository, insideClaude, type HookRepository } from "./hook-repository.ts";

/** What merges, squashes and rebases make of what their commits say of tools: real commits, row by row. */
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

const merges: readonly Row[] = [
  {
    says: "merge --no-commit, then commit -m",
    does: async (r) => {
      await branches(r);
      r.git("merge", "--quiet", "--no-ff", "--no-commit", "work");
      r.git("commit", "--quiet", "-m", "Merge");
    },
    trailers: [],
  },
  {
    says: "a conflict that a person resolves",
    does: async (r) => {
      await branches(r);
      r.write("a.ts", "1\nmine\n");
      r.commit("-m", "By hand");
      expect(r.tryGit(["merge", "work"]).code).toBe(1);
      r.write("a.ts", six);
      r.commit("-m", "Merge");
    },
    trailers: [],
  },
  {
    says: "a merge that is amended",
    does: async (r) => {
      await branches(r);
      r.git("merge", "--quiet", "--no-ff", "--no-edit", "work");
      r.environment = insideClaude;
      r.git("commit", "--quiet", "--amend", "--no-edit");
    },
    trailers: [],
  },
  {
    says: "a merge that is amended with -m, by what was written into it",
    does: async (r) => {
      await branches(r);
      r.git("merge", "--quiet", "--no-ff", "-m", "Merge\n\nAssisted-by: aider:gpt-5", "work");
      r.git("commit", "--quiet", "--amend", "-m", "Merge anew");
    },
    trailers: ["Assisted-by: aider:gpt-5"],
  },
];

test.each(merges)("a merge: $says", check);

const quoting = `Explain trailers

Write them as

    Assisted-by: aider:gpt-5
    Co-authored-by: Claude <noreply@anthropic.com>

Assisted-by: in the middle of the text

Signed-off-by: Ann Example <ann@example.com>`;

const squashes: readonly Row[] = [
  {
    says: "what a child quotes is none of its trailers",
    does: (r) => {
      person(r, "base.ts");
      r.git("switch", "--quiet", "-c", "work");
      r.write("docs.md", "docs\n");
      r.commit("-m", quoting);
      squash(r);
    },
    trailers: [],
  },
  {
    says: "children that are all accepted alike",
    does: async (r) => {
      await branches(r);
      r.git("switch", "--quiet", "work");
      await r.agentWrites("b.ts", six);
      await r.runs("npm test");
      r.commit("-m", "Two");
      squash(r);
    },
    trailers: [...asIs, "AI-Validated: tests"],
  },
  {
    says: "a person's commit of the same lines",
    does: async (r) => {
      await branches(r);
      r.git("switch", "--quiet", "work");
      r.write("a.ts", "one\ntwo\nthree\n");
      r.commit("-m", "Rewritten");
      squash(r);
    },
    trailers: claude,
  },
  {
    says: "a person's hand before the squash is committed",
    does: async (r) => {
      await branches(r);
      squash(r, () => r.write("a.ts", `${six}mine\n`));
    },
    trailers: claude,
  },
  {
    says: "a squash that was given up, and a file of one's own",
    does: async (r) => {
      await branches(r);
      squash(r, () => {
        r.git("rm", "--quiet", "--cached", "a.ts");
        r.git("clean", "--quiet", "--force");
        r.write("mine.ts", "mine\n");
      });
    },
    trailers: [],
  },
  {
    says: "a squash that was given up, and the same file by hand",
    does: async (r) => {
      await branches(r);
      squash(r, () => {
        r.git("rm", "--quiet", "--force", "a.ts");
        r.write("a.ts", "mine\n");
      });
    },
    trailers: [],
  },
  {
    says: "the tool's child left out",
    does: async (r) => {
      await branches(r);
      r.git("switch", "--quiet", "work");
      person(r, "c.ts");
      squash(r, () => {
        r.git("rm", "--quiet", "--cached", "a.ts");
        r.git("clean", "--quiet", "--force");
      });
    },
    trailers: [],
  },
  {
    says: "a child with a person's lines, where both sides changed the file",
    does: async (r) => {
      r.write("f", six);
      r.commit("-m", "Base");
      r.git("switch", "--quiet", "-c", "work");
      await r.agentWrites("f", `${six}7\n8\n`);
      r.commit("-m", "By the agent");
      r.git("switch", "--quiet", "main");
      r.write("f", `0\n${six}`);
      r.commit("-m", "By hand");
      squash(r);
    },
    trailers: claude,
  },
];

test.each(squashes)("a squash: $says", check);

test("a squash of 600 commits is done in time, and reads the newest 500", async () => {
  const r = await hookRepository();
  person(r, "base.ts");
  r.git("switch", "--quiet", "-c", "work");
  const commits = Array.from({ length: 600 }, (_, index) => fastImport(index)).join("");
  expect(r.tryGit(["fast-import", "--quiet"], { input: commits }).code).toBe(0);
  r.git("reset", "--quiet", "--hard", "imported");
  const start = performance.now();
  squash(r);
  expect(r.trailers()).toContain("Assisted-by: codex:gpt-5");
  expect(r.trailers().filter((line) => line.startsWith("AI-Session: "))).toHaveLength(500);
  expect(performance.now() - start).toBeLessThan(20_000);
});

const rebases: readonly Row[] = [
  {
    says: "fixup of the agent's commit into a person's",
    does: async (r) => {
      await personThenAgent(r);
      rebase(r, "2s/^pick/fixup/");
      expect(r.message()).toMatch(/^Write b\.ts\n\nAssisted-by/);
    },
    trailers: claude,
  },
  {
    says: "squash of the agent's commit into a person's",
    does: async (r) => {
      await personThenAgent(r);
      rebase(r, "2s/^pick/squash/");
    },
    trailers: claude,
  },
  {
    says: "commit --fixup by the agent, and --autosquash",
    does: async (r) => {
      person(r, "base.ts");
      person(r, "b.ts");
      await r.agentWrites("a.ts", six);
      r.commit("--fixup", "HEAD");
      r.environment = { GIT_SEQUENCE_EDITOR: "true" };
      r.git("rebase", "--quiet", "-i", "--autosquash", "HEAD~2");
      expect(r.git("rev-list", "--count", "HEAD")).toBe("2");
    },
    trailers: claude,
  },
  {
    says: "fixup of a person's commit into the agent's: no longer as it was left",
    does: async (r) => {
      await agentThenPerson(r);
      rebase(r, "2s/^pick/fixup/");
    },
    trailers: claude,
  },
  {
    says: "squash of a person's commit into the agent's",
    does: async (r) => {
      await agentThenPerson(r);
      rebase(r, "2s/^pick/squash/");
    },
    trailers: claude,
  },
  {
    says: "two fixups, of a person and of the agent",
    does: async (r) => {
      await agentThenPerson(r);
      await r.agentWrites("c.ts", six, { session_id: "s-2" });
      r.commit("-m", "By the agent");
      rebase(r, "2,3s/^pick/fixup/", 3);
    },
    trailers: [...claude, "AI-Session: s-2"],
  },
  {
    says: "two commits of the agent as one",
    does: async (r) => {
      person(r, "base.ts");
      await r.agentWrites("a.ts", six);
      await r.runs("npm test");
      r.commit("-m", "One");
      await r.agentWrites("b.ts", six);
      await r.runs("npm run lint");
      r.commit("-m", "Two");
      rebase(r, "2s/^pick/fixup/");
    },
    trailers: [...asIs, "AI-Validated: lint"],
  },
  {
    says: "commit --amend -m while the rebase is stopped",
    does: async (r) => {
      person(r, "base.ts");
      await r.agentWrites("a.ts", six);
      r.commit("-m", "One");
      rebase(r, "1s/^pick/edit/", 1);
      r.git("commit", "--quiet", "--amend", "-m", "Anew");
      r.git("rebase", "--continue");
      expect(r.message()).toMatch(/^Anew\n/);
    },
    trailers: asIs,
  },
  {
    says: "an amended commit with another content after a rebase: nobody measured it",
    does: async (r) => {
      await personThenAgent(r);
      r.git("switch", "--quiet", "-c", "other", "HEAD~1");
      person(r, "other.ts");
      r.git("rebase", "--quiet", "other", "main");
      r.write("a.ts", "mine\n");
      r.commit("--amend", "--no-edit");
    },
    trailers: claude,
  },
];

test.each(rebases)("a rebase: $says", check);

const reverts: readonly Row[] = [
  {
    says: "revert -n and commit by the agent",
    does: (r) => {
      person(r, "base.ts");
      person(r, "b.ts");
      r.environment = insideClaude;
      r.git("revert", "-n", "HEAD");
      r.git("commit", "--quiet", "-m", "Revert");
    },
    trailers: ["Assisted-by: claude-code:unknown", "AI-Session: s-1"],
  },
  {
    says: "several by the agent",
    does: (r) => {
      for (const path of ["base.ts", "b.ts", "c.ts"]) person(r, path);
      r.environment = insideClaude;
      r.git("revert", "--no-edit", "HEAD", "HEAD~1");
    },
    trailers: ["Assisted-by: claude-code:unknown", "AI-Session: s-1"],
  },
  {
    says: "several by a person",
    does: async (r) => {
      await personThenAgent(r);
      r.git("revert", "--no-edit", "HEAD", "HEAD~1");
    },
    trailers: [],
  },
];

test.each(reverts)("a revert: $says", check);

async function check({ does, trailers }: Row): Promise<void> {
  const repository = await hookRepository();
  await does(repository);
  // In what order they stand means nothing.
  expect(repository.trailers().toSorted()).toEqual([...trailers].toSorted());
}

function person(r: HookRepository, path: string): void {
  r.write(path, `${path} by hand\n`);
  r.commit("-m", `Write ${path}`);
}

/** `work` with a commit of the agent, and `main` beside it with one of a person, which is checked out. */
async function branches(r: HookRepository): Promise<void> {
  person(r, "base.ts");
  r.git("switch", "--quiet", "-c", "work");
  await r.agentWrites("a.ts", six);
  r.commit("-m", "One");
  expect(r.trailers()).toEqual(asIs);
  r.git("switch", "--quiet", "main");
  person(r, "b-of-main.ts");
}

async function personThenAgent(r: HookRepository): Promise<void> {
  person(r, "base.ts");
  person(r, "b.ts");
  await r.agentWrites("a.ts", six);
  r.commit("-m", "By the agent");
}

async function agentThenPerson(r: HookRepository): Promise<void> {
  person(r, "base.ts");
  await r.agentWrites("a.ts", six);
  await r.runs("npm test");
  r.commit("-m", "By the agent");
  person(r, "b.ts");
}

/** The commits of `work` as one commit of `main`; `between` is what a person does before it is committed. */
function squash(r: HookRepository, between: () => unknown = () => undefined): void {
  r.git("switch", "--quiet", "main");
  r.git("merge", "--quiet", "--squash", "work");
  between();
  r.commit("-m", "Squashed");
}

function rebase(r: HookRepository, edit: string, commits = 2): void {
  r.environment = { GIT_SEQUENCE_EDITOR: `sed -i.bak -e '${edit}'` };
  r.git("rebase", "--quiet", "-i", `HEAD~${commits}`);
}

/** One commit of a tool, in the words of git-fast-import. */
function fastImport(index: number): string {
  const message = `Change ${index}\n\nAssisted-by: codex:gpt-5\nAI-Session: s-${index}\nCo-authored-by: P${index} <p${index}@example.com>\n`;
  const from = index === 0 ? "from refs/heads/work^0\n" : "";
  return `commit refs/heads/imported
committer Ann Example <ann@example.com> ${1_700_000_000 + index} +0000
data ${message.length}
${message}${from}M 100644 inline f-${index}
data 2
x

`;
}
