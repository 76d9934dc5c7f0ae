import * as z from "zod";
import { Acceptance } from "../../change/authorship.ts";
import { few, missed, satisfied } from "../reasons.ts";
import { addTrailers, amendRecipe, declareRecipe, shortSha } from "../recipes.ts";
import { stepsOfList } from "../direction.ts";
import type { Requirement } from "../requirement.ts";
import { asList, oneOrMore } from "../schemas.ts";
import { worded } from "../wording.ts";

const Stated = Acceptance.exclude(["unstated"]);
type Stated = z.infer<typeof Stated>;

const acceptanceWord = worded(Stated, {
  says: "How a person took over what the tool wrote.",
  expects: `one of ${Stated.options.join(", ")}`,
  example: "edited",
});

const schema = oneOrMore(acceptanceWord, {
  says: "Every commit that counts as AI states in `AI-Accepted` that it was accepted in one of these ways. A commit that states none does not meet it.",
  expects: `one of ${Stated.options.join(", ")}, or a list of them`,
  example: ["edited", "rewritten"],
});

/** Asks that AI commits state how they were accepted, in one of these ways. */
export const acceptance: Requirement<Stated | Stated[], readonly Stated[]> = {
  schema,
  facts: ["change", "provenance", "files.file", "files.pathForms", "files.commits"],
  resolve: (written) => asList(written),
  compare: (before, after) => stepsOfList("loosens", before, after),
  asksOnlyOfAi: () => true,
  check: (allowed, scope) => {
    const asked = scope.commits.filter(({ countsAsAi }) => countsAsAi);
    const others = asked.filter(({ provenance }) => !allowed.some((word) => word === provenance.acceptance));
    if (asked.length === 0) return satisfied("no commit here counts as AI, so no acceptance is asked for");
    if (others.length === 0) return satisfied(`every AI commit was accepted as ${allowed.join(" or ")}`);
    const silent = others.filter(({ provenance }) => provenance.acceptance === "unstated");
    const reasons = others.map(({ commit, provenance }) => ({
      says: `commit ${shortSha(commit.sha)}: ${provenance.acceptance}`,
      state: "no" as const,
      fix: null,
      reasons: [],
    }));
    const amendments = addTrailers(silent, () => ["AI-Accepted"]);
    const { change } = scope.change.subject;
    const state = silent.length === 0 ? "" : ` ${amendRecipe(amendments, change)}${declareRecipe(amendments, change)}`;
    const fix = `Go over what the tool wrote until it is ${allowed.join(" or ")}, and say so.${state}`;
    return missed(
      `AI commits that do not state ${allowed.join(" or ")}: ${others.length} of ${asked.length}`,
      fix,
      few(reasons),
    );
  },
};
