import { createHash } from "node:crypto";
import type { Verdict, Writer, WrittenLines } from "../core/change/authorship.ts";
import type { Counts, CoverageReview, FileCoverageChange } from "../core/coverage/coverage-review.ts";
import type { Ratio } from "../core/coverage/report.ts";
import { absent, present } from "../core/evidence.ts";
import type { Finding } from "../core/findings/finding.ts";
import type { AreaApproval, ConsideredReview } from "../core/ownership/approval.ts";
import type { Reason, RuleResult } from "../core/policy/decision.ts";
import type { AttributedLines, Attribution } from "../core/provenance/attribution/attribution.ts";
import type { CommitProvenance } from "../core/provenance/provenance.ts";
import { provenanceTotals } from "../core/provenance/totals.ts";
import type { Review } from "../core/report/review.ts";

/** A git object id that is always the same for one name. */
export function sampleSha(name: string): string {
  return createHash("sha1").update(name).digest("hex");
}

/** What one record says of one file of a commit; by default a git-ai note that was read whole. */
export function sampleAttribution(
  request: Partial<Omit<Attribution, "files">> & { path: string; lines: AttributedLines[] },
): Attribution {
  const { path, lines, ...rest } = request;
  return {
    commit: sampleSha("commit"),
    source: "git-ai",
    place: "refs/notes/ai",
    strength: "attested",
    files: [{ path, lines }],
    totals: null,
    unread: [],
    ...rest,
  };
}

/** A stretch of a record; by nobody who has a name, unless told. */
export function recorded(
  by: AttributedLines["by"],
  start: number,
  end: number,
  names: Partial<Pick<AttributedLines, "agent" | "model" | "session">> = {},
): AttributedLines {
  return { start, end, by, agent: null, model: null, session: null, ...names };
}

/** A value with every string in it replaced; keys, numbers and shape stay. `path` names the slot, `a.b[2].c`. */
export function mapStrings<T>(value: T, change: (text: string, path: string) => string, path = ""): T {
  const mapped: unknown = mapValue(value, change, path);
  return mapped as T;
}

function mapValue(value: unknown, change: (text: string, path: string) => string, path: string): unknown {
  if (typeof value === "string") return change(value, path);
  if (Array.isArray(value)) return value.map((item: unknown, index) => mapValue(item, change, `${path}[${index}]`));
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).map(([key, item]: [string, unknown]) => {
    return [key, mapValue(item, change, path === "" ? key : `${path}.${key}`)] as const;
  });
  return Object.fromEntries(entries);
}

const agent = (name: string, model: string | null) => ({ agent: name, model });

/** The commits of the sample, oldest first: what each says, and who made it. */
const commits = [
  {
    name: "limit",
    subject: "feat(orders): limit how often one customer may order",
    verdict: "agent-authored",
    acceptance: "as-is",
    ...agent("copilot", null),
  },
  {
    name: "retry",
    subject: "feat(payments): retry a failed charge",
    verdict: "agent-assisted",
    acceptance: "as-is",
    ...agent("claude-code", "claude-opus-4-5"),
    session: "5a6c4b1e-sample-session",
  },
  {
    name: "tests",
    subject: "test(payments): charge is retried and gives up",
    verdict: "agent-assisted",
    acceptance: "edited",
    ...agent("claude-code", "claude-opus-4-5"),
  },
  {
    name: "move",
    subject: "refactor: move session out of auth",
    verdict: "undeclared",
    acceptance: "unstated",
    agent: null,
    model: null,
  },
  {
    name: "naming",
    subject: "Apply suggestions from code review",
    verdict: "suggestion",
    acceptance: "unstated",
    ...agent("copilot", null),
  },
  {
    name: "ids",
    subject: "feat(orders): short ids for receipts",
    verdict: "agent-assisted",
    acceptance: "unstated",
    ...agent("cursor", null),
  },
  {
    name: "bump",
    subject: "build: bump undici from 6.19.0 to 6.21.1",
    verdict: "automation",
    acceptance: "unstated",
    agent: null,
    model: null,
  },
  {
    name: "docs",
    subject: "docs: how retries are counted",
    verdict: "human",
    acceptance: "unstated",
    agent: null,
    model: null,
  },
] as const satisfies {
  name: string;
  subject: string;
  verdict: Verdict;
  acceptance: Writer["acceptance"];
  agent: string | null;
  model: string | null;
  session?: string;
}[];

