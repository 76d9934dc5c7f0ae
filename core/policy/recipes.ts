import type { Change } from "../change/change.ts";
import type { JudgedCommit } from "./judged.ts";

/** Enough of a commit id for git and for people. */
export function shortSha(sha: string): string {
  return sha.slice(0, 10);
}

/** A change to the message or author of commits. All of it is safe to paste: nothing from the change but plain words. */
export interface Amendment {
  /** Options of `git commit --amend`. */
  options: string;
  /** Trailers to add, as lines `Key: value`. */
  trailers: readonly string[];
}

/** How to amend commits of the change, whether at its tip or further back: whole sentences with commands. */
export function amendRecipe(
  commits: readonly JudgedCommit[],
  change: Change,
  { options, trailers }: Amendment,
): string {
  const [first] = commits;
  if (first === undefined) return "";
  const added = trailers.map((line) => ` --trailer "${line}"`).join("");
  if (commits.length === 1 && first.commit.sha === change.uncommitted) return `Commit with \`git commit${added}\`.`;
  const amend = `\`git commit --amend${options}${added}\``;
  if (commits.length === 1 && first.commit.sha === change.head.sha) return `Run ${amend}.`;
  const start = first.commit.parents.length === 0 ? "--root" : `${shortSha(first.commit.sha)}^`;
  const which = `${commits.length === 1 ? "" : "each of "}${listed(commits.map(({ commit }) => shortSha(commit.sha)))}`;
  return `Run \`git rebase -i ${start}\`, mark ${which} with \`edit\`, and at each stop run ${amend} and \`git rebase --continue\`.`;
}

/** Adds a trailer for each key, with placeholders for what only the author knows. */
export function addTrailers(keys: readonly string[], commit: JudgedCommit | undefined): Amendment {
  return { options: " --no-edit", trailers: keys.map((key) => trailerLine(key, commit)) };
}

/** `Assisted-by: claude-code:<model>`: what is known already, and placeholders for the rest. */
export function trailerLine(key: string, commit: JudgedCommit | undefined): string {
  return `${key}: ${sampleValue(key, commit)}`;
}

/** Names in a row, `a, b and 7 more`. */
export function listed(names: readonly string[], most = 5): string {
  if (names.length <= most) return names.join(", ");
  return `${names.slice(0, most).join(", ")} and ${names.length - most} more`;
}

/** What stands for a value that only the author knows, by the vocabulary of trailers. */
const samples: Readonly<Record<string, string>> = {
  "ai-session": "<session id>",
  "ai-trace": "<32 hex digits>",
  "ai-prompt": "sha256:<64 hex digits>",
  "ai-accepted": "as-is|edited|rewritten|partial <n>/<m>",
  "ai-validated": "tests, lint, types, manual, security",
  "ai-assisted": "no",
  "reviewed-by": "Name <mail>",
  "signed-off-by": "Name <mail>",
};

function sampleValue(key: string, commit: JudgedCommit | undefined): string {
  const known = key.toLowerCase();
  if (known === "assisted-by" || known === "generated-by") return agentAndModel(commit);
  return samples[known] ?? "<value>";
}

/** What is known of the tool already, as far as it is harmless in a shell. */
function agentAndModel(commit: JudgedCommit | undefined): string {
  const agent = harmless(commit?.provenance.agent?.toLowerCase().replaceAll(" ", "-"));
  const model = harmless(commit?.provenance.model);
  return `${agent ?? "<agent>"}:${model ?? "<model>"}`;
}

function harmless(word: string | null | undefined): string | null {
  if (word === null || word === undefined || word.length === 0 || word.length > 60) return null;
  return Array.from(word).every((char) => /[A-Za-z0-9._-]/.test(char)) ? word : null;
}
