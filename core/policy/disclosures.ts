import { isByTool } from "../change/authorship.ts";
import type { Signal } from "../provenance/provenance.ts";
import { inertText } from "../untrusted/index.ts";
import type { Reason } from "./decision.ts";
import { trailersFor, type JudgedChange, type JudgedCommit, type JudgedFile, type Scope } from "./judged.ts";
import { few, missed, satisfied } from "./reasons.ts";
import {
  addTrailers,
  amendRecipe,
  declarationNotes,
  declareRecipe,
  listed,
  listedCommits,
  shortSha,
  showWho,
  silenceNote,
  trailerLine,
} from "./recipes.ts";
import type { Outcome } from "./requirement.ts";

/** The ways in which a policy can ask for disclosure, or forbid what there would be to disclose. */
export const disclosureModes = [
  "required",
  "canonical",
  "forbidden",
  "no-coauthor",
  "labelled",
  "not-only-detected",
] as const;
/** One of these ways. */
export type DisclosureMode = (typeof disclosureModes)[number];

interface Disclosure {
  /** For people who write a policy. */
  means: string;
  /** Whether it asks nothing of commits that do not count as AI. */
  asksOnlyOfAi: boolean;
  check: (scope: Scope) => Outcome;
}

/** What each mode of `disclosure` asks of a commit. */
export const disclosures: Readonly<Record<DisclosureMode, Disclosure>> = {
  required: {
    means:
      "every commit says who wrote it, by a trailer of a known tool, an agent as its author, the bot that opened the change and signed the commit, or `AI-Assisted: no`",
    asksOnlyOfAi: false,
    check: (scope) =>
      checkCommits(scope, {
        asked: (commit) => !commit.exempt,
        problems: (commit, { change }) =>
          commit.provenance.conflict
            ? ["contradicts itself"]
            : disclosed(commit, change)
              ? []
              : ["says nothing about AI"],
        held: "every commit says whether an agent helped",
        missed: "commits that do not say whether an agent helped",
        fix: declareAssistance,
      }),
  },
  canonical: {
    means: "every AI commit has a well-formed `Assisted-by` or `Generated-by` trailer that names a tool",
    asksOnlyOfAi: true,
    check: (scope) =>
      checkCommits(scope, {
        asked: (commit) => commit.countsAsAi,
        problems: (commit, { change }) =>
          hasCanonical(commit, change.vocabulary) ? [] : ["has no well-formed Assisted-by or Generated-by"],
        held: "every AI commit has Assisted-by or Generated-by",
        missed: "AI commits without a well-formed Assisted-by or Generated-by",
        fix: declareAssistance,
      }),
  },
  forbidden: {
    means: "no commit counts as AI",
    asksOnlyOfAi: true,
    check: (scope) =>
      checkCommits(scope, {
        asked: ({ countsAsAi, countsByClaim }) => countsAsAi || countsByClaim,
        problems: ({ countsByClaim, provenance }) => [
          countsByClaim ? `claims to be ${provenance.verdict}, which the policy does not accept` : "counts as AI",
        ],
        held: "no commit here counts as AI",
        missed: "commits that count as AI, where none may",
        fix: takeOut,
      }),
  },
  "no-coauthor": {
    means: "no agent is author, co-author or signer; `Assisted-by` is fine",
    asksOnlyOfAi: false,
    check: (scope) =>
      checkCommits(scope, {
        asked: (commit) => !commit.exempt,
        problems: agentRoles,
        held: "no agent is author, co-author or signer",
        missed: "commits that name an agent as author, co-author or signer",
        fix: fixRoles,
      }),
  },
  labelled: {
    means:
      "the pull request has the label of `labels.ai` (`ai-assisted` when it names none), or another that is known to say AI, when commits count as AI",
    asksOnlyOfAi: true,
    check: checkLabel,
  },
  "not-only-detected": {
    means: "every commit that bears a mark of AI says so in its trailers too",
    asksOnlyOfAi: true,
    check: (scope) =>
      checkCommits(scope, {
        asked: (commit) => commit.countsAsAi && isByTool(commit.provenance.verdict),
        problems: (commit) =>
          commit.provenance.signals.some(saysAiInTrailer) ? [] : ["bears marks of AI, and its trailers are silent"],
        held: "every commit with a mark of AI says so in its trailers",
        missed: "commits with marks of AI and silent trailers",
        fix: declareAssistance,
      }),
  },
};

interface CommitCheck {
  asked: (commit: JudgedCommit) => boolean;
  problems: (commit: JudgedCommit, scope: Scope) => string[];
  held: string;
  missed: string;
  fix: (commits: readonly JudgedCommit[], scope: Scope) => string;
}

function checkCommits(scope: Scope, { asked, problems, held, missed: lacking, fix }: CommitCheck): Outcome {
  const bad = scope.commits.filter((commit) => asked(commit) && problems(commit, scope).length > 0);
  if (bad.length === 0) return satisfied(held);
  const reasons = bad.map((commit): Reason => {
    const says = `commit ${shortSha(commit.commit.sha)} (${commit.provenance.verdict}) ${problems(commit, scope).join(", and ")}`;
    return { says, state: "no", fix: null, reasons: [] };
  });
  return missed(`${lacking}: ${bad.length}`, fix(bad, scope), few(reasons));
}

function declareAssistance(commits: readonly JudgedCommit[], { change }: Scope): string {
  const amendments = addTrailers(commits, () => ["Assisted-by"]);
  const recipes = [amendRecipe, declareRecipe].map((recipe) => recipe(amendments, change.subject.change));
  return `${recipes.join("")}${declarationNotes(commits)}`;
}

