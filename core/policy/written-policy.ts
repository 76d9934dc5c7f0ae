import { z } from "zod";
import { Verdict } from "../change/authorship.ts";
import { conditions } from "./conditions/index.ts";
import { modes } from "./decision.ts";
import { partsShape } from "./parts.ts";
import { requirements } from "./requirements/index.ts";
import { namePattern, nameSchema, pathListSchema, plainPathListSchema } from "./schemas.ts";
import { worded } from "./wording.ts";
import { forbidSchema } from "./written/boundary.ts";
import { dateSchema } from "./written/dates.ts";
import { breakGlassSchema, waiversSchema } from "./written/exceptions.ts";
import { extendsSchema } from "./written/extends.ts";
import { labelsSchema } from "./written/labels.ts";
import { ownersExample, ownersSchema } from "./written/owners.ts";

/** What a person may write in a policy file. The wording of each key is the one source of every page and message about it. */

const mode = (says: string) =>
  worded(z.enum(modes), { says, expects: "`observe`, `warn` or `enforce`", example: "enforce" });

const aiVerdict = worded(Verdict.extract(["agent-authored", "agent-assisted", "suggestion", "undeclared"]), {
  says: "A verdict of provenance that counts as AI.",
  expects: "one of agent-authored, agent-assisted, suggestion, undeclared",
  example: "agent-assisted",
});

const counts = (what: string, byDefault: boolean) =>
  worded(z.boolean(), {
    says: `${what}. Default: \`${String(byDefault)}\`.`,
    expects: "`true` or `false`",
    example: byDefault,
  }).optional();

const provenance = worded(
  z.strictObject({
    counts_as_ai: worded(z.array(aiVerdict).min(1), {
      says: "The verdicts that count as AI. Default: `[agent-authored, agent-assisted]`.",
      expects: "a list of verdicts",
      example: ["agent-authored", "agent-assisted", "suggestion"],
    }).optional(),
    detected_without_trailer: worded(z.enum(["allow", "warn", "block"]), {
      says: "What it comes to when a tool left its mark on a commit and the commit's trailers say nothing: `allow`, `warn` or `block`. Default: `warn`.",
      expects: "`allow`, `warn` or `block`",
      example: "warn",
    }).optional(),
    sensitive_undeclared: worded(z.enum(["ai", "human"]), {
      says: "How commits that say nothing are taken where they touch an area: `ai` on every area, `human` on none. Default: `ai` on areas of tier 1, `human` on the others.",
      expects: "`ai` or `human`",
      example: "ai",
    }).optional(),
    exclude: plainPathListSchema({
      says: "Files that never count as AI-assisted. Only exact paths are excluded, on both sides of a rename; links and submodules never are. Default: none.",
      expects: "a list of patterns",
      example: ["docs/**", "**/*.md"],
    }).optional(),
    counts_as_code: worded(
      z.strictObject({
        tests: counts("Tests count", true),
        iac: counts("Infrastructure as code counts", true),
        migrations: counts("Migrations of databases count", true),
        generated: counts("Generated files count", false),
      }),
      {
        says: "Kinds of files that count as AI-assisted when an agent wrote them. A file of another kind always counts.",
        expects: "a mapping with `tests`, `iac`, `migrations` and `generated`",
        example: { tests: true, generated: false },
      },
    ).optional(),
  }),
  {
    says: "What counts as AI.",
    expects: "a mapping",
    example: { counts_as_ai: ["agent-authored", "agent-assisted"], exclude: ["docs/**"] },
  },
);

const area = worded(
  z.strictObject({
    paths: pathListSchema({
      says: "The files of the area. A file belongs to it when either of its paths matches, also in another case, with look-alike letters, or as the target of a link.",
      expects: "a list of patterns",
      example: ["src/auth/**"],
    }),
    tier: worded(z.literal([1, 2, 3]), {
      says: "How sensitive the area is, 1 the most. On tier 1, silence counts as AI and files that could not be analysed leave the decision open. Default: 2.",
      expects: "1, 2 or 3",
      example: 1,
    }).optional(),
    owners: worded(
      z.union([
        z.literal("codeowners"),
        ownersSchema({ says: "Who approves changes to the area, whatever CODEOWNERS says." }),
      ]),
      {
        says: "Who approves changes to the area: `codeowners`, or people and teams. Default: `codeowners`.",
        expects: "`codeowners`, or a mapping with `teams` or `users`",
        example: ownersExample,
      },
    ).optional(),
    fallback: ownersSchema({
      says: "Who may approve when none of the owners can, before owners of broader patterns and `default_owners`. Default: nobody.",
    }).optional(),
  }),
  {
    says: "A named part of the repository.",
    expects: "a mapping with `paths`",
    example: { paths: ["src/auth/**"], tier: 1 },
  },
);

