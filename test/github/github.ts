import { newFolder, type CommitRequest } from "../git-repository.ts";
import { addApp } from "./doings/apps.ts";
import * as installations from "./doings/installations.ts";
import { addMember, deleteTeam, giveTeam, makeAccount, makeTeam, removeMember } from "./doings/people.ts";
import { makeRepository } from "./doings/repositories.ts";
import { WebhookFaults } from "./faults.ts";
import { accountOf, repositoryOf, teamOf } from "./find.ts";
import { GitHubServer, type RequestRecord } from "./server.ts";
import type { Account, App, Delivery, Installation, Permission, Repository, Team, World } from "./state.ts";
import { mint } from "./tokens.ts";
import { Webhooks } from "./webhooks.ts";
import { RepositoryHandle } from "./repository.ts";

export interface GitHubOptions {
  /** Its own clock: tokens, budgets, instants, the Date header. */
  clock?: () => Date;
  /** Of everything that happens by chance. */
  seed?: number;
}

/**
 * A GitHub on loopback, with one App, to set a world up in a few lines:
 *
 *     const github = await startGitHub();
 *     const orders = github.repository("octo/orders", { files: { "a.ts": "1\n" } });
 *     github.app.webhookUrl = "http://127.0.0.1:3000/webhooks";
 *     const installation = github.install("octo");
 *     orders.push("refunds", { files: { "a.ts": "2\n" } }, "mona");
 *     const pull = orders.pullRequest({ head: "refunds", author: "mona" });
 *     pull.review("ann", "APPROVED");
 *     await github.settled();
 *
 * What does not fit GitHub's published descriptions stands in `violations`: every test ends by finding none there.
 */
export async function startGitHub(options: GitHubOptions = {}): Promise<GitHub> {
  const github = new GitHub(options);
  await github.start();
  return github;
}

export class GitHub {
  readonly world: World;
  readonly server: GitHubServer;
  readonly webhooks: Webhooks;
  /** Duplicates, reorders, fails and loses what is sent. */
  readonly webhookFaults: WebhookFaults;
  /** The App that is tested. */
  readonly app: App;

  constructor({ clock = () => new Date(), seed = 1 }: GitHubOptions) {
    let last = 1000;
    const world: World = {
      ...{
        url: "",
        folder: newFolder("github"),
        clock,
        accounts: new Map(),
        teams: new Map(),
        repositories: new Map(),
      },
      ...{
        apps: new Map(),
        installations: new Map(),
        tokens: new Map(),
        codes: new Map(),
        deliveries: [],
        violations: [],
      },
      ...{ emit: (happening) => this.webhooks.tell(happening), serial: () => (last += 1) },
    };
    this.world = world;
    this.webhookFaults = new WebhookFaults(seed);
    this.webhooks = new Webhooks(world, this.webhookFaults);
    this.server = new GitHubServer(world, this.webhooks);
    makeAccount(world, "github-merge-queue[bot]", "Bot");
    makeAccount(world, "web-flow", "User", ["noreply@github.com"]);
    addApp(world, "github", {
      name: "GitHub Actions",
      id: 15368,
      permissions: { checks: "write" },
      events: [],
      webhookUrl: null,
    });
    this.app = addApp(world, "octo-owner", {
      ...{ name: "Countersign", id: 4711, webhookUrl: null, events: [...everyEvent] },
      permissions: { ...usualPermissions },
    });
  }

  async start(): Promise<void> {
    this.world.url = await this.server.listen();
  }

  close(): void {
    this.server.close();
  }

  get url(): string {
    return this.world.url;
  }

  /** For Octokit's `baseUrl`; GraphQL is beside it, as on an Enterprise Server. */
  get apiUrl(): string {
    return `${this.world.url}/api/v3`;
  }

  get faults(): GitHubServer["faults"] {
    return this.server.faults;
  }

  /** Every request so far, with what it cost. */
  get requests(): RequestRecord[] {
    return this.server.requests;
  }

  get deliveries(): Delivery[] {
    return this.world.deliveries;
  }

  get violations(): string[] {
    return this.world.violations;
  }

  /** When every webhook was sent. */
  settled(): Promise<void> {
    return this.webhooks.settled();
  }

  /** Requests of a kind since then, as `github.count("read")`; `from` is a former `requests.length`. */
  count(kind: RequestRecord["kind"], from = 0): number {
    return this.requests.slice(from).filter((each) => each.kind === kind).length;
  }

  user(login: string, emails: readonly string[] = []): Account {
    return makeAccount(this.world, login, "User", emails);
  }

  bot(login: string): Account {
    return makeAccount(this.world, login, "Bot");
  }

  organization(login: string): Account {
    return makeAccount(this.world, login, "Organization");
  }

