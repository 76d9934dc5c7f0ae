import { addComment, addLabel, deleteComment, editComment, removeLabel } from "./doings/notes.ts";
import { askAgain } from "./doings/checks.ts";
import { mergePull, type MergeMethod } from "./doings/merging.ts";
import * as pulls from "./doings/pulls.ts";
import type { RepositoryHandle } from "./repository.ts";
import type { CheckRun, Comment, PullRequest, Review, ReviewState, World } from "./state.ts";

/** A pull request, and what people do to it. */
export class PullHandle {
  readonly repository: RepositoryHandle;
  readonly state: PullRequest;

  constructor(repository: RepositoryHandle, state: PullRequest) {
    this.repository = repository;
    this.state = state;
  }

  get number(): number {
    return this.state.number;
  }

  get head(): string {
    return this.state.headSha;
  }

  /** On the head as it is now, or on an earlier commit. */
  review(user: string, state: ReviewState, more: { body?: string; commit?: string | null } = {}): Review {
    return pulls.submitReview(this.#world, this.state, { user: this.#who(user), state, ...more });
  }

  dismiss(review: Review, by = "octo-owner"): void {
    pulls.dismissReview(this.#world, this.state, review.id, this.#who(by));
  }

  comment(by: string, body: string): Comment {
    return addComment(this.#world, this.state, body, this.#who(by));
  }

  editComment(comment: Comment, body: string, by = comment.user): void {
    editComment(this.#world, this.repository.state, comment, body, this.#who(by));
  }

  deleteComment(comment: Comment, by = comment.user): void {
    deleteComment(this.#world, this.repository.state, comment, this.#who(by));
  }

  label(name: string, by = "octo-owner"): void {
    addLabel(this.#world, this.state, name, this.#who(by));
  }

  unlabel(name: string, by = "octo-owner"): void {
    removeLabel(this.#world, this.state, name, this.#who(by));
  }

  edit(change: pulls.PullChange, by = this.state.author): void {
    pulls.editPull(this.#world, this.state, change, this.#who(by));
  }

  retarget(base: string, by = this.state.author): void {
    this.edit({ base }, by);
  }

  close(by = this.state.author): void {
    pulls.closePull(this.#world, this.state, this.#who(by));
  }

  reopen(by = this.state.author): void {
    pulls.reopenPull(this.#world, this.state, this.#who(by));
  }

  draft(by = this.state.author): void {
    pulls.setDraft(this.#world, this.state, true, this.#who(by));
  }

  ready(by = this.state.author): void {
    pulls.setDraft(this.#world, this.state, false, this.#who(by));
  }

  assign(login: string, by = "octo-owner"): void {
    pulls.assign(this.#world, this.state, this.#who(login), this.#who(by));
  }

  requestReview(wanted: { users?: readonly string[]; teams?: readonly string[] }, by = this.state.author): void {
    const { users = [], teams = [] } = wanted;
    pulls.requestReviews(this.#world, this.state, { users, teams }, this.#who(by));
  }

  /** The commit that the base is at then. */
  merge(method: MergeMethod = "merge", by = "octo-owner", message?: string): string {
    return mergePull(this.#world, this.state, { method, by: this.#who(by), message });
  }

  /** The check runs on its head by an App: the one that is tested, unless told. */
  checkRuns(app = this.repository.github.app.id): CheckRun[] {
    return this.repository.state.checkRuns.filter((run) => run.headSha === this.head && run.app === app);
  }

  /** Somebody pressed "Re-run", or a button of the run's own. */
  press(run: CheckRun, by: string, button?: string): void {
    askAgain(this.#world, this.repository.state, run, this.#who(by), button);
  }

  get #world(): World {
    return this.repository.github.world;
  }

  #who(login: string): string {
    const { world } = this.repository.github;
    return world.accounts.get(login.toLowerCase())?.login ?? this.repository.github.user(login).login;
  }
}
