import { z } from "zod";
import { FileMode } from "../change/change.ts";
import { decisionStates, RuleResult, worded } from "../policy/index.ts";
import { reviewStates } from "../ownership/index.ts";

/** What a person may write in a `*.test.yml`. The wording of each key is the source of every message about it. */

const text = (says: string, example: string) =>
  worded(z.string().min(1).max(1000), { says, expects: "a text", example });

const longText = (says: string, example: string) =>
  worded(z.string().max(200_000), { says, expects: "a text", example });

const texts = (says: string, example: string[]) =>
  worded(z.array(text("An item.", example[0] ?? "x")), { says, expects: "a list of texts", example });

const count = (says: string, example: number) =>
  worded(z.number().int().min(0).max(100_000), { says, expects: "a whole number", example });

const position = (says: string, example: number) =>
  worded(z.number().int().min(1).max(1000), { says, expects: "a whole number from 1", example });

const yesOrNo = (says: string) => worded(z.boolean(), { says, expects: "`true` or `false`", example: true });

function oneOf<const T extends readonly string[]>(says: string, options: T) {
  const shown = options.map((option) => `\`${option}\``);
  const expects = `${shown.slice(0, -1).join(", ")} or ${shown.at(-1) ?? ""}`;
  return worded(z.enum(options), { says, expects, example: options[0] });
}

const login = (says: string) => text(says, "ann");

/** `38/40`. */
const share = (says: string) =>
  worded(z.string().refine(isShare), { says, expects: "covered of all, as `38/40`", example: "38/40" });

function isShare(written: string): boolean {
  const parts = written.split("/");
  const [covered = NaN, total = NaN] = parts.map(Number);
  const areCounts = parts.every((part) => part.length > 0 && part.length <= 6 && Array.from(part).every(isDigit));
  return parts.length === 2 && areCounts && covered <= total;
}

function isDigit(char: string): boolean {
  return char >= "0" && char <= "9";
}

const instant = (says: string) =>
  worded(z.string().refine(isInstant), {
    says,
    expects: "a date or an instant in UTC, in quotes",
    example: "2026-12-31",
  });

/** `2026-12-31`, or `2026-12-31T12:00:00Z`. */
function isInstant(written: string): boolean {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?$/.test(written)) return false;
  const full = written.includes("T") ? written : `${written}T00:00:00Z`;
  const read = new Date(full);
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(full.slice(0, 19));
}

const path = text("The path from the root of the repository.", "src/auth/session.ts");

const file = worded(
  z.strictObject({
    path,
    previous_path: text("Where the file was before it was renamed.", "src/session.ts").optional(),
    additions: count("Added lines. Default: 1; of a deleted or binary file 0.", 40).optional(),
    deletions: count("Deleted lines. Default: 0; of a deleted file 1.", 3).optional(),
    kind: oneOf("What kind of file it is. Default: `text`.", ["text", "binary", "symlink", "submodule"]).optional(),
    mode: oneOf("Its mode in git. Default: by its kind.", FileMode.options).optional(),
    old_mode: oneOf("Its mode at the base. Default: the same.", FileMode.options).optional(),
    status: oneOf("What became of it. Default: `modified`, or `renamed` with `previous_path`.", [
      "added",
      "modified",
      "deleted",
    ]).optional(),
    target: text("Where a symbolic link points.", "../secrets").optional(),
    content: text(
      "A name for what the file holds then: the same name is the same content. Default: each push to it makes it another.",
      "as reviewed",
    ).optional(),
    commit: position(
      "The one commit of this list of commits that touched it. Default: all that name no files.",
      2,
    ).optional(),
  }),
  {
    says: "A changed file.",
    expects: "a mapping with `path`",
    example: { path: "src/auth/session.ts", additions: 40 },
  },
);

const files = worded(z.array(file), {
  says: "The files that are changed.",
  expects: "a list of files",
  example: [{ path: "src/auth/session.ts", additions: 40 }],
});

const verdict = oneOf("What the commit should be taken for: the marks for that are written into it.", [
  "agent-authored",
  "agent-assisted",
  "suggestion",
  "automation",
  "human",
  "undeclared",
]);

const trailerValue = worded(z.union([z.string(), z.array(z.string())]), {
  says: "The trailer's value, or a list of values for a trailer that stands several times.",
  expects: "a text or a list of texts",
  example: "claude-code:opus",
});

