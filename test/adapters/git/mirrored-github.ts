import { afterAll, afterEach, beforeEach, expect } from "vitest";
import { mirrorLimits, openMirrors, type MirrorLimits, type Mirrors } from "../../../adapters/git/mirror.ts";
import { readChange, type ReadChangeOptions } from "../../../adapters/git/read-change.ts";
import { resolveRange } from "../../../adapters/git/resolve-range.ts";
import type { Change } from "../../../core/change/change.ts";
import { newFolder, removeRepositories, type CommitRequest } from "../../git-repository.ts";
import { startGitHub, type GitHub } from "../../github/github.ts";
import type { RepositoryHandle } from "../../github/repository.ts";

/** A repository on a GitHub of its own for each test, and a mirror of it, which is filled over HTTP. */
export interface Mirrored {
  orders: RepositoryHandle;
  /** Commits on top of main in one process of git, and the branch `refunds` where they end. */
  push: (commits: readonly CommitRequest[]) => string[];
  /** What is read from main to the head: in the one mirror, or in a new one that has other limits. */
  read: (head: string, options?: ReadChangeOptions, limits?: Partial<MirrorLimits>) => Promise<Change>;
}

/** For a test file: what is returned is good within its tests. */
export function useMirrored(): Mirrored {
  let github: GitHub;
  let orders: RepositoryHandle;
  let mirrors: Mirrors;
  beforeEach(async () => {
    github = await startGitHub();
    orders = github.repository("octo/orders", { isPrivate: true, files: { "a.ts": "1\n" } });
    mirrors = openMirrors(newFolder("mirrors"));
  });
  afterEach(() => {
    expect(github.violations).toEqual([]);
    github.close();
  });
  afterAll(removeRepositories);
  return {
    get orders() {
      return orders;
    },
    push: (commits) => {
      const after = (step: number) => [step === 0 ? orders.tip() : `:${step}`];
      const made = orders.state.git.commitAll(
        commits.map((commit, step) => ({ branch: "made", parents: after(step), ...commit })),
      );
      orders.setBranch("refunds", made.at(-1)!);
      return made;
    },
    read: async (head, options = {}, limits) => {
      const base = orders.tip();
      const remote = { url: `${github.url}/octo/orders`, token: github.token(github.install("octo")) };
      const request = { repository: orders.id, remote, keep: "pull/1", base, head, others: [] };
      const used = limits === undefined ? mirrors : openMirrors(newFolder("mirrors"), { ...mirrorLimits, ...limits });
      return used.use(request, new AbortController().signal, async (repository) => {
        const range = await resolveRange(repository, { event: "pull_request", base, head, workTree: false });
        return readChange(range, { repository: null, ...options });
      });
    },
  };
}

/** A change in numbers. */
export function counted({ commits, files, incomplete }: Change): object {
  const sum = (key: "addedLines" | "deletedLines") => files.reduce((total, file) => total + file[key], 0);
  return {
    ...{ commits: commits.length, last: commits.at(-1)?.sha, incomplete },
    ...{ files: files.length, added: sum("addedLines"), deleted: sum("deletedLines") },
  };
}

/** The same numbers as git says them where the change came from. */
export function countedByGit(repository: RepositoryHandle, head: string): object {
  const { git } = repository.state;
  const numbers = git.text(["diff", "--numstat", "-M50%", "-l1000", repository.tip(), head]).split("\n");
  const sum = (column: number) => numbers.reduce((total, line) => total + Number(line.split("\t")[column]), 0);
  return {
    ...{
      commits: Number(git.text(["rev-list", "--count", `${repository.tip()}..${head}`])),
      last: head,
      incomplete: [],
    },
    ...{ files: numbers.length, added: sum(0), deleted: sum(1) },
  };
}
