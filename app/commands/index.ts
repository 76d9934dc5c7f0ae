export {
  authoriseCommands,
  commitsOfOverrides,
  type AuthorisedCommands,
  type CommandReply,
  type SeenHead,
} from "./authorise-commands.ts";
export { Command, CommandRequest } from "./command.ts";
export { memosOfComment, type CommentOnPull } from "./memos-of-comment.ts";
export { readCommand } from "./read-command.ts";