const commit = worded(
  z.strictObject({
    trailers: worded(z.record(z.string(), trailerValue), {
      says: "The trailers at the end of its message.",
      expects: "a mapping from keys to values",
      example: { "Assisted-by": "claude-code:opus", "AI-Accepted": "edited" },
    }).optional(),
    author: text("Who wrote it: a login, or `Name <mail>`. Default: the author of the change.", "dev1").optional(),
    committer: text("Who committed it. Default: its author.", "dev1").optional(),
    message: longText("Its message without the trailers.", "Renew sessions").optional(),
    files: texts("The files of this list of files that it touched. Default: all.", ["src/auth/session.ts"]).optional(),
    verdict: verdict.optional(),
    signature: text("What the platform says of its signature. Default: the case's `signatures`.", "valid").optional(),
  }),
  { says: "A commit.", expects: "a mapping", example: { trailers: { "Assisted-by": "claude-code:opus" } } },
);

const commits = worded(z.array(commit).min(1), {
  says: "The commits, oldest first. Default: one that says nothing.",
  expects: "a list of commits",
  example: [{ trailers: { "Assisted-by": "claude-code:opus" } }],
});

const change = worded(
  z.strictObject({
    author: login("Who opened the pull request. Default: `author`.").optional(),
    author_type: oneOf("The account's type. Default: `Bot` for a login that ends with `[bot]`, else `User`.", [
      "User",
      "Bot",
      "Organization",
    ]).optional(),
    association: oneOf("What the author is to the repository, in GitHub's words. Default: `MEMBER`.", [
      "OWNER",
      "MEMBER",
      "COLLABORATOR",
      "CONTRIBUTOR",
      "FIRST_TIMER",
      "FIRST_TIME_CONTRIBUTOR",
      "MANNEQUIN",
      "NONE",
    ]).optional(),
    agent_requesters: texts("Who asked an agent to open it.", ["ann"]).optional(),
    title: text("The pull request's title.", "Renew sessions").optional(),
    body: longText("The pull request's body.", "Why: …").optional(),
    base: text("The branch it goes into. Default: `main`.", "main").optional(),
    branch: text("The branch it comes from. Default: `topic`.", "topic").optional(),
    labels: texts("Its labels.", ["ai-assisted"]).optional(),
    draft: yesOrNo("Whether it is a draft. Default: `false`.").optional(),
    fork: yesOrNo("Whether it comes from a fork. Default: `false`.").optional(),
    event: oneOf("What the gate runs for. Default: `pull_request`; without one there are no reviews.", [
      "pull_request",
      "merge_group",
      "push",
      "local",
    ]).optional(),
    files: files.optional(),
    commits: commits.optional(),
    incomplete: texts("Why the change was not read whole.", ["GitHub returned 250 of 312 commits"]).optional(),
  }),
  {
    says: "The change as it was opened.",
    expects: "a mapping",
    example: { author: "dev1", files: [{ path: "src/auth/session.ts" }] },
  },
);

const reviewedAt = worded(z.string().refine(isReviewedAt), {
  says: "What was looked at: `head` (as it is at this step), `opened`, `1st push`, `2nd push` …, `base`, or `gone` for a commit that nobody has any more.",
  expects: "`head`, `opened`, `1st push` (or a later one), `base` or `gone`",
  example: "head",
});

function isReviewedAt(written: string): boolean {
  return ["head", "opened", "base", "gone"].includes(written) || pushNumber(written) !== null;
}

/** 2 of `2nd push`; null of anything else. */
export function pushNumber(written: string): number | null {
  const [digits = ""] = written.split(/[a-z]/, 1);
  const number = Number(digits);
  const ending = { 1: "st", 2: "nd", 3: "rd" }[number] ?? "th";
  return digits.length > 0 && digits.length < 4 && number > 0 && written === `${number}${ending} push` ? number : null;
}

const review = worded(
  z.strictObject({
    user: login("Who reviewed."),
    user_type: oneOf("The account's type. Default: `Bot` for a login that ends with `[bot]`, else `User`.", [
      "User",
      "Bot",
      "Organization",
      "Mannequin",
    ]).optional(),
    state: oneOf("What they said.", reviewStates),
    commit: reviewedAt.optional(),
    at: instant("When. Default: a minute after the step before.").optional(),
  }),
  { says: "A review.", expects: "a mapping with `user` and `state`", example: { user: "ann", state: "approved" } },
);

const push = worded(z.strictObject({ files: files.optional(), commits: commits.optional() }), {
  says: "More commits. A file of the change gets more lines and another content; another file comes to the change.",
  expects: "a mapping with `files`, `commits` or both",
  example: { files: [{ path: "src/auth/session.ts" }] },
});

