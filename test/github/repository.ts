import type { CommitRequest } from "../git-repository.ts";
import { createCheckRun, setStatus, type CheckChange } from "./doings/checks.ts";
import { endMergeGroup, makeMergeGroup } from "./doings/merging.ts";
import { openPull, type NewPull } from "./doings/pulls.ts";
import { branchMoved } from "./doings/pushes.ts";
import * as repositories from "./doings/repositories.ts";
import { tellRun } from "./doings/runs.ts";
import { fullName } from "./find.ts";
import { setRef, tipOf } from "./git.ts";
import type { GitHub } from "./github.ts";
import { PullHandle } from "./pull.ts";
import type {
  Artifact,
  CheckRun,
  MergeGroup,
  Permission,
  Repository,
  Signature,
  Status,
  WorkflowRun,
} from "./state.ts";

/** A repository, and what people do in it. */
export class RepositoryHandle {
  readonly github: GitHub;
  readonly state: Repository;

  constructor(github: GitHub, state: Repository) {
    this.github = github;
    this.state = state;
  }

  get id(): number {
    return this.state.id;
  }

  get fullName(): string {
    return fullName(this.state);
  }

  /** The bare repository on disk. */
  get path(): string {
    return this.state.git.path;
  }

  tip(branch = "main"): string {
    const sha = tipOf(this.state, branch);
    if (sha === null) throw new Error(`there is no branch ${branch}`);
    return sha;
  }

  /** One commit more on a branch, and everything that follows from a push. A new branch starts at main, or at `from`. */
  push(branch: string, commit: CommitRequest & { from?: string } = {}, by = "octo-owner"): string {
    this.github.user(by);
    const before = tipOf(this.state, branch);
    const { from, ...request } = commit;
    const start = before ?? tipOf(this.state, from ?? this.state.defaultBranch);
    const person = `${by} <${by}@example.com>`;
    const parents = request.parents ?? (start === null ? [] : [start]);
    const after = this.state.git.commit({ author: person, ...request, branch, parents });
    branchMoved(this.github.world, this.state, branch, { before, after, sender: by });
    return after;
  }

  /** Another history in place of the branch's: `onto` is where it starts, main's tip unless told. */
  forcePush(branch: string, commit: CommitRequest & { onto?: string } = {}, by = "octo-owner"): string {
    const { onto, ...request } = commit;
    return this.push(branch, { ...request, parents: [onto ?? this.tip(this.state.defaultBranch)] }, by);
  }

  /** A branch put where a commit is, or taken away. */
  setBranch(branch: string, after: string | null, by = "octo-owner"): void {
    const before = tipOf(this.state, branch);
    setRef(this.state, `refs/heads/${branch}`, after);
    branchMoved(this.github.world, this.state, branch, { before, after, sender: this.github.user(by).login });
  }

  pullRequest(request: Partial<Omit<NewPull, "from">> & { head: string; from?: RepositoryHandle }): PullHandle {
    const { title = "Change", base = this.state.defaultBranch, author = "mona", from, ...rest } = request;
    this.github.user(author);
    const full = { title, base, author, ...rest, ...(from === undefined ? {} : { from: from.state }) };
    return new PullHandle(this, openPull(this.github.world, this.state, full));
  }

  pull(number: number): PullHandle {
    const found = this.state.pulls.get(number);
    if (found === undefined) throw new Error(`there is no #${number}`);
    return new PullHandle(this, found);
  }

  fork(owner: string, name?: string): RepositoryHandle {
    this.github.user(owner);
    return new RepositoryHandle(this.github, repositories.forkRepository(this.github.world, this.state, owner, name));
  }

  collaborator(login: string, permission: Permission | null): void {
    this.github.user(login);
    repositories.setCollaborator(this.github.world, this.state, login, permission, "octo-owner");
  }

  /** A ruleset's rule for a branch: `required_status_checks`, `pull_request`, `merge_queue` … */
  rule(branch: string, type: string, parameters?: Record<string, unknown>): void {
    const rule = { branch, type, ruleset_id: 1 };
    this.state.rules.push(parameters === undefined ? rule : { ...rule, parameters });
  }

  /** Classic branch protection, laid over GitHub's least answer. */
  protect(branch: string, protection: Record<string, unknown>): void {
    this.state.protections.set(branch, protection);
  }

  sign(sha: string, signature: Partial<Signature> = {}): void {
    this.state.signatures.set(sha, { isValid: true, wasSignedByGitHub: false, signer: null, ...signature });
  }

  /** A check of another App: GitHub Actions unless told. */
  checkRun(headSha: string, name: string, change: CheckChange = {}, app = 15368): CheckRun {
    return createCheckRun(this.github.world, this.state, app, { ...change, name, headSha });
  }

  status(sha: string, context: string, state: string, by = "octo-owner"): Status {
    return setStatus(this.github.world, this.state, { sha, context, state }, by);
  }

  workflowRun(run: Partial<WorkflowRun> & { headSha: string }): WorkflowRun {
    const full: WorkflowRun = {
      ...{ id: this.github.world.serial(), name: "gate", path: ".github/workflows/gate.yml", event: "pull_request" },
      ...{ headBranch: "refunds", status: "completed", conclusion: "success", actor: "mona" },
      ...{ headRepository: this.state.id, ...run },
    };
    this.state.runs.push(full);
    tellRun(this.github.world, this.state, full);
    return full;
  }

  artifact(run: WorkflowRun, name: string, zip: Buffer): Artifact {
    const artifact = { id: this.github.world.serial(), run: run.id, name, zip, expired: false };
    this.state.artifacts.push(artifact);
    return artifact;
  }

  mergeGroup(...numbers: readonly number[]): MergeGroup {
    return makeMergeGroup(this.github.world, this.state, numbers);
  }

  endMergeGroup(group: MergeGroup, how: "merged" | "invalidated"): void {
    endMergeGroup(this.github.world, this.state, group, how === "merged");
  }

  rename(name: string): void {
    repositories.renameRepository(this.github.world, this.state, name, "octo-owner");
  }

  transfer(owner: string): void {
    if (!this.github.world.accounts.has(owner.toLowerCase())) this.github.organization(owner);
    repositories.transferRepository(this.github.world, this.state, owner, "octo-owner");
  }

  setPrivate(isPrivate: boolean): void {
    repositories.setVisibility(this.github.world, this.state, isPrivate, "octo-owner");
  }

  delete(): void {
    repositories.deleteRepository(this.github.world, this.state, "octo-owner");
  }
}
