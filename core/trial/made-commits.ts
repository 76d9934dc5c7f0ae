import type { Commit, Identity, ParentDiff, Sha } from "../change/change.ts";
import { madeSha } from "./made-files.ts";
import type { WrittenCommit } from "./written/change.ts";

/** A commit as a case makes it, with the signature that the case gives it. */
export interface MadeCommit {
  commit: Commit;
  signature: string | null;
  /** Whether the case says that it is a person's work: that is then a fact, and not only the commit's own word. */
  isHuman: boolean;
}

export interface CommitRequest {
  /** Tells it from every other commit of the case. */
  name: string;
  written: WrittenCommit;
  /** The author of the change, where the commit names none. */
  changeAuthor: string;
  parent: Sha;
  files: ParentDiff["files"];
  /** ISO 8601, UTC. */
  at: string;
}

/** A commit whose message holds what the case says, in a block where git finds trailers. */
export function makeCommit({ name, written, changeAuthor, parent, files, at }: CommitRequest): MadeCommit {
  const marks = written.verdict === undefined ? {} : marksOf[written.verdict];
  const author = identityOf(written.author ?? marks.author ?? changeAuthor);
  const commit = {
    sha: madeSha(`${name} on ${parent}`),
    parents: [parent],
    author,
    committer: written.committer === undefined ? author : identityOf(written.committer),
    authoredAt: at,
    committedAt: at,
    message: messageOf(written.message ?? `Make the ${name}`, { ...marks.trailers, ...written.trailers }),
    messageProblems: [],
    diffs: [{ parent, files }],
    moves: [],
  };
  return { commit, signature: written.signature ?? null, isHuman: written.verdict === "human" };
}

interface Marks {
  author?: string;
  trailers?: Record<string, string>;
}

/** What a commit of this verdict looks like; the verdict itself is found in the marks, as always. */
const marksOf: Readonly<Record<NonNullable<WrittenCommit["verdict"]>, Marks>> = {
  "agent-authored": { trailers: { "Generated-by": "claude-code:claude-opus-4-5" } },
  "agent-assisted": { trailers: { "Assisted-by": "claude-code:claude-opus-4-5" } },
  suggestion: { trailers: { "Co-authored-by": "Copilot <175728472+Copilot@users.noreply.github.com>" } },
  automation: { author: "dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>" },
  human: { trailers: { "AI-Assisted": "no" } },
  undeclared: {},
};

function messageOf(text: string, trailers: Readonly<Record<string, string | readonly string[]>>): string {
  const lines = Object.entries(trailers).flatMap(([key, values]) => [values].flat().map((value) => `${key}: ${value}`));
  return lines.length === 0 ? `${text.trimEnd()}\n` : `${text.trimEnd()}\n\n${lines.join("\n")}\n`;
}

/** A login, or `Name <mail>`. The mail of a login is the one that its account has in every case. */
export function identityOf(written: string): Identity {
  const open = written.lastIndexOf("<");
  if (open === -1 || !written.endsWith(">")) return { name: written, email: mailOf(written) };
  return { name: written.slice(0, open).trim(), email: written.slice(open + 1, -1).trim() };
}

/** The mail by which a case's commits name an account. */
export function mailOf(login: string): string {
  return `${login}@${login.endsWith("[bot]") ? "users.noreply.github.com" : "example.com"}`;
}