const override = worded(
  z.strictObject({
    by: login("Who uses break-glass."),
    reason: text("Why.", "the site is down"),
    at: instant("When. Default: a minute after the step before.").optional(),
    commit: reviewedAt.optional(),
  }),
  {
    says: "A use of break-glass.",
    expects: "a mapping with `by` and `reason`",
    example: { by: "ann", reason: "the site is down" },
  },
);

const membership = (says: string) =>
  worded(z.strictObject({ team: text("The team.", "identity"), user: login("The person.") }), {
    says,
    expects: "a mapping with `team` and `user`",
    example: { team: "identity", user: "ann" },
  });

const event = worded(
  z
    .strictObject({
      review: review.optional(),
      push: push.optional(),
      dismiss: login("The reviews of this person are dismissed.").optional(),
      rebase: yesOrNo("The commits are made anew on a later base; every file stays what it was.").optional(),
      retarget: text("The pull request goes into another branch.", "release/1").optional(),
      label: text("A label is added.", "ai-assisted").optional(),
      unlabel: text("A label is taken away.", "ai-assisted").optional(),
      draft: yesOrNo("Whether it is a draft from now on.").optional(),
      date: instant("Time passes, up to then.").optional(),
      join: membership("Somebody joins a team.").optional(),
      leave: membership("Somebody leaves a team.").optional(),
      override: override.optional(),
    })
    .refine(hasOneKey, {
      params: { code: "CS012", what: "an event is one thing", fix: "Write one key for each `-`: `- dismiss: ann`." },
    }),
  { says: "What happened next.", expects: "a mapping with one key", example: { dismiss: "ann" } },
);

function hasOneKey(written: object): boolean {
  return Object.values(written).filter((value) => value !== undefined).length === 1;
}

const coverageFile = worded(
  z.strictObject({
    lines: share("Covered of those added lines that can run, the first ones of the file.").optional(),
    branches: share("Covered of the branches on added lines.").optional(),
    uncovered_functions: texts("New functions that no test enters.", ["renewSession"]).optional(),
  }),
  { says: "What the tests ran of this file.", expects: "a mapping", example: { lines: "38/40" } },
);

const coverageReport = worded(
  z.strictObject({
    files: worded(z.record(z.string(), coverageFile), {
      says: "By path: files of the change that the report has.",
      expects: "a mapping from paths to what the tests ran",
      example: { "src/auth/session.ts": { lines: "38/40", branches: "3/4" } },
    }).optional(),
    project_delta: worded(z.number().min(-100).max(100), {
      says: "By how many percentage points the project's line coverage changes. Default: there is nothing to compare with.",
      expects: "a number of percentage points",
      example: -0.1,
    }).optional(),
  }),
  { says: "The coverage report.", expects: "a mapping", example: { files: { "src/a.ts": { lines: "8/10" } } } },
);

const coverage = worded(z.union([z.literal("none"), coverageReport]), {
  says: "What the tests ran, or `none` where no report was given, which is the default.",
  expects: "`none` or a mapping with `files`",
  example: { files: { "src/auth/session.ts": { lines: "38/40" } } },
});

const finding = worded(
  z.strictObject({
    rule: text("The lint rule.", "swallowed-error"),
    path: path.optional(),
    line: position("The added line. Default: the file as a whole.", 1).optional(),
    message: text("What was found.", "This catch drops the error.").optional(),
  }),
  { says: "A finding.", expects: "a mapping with `rule`", example: { rule: "swallowed-error", path: "src/a.ts" } },
);

const check = worded(
  z.union([
    z.string().min(1),
    worded(
      z.strictObject({
        conclusion: text("Its conclusion, or `pending`.", "success"),
        app: text("The App that reported it.", "github-actions").optional(),
      }),
      { says: "A check.", expects: "a mapping with `conclusion`", example: { conclusion: "success" } },
    ),
  ]),
  {
    says: "The conclusion of the check on the head, or `pending`.",
    expects: "a conclusion such as `success` or `failure`, or `pending`",
    example: "success",
  },
);

const team = worded(z.union([z.array(z.string().min(1)), z.enum(["missing", "unread"])]), {
  says: "The members; `missing` for a team that there is not, `unread` for one whose members were not read.",
  expects: "a list of logins, `missing` or `unread`",
  example: ["ann", "dev1"],
});

export const unreadable = ["reviews", "people", "accounts", "checks", "signatures", "statements", "overrides"] as const;

