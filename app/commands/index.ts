export {
  authoriseCommands,
  commitsOfOverrides,
  type AuthorisedCommands,
  type CommandReply,
} from "./authorise-commands.ts";
export { Command, CommandRequest, Settled } from "./command.ts";
export { idleMemos } from "./idle-memos.ts";
export { memosOfComment, type CommentOnPull } from "./memos-of-comment.ts";
export { readCommand } from "./read-command.ts";
export { standingRequests } from "./requests.ts";
export type { SeenHead } from "./seen-heads.ts";
export { requestId, settledMemo, settledRequests } from "./settled.ts";
