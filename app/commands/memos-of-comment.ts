import type { Memo, MemoKind } from "../../adapters/store/store.ts";
import type { Command, CommandRequest } from "./command.ts";
import { readCommand } from "./read-command.ts";

/** A comment on a pull request, as a delivery tells it. */
export interface CommentOnPull {
  /** The pull request's subject key. */
  subject: string;
  id: number;
  /** Its author's login. */
  by: string;
  body: string;
  /** What it said before, when this tells of an edit by its author. */
  before: string | null;
  /** When it came to say what it says. */
  at: string;
  /** GitHub's word for what its author is to the repository; left out: not told. */
  association?: string;
}

/**
 * What is to be remembered of a comment: its command as a request, or, when an edit took the command away, that. Each
 * version of a comment is a memo of its own, so that deliveries in another order leave the same.
 */
export function memosOfComment(comment: CommentOnPull): Memo[] {
  const command = readCommand(comment.body);
  if (command !== null) return [memoOf(comment, command)];
  const had = comment.before !== null && readCommand(comment.before) !== null;
  return had ? [memoOf(comment, { verb: "withdrawn" })] : [];
}

function memoOf({ subject, id, by, at, association = "" }: CommentOnPull, command: Command): Memo {
  const request: CommandRequest = { command, by, comment: id, at, isInsider: insiders.has(association) };
  return { subject, kind: kinds[command.verb], id: `${id}/${at}`, value: JSON.stringify(request), at };
}

const kinds: Readonly<Record<Command["verb"], MemoKind>> = {
  explain: "command",
  recheck: "command",
  mistake: "command",
  withdrawn: "command",
  declare: "declaration",
  clear: "ruling",
  override: "override",
};

/** https://docs.github.com/en/graphql/reference/enums#commentauthorassociation */
const insiders: ReadonlySet<string> = new Set(["OWNER", "MEMBER", "COLLABORATOR"]);