/** The rule's files that these commits touched; an empty commit has none, and goes as a whole. */
function takeOut(commits: readonly JudgedCommit[], { change, files }: Scope): string {
  const shas = new Set(commits.map(({ commit }) => commit.sha));
  const theirs = files.filter(({ subject, excluded }) => !excluded && subject.commits.some((sha) => shas.has(sha)));
  const names = listed(
    theirs.map(({ shown }) => shown),
    10,
  );
  const what =
    theirs.length === 0
      ? `Take these commits out of the change: ${listedCommits(commits)}.`
      : `Take these files out of the change, or have a person write them: ${names} (commits ${listedCommits(commits)}).`;
  return `${what}${claimNote(commits, theirs, change)}`;
}

/** Where silence counts as AI and no claim is accepted, nobody should be led to claim. */
function claimNote(
  commits: readonly JudgedCommit[],
  files: readonly JudgedFile[],
  { acceptsClaims, policy }: JudgedChange,
): string {
  if (commits.some(({ countsByClaim }) => countsByClaim)) return ` ${showWho}`;
  const silent = new Set(policy.areas.filter((area) => area.undeclaredCountsAsAi).map(({ name }) => name));
  const isVain = !acceptsClaims && files.some(({ areas }) => areas.some((name) => silent.has(name)));
  return isVain ? "" : silenceNote(commits);
}

/**
 * Git's own trailer block, of this commit or of one that declares for it, or an author whose identity is the disclosure: an
 * agent's, or a bot's that the platform knows, since its name alone says that nobody need ask. Text elsewhere only labels.
 */
function disclosed({ provenance }: JudgedCommit, { acceptsClaims }: JudgedChange): boolean {
  return provenance.signals.some(({ class: kind, kind: mark, strength }) => {
    if (kind === "trailer") return true;
    if (kind !== "identity") return false;
    return mark === "author" || (mark === "automation" && (strength === "platform" || acceptsClaims));
  });
}

function saysAiInTrailer(signal: Signal): boolean {
  return signal.class === "trailer" && isByTool(signal.verdict);
}

function hasCanonical({ provenance }: JudgedCommit, { trailerProblem }: Scope["change"]["vocabulary"]): boolean {
  return trailersFor(provenance).some(({ key, value }) => {
    return (
      ["assisted-by", "generated-by"].includes(key.toLowerCase()) &&
      value.trim() !== "" &&
      trailerProblem(key, value) === null
    );
  });
}

function agentRoles({ provenance }: JudgedCommit, { change }: Scope): string[] {
  const named = (key: string, role: string) =>
    provenance.trailers.flatMap((trailer) => {
      const agent = trailer.key.toLowerCase() === key ? change.vocabulary.agentIdentity(trailer.value) : null;
      return agent === null ? [] : [`has ${inertText(agent, { maxGraphemes: 60 })} as ${role}`];
    });
  const coAuthors = ["co-authored-by", "co-developed-by"].flatMap((key) => named(key, "co-author"));
  const marked = provenance.signals.some((signal) => signal.kind === "co-author" && signal.class === "trailer");
  const authored = provenance.signals.some((signal) => signal.kind === "author" && isByTool(signal.verdict));
  return [
    ...(coAuthors.length === 0 && marked ? ["has an agent as co-author"] : coAuthors),
    ...named("signed-off-by", "signer"),
    ...(authored ? ["has an agent as author"] : []),
  ];
}

/** Only where the agent is the author is the author to be replaced: others keep theirs. */
function fixRoles(commits: readonly JudgedCommit[], scope: Scope): string {
  const amendments = commits.map((commit) => {
    const authored = agentRoles(commit, scope).includes("has an agent as author");
    return { commit, options: authored ? " --reset-author" : "", trailers: [] };
  });
  const recipe = amendRecipe(amendments, scope.change.subject.change);
  const instead = trailerLine("Assisted-by", commits);
  return `${recipe} In the editor, write \`${instead}\` in place of the agent's \`Co-authored-by\` or \`Signed-off-by\` line.${declarationNotes(commits)}`;
}

/** Labels are facts of a pull request: without one, nobody knows. */
function checkLabel({ change, commits }: Scope): Outcome {
  const { labels, provenance } = change.subject;
  const ai = commits.filter((commit) => commit.countsAsAi);
  const count = ai.length;
  if (count === 0) return satisfied("no commit here counts as AI, so no label is asked for");
  if (provenance.signals.some((signal) => signal.kind === "label"))
    return satisfied("a label says that an agent helped");
  if (labels.state === "absent") {
    const says = `whether a label says AI is not known: ${inertText(labels.reason)}`;
    return {
      state: "undecided",
      reason: { says, state: "unknown", fix: "Run the check on the pull request.", reasons: [] },
    };
  }
  const label = change.policy.labels["ai"] ?? "ai-assisted";
  const shown = inertText(label, { maxGraphemes: 100 });
  // GitHub keeps no two labels that differ in case alone.
  if (labels.value.some((name) => name.toLowerCase() === label.toLowerCase()))
    return satisfied(`the label ${shown} says that an agent helped`);
  return missed(
    `commits that count as AI, with no label that says so: ${count}`,
    `${howToLabel(label, shown)}${silenceNote(ai)}`,
  );
}

/** A command is printed only for a name that a shell takes as it stands. */
function howToLabel(label: string, shown: string): string {
  const isPlain =
    Array.from(label.toLowerCase()).every((each) => plainCharacters.includes(each)) && !label.startsWith("-");
  return isPlain ? `Run \`gh pr edit --add-label ${label}\`.` : `Set the label \`${shown}\` on the pull request.`;
}

const plainCharacters = "abcdefghijklmnopqrstuvwxyz0123456789-_./:";
