import * as z from "zod";
import { worded } from "../policy/index.ts";
import { change } from "./written/change.ts";
import { event, override, push, review } from "./written/events.ts";
import { expectation } from "./written/expectation.ts";
import { setting } from "./written/setting.ts";
import { text } from "./written/words.ts";

/** What a person may write in a `*.test.yml`. The wording of each key is the source of every message about it. */

export const trialCase = worded(
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

const floor = worded(
  z.strictObject({
    repo: text("`owner/name`.", "acme/policies"),
    path: text("The policy's path there.", "ai-floor.yml"),
    ref: text("The commit that the policy pins.", "9f2c1e7b4d0a6c5e8f3b2a1d0c9e8f7a6b5c4d3e"),
    file: text("Where a copy of it stands, from this file.", "floors/ai-floor.yml"),
  }),
  {
    says: "A copy of a policy that the tested one extends.",
    expects: "a mapping with `repo`, `path`, `ref` and `file`",
    example: { repo: "acme/policies", path: "ai-floor.yml", ref: "9f2c…", file: "ai-floor.yml" },
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
    floors: worded(z.array(floor), {
      says: "Copies of the policies that the tested one extends.",
      expects: "a list",
      example: [{ repo: "acme/policies", path: "ai-floor.yml", ref: "9f2c…", file: "ai-floor.yml" }],
    }).optional(),
    cases: worded(z.array(trialCase).min(1), {
      says: "The cases.",
      expects: "a list of cases",
      example: [{ name: "…", expect: { decision: "pass" } }],
    }),
    given: worded(z.strictObject(setting), {
      says: "What holds in every case that says nothing else.",
      expects: "a mapping",
      example: { teams: { identity: ["ann"] } },
    }).optional(),
    accepted_mutants: worded(z.array(accepted), {
      says: "Mutants that may survive, each with the reason.",
      expects: "a list",
      example: [{ mutant: "areas.auth.tier: 1 → 2", reason: "…" }],
    }).optional(),
  }),
  { says: "Cases that test a policy.", expects: "a mapping with `cases`", example: { cases: [] } },
);
export type WrittenCases = z.infer<typeof WrittenCases>;

/** The same without the cases, and without a look at keys that are unknown. */
export const CasesHead = z.object(WrittenCases.shape).omit({ cases: true });
export type CasesHead = z.infer<typeof CasesHead>;

export type WrittenCase = WrittenCases["cases"][number];
