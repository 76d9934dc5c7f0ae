import * as z from "zod";
import { inertText } from "../../untrusted/index.ts";
import { few, missed, satisfied } from "../reasons.ts";
import { listed, shortSha } from "../recipes.ts";
import { stepOfOther, stepsOfList, type Step } from "../direction.ts";
import type { Requirement } from "../requirement.ts";
import { worded } from "../wording.ts";

const schema = worded(
  z.strictObject({
    predicate_type: worded(z.string().min(1).max(500), {
      says: "The type of the statement's predicate, whole. Default: any.",
      expects: "the address of a predicate type",
      example: "https://slsa.dev/provenance/v1",
    }).optional(),
    signers: worded(
      z
        .array(
          worded(z.string().min(1).max(500), {
            says: "An identity or a key id, whole.",
            expects: "an identity or a key id",
            example: "release@example.org",
          }),
        )
        .min(1),
      {
        says: "Who may have signed it: identities or key ids, letter for letter.",
        expects: "a list of identities or key ids",
        example: ["release@example.org"],
      },
    ),
  }),
  {
    says: "A signed statement about the head commit that was verified when the facts were read, by one of these signers.",
    expects: "a mapping with `signers`",
    example: { signers: ["release@example.org"] },
  },
);

/** Whose statement is asked for; `predicateType` null for any. */
export interface AskedStatement {
  predicateType: string | null;
  signers: readonly string[];
}

/** Asks for a verified statement about the head. One about any other commit says nothing of what is merged. */
export const attestation: Requirement<z.infer<typeof schema>, AskedStatement> = {
  schema,
  facts: ["change.head", "statements"],
  resolve: ({ predicate_type, signers }) => ({ predicateType: predicate_type ?? null, signers }),
  compare: (before, after) => [
    ...stepsOfList("loosens", before.signers, after.signers),
    ...stepsOfType(before.predicateType, after.predicateType),
  ],
  check: ({ predicateType, signers }, { change: { subject } }) => {
    const { statements, change } = subject;
    if (statements.state === "absent") {
      const says = `signed statements are not known: ${inertText(statements.reason)}`;
      return { state: "undecided", reason: { says, state: "unknown", fix: howTo, reasons: [] } };
    }
    const head = statements.value.filter(({ commit }) => commit === change.head.sha);
    const fits = head.find(
      (found) => signers.includes(found.signer) && (predicateType === null || found.predicateType === predicateType),
    );
    if (fits !== undefined) return satisfied(`a verified statement about the head is signed by ${shown(fits.signer)}`);
    const type = predicateType === null ? "" : ` of type ${shown(predicateType)}`;
    const reasons = head.map((found) => ({
      says: `there is one of type ${shown(found.predicateType)} by ${shown(found.signer)}`,
      state: "no" as const,
      fix: null,
      reasons: [],
    }));
    const says = `no verified statement${type} about ${shortSha(change.head.sha)} is signed by ${listed(signers.map(shown))}`;
    return missed(says, howTo, few(reasons));
  },
};

const howTo = "Have one of the signers sign a statement about the head commit, and hand it to the run that decides.";

function stepsOfType(before: string | null, after: string | null): Step[] {
  if (before !== null && after !== null) return stepOfOther(before, after);
  if (before === after) return [];
  return [{ effect: before === null ? "tightens" : "loosens", what: `predicate_type ${shown(after ?? "any")}` }];
}

function shown(text: string): string {
  return inertText(text, { maxGraphemes: 200 });
}
