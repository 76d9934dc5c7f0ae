import { accountByEmail, accountOf, appOf, fullName } from "./find.ts";
import { commitOf, commitsBetween, filesBetween } from "./git.ts";
import type { App, CheckRun, Comment, Installation, Label, PullRequest, Repository, Review, World } from "./state.ts";

/**
 * What the fake knows of each thing, in the names of GitHub's REST API. `make` makes it whole: once as the API's
 * description has it (rest/answers.ts), once as that of webhooks (payloads.ts).
 */
export class Shapes {
  readonly world: World;
  readonly #laid: (kind: Kind, over: Record<string, unknown>) => unknown;

  constructor(world: World, make: (kind: Kind, over: Record<string, unknown>) => unknown) {
    this.world = world;
    this.#laid = make;
  }

  user(login: string): unknown {
    const { id, type } = accountOf(this.world, login);
    const node_id = `U_${id}`;
    const address = { url: `${this.world.url}/users/${encodeURIComponent(login)}`, html_url: this.world.url };
    return this.#laid("user", { login, id, node_id, type, ...address });
  }

  organization(login: string): unknown {
    const { id } = accountOf(this.world, login);
    return this.#laid("organization", { login, id, node_id: `O_${id}` });
  }

  repository(
    repository: Repository,
    kind: "repository" | "repository-lite" | "repository-full" = "repository",
  ): unknown {
    const { id, name, owner, defaultBranch, parent } = repository;
    const html_url = `${this.world.url}/${fullName(repository)}`;
    const full = { default_branch: defaultBranch, clone_url: `${html_url}.git`, visibility: visibility(repository) };
    return this.#laid(kind, {
      ...{ id, node_id: `R_${id}`, name, full_name: fullName(repository), private: repository.private },
      ...{ owner: this.user(owner), html_url, fork: parent !== null },
      ...(kind === "repository-lite" ? {} : full),
    });
  }

  label({ id, name, color, description }: Label): unknown {
    return this.#laid("label", { id, node_id: `LA_${id}`, name, color, default: false, description });
  }

  team(organization: string, slug: string): unknown {
    const team = this.world.teams.get(`${organization}/${slug}`.toLowerCase());
    return this.#laid("team", { id: team?.id ?? 0, node_id: `T_${team?.id ?? 0}`, slug, name: slug, parent: null });
  }

  /** Of lists and of webhooks; `whole` adds what one alone has. */
  pull(pull: PullRequest, kind: "pull" | "pull-simple" = "pull"): unknown {
    const repository = this.world.repositories.get(pull.repository)!;
    const url = `${this.world.url}/${fullName(repository)}/pull/${pull.number}`;
    return this.#laid(kind, {
      ...{ id: pull.id, node_id: `PR_${pull.id}`, number: pull.number, html_url: url, state: pull.state },
      ...{ title: pull.title, body: pull.body, draft: pull.draft, user: this.user(pull.author), locked: false },
      ...{ created_at: pull.createdAt, updated_at: pull.updatedAt, closed_at: pull.closedAt },
      ...{ merged_at: pull.merged?.at ?? null, merge_commit_sha: pull.merged?.commit ?? null },
      author_association: "MEMBER",
      assignees: [...pull.assignees].map((login) => this.user(login)),
      requested_reviewers: [...pull.requestedUsers].map((login) => this.user(login)),
      requested_teams: [...pull.requestedTeams].map((slug) => this.team(repository.owner, slug)),
      labels: this.#describedLabels(repository, pull),
      base: this.#side(pull.baseRef, pull.baseSha, repository),
      head: this.#side(pull.headRef, pull.headSha, this.#headRepository(pull), pull.author),
      ...(kind === "pull" ? this.#alone(repository, pull) : {}),
    });
  }

  labels(repository: Repository, pull: PullRequest): unknown[] {
    return [...pull.labels].flatMap((name) => {
      const label = repository.labels.get(name.toLowerCase());
      return label === undefined ? [] : [this.label(label)];
    });
  }

  /** In a list of pull requests GitHub's description of a label has a text for what a label does not say. */
  #describedLabels(repository: Repository, pull: PullRequest): unknown[] {
    return [...pull.labels].flatMap((name) => {
      const label = repository.labels.get(name.toLowerCase());
      return label === undefined ? [] : [this.label({ ...label, description: label.description ?? "" })];
    });
  }

  review(pull: PullRequest, review: Review): unknown {
    const { id, user, body, commit, submittedAt } = review;
    const when = submittedAt === null ? {} : { submitted_at: submittedAt };
    return this.#laid("review", {
      ...{ id, node_id: `PRR_${id}`, user: this.user(user), body, state: review.state, commit_id: commit, ...when },
      ...{ author_association: "MEMBER", html_url: `${this.world.url}/pull/${pull.number}#pullrequestreview-${id}` },
    });
  }

  comment(comment: Comment): unknown {
    const { id, user, body, createdAt, updatedAt } = comment;
    const html_url = `${this.world.url}/issues/${comment.number}#issuecomment-${id}`;
    const when = { created_at: createdAt, updated_at: updatedAt };
    return this.#laid("comment", { id, node_id: `IC_${id}`, user: this.user(user), body, html_url, ...when });
  }

  checkRun(repository: Repository, run: CheckRun): unknown {
    const output = {
      title: run.title,
      summary: run.summary,
      text: run.text,
      annotations_count: run.annotations.length,
    };
    const { id, name, externalId, status, conclusion } = run;
    return this.#laid("check-run", {
      ...{ id, node_id: `CR_${id}`, name, status, conclusion, head_sha: run.headSha, external_id: externalId, output },
      ...{ details_url: run.detailsUrl ?? this.world.url, started_at: run.startedAt, completed_at: run.completedAt },
      ...{
        html_url: `${this.world.url}/${fullName(repository)}/runs/${id}`,
        app: this.app(appOf(this.world, run.app)),
      },
      check_suite: { id: suiteOf(run), head_sha: run.headSha, status, conclusion },
      pull_requests: [],
    });
  }

  app(app: App): unknown {
    const { id, slug, name, permissions, events } = app;
    const owner = this.user(app.owner);
    return this.#laid("app", { id, node_id: `A_${id}`, slug, name, owner, permissions, events });
  }

  installation(installation: Installation): unknown {
    const { id, app, account, permissions, events, suspendedAt, repositories } = installation;
    return this.#laid("installation", {
      ...{ id, app_id: app, app_slug: appOf(this.world, app).slug, account: this.user(account), permissions, events },
      ...{
        repository_selection: repositories === "all" ? "all" : "selected",
        suspended_at: suspendedAt,
        suspended_by: null,
      },
      ...{ target_id: accountOf(this.world, account).id, target_type: accountOf(this.world, account).type },
    });
  }

  /** As commits name people: the account is who has the address. */
  commit(repository: Repository, sha: string): unknown {
    const commit = commitOf(repository, sha);
    const login = (email: string) => accountByEmail(this.world, email)?.login;
    const user = (name: string | undefined) => (name === undefined ? null : this.user(name));
    const signature = repository.signatures.get(sha);
    const reason = signature === undefined ? "unsigned" : signature.isValid ? "valid" : "invalid";
    const signed = { verified: signature?.isValid ?? false, reason, signature: null, payload: null, verified_at: null };
    return this.#laid("commit", {
      ...{ sha, author: user(login(commit.author.email)), committer: user(login(commit.committer.email)) },
      parents: commit.parents.map((parent) => ({ sha: parent, url: this.world.url, html_url: this.world.url })),
      commit: {
        ...{ author: commit.author, committer: commit.committer, message: commit.message },
        ...{ tree: { sha: commit.tree, url: this.world.url }, verification: signed },
      },
    });
  }

  /** A fork that is gone leaves the account that it was of. */
  #side(ref: string, sha: string, repository: Repository | null, of: string | null = null): unknown {
    const owner = repository?.owner ?? of;
    const repo = repository === null ? null : this.repository(repository);
    const label = `${repository?.owner ?? "unknown"}:${ref}`;
    return { ref, sha, label, user: owner === null ? null : this.user(owner), repo };
  }

  #headRepository({ headRepository }: PullRequest): Repository | null {
    const found = headRepository === null ? undefined : this.world.repositories.get(headRepository);
    return found === undefined || found.deleted ? null : found;
  }

  #alone(repository: Repository, pull: PullRequest): Record<string, unknown> {
    const files = filesBetween(repository, pull.baseSha, pull.headSha);
    const sum = (of: "additions" | "deletions") => files.reduce((total, file) => total + file[of], 0);
    return {
      ...{ merged: pull.merged !== null, merged_by: pull.merged === null ? null : this.user(pull.merged.by) },
      ...{ commits: commitsBetween(repository, pull.baseSha, pull.headSha).length, changed_files: files.length },
      ...{ additions: sum("additions"), deletions: sum("deletions") },
      comments: repository.comments.filter(({ number }) => number === pull.number).length,
      mergeable: true,
    };
  }
}

export type Kind =
  | (
      | "user"
      | "organization"
      | "repository"
      | "repository-lite"
      | "repository-full"
      | "label"
      | "team"
      | "pull"
      | "pull-simple"
      | "review"
    )
  | ("comment" | "check-run" | "app" | "installation" | "commit");

/** One suite for each App and commit. */
export function suiteOf({ app, headSha }: Pick<CheckRun, "app" | "headSha">): number {
  return (Number.parseInt(headSha.slice(0, 10), 16) % 1_000_000_000) + app;
}

function visibility(repository: Repository): string {
  return repository.private ? "private" : "public";
}
