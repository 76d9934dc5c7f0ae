import type { Change } from "../change/change.ts";
import type { JudgedCommit } from "./judged.ts";

/** Enough of a commit id for git and for people. */
export function shortSha(sha: string): string {
  return sha.slice(0, 10);
}

/** A change to the message or author of one commit. All of it is safe to paste: nothing from the change but plain words. */
export interface Amendment {
  commit: JudgedCommit;
  /** Options of `git commit --amend`. */
  options: string;
  /** Trailers to add, as lines `Key: value`. */
  trailers: readonly string[];
}

/**
 * How to amend commits of the change, whether at its tip or further back: whole sentences with commands. Every rebase
 * begins at the merge base, so that the recipes of one report can be followed in one.
 */
export function amendRecipe(amendments: readonly Amendment[], change: Change): string {
  const work = amendments.filter(({ commit }) => commit.commit.sha === change.uncommitted);
  const stored = amendments.filter(({ commit }) => commit.commit.sha !== change.uncommitted);
  const [first] = stored;
  const sentences = work.map(({ trailers }) => `Commit with \`git commit${withTrailers(trailers)}\`.`);
  if (first === undefined) return sentences.join(" ");
  const atTip = stored.length === 1 && first.commit.commit.sha === change.head.sha;
  return [...sentences, atTip ? `Run ${command(first)}.` : rebase(stored, change)].join(" ");
}

/**
 * The way that rewrites no history: a later, empty commit whose trailers speak for these commits. Begins with a blank;
 * empty when a later commit cannot declare one of the trailers, or nothing is committed yet.
 */
export function declareRecipe(amendments: readonly Amendment[], change: Change): string {
  const stored = amendments.filter(({ commit }) => commit.commit.sha !== change.uncommitted);
  if (stored.length === 0 || !stored.every(({ trailers }) => trailers.every(canBeDeclared))) return "";
  const [alike, ...others] = new Set(stored.map(({ trailers }) => withTrailers(trailers)));
  // One commit that declares for several names one tool for all of them.
  const isSame = others.length === 0 && alike?.includes("<agent>") === false;
  const isOne = stored.length === 1 || (isSame && stored.length <= mostDeclared);
  const ids = isOne ? stored.map(({ commit }) => commit.commit.sha.slice(0, declaredDigits)) : ["<sha>"];
  const declares = withTrailers(ids.map((id) => `AI-Declares: ${id}`));
  const rest = others.length === 0 ? (alike ?? "") : withTrailers(["<key>: <value>"]);
  const each = isOne ? "" : ", for each commit";
  return ` Or, without rewriting history${each}: \`git commit --allow-empty${declares}${rest} -m "Declare provenance"\`.`;
}

/** The shortest id that `AI-Declares` takes. */
const declaredDigits = 12;
const mostDeclared = 3;

/** A sign-off or a review is of the commit it stands in, and a key that we do not know may be too. */
function canBeDeclared(trailer: string): boolean {
  const key = trailer.slice(0, trailer.indexOf(":")).toLowerCase();
  return key === "assisted-by" || key === "generated-by" || (key.startsWith("ai-") && key in samples);
}

/** Adds a trailer for each key to each commit, with placeholders for what only the author knows. */
export function addTrailers(
  commits: readonly JudgedCommit[],
  keysOf: (commit: JudgedCommit) => readonly string[],
): Amendment[] {
  // What is known of all the commits alike is the same for each.
  const lines = new Map<string, string>();
  const lineOf = (key: string) => {
    const line = lines.get(key) ?? trailerLine(key, commits);
    lines.set(key, line);
    return line;
  };
  return commits.map((commit) => ({ commit, options: " --no-edit", trailers: keysOf(commit).map(lineOf) }));
}

/** `Assisted-by: claude-code:<model>`: what is known already of all these commits alike, and placeholders for the rest. */
export function trailerLine(key: string, commits: readonly JudgedCommit[]): string {
  const known = key.toLowerCase();
  if (known === "assisted-by" || known === "generated-by") return `${key}: ${agentAndModel(commits)}`;
  return `${key}: ${samples[known] ?? "<value>"}`;
}

/**
 * What to know before a declaration is written: which tool left its mark where, when they differ, and what to write
 * where there was none. Begins with a blank; empty when the recipe says it all.
 */
export function declarationNotes(commits: readonly JudgedCommit[]): string {
  return `${toolNotes(commits)}${silenceNote(commits)}`;
}

/** Nobody who wrote alone should be led to name a tool. */
export function silenceNote(commits: readonly JudgedCommit[]): string {
  return commits.some(isSilent) ? " Where no agent helped, write `AI-Assisted: no` instead." : "";
}

