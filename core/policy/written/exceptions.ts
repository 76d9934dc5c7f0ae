import * as z from "zod";
import type { BreakGlass, Waiver } from "../policy.ts";
import { inertText } from "../../untrusted/index.ts";
import { alsoBeside, plainPathListSchema } from "../schemas.ts";
import { worded } from "../wording.ts";
import { dateSchema, durationMs, durationSchema } from "./dates.ts";
import { ownersExample, ownersSchema, resolveOwners } from "./owners.ts";

/** Written exceptions: dated, owned, and counted apart. */

const waiverExample = {
  id: "W-12",
  rule: "no-risky-patterns",
  paths: ["src/legacy/**"],
  reason: "rewrite tracked in PAY-881",
  owner: "payments",
  expires: "2026-12-31",
};

const text = (longest: number, says: string, example: string) =>
  worded(z.string().min(1).max(longest), { says, expects: `a text of 1 to ${longest} characters`, example });

const waiver = worded(
  z
    .strictObject({
      id: worded(
        z.string().refine(isWaiverId, { params: { code: "CS027" } }),
        { says: "Its name in reports.", expects: "letters, digits, hyphens and dots", example: "W-12" },
        { pattern: "^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$" },
      ),
      rule: text(80, "The rule of this policy that it exempts from.", "no-risky-patterns").optional(),
      finding: text(
        80,
        "The lint rule whose findings it takes out of the count; they stay in the report.",
        "uncovered-new-function",
      ).optional(),
      paths: plainPathListSchema({
        says: "The files that it exempts, by their exact paths, as in `provenance.exclude`. Default: all.",
        expects: "a list of patterns",
        example: waiverExample.paths,
      }).optional(),
      reason: text(500, "Why, for whoever reads the report.", waiverExample.reason),
      owner: text(100, "The person or team who answers for it.", waiverExample.owner),
      expires: dateSchema({
        says: "The last day on which it holds, in UTC. From 14 days before, reports say that it ends; afterwards it exempts nothing.",
      }),
    })
    .refine(namesOne, {
      when: alsoBeside,
      params: { code: "CS011", what: "a waiver names one of `rule` and `finding`", fix: "Write one of the two." },
    }),
  {
    says: "One exception from a rule of this policy, or for a lint rule's findings. Built-in rules, credentials and the rules of a floor know none.",
    expects: "a mapping with `id`, `rule` or `finding`, `reason`, `owner` and `expires`",
    example: waiverExample,
  },
  { oneOf: [{ required: ["rule"] }, { required: ["finding"] }] },
);

/** `waivers`, as written. */
export const waiversSchema = worded(z.array(waiver), {
  says: "Exceptions: dated, owned, and counted apart in every report.",
  expects: "a list of waivers",
  example: [waiverExample],
});

/** A waiver with its defaults settled. */
export function resolveWaiver(written: z.infer<typeof waiver>): Waiver {
  const { id, rule = null, finding = null, paths = null, expires } = written;
  const reason = inertText(written.reason, { maxGraphemes: 500 });
  return { id, rule, finding, paths, reason, owner: inertText(written.owner, { maxGraphemes: 100 }), expires };
}

/** `break_glass`, as written. */
export const breakGlassSchema = worded(
  z.strictObject({
    who: ownersSchema({ says: "Who may merge without what the policy asks for, for a recorded reason." }),
    max_age: durationSchema({
      says: "How long an override holds. It ends earlier when anything of the change is another.",
    }),
  }),
  {
    says: "Emergencies: a recorded decision of one of these people to merge what rules would hold up. Without this key nobody can.",
    expects: "a mapping with `who` and `max_age`",
    example: { who: ownersExample, max_age: "4h" },
  },
);

/** `break_glass` with its defaults settled. */
export function resolveBreakGlass({ who, max_age }: z.infer<typeof breakGlassSchema>): BreakGlass {
  return { who: resolveOwners(who), maxAgeMs: durationMs(max_age) ?? 0 };
}

function isWaiverId(id: string): boolean {
  if (id.length > 80 || !/[A-Za-z0-9]/.test(id.charAt(0))) return false;
  return Array.from(id).every((char) => /[A-Za-z0-9._-]/.test(char));
}

function namesOne({ rule, finding }: { rule?: string | undefined; finding?: string | undefined }): boolean {
  return (rule === undefined) !== (finding === undefined);
}