type CommitName = (typeof commits)[number]["name"];

function writer(name: CommitName): Writer {
  const commit = commits.find((candidate) => candidate.name === name)!;
  const { verdict, acceptance } = commit;
  return {
    verdict,
    acceptance,
    agent: commit.agent,
    model: commit.model,
    commit: sampleSha(name),
    evidence: verdict === "undeclared" ? "none" : "commit",
    session: "session" in commit ? commit.session : null,
  };
}

function wrote(start: number, end: number, name: CommitName): WrittenLines {
  return { start, end, writer: writer(name) };
}

const written = {
  "README.md": [wrote(40, 52, "docs")],
  "package-lock.json": [wrote(210, 221, "bump")],
  "package.json": [wrote(18, 18, "bump"), wrote(19, 19, "ids")],
  "src/orders/limit.ts": [wrote(1, 96, "limit")],
  "src/orders/receipt.ts": [wrote(1, 38, "ids")],
  "src/payments/charge.ts": [wrote(12, 58, "retry"), wrote(59, 62, "naming"), wrote(63, 71, "retry")],
  "src/session.ts": [wrote(3, 3, "move"), wrote(20, 27, "move")],
  "test/payments/charge.test.ts": [wrote(1, 74, "tests")],
} satisfies Record<string, WrittenLines[]>;

const linesOf = (stretches: readonly WrittenLines[], wanted: (writer: Writer) => boolean): number =>
  stretches.filter((part) => wanted(part.writer)).reduce((sum, { start, end }) => sum + end - start + 1, 0);

const everywhere = Object.values(written).flat();

function byVerdict<T>(value: (verdict: Verdict) => T): Record<Verdict, T> {
  return {
    "agent-authored": value("agent-authored"),
    "agent-assisted": value("agent-assisted"),
    suggestion: value("suggestion"),
    automation: value("automation"),
    human: value("human"),
    undeclared: value("undeclared"),
  };
}

function reviewedFiles(): Review["change"]["files"] {
  return Object.entries(written).map(([path, stretches]) => ({
    path,
    previousPath: path === "src/session.ts" ? "src/auth/session.ts" : null,
    status: path === "src/session.ts" ? "renamed" : stretches[0]?.start === 1 ? "added" : "modified",
    kind: "text",
    addedLines: linesOf(stretches, () => true),
    deletedLines:
      path === "src/payments/charge.ts" ? 21 : path === "src/session.ts" ? 6 : path === "package.json" ? 1 : 0,
    linesByVerdict: byVerdict((verdict) => linesOf(stretches, (writer) => writer.verdict === verdict)),
    written: stretches,
    areas:
      path === "src/session.ts"
        ? ["auth"]
        : path.startsWith("src/payments/")
          ? ["billing"]
          : path.startsWith("package")
            ? ["dependencies"]
            : [],
  }));
}

function commitProvenance(name: CommitName): CommitProvenance {
  const { verdict, acceptance, agent, model, session } = writer(name);
  const key = verdict === "agent-authored" ? "Generated-by" : "Assisted-by";
  const trailers =
    agent === null ? [] : [{ key, value: `${agent.toLowerCase().replaceAll(" ", "-")}:${model ?? "unknown"}` }];
  const place = { commit: sampleSha(name), field: "message", line: 4 } as const;
  const signals: CommitProvenance["signals"] =
    agent === null
      ? []
      : [
          {
            kind: "assisted-by",
            source: "vocabulary",
            agent,
            model,
            class: "trailer",
            strength: "claim",
            verdict,
            place,
            raw: `${key}: ${agent}`,
          },
        ];
  const beyond = { remediations: [], sessions: session === null ? [] : [session], ruling: null };
  return {
    sha: sampleSha(name),
    verdict,
    acceptance,
    agent,
    model,
    conflict: name === "ids",
    trailers,
    signals,
    ...beyond,
  };
}

const ratio = (covered: number, total: number): Ratio => ({ covered, total });

function counts(lines: Ratio, branches: Ratio = ratio(0, 0), functions: Ratio = ratio(0, 0)): Counts {
  return { lines, branches, functions };
}