const statement = worded(
  z.strictObject({
    predicate_type: text("The kind of the statement.", "https://slsa.dev/provenance/v1"),
    signer: text("Who signed it.", "https://github.com/acme/app/.github/workflows/ci.yml@refs/heads/main"),
  }),
  {
    says: "A signed statement about the head.",
    expects: "a mapping with `predicate_type` and `signer`",
    example: { predicate_type: "https://slsa.dev/provenance/v1", signer: "release-key" },
  },
);

/** What a case may say of the world around the change; the file's `given` too. */
const setting = {
  codeowners: longText(
    "The text of CODEOWNERS at the base. Default: there is none.",
    "src/auth/ @acme/identity",
  ).optional(),
  teams: worded(z.record(z.string(), team), {
    says: "Teams by name, with or without their organisation.",
    expects: "a mapping from teams to lists of logins",
    example: { identity: ["ann", "dev1"] },
  }).optional(),
  writers: texts("Who may push. Default: everybody that the case names.", ["ann"]).optional(),
  coverage: coverage.optional(),
  findings: worded(z.array(finding), {
    says: "What the lint rules found.",
    expects: "a list of findings",
    example: [{ rule: "swallowed-error", path: "src/a.ts" }],
  }).optional(),
  secrets: texts("Files of which an added line looks like a credential.", ["src/config.ts"]).optional(),
  not_analysed: texts("Files that no analysis looked into.", ["assets/big.js"]).optional(),
  checks: worded(z.record(z.string(), check), {
    says: "The checks on the head, by name.",
    expects: "a mapping from names to conclusions",
    example: { build: "success" },
  }).optional(),
  signatures: text("What the platform says of every commit's signature. Default: `unsigned`.", "valid").optional(),
  statements: worded(z.array(statement), {
    says: "Signed statements about the head that were verified.",
    expects: "a list of statements",
    example: [{ predicate_type: "https://slsa.dev/provenance/v1", signer: "release-key" }],
  }).optional(),
  gate_workflows: texts("Workflows that run the gate.", [".github/workflows/gate.yml"]).optional(),
  unread: worded(z.array(oneOf("What was not read.", unreadable)), {
    says: "What was not read of the platform, as with too few rights.",
    expects: "a list",
    example: ["reviews"],
  }).optional(),
  as_of: instant("The day or instant at which the case begins. Default: noon UTC of 2026-01-15.").optional(),
};

/** The same, taken out of a case. */
export const Setting = z.object(setting);
export type Setting = z.infer<typeof Setting>;

const expectedRule = worded(
  z.strictObject({
    state: oneOf("What the rule comes to.", RuleResult.shape.state.options).optional(),
    decision: oneOf("What it contributes to the decision.", decisionStates).optional(),
    enforced: oneOf("What it would contribute if it were enforced.", decisionStates).optional(),
    missing: worded(z.record(z.string(), position("How many.", 1)), {
      says: "How many approvals each area still lacks; areas that lack none are left out.",
      expects: "a mapping from areas to numbers",
      example: { auth: 1 },
    }).optional(),
    stale: texts("Whose approvals are stale: all of them.", ["ann"]).optional(),
    by: texts("Whose approvals count: all of them.", ["ann"]).optional(),
    files: texts("The files for which the rule's conditions hold: all of them.", ["src/auth/session.ts"]).optional(),
    waivers: texts("The waivers that exempt something from it: all of them.", ["W-12"]).optional(),
  }),
  { says: "What one rule comes to.", expects: "a mapping", example: { state: "waiting", missing: { auth: 1 } } },
);

const expectation = worded(
  z
    .strictObject({
      decision: oneOf("The decision.", decisionStates).optional(),
      enforced: oneOf("What it would be if every rule were enforced.", decisionStates).optional(),
      rules: worded(z.record(z.string(), expectedRule), {
        says: "Rules by id; those that are not named are not looked at.",
        expects: "a mapping from rules to what they come to",
        example: { "sensitive-ai-needs-owner": { state: "waiting" } },
      }).optional(),
      next_steps: texts("What to do next: each of these stands in one of the steps.", ["approval"]).optional(),
      waivers: worded(z.record(z.string(), oneOf("What became of it.", ["active", "ending", "expired"])), {
        says: "The waivers that bear on the change, by id: all of them.",
        expects: "a mapping from waivers to `active`, `ending` or `expired`",
        example: { "W-12": "active" },
      }).optional(),
      overridden_by: text("Who merges it by break-glass, or `nobody`.", "ann").optional(),
      reviewers: texts("The smallest set of people whose approvals would settle it.", ["ann"]).optional(),
    })
    .refine((written) => Object.values(written).some((value) => value !== undefined), {
      params: { code: "CS011", what: "nothing is expected", fix: "Write at least `expect: { decision: pass }`." },
    }),
  { says: "What must come out.", expects: "a mapping", example: { decision: "needs-approval" } },
);

