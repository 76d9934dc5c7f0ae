import * as z from "zod";
import { findingsIn, notAnalysedIn, placeWords } from "../findings-in-scope.ts";
import { few, missed, satisfied } from "../reasons.ts";
import type { Requirement } from "../requirement.ts";
import { worded } from "../wording.ts";

const schema = worded(z.literal("none"), {
  says: "`none`: no added line holds text in the shape of a credential.",
  expects: "`none`",
  example: "none",
  instead: {
    no: "Write `secrets: none` where no added line may look like a credential; leave the key out where that is not asked for.",
  },
});

/** Asks that no credential-shaped text is added. */
export const secrets: Requirement<"none", "none"> = {
  schema,
  facts: ["findings", "notAnalysed", "files.file", "files.pathForms", "files.commits"],
  resolve: (written) => written,
  compare: () => [],
  check: (_none, scope) => {
    const found = findingsIn(scope).filter(({ rule }) => scope.change.vocabulary.isSecretRule(rule));
    if (found.length === 0) return notAnalysedIn(scope) ?? satisfied("no added line looks like a credential");
    const reasons = found.map(({ place, rule }) => {
      return {
        says: `${placeWords(place)} looks like a credential (${rule})`,
        state: "no" as const,
        fix: null,
        reasons: [],
      };
    });
    const fix =
      "Revoke the credential, remove it from the history (`git rebase -i`), and read it from the environment or a secret store.";
    return missed(`places that look like credentials: ${found.length}`, fix, few(reasons));
  },
};