  /** `octo/payments`, with its members, and what it may where. */
  team(
    name: string,
    {
      members = [],
      parent = null,
      may = {},
    }: { members?: readonly string[]; parent?: string | null; may?: Record<string, Permission> } = {},
  ): Team {
    const [organization = "", slug = ""] = name.split("/");
    this.organization(organization);
    const team =
      teamOf(this.world, organization, slug) ?? makeTeam(this.world, organization, slug, parent, "octo-owner");
    for (const login of members) this.join(team, login);
    for (const [repository, permission] of Object.entries(may))
      giveTeam(this.world, team, this.named(repository), permission, "octo-owner");
    return team;
  }

  join(team: Team, login: string): void {
    this.user(login);
    addMember(this.world, team, login, "octo-owner");
  }

  leave(team: Team, login: string): void {
    removeMember(this.world, team, login, "octo-owner");
  }

  giveTeam(team: Team, repository: string, permission: Permission | null): void {
    giveTeam(this.world, team, this.named(repository), permission, "octo-owner");
  }

  deleteTeam(team: Team): void {
    deleteTeam(this.world, team, "octo-owner");
  }

  /** With a first commit on main of these files. The owner is an organisation unless it is known as a person. */
  repository(
    name: string,
    { files = { "README.md": "# orders\n" }, isPrivate = false, writers = [] }: RepositoryOptions = {},
  ): RepositoryHandle {
    const [owner = "", own = ""] = name.split("/");
    if (!this.world.accounts.has(owner.toLowerCase())) this.organization(owner);
    const handle = new RepositoryHandle(this, makeRepository(this.world, { owner, name: own, isPrivate }));
    for (const login of writers) handle.collaborator(login, "write");
    handle.push("main", { files, message: "Start\n" }, "octo-owner");
    return handle;
  }

  /** The App on an account's repositories: all of them, or those of these names. */
  install(account: string, repositories: "all" | readonly string[] = "all", app = this.app): Installation {
    const chosen = repositories === "all" ? "all" : repositories.map((name) => this.named(name));
    return installations.install(this.world, app, account, { repositories: chosen, by: "octo-owner" });
  }

  uninstall(installation: Installation): void {
    installations.uninstall(this.world, installation, "octo-owner");
  }

  suspend(installation: Installation): void {
    installations.suspend(this.world, installation, "octo-owner");
  }

  unsuspend(installation: Installation): void {
    installations.unsuspend(this.world, installation, "octo-owner");
  }

  addRepositories(installation: Installation, ...names: readonly string[]): void {
    const all = names.map((name) => this.named(name));
    installations.addRepositories(this.world, installation, all, "octo-owner");
  }

  removeRepositories(installation: Installation, ...names: readonly string[]): void {
    const all = names.map((name) => this.named(name));
    installations.removeRepositories(this.world, installation, all, "octo-owner");
  }

  /** What the App may from now on, as if its owner had accepted it. */
  permit(installation: Installation, permissions: App["permissions"]): void {
    accountOf(this.world, installation.account);
    this.world.apps.get(installation.app)!.permissions = permissions;
    installations.acceptPermissions(this.world, installation, "octo-owner");
  }

  /** A token of an installation, without asking for one. */
  token(installation: Installation): string {
    return mint(this.world, installation, { only: null }).token;
  }

  /** A person's own. */
  userToken(login: string): string {
    const token = `ghp_${String(this.world.serial()).padStart(36, "0")}`;
    this.world.tokens.set(token, { kind: "user", login: this.user(login).login, app: null });
    return token;
  }

  /** Who sits before the browser, for pages. */
  signIn(login: string | null): void {
    this.server.signedIn = login === null ? null : this.user(login).login;
  }

  named(name: string): Repository {
    const [owner = "", own = ""] = name.split("/");
    const found = repositoryOf(this.world, owner, own);
    if (found === null) throw new Error(`there is no ${name}`);
    return found;
  }
}

export interface RepositoryOptions {
  files?: NonNullable<CommitRequest["files"]>;
  isPrivate?: boolean;
  writers?: readonly string[];
}

/** What the App asks for. */
export const usualPermissions: App["permissions"] = {
  ...{ actions: "read", administration: "read", checks: "write", contents: "read", issues: "write", members: "read" },
  ...{ merge_queues: "read", metadata: "read", pull_requests: "write", statuses: "write" },
};

/** What it wants to be told of. */
const everyEvent = [
  ...["check_run", "check_suite", "create", "delete", "issue_comment", "label", "member", "membership", "merge_group"],
  ...["organization", "pull_request", "pull_request_review", "push", "repository", "status", "team", "workflow_run"],
];
