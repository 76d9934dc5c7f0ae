import type { TestRepository } from "../git-repository.ts";

/** What the fake remembers: plain values that every room reads, and that only the files in `doings/` change. */
export interface World {
  /** `http://127.0.0.1:<port>`, where the API, the pages and git are served. */
  url: string;
  /** Where the bare repositories are: `<folder>/<id>.git`, so that a new name moves nothing. */
  folder: string;
  clock: () => Date;
  accounts: Map<string, Account>;
  /** By `org/slug`. */
  teams: Map<string, Team>;
  repositories: Map<number, Repository>;
  apps: Map<number, App>;
  installations: Map<number, Installation>;
  tokens: Map<string, Token>;
  /** What GitHub gave a browser, good once: for a sign-in, or for an App made of a manifest. */
  codes: Map<string, { login: string; app: number; challenge?: string; target?: string }>;
  deliveries: Delivery[];
  /** What did not fit GitHub's descriptions. */
  violations: string[];
  /** Tells of a change: webhooks.ts listens. */
  emit: (happening: Happening) => void;
  serial: () => number;
}

export interface Account {
  id: number;
  login: string;
  type: "User" | "Organization" | "Bot";
  /** By which commits are known as theirs. */
  emails: string[];
  /** Of an organisation. */
  members: Set<string>;
}

export interface Team {
  id: number;
  organization: string;
  slug: string;
  members: Set<string>;
  parent: string | null;
  /** What it may in which repository. */
  repositories: Map<number, Permission>;
}

export const permissions = ["read", "triage", "write", "maintain", "admin"] as const;
export type Permission = (typeof permissions)[number];

export interface Repository {
  id: number;
  owner: string;
  name: string;
  private: boolean;
  defaultBranch: string;
  git: TestRepository;
  /** Of a fork. */
  parent: number | null;
  collaborators: Map<string, Permission>;
  labels: Map<string, Label>;
  pulls: Map<number, PullRequest>;
  comments: Comment[];
  checkRuns: CheckRun[];
  statuses: Status[];
  rules: BranchRule[];
  /** By branch: the classic protection, laid over GitHub's least answer. */
  protections: Map<string, Record<string, unknown>>;
  /** Who signed which commit. */
  signatures: Map<string, Signature>;
  codeownersErrors: CodeownersError[];
  runs: WorkflowRun[];
  artifacts: Artifact[];
  mergeGroups: Map<string, MergeGroup>;
  /** `owner/name`s that GitHub sends on from. */
  former: Set<string>;
  deleted: boolean;
  nextNumber: number;
}

export interface Label {
  id: number;
  name: string;
  color: string;
  description: string | null;
}

export interface PullRequest {
  id: number;
  number: number;
  /** Of the repository that it is for. */
  repository: number;
  title: string;
  body: string | null;
  author: string;
  state: "open" | "closed";
  draft: boolean;
  baseRef: string;
  /** The tip of the base when the head was last pushed, as GitHub gives it: later pushes to the base leave it. */
  baseSha: string;
  headRef: string;
  /** Null once the fork is gone. */
  headRepository: number | null;
  headSha: string;
  merged: { by: string; at: string; commit: string } | null;
  labels: Set<string>;
  assignees: Set<string>;
  requestedUsers: Set<string>;
  requestedTeams: Set<string>;
  reviews: Review[];
  events: IssueEvent[];
  createdAt: string;
  updatedAt: string;
  closedAt: string | null;
}

export type ReviewState = "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED" | "DISMISSED" | "PENDING";

export interface Review {
  id: number;
  user: string;
  state: ReviewState;
  body: string;
  /** Null once GitHub has forgotten the commit. */
  commit: string | null;
  submittedAt: string | null;
}

export interface IssueEvent {
  id: number;
  event: string;
  actor: string;
  at: string;
  label?: string;
  assignee?: string;
  /** Of `base_ref_changed`. */
  from?: string;
  to?: string;
}

export interface Comment {
  id: number;
  number: number;
  user: string;
  body: string;
  createdAt: string;
  updatedAt: string;
}

export interface Annotation {
  path: string;
  start_line: number;
  end_line: number;
  start_column?: number | undefined;
  end_column?: number | undefined;
  annotation_level: string;
  message: string;
  title?: string | undefined;
  raw_details?: string | undefined;
}

export interface CheckRun {
  id: number;
  app: number;
  name: string;
  headSha: string;
  externalId: string;
  detailsUrl: string | null;
  status: string;
  conclusion: string | null;
  startedAt: string;
  completedAt: string | null;
  title: string | null;
  summary: string | null;
  text: string | null;
  annotations: Annotation[];
  actions: { label: string; description: string; identifier: string }[];
}

export interface Status {
  id: number;
  sha: string;
  context: string;
  state: string;
  description: string | null;
  targetUrl: string | null;
  creator: string;
  createdAt: string;
}

/** A rule of a ruleset, as `GET …/rules/branches/{branch}` gives it. */
export interface BranchRule {
  branch: string;
  type: string;
  ruleset_id: number;
  parameters?: Record<string, unknown>;
}

export interface Signature {
  isValid: boolean;
  wasSignedByGitHub: boolean;
  signer: string | null;
}

export interface CodeownersError {
  line: number;
  column: number;
  kind: string;
  source: string;
  suggestion: string | null;
  message: string;
  path: string;
}

export interface WorkflowRun {
  id: number;
  name: string;
  path: string;
  event: string;
  headSha: string;
  headBranch: string;
  status: string;
  conclusion: string | null;
  actor: string;
  /** Where the head is: a fork, maybe; null when it is gone. */
  headRepository: number | null;
}

export interface Artifact {
  id: number;
  run: number;
  name: string;
  zip: Buffer;
  expired: boolean;
}

export interface MergeGroup {
  headSha: string;
  headRef: string;
  baseSha: string;
  baseRef: string;
  numbers: number[];
}

export interface App {
  id: number;
  slug: string;
  name: string;
  owner: string;
  clientId: string;
  clientSecret: string;
  webhookSecret: string;
  privateKey: string;
  publicKey: string;
  permissions: Record<string, "read" | "write" | "admin">;
  events: string[];
  /** Where its webhooks go; null: nowhere. */
  webhookUrl: string | null;
}

export interface Installation {
  id: number;
  app: number;
  account: string;
  permissions: App["permissions"];
  events: string[];
  /** "all" are those of the account, new ones too. */
  repositories: "all" | Set<number>;
  suspendedAt: string | null;
}

export type Token =
  | {
      kind: "installation";
      installation: number;
      permissions: App["permissions"];
      only: Set<number> | null;
      expires: number;
    }
  | { kind: "user"; login: string; app: number | null };

export interface Delivery {
  id: number;
  guid: string;
  app: number;
  installation: number | null;
  repository: number | null;
  event: string;
  action: string | null;
  /** The very bytes. */
  body: string;
  redelivery: boolean;
  deliveredAt: string;
  duration: number;
  /** 0 where nothing answered. */
  statusCode: number;
  status: string;
}

/** Something that GitHub tells Apps of. */
export interface Happening {
  event: string;
  action: string | null;
  repository: Repository | null;
  organization?: string | null;
  sender: string;
  /** Laid over the least payload of its kind. */
  over: Record<string, unknown>;
  /** That one App alone is told. */
  app?: number;
  /** That one installation alone is told. */
  installation?: number;
}