function fileCoverage(path: string, rest: Partial<FileCoverageChange>): FileCoverageChange {
  const nothing = counts(ratio(0, 0));
  return {
    path,
    previousPath: null,
    before: absent("the file is new"),
    after: present(nothing),
    patch: nothing,
    coveredAddedLines: [],
    uncoveredAddedLines: [],
    lostLines: [],
    uncoveredAddedBranches: [],
    functions: [],
    ...rest,
  };
}

function range(start: number, end: number): number[] {
  return Array.from({ length: end - start + 1 }, (_, index) => start + index);
}

/** What the sample's tests reach; numbers as a real report has them. */
function sampleCoverage(): CoverageReview {
  return {
    patch: present(counts(ratio(74, 113), ratio(19, 34), ratio(11, 14))),
    byVerdict: {
      ...byVerdict(() => counts(ratio(0, 0))),
      "agent-authored": counts(ratio(27, 52), ratio(6, 14), ratio(4, 5)),
      "agent-assisted": counts(ratio(41, 54), ratio(13, 20), ratio(7, 8)),
      suggestion: counts(ratio(2, 2)),
      undeclared: counts(ratio(4, 5), ratio(0, 0), ratio(0, 1)),
    },
    byGroup: {
      ai: counts(ratio(68, 106), ratio(19, 34), ratio(11, 13)),
      suggestion: counts(ratio(2, 2)),
      human: counts(ratio(0, 0)),
      undeclared: counts(ratio(4, 5), ratio(0, 0), ratio(0, 1)),
      automation: counts(ratio(0, 0)),
    },
    files: [
      fileCoverage("src/orders/limit.ts", {
        after: present(counts(ratio(27, 52), ratio(6, 14), ratio(4, 5))),
        patch: counts(ratio(27, 52), ratio(6, 14), ratio(4, 5)),
        coveredAddedLines: [...range(1, 4), ...range(12, 30), ...range(48, 51)],
        uncoveredAddedLines: [...range(31, 36), ...range(58, 70), ...range(81, 83), ...range(90, 92)],
        uncoveredAddedBranches: [
          { line: 30, taken: 1, total: 2 },
          { line: 57, taken: 0, total: 2 },
        ],
        functions: [
          { name: "allowOrder", line: 12, endLine: 47, state: "new-called" },
          { name: "sweepExpired", line: 56, endLine: 72, state: "new-uncalled" },
        ],
      }),
      fileCoverage("src/orders/receipt.ts", {
        after: present(counts(ratio(13, 24), ratio(2, 4), ratio(2, 3))),
        patch: counts(ratio(13, 24), ratio(2, 4), ratio(2, 3)),
        coveredAddedLines: [...range(1, 3), ...range(9, 11), ...range(18, 21), ...range(26, 28)],
        uncoveredAddedLines: [...range(14, 17), 22, 23, ...range(30, 33), 36],
        functions: [{ name: "checksumOf", line: 12, endLine: 18, state: "new-uncalled" }],
      }),
      fileCoverage("src/payments/charge.ts", {
        before: present(counts(ratio(41, 44), ratio(10, 12), ratio(5, 5))),
        after: present(counts(ratio(61, 66), ratio(21, 26), ratio(7, 7))),
        patch: counts(ratio(30, 32), ratio(11, 16), ratio(3, 3)),
        coveredAddedLines: [...range(12, 36), ...range(50, 52), 59, 60],
        uncoveredAddedLines: [66, 67],
        uncoveredAddedBranches: [{ line: 65, taken: 1, total: 2 }],
        functions: [{ name: "chargeWithRetry", line: 12, endLine: 58, state: "new-called" }],
      }),
      fileCoverage("src/session.ts", {
        previousPath: "src/auth/session.ts",
        before: present(counts(ratio(30, 30), ratio(8, 8), ratio(4, 4))),
        after: present(counts(ratio(29, 32), ratio(8, 8), ratio(4, 5))),
        patch: counts(ratio(4, 5), ratio(0, 0), ratio(0, 1)),
        coveredAddedLines: [20, 21, 22, 23],
        uncoveredAddedLines: [24],
        lostLines: [41, 42],
        functions: [{ name: "renewSession", line: 20, endLine: 27, state: "changed-uncalled" }],
      }),
    ],
    project: {
      before: present(counts(ratio(1204, 1361), ratio(402, 511), ratio(210, 231))),
      after: present(counts(ratio(1252, 1474), ratio(421, 545), ratio(221, 245))),
      delta: present({ lines: 1252 / 1474 - 1204 / 1361, branches: 421 / 545 - 402 / 511 }),
    },
    baseline: { quality: "exact", reason: "the report of the merge base" },
    unmeasured: ["scripts/seed.ts"],
    silentOn: { branches: [], functions: [] },
    unmatched: [],
  };
}