const areas = worded(z.record(z.string().meta({ pattern: namePattern }), area), {
  says: "Named parts of the repository, for rules to use. Names are lower-case letters, digits and hyphens.",
  expects: "a mapping from names to areas",
  example: { auth: { paths: ["src/auth/**"], tier: 1 } },
});

export const writtenWhen = worded(
  z.strictObject(partsShape(conditions)).refine(hasKey),
  {
    says: "When the rule applies: all conditions must hold for the same file. A rule without `when` applies to every change.",
    expects: "a mapping with at least one condition; leave `when` out for a rule that always applies",
    example: { ai: true, area: "auth" },
  },
  { minProperties: 1 },
);

export const writtenRequire = worded(
  z.strictObject(partsShape(requirements)).refine(hasKey),
  {
    says: "The evidence that the rule asks for. All of it.",
    expects: "a mapping with at least one requirement",
    example: { trailers: ["Assisted-by"] },
  },
  { minProperties: 1 },
);

const rule = worded(
  z
    .strictObject({
      id: nameSchema({
        says: "The rule's name in reports; reads as a sentence: `sensitive-ai-needs-tests`.",
        expects: "lower-case letters, digits and hyphens",
        example: "sensitive-ai-needs-tests",
      }),
      title: worded(z.string().min(1).max(200), {
        says: "One sentence for people. Default: the id with spaces.",
        expects: "a text of 1 to 200 characters",
        example: "AI-assisted change on a sensitive path needs tests",
      }).optional(),
      when: writtenWhen.optional(),
      require: writtenRequire.optional(),
      forbid: forbidSchema.optional(),
      mode: mode("What the rule does when it is not met. Default: the file's `mode`.").optional(),
      enforce_after: dateSchema({
        says: "From this day on, 00:00 UTC, the rule's mode is `enforce`. Default: never by itself.",
      }).optional(),
    })
    .refine(({ require, forbid }) => require !== undefined || forbid !== undefined, {
      params: {
        code: "CS011",
        what: "`require` is missing",
        fix: "Write `require: {trailers: [Assisted-by]}`.",
      },
    }),
  {
    says: "One rule: when it applies, what it asks for, and what follows.",
    expects: "a mapping with `id` and `require`",
    example: { id: "ai-is-declared", when: { ai: true }, require: { trailers: ["Assisted-by"] } },
  },
  { anyOf: [{ required: ["require"] }, { required: ["forbid"] }] },
);

export const WrittenPolicy = worded(
  z.strictObject({
    version: worded(z.literal(1), { says: "The version of this format: 1.", expects: "1", example: 1, code: "CS023" }),
    mode: mode(
      "What rules do that are not met: `observe` reports and never holds a change up, `warn` warns, `enforce` blocks. Default: `enforce`.",
    ).optional(),
    extends: extendsSchema.optional(),
    provenance: provenance.optional(),
    areas: areas.optional(),
    rules: worded(z.array(rule), {
      says: "The rules. They are independent of each other; the strictest result decides.",
      expects: "a list of rules",
      example: [{ id: "ai-is-declared", when: { ai: true }, require: { trailers: ["Assisted-by"] } }],
    }).optional(),
    forbid: forbidSchema.optional(),
    waivers: waiversSchema.optional(),
    break_glass: breakGlassSchema.optional(),
    policy_owners: ownersSchema({
      says: "Who approves changes to the policy, its tests, CODEOWNERS and the workflow that runs the gate. Default: the code owners of those files, else `default_owners`, else anyone who can push and has no part in the change.",
    }).optional(),
    default_owners: ownersSchema({
      says: "Who approves files that have no owner. Default: nobody.",
    }).optional(),
    accept: worded(
      z.array(
        worded(z.enum(["claimed"]), {
          says: "A strength of facts that nobody verified.",
          expects: "`claimed`",
          example: "claimed",
        }),
      ),
      {
        says: "Unverified facts that may loosen a verdict: `claimed` is what a trailer or a person says. Default: none; they only raise.",
        expects: "a list with `claimed`, or an empty one",
        example: ["claimed"],
      },
    ).optional(),
    labels: labelsSchema.optional(),
    comment: worded(z.boolean(), {
      says: "Whether a pull request gets a comment from whatever writes to it. The command line and the Action write none. Default: `true`.",
      expects: "`true` or `false`",
      example: true,
    }).optional(),
  }),
  { says: "A Countersign policy.", expects: "a mapping with `version: 1`", example: { version: 1 } },
  { title: "Countersign policy" },
);
export type WrittenPolicy = z.infer<typeof WrittenPolicy>;

function hasKey(written: object): boolean {
  return Object.values(written).some((value) => value !== undefined);
}
