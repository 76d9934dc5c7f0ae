import * as z from "zod";
import { worded } from "../../policy/index.ts";
import { path } from "./files.ts";
import { checkConclusions } from "../check-conclusions.ts";
import { instant, longText, oneOf, position, repositoryPaths, share, text, texts } from "./words.ts";

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
    rule: text("The lint rule.", "uncovered-new-function"),
    path: path.optional(),
    line: position("The added line. Default: the file as a whole.", 1).optional(),
    message: text("What was found.", "No test enters renewSession.").optional(),
  }),
  {
    says: "A finding.",
    expects: "a mapping with `rule`",
    example: { rule: "uncovered-new-function", path: "src/a.ts" },
  },
);

const check = worded(
  z.union([
    z.enum([...checkConclusions, "pending"]),
    worded(
      z.strictObject({
        conclusion: oneOf("Its conclusion, or `pending`.", [...checkConclusions, "pending"]),
        app: text("The App that reported it.", "github-actions").optional(),
      }),
      { says: "A check.", expects: "a mapping with `conclusion`", example: { conclusion: "success" } },
    ),
  ]),
  {
    says: "The conclusion of the check on the head, or `pending`.",
    expects: `one of ${checkConclusions.join(", ")}, pending`,
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
export const setting = {
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
    example: [{ rule: "uncovered-new-function", path: "src/a.ts" }],
  }).optional(),
  secrets: repositoryPaths("Files of which an added line looks like a credential.", ["src/config.ts"]).optional(),
  not_analysed: repositoryPaths("Files that no analysis looked into.", ["assets/big.js"]).optional(),
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
  gate_workflows: repositoryPaths("Workflows that run the gate.", [".github/workflows/gate.yml"]).optional(),
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
export type WrittenCoverage = z.infer<typeof coverage>;