/** A finding of the sample; `rest` overrides any part of it. */
export function sampleFinding(rest: Partial<Finding> = {}): Finding {
  const finding: Finding = {
    rule: "swallowed-error",
    place: { kind: "lines", path: "src/payments/charge.ts", start: 44, end: 46 },
    message: "This catch drops the error.",
    identity: "chargeWithRetry",
    severity: "error",
    severityReason: "error because taken as it came from claude-code",
    confidence: "high",
    help: "Rethrow it with `cause`, or handle it and say why that is safe.",
    writer: writer("retry"),
    fingerprint: "0".repeat(32),
    waivedBy: null,
    ...rest,
  };
  return {
    ...finding,
    fingerprint: rest.fingerprint ?? sampleSha(`${finding.rule}${JSON.stringify(finding.place)}`).slice(0, 32),
  };
}

function sampleFindings(): Finding[] {
  const notice = { severity: "notice", confidence: "medium", severityReason: "notice for every writer" } as const;
  return [
    sampleFinding(),
    sampleFinding({
      rule: "uncovered-new-function",
      place: { kind: "lines", path: "src/orders/limit.ts", start: 56, end: 56 },
      message: "`sweepExpired` is new and no test enters it.",
      identity: "sweepExpired",
      severity: "warning",
      severityReason: "warning because taken as it came from copilot",
      help: "Write a test that calls it, or leave the function out until something needs it.",
      writer: writer("limit"),
    }),
    sampleFinding({
      rule: "uncovered-new-function",
      place: { kind: "lines", path: "src/orders/receipt.ts", start: 12, end: 12 },
      message: "`checksumOf` is new and no test enters it.",
      identity: "checksumOf",
      severity: "warning",
      severityReason: "warning because taken as it came from cursor",
      help: "Write a test that calls it, or leave the function out until something needs it.",
      writer: writer("ids"),
    }),
    sampleFinding({
      ...notice,
      rule: "uncovered-changed-function",
      place: { kind: "lines", path: "src/session.ts", start: 20, end: 20 },
      message: "`renewSession` changed and no test enters it.",
      identity: "renewSession",
      help: "Write a test that calls it and would have failed before the change.",
      writer: writer("move"),
    }),
    sampleFinding({
      ...notice,
      rule: "detected-without-trailer",
      place: { kind: "commit", sha: sampleSha("naming") },
      message: "A tool left its mark on this commit, and its trailers say nothing.",
      identity: "",
      help: "Add an Assisted-by trailer.",
      writer: null,
    }),
  ];
}

function rule(id: string, title: string, rest: Partial<RuleResult>): RuleResult {
  return {
    id,
    title,
    mode: "enforce",
    state: "satisfied",
    decision: "pass",
    enforced: "pass",
    files: [],
    reasons: [],
    floor: null,
    approvals: [],
    waivers: [],
    ...rest,
  };
}

