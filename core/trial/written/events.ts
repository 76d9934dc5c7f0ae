import * as z from "zod";
import { worded } from "../../policy/index.ts";
import { reviewStates } from "../../ownership/index.ts";
import { ordinal } from "../ordinal.ts";
import { commits } from "./change.ts";
import { files } from "./files.ts";
import { instant, login, oneOf, text, yesOrNo } from "./words.ts";

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
  return digits.length > 0 && digits.length < 4 && number > 0 && written === `${ordinal(number)} push` ? number : null;
}

export const review = worded(
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

export const push = worded(z.strictObject({ files: files.optional(), commits: commits.optional() }), {
  says: "More commits. A file of the change gets more lines and another content; another file comes to the change.",
  expects: "a mapping with `files`, `commits` or both",
  example: { files: [{ path: "src/auth/session.ts" }] },
});

export const override = worded(
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

export const event = worded(
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
export type WrittenEvent = z.infer<typeof event>;
export type WrittenReview = z.infer<typeof review>;
export type WrittenOverride = z.infer<typeof override>;
