import * as z from "zod";
import type { Check } from "../../ownership/review.ts";
import { inertText } from "../../untrusted/index.ts";
import type { Answer } from "../judged.ts";
import { few, satisfied } from "../reasons.ts";
import { listed } from "../recipes.ts";
import { stepsOfList } from "../direction.ts";
import type { Outcome, Requirement } from "../requirement.ts";
import { asList, literalName, oneOrMore } from "../schemas.ts";
import { worded } from "../wording.ts";

const name = literalName(
  200,
  { says: "The name of a check or commit status, letter for letter.", expects: "the name of a check", example: "test" },
  () => "Name only checks that must succeed.",
);

const check = worded(
  z.union([
    name,
    worded(
      z.strictObject({
        name,
        app: worded(z.string().min(1).max(100), {
          says: "The slug of the App that must have reported it; others of the name do not count.",
          expects: "the slug of an App",
          example: "github-actions",
        }).optional(),
      }),
      {
        says: "A check by its name and the App that reports it.",
        expects: "a mapping with `name` and `app`",
        example: { name: "test", app: "github-actions" },
      },
    ),
  ]),
  {
    says: "A check by its name, or by its name and App. Anything that may write statuses can report a name; only its App is sure of its own.",
    expects: "the name of a check, or a mapping with `name` and `app`",
    example: { name: "test", app: "github-actions" },
  },
);

const schema = oneOrMore(check, {
  says: "Checks that have completed on the head with success. A neutral or skipped one has not. Without `app`, a commit status of the name counts too, and anybody who can push can set one: name the `app` wherever a check guards something.",
  expects: "the name of a check, a mapping with `name` and `app`, or a list of such",
  example: ["test", { name: "CodeQL", app: "github-advanced-security" }],
});

type WrittenCheck = string | { name: string; app?: string | undefined };

/** One check to be asked for; `app` null for any. */
export interface AskedCheck {
  name: string;
  app: string | null;
}

/** Asks for checks that succeeded on the head. */
export const checks: Requirement<WrittenCheck | WrittenCheck[], readonly AskedCheck[]> = {
  schema,
  facts: ["checks"],
  resolve: (written) => asList(written).map(askedCheck),
  compare: (before, after) => stepsOfList("tightens", before.map(wholeName), after.map(wholeName)),
  check: (asked, { change }) => {
    const read = change.subject.checks;
    if (read.state === "absent") {
      const says = `the checks on the head are not known: ${inertText(read.reason)}`;
      const fix = "Run it for a pull request, with `checks: read` and `statuses: read`.";
      return { state: "undecided", reason: { says, state: "unknown", fix, reasons: [] } };
    }
    return outcomeOf(asked.map((one) => ({ one, answer: answerOf(one, read.value) })));
  },
};

function askedCheck(written: WrittenCheck): AskedCheck {
  return typeof written === "string" ? { name: written, app: null } : { name: written.name, app: written.app ?? null };
}

/** Of several checks of one name all must have succeeded: nobody knows which of them is meant. */
function answerOf({ name: asked, app }: AskedCheck, found: readonly Check[]): Answer {
  const meant = found.filter((one) => one.name === asked && (app === null || one.app === app));
  const failed = meant.find(({ status, conclusion }) => status === "completed" && conclusion !== "success");
  const shown = showCheck({ name: asked, app });
  if (failed !== undefined)
    return {
      state: "no",
      says: `${shown} ended with ${inertText(failed.conclusion ?? "no conclusion", { maxGraphemes: 40 })}`,
    };
  const open = meant.find(({ status }) => status !== "completed");
  if (open !== undefined)
    return { state: "unknown", says: `${shown} has not completed: ${inertText(open.status, { maxGraphemes: 40 })}` };
  if (meant.length === 0) return { state: "unknown", says: `${shown} has not been reported on the head` };
  return { state: "yes", says: `${shown} succeeded` };
}

function outcomeOf(answers: readonly { one: AskedCheck; answer: Answer }[]): Outcome {
  const reasons = few(answers.map(({ answer }) => ({ ...answer, fix: null, reasons: [] })));
  const named = (state: Answer["state"]) =>
    listed(answers.filter(({ answer }) => answer.state === state).map(({ one }) => showCheck(one)));
  if (answers.some(({ answer }) => answer.state === "no")) {
    const fix = `Mend what these checks found, or run them again: ${named("no")}.`;
    return { state: "unsatisfied", reason: { says: "checks did not succeed", state: "no", fix, reasons } };
  }
  if (answers.some(({ answer }) => answer.state === "unknown")) {
    const fix = `Wait for these checks, and decide again then: ${named("unknown")}.`;
    return { state: "undecided", reason: { says: "checks are still open", state: "unknown", fix, reasons } };
  }
  return satisfied("the checks have succeeded", reasons);
}

/** Of any App and of one are two questions: of several reports of a name each asks for others. */
function wholeName({ name: asked, app }: AskedCheck): string {
  return app === null ? asked : `{ name: ${JSON.stringify(asked)}, app: ${JSON.stringify(app)} }`;
}

function showCheck({ name: asked, app }: AskedCheck): string {
  const by = app === null ? "" : ` by ${inertText(app, { maxGraphemes: 60 })}`;
  return `${inertText(asked, { maxGraphemes: 80 })}${by}`;
}