function sampleRules(): RuleResult[] {
  return [
    rule("unedited-ai-needs-tests", "AI code that nobody edited is tested", {
      state: "unsatisfied",
      decision: "block",
      enforced: "block",
      files: ["src/orders/limit.ts", "src/orders/receipt.ts", "src/payments/charge.ts"],
      reasons: [
        { says: "the change has commits that count as AI: 4 of 8", state: "yes", fix: null, reasons: [] },
        {
          says: "the coverage of the change is enough",
          state: "no",
          fix: null,
          reasons: [
            {
              says: "65 % of the added lines are covered, and 60 % are asked for",
              state: "yes",
              fix: null,
              reasons: [],
            },
            {
              says: "64 % of the AI's lines are covered, and 80 % are asked for",
              state: "no",
              fix: "Cover 17 more of the AI's lines, most of them in src/orders/limit.ts.",
              reasons: [],
            },
          ],
        },
      ],
    }),
    rule("risky-patterns", "No risky pattern in AI code", {
      state: "unsatisfied",
      decision: "block",
      enforced: "block",
      files: ["src/payments/charge.ts"],
      reasons: [
        {
          says: "1 error is found, and none is allowed",
          state: "no",
          fix: "Fix swallowed-error in src/payments/charge.ts:44.",
          reasons: [],
        },
      ],
    }),
    rule("provenance-complete", "AI commits carry their trailers", {
      mode: "warn",
      state: "warned",
      decision: "warn",
      enforced: "block",
      reasons: [
        {
          says: "4 of 4 commits that count as AI have Assisted-by",
          state: "yes",
          fix: null,
          reasons: [],
        },
        {
          says: "2 of 4 commits that count as AI have AI-Accepted",
          state: "no",
          fix: "Add `AI-Accepted: as-is | edited | rewritten` to the commits that lack it, or declare it in a later commit.",
          reasons: [],
        },
      ],
    }),
    rule("small-changes", "A change stays small enough to read", {
      reasons: [{ says: "327 lines are changed, and 400 are allowed", state: "yes", fix: null, reasons: [] }],
    }),
    rule("migrations-are-reviewed", "Migrations need their owner", { state: "not-applicable" }),
  ];
}

/**
 * A review as a real change gives it: eight commits by several tools and people, partly tested, blocked by two rules.
 * Totals are computed from the parts, so that they agree.
 */
export function sampleReview(rest: Partial<Review> = {}): Review {
  const files = reviewedFiles();
  const review: Review = {
    version: 1,
    engine: { name: "countersign", version: "0.1.0" },
    change: {
      id: "github.com/acme/orders#41",
      event: "pull_request",
      repository: { host: "github.com", owner: "acme", name: "orders" },
      base: { name: "main", sha: sampleSha("base") },
      head: { name: "feature/order-limit", sha: sampleSha("docs") },
      mergeBase: sampleSha("base"),
      branch: "feature/order-limit",
      uncommitted: null,
      commits: commits.map(({ name, subject }, index) => ({
        sha: sampleSha(name),
        subject,
        author: { name: "Ann Example", email: "ann@example.com" },
        authoredAt: `2026-11-0${index + 1}T10:00:00+01:00`,
        addedLines: linesOf(everywhere, (writer) => writer.commit === sampleSha(name)),
      })),
      files,
      addedLines: files.reduce((sum, file) => sum + file.addedLines, 0),
      deletedLines: files.reduce((sum, file) => sum + file.deletedLines, 0),
      incomplete: [],
    },
    provenance: {
      commits: commits.map(({ name }) => commitProvenance(name)),
      signals: [],
      totals: provenanceTotals(
        commits.map(({ name }) => commitProvenance(name)),
        { files: new Map(Object.entries(written)) },
      ),
      disagreements: [
        {
          commit: sampleSha("move"),
          kind: "attested-not-declared",
          source: "git-ai",
          aiLines: 3,
          humanLines: 6,
          agent: "claude-code",
          model: null,
        },
        {
          commit: sampleSha("ids"),
          kind: "declared-not-attested",
          source: "entire",
          aiLines: 0,
          humanLines: 39,
          agent: null,
          model: null,
        },
      ],
      acceptance: "as-is",
    },
    countsAsAi: ["agent-authored", "agent-assisted"],
    coverage: sampleCoverage(),
    findings: sampleFindings(),
    notAnalysed: [{ path: "assets/logo.svg", reason: "it is larger than 256 kB" }],
    decision: {
      state: "block",
      enforced: "block",
      summary: ["unedited-ai-needs-tests and risky-patterns block this change."],
      rules: sampleRules(),
      nextSteps: [
        "Cover 17 more of the AI's lines, most of them in src/orders/limit.ts.",
        "Fix swallowed-error in src/payments/charge.ts:44: rethrow it with `cause`, or handle it and say why that is safe.",
        "Add `AI-Accepted` to the 2 AI commits that lack it.",
      ],
      waivers: [],
      override: null,
      reviewers: [],
      inForce: [],
      policy: {
        source: "repository",
        path: ".github/countersign.yml",
        commit: sampleSha("base"),
        mode: "enforce",
        digest: "a".repeat(64),
      },
      factsDigest: "b".repeat(64),
      engine: { name: "countersign", version: "0.1.0" },
      evaluationId: "c".repeat(64),
    },
    notes: ["The change edits .github/countersign.yml; it is judged by the copy at the base."],
    ...rest,
  };
  // A copy, so that a test may change any part of it.
  return structuredClone(review);
}