const trialCase = worded(
  z.strictObject({
    name: text("What the case shows, as a sentence. Each name once.", "AI edit of auth waits for an owner"),
    like: text(
      "The case from which this one goes on: everything of it, then what stands here.",
      "AI edit of auth waits",
    ).optional(),
    change: change.optional(),
    ...setting,
    push: push.optional(),
    reviews: worded(z.array(review), {
      says: "Reviews, in their order; after `push` where a case has both.",
      expects: "a list of reviews",
      example: [{ user: "ann", state: "approved", commit: "head" }],
    }).optional(),
    overrides: worded(z.array(override), {
      says: "Uses of break-glass, after the reviews.",
      expects: "a list",
      example: [{ by: "ann", reason: "the site is down" }],
    }).optional(),
    events: worded(z.array(event), {
      says: "What happened then, one thing after the other.",
      expects: "a list of events",
      example: [{ dismiss: "ann" }],
    }).optional(),
    expect: expectation,
  }),
  {
    says: "A case.",
    expects: "a mapping with `name` and `expect`",
    example: { name: "…", expect: { decision: "pass" } },
  },
);

const baseline = worded(
  z.strictObject({
    repo: text("`owner/name`.", "acme/policies"),
    path: text("The policy's path there.", "ai-baseline.yml"),
    ref: text("The commit that the policy pins.", "9f2c1e7b4d0a6c5e8f3b2a1d0c9e8f7a6b5c4d3e"),
    file: text("Where a copy of it stands, from this file.", "baselines/ai-baseline.yml"),
  }),
  {
    says: "A copy of a policy that the tested one extends.",
    expects: "a mapping with `repo`, `path`, `ref` and `file`",
    example: { repo: "acme/policies", path: "ai-baseline.yml", ref: "9f2c…", file: "ai-baseline.yml" },
  },
);

const accepted = worded(
  z.strictObject({
    mutant: text("The mutant, as the report names it.", "areas.auth.tier: 1 → 2"),
    reason: text(
      "Why no case needs to tell it apart.",
      "the tier decides only how silence is taken, and silence is blocked",
    ),
  }),
  {
    says: "A mutant that may survive.",
    expects: "a mapping with `mutant` and `reason`",
    example: { mutant: "areas.auth.tier: 1 → 2", reason: "…" },
  },
);

export const WrittenCases = worded(
  z.strictObject({
    policy: text(
      "The policy, from this file; in `.github/countersign/` also from the folder above. Default: `countersign.yml`.",
      "countersign.yml",
    ).optional(),
    repository: text("`owner/name` of the repository. Default: `acme/app`.", "acme/app").optional(),
    codeowners_file: text(
      "The CODEOWNERS of every case that gives no text of its own, from this file.",
      "../CODEOWNERS",
    ).optional(),
    baselines: worded(z.array(baseline), {
      says: "Copies of the policies that the tested one extends.",
      expects: "a list",
      example: [{ repo: "acme/policies", path: "ai-baseline.yml", ref: "9f2c…", file: "ai-baseline.yml" }],
    }).optional(),
    given: worded(z.strictObject(setting), {
      says: "What holds in every case that says nothing else.",
      expects: "a mapping",
      example: { teams: { identity: ["ann"] } },
    }).optional(),
    cases: worded(z.array(trialCase).min(1), {
      says: "The cases.",
      expects: "a list of cases",
      example: [{ name: "…", expect: { decision: "pass" } }],
    }),
    accepted_mutants: worded(z.array(accepted), {
      says: "Mutants that may survive, each with the reason.",
      expects: "a list",
      example: [{ mutant: "areas.auth.tier: 1 → 2", reason: "…" }],
    }).optional(),
  }),
  { says: "Cases that test a policy.", expects: "a mapping with `cases`", example: { cases: [] } },
);
export type WrittenCases = z.infer<typeof WrittenCases>;
export type WrittenCase = WrittenCases["cases"][number];
export type WrittenFile = z.infer<typeof file>;
export type WrittenCommit = z.infer<typeof commit>;
export type WrittenEvent = z.infer<typeof event>;
export type WrittenReview = z.infer<typeof review>;
export type WrittenCoverage = z.infer<typeof coverage>;
export type Expectation = z.infer<typeof expectation>;