/** What makes a person's work count as one where the policy does not accept claims. */
export const showWho =
  "What a commit says of itself is a claim that nobody has verified: have somebody decide it in a recorded ruling, or let the policy take such commits at their word (`accept: [claimed]`).";

/** Names in a row, `a, b and 7 more`. */
export function listed(names: readonly string[], most = 5): string {
  if (names.length <= most) return names.join(", ");
  return `${names.slice(0, most).join(", ")} and ${names.length - most} more`;
}

/** The ids of commits: whoever must edit them needs every one. */
export function listedCommits(commits: readonly JudgedCommit[]): string {
  const more = commits.length > mostCommits ? " (all are in report.json)" : "";
  return `${listed(
    commits.map(({ commit }) => shortSha(commit.sha)),
    mostCommits,
  )}${more}`;
}

const mostCommits = 30;

function command({ options, trailers }: Amendment): string {
  return `\`git commit --amend${options}${withTrailers(trailers)}\``;
}

function withTrailers(trailers: readonly string[]): string {
  return trailers.map((line) => ` --trailer "${line}"`).join("");
}

function rebase(amendments: readonly Amendment[], change: Change): string {
  const merges = change.commits.some(({ parents }) => parents.length > 1) ? " --rebase-merges" : "";
  const start = change.commits.some(({ parents }) => parents.length === 0) ? "--root" : shortSha(change.mergeBase);
  const open = `Run \`git rebase -i${merges} ${start}\`, mark ${listedCommits(amendments.map(({ commit }) => commit))} with \`edit\``;
  const [only, ...others] = [...Map.groupBy(amendments, command)];
  if (only === undefined) return "";
  if (others.length === 0) return `${open}, and at each stop run ${only[0]} and \`git rebase --continue\`.`;
  const stops = [only, ...others].map(
    ([amend, group]) => `at ${listedCommits(group.map(({ commit }) => commit))} run ${amend}`,
  );
  return `${open}; ${stops.join("; ")}; and go on with \`git rebase --continue\` each time.`;
}

/** What stands for a value that only the author knows, by the vocabulary of trailers. */
const samples: Readonly<Record<string, string>> = {
  "ai-session": "<session id>",
  "ai-trace": "<32 hex digits>",
  "ai-prompt": "sha256:<64 hex digits>",
  "ai-prompt-summary": "<up to 100 characters>",
  "ai-accepted": "as-is|edited|rewritten|partial <n>/<m>",
  "ai-validated": "tests, lint, types, manual, security",
  "ai-assisted": "no",
  "reviewed-by": "Name <mail>",
  "signed-off-by": "Name <mail>",
};

/** What all these commits bear the mark of, as far as it is harmless in a shell. */
function agentAndModel(commits: readonly JudgedCommit[]): string {
  const agent = sameOfAll(commits.map(agentOf));
  const model = agent === null ? null : sameOfAll(commits.map(({ provenance }) => harmless(provenance.model)));
  return `${agent ?? "<agent>"}:${model ?? "<model>"}`;
}

function sameOfAll(words: readonly (string | null)[]): string | null {
  const [first = null, ...others] = new Set(words);
  return others.length === 0 ? first : null;
}

/** `Tools left their marks: copilot at 97c0457aa1; claude-code at 5ba1896bb2.` Nothing when the trailer names the one tool. */
function toolNotes(commits: readonly JudgedCommit[]): string {
  const agents = commits.map(agentOf);
  if (sameOfAll(agents) !== null || agents.every((agent) => agent === null)) return "";
  const marked = commits.filter((commit) => !isSilent(commit));
  const marks = [...Map.groupBy(marked, (commit) => agentOf(commit) ?? "a tool we do not know")];
  const places = marks.map(([agent, group]) => `${agent} at ${listedCommits(group)}`);
  return ` Tools left their marks: ${places.join("; ")}.`;
}

/** Of a commit that nobody declared, nothing is known, whatever it bears. */
function agentOf(commit: JudgedCommit): string | null {
  return isSilent(commit) ? null : harmless(commit.provenance.agent?.toLowerCase().replaceAll(" ", "-"));
}

function isSilent({ provenance }: JudgedCommit): boolean {
  return provenance.verdict === "undeclared";
}

function harmless(word: string | null | undefined): string | null {
  if (word === null || word === undefined || word.length === 0 || word.length > 60) return null;
  return Array.from(word).every((char) => /[A-Za-z0-9._-]/.test(char)) ? word : null;
}