function areaApproval(area: string, rest: Partial<AreaApproval>): AreaApproval {
  return {
    area,
    state: "waiting",
    says: `${area} waits for an approval of its owners: 0 of 1`,
    fix: `Ask an owner of ${area} to approve.`,
    have: 0,
    need: 1,
    by: [],
    stale: [],
    changesRequestedBy: [],
    unsatisfiable: null,
    candidates: { users: [], teams: [] },
    groups: [],
    considered: [],
    ...rest,
  };
}

function considered(user: string, reason: ConsideredReview["reason"], says: string): ConsideredReview {
  return { user, review: `${user}-1`, reason, says, files: [] };
}

/** The sample held up by approvals, with a waiver that ends, one that has ended, a rule of a floor and break-glass. */
export function heldReview(rest: Partial<Review> = {}): Review {
  const review = sampleReview();
  const owners = areaApproval("auth", {
    state: "stale",
    says: "auth has an approval that is stale: ann approved what is no longer there",
    stale: ["ann"],
    candidates: { users: ["ann", "bob"], teams: ["acme/identity"] },
    considered: [
      { ...considered("ann", "stale", "ann's approval is of other content"), files: ["src/session.ts"] },
      considered("dev1", "author", "dev1 is the author of the change"),
    ],
  });
  const billing = areaApproval("billing", {
    state: "satisfied",
    says: "billing is approved by cy",
    fix: null,
    have: 1,
    by: ["cy"],
  });
  const asks = (approvals: AreaApproval[]) =>
    approvals.map(({ says, fix, state }): Reason => ({
      says,
      fix,
      state: state === "satisfied" ? "yes" : "no",
      reasons: [],
    }));
  const rules = [
    rule("sensitive-ai-needs-owner", "AI-assisted change on a sensitive path needs its owner", {
      state: "stale",
      decision: "needs-approval",
      enforced: "needs-approval",
      files: ["src/session.ts"],
      reasons: asks([owners, billing]),
      approvals: [owners, billing],
    }),
    rule("two-people", "A second person has read it", {
      floor: "acme/policies",
      state: "waiting",
      decision: "needs-approval",
      enforced: "needs-approval",
      reasons: asks([areaApproval("the change", {})]),
      approvals: [areaApproval("the change", {})],
    }),
    rule("risky-patterns", "No risky pattern in AI code", { state: "waived", waivers: ["W-12"] }),
    rule("small-changes", "A change stays small enough to read", { state: "overridden" }),
    ...review.decision.rules.slice(3, 4),
  ];
  const waiver = {
    floor: null,
    rule: "risky-patterns",
    finding: null,
    owner: "payments",
    reason: "rewrite tracked in PAY-881",
  };
  const [first, ...others] = review.findings;
  return structuredClone({
    ...review,
    findings: [...(first === undefined ? [] : [{ ...first, waivedBy: "W-13" }]), ...others],
    decision: {
      ...review.decision,
      state: "needs-approval",
      enforced: "needs-approval",
      summary: [
        "Break-glass: dee overrides the policy until 2026-11-21T14:00:00.000Z (the payment page is down): small-changes is not met and does not hold the change up.",
        "sensitive-ai-needs-owner needs an approval: auth has an approval that is stale: ann approved what is no longer there.",
      ],
      rules,
      nextSteps: ["sensitive-ai-needs-owner: Ask an owner of auth to approve."],
      waivers: [
        { ...waiver, id: "W-12", expires: "2026-11-30", state: "ending", exempts: ["src/payments/charge.ts"] },
        {
          ...waiver,
          id: "W-13",
          rule: null,
          finding: "swallowed-error",
          expires: "2027-12-31",
          state: "active",
          exempts: ["src/payments/charge.ts:44"],
        },
        { ...waiver, id: "W-2", expires: "2026-10-31", state: "expired", exempts: [] },
      ],
      override: { by: "dee", reason: "the payment page is down", until: "2026-11-21T14:00:00.000Z" },
      reviewers: [{ user: "ann", areas: ["auth", "the change"] }],
      inForce: ["override 7", "waiver W-12", "waiver W-13"],
    },
    ...rest,
  } satisfies Review);
}
