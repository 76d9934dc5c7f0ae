import { withoutWorkflowCommands } from "../../untrusted/index.ts";

/** Lines of a page as its text, with a line break at the end; in the log of a GitHub job no line is a command. */
export function pageText(lines: readonly string[]): string {
  return `${lines.map(withoutCommand).join("\n")}\n`;
}

/** A log that drops colours before it looks for commands must not find one either. */
function withoutCommand(line: string): string {
  const styles = /^(?:\s|\u001b\[[0-9;]*m)*/.exec(line)?.[0] ?? "";
  return styles + withoutWorkflowCommands(line.slice(styles.length));
}
