import type { Call, SourceFile, SyntaxNode } from "../../syntax/index.ts";
import { isLogCall } from "../log-calls.ts";
import type { Pattern } from "../pattern.ts";
import { originOf } from "../request-data.ts";
import { fileName, isTestFile } from "../test-files.ts";

/** What a request brings is written into a log as it is. */
export const logInjection: Pattern = {
  rule: {
    id: "log-injection",
    title: "What a request brings goes into a log as it is",
    help: "Log it as a field of its own, or take line breaks out of it first.",
    confidence: "medium",
    severity: { human: "warning", aiEdited: "error", aiAsIs: "error" },
  },
  languages: ["javascript", "python", "go", "java"],
  trigger:
    /\b(?:log\w*|console|print\w*|slog|LOG\w*|LOGGER|warn\w*|\w+Log|\w+Logger)\b[.(]|fmt\.Print|System\.(?:out|err)|sys\.std/,
  find(file, report) {
    if (isTestFile(fileName(file.path))) return;
    for (const call of file.calls) {
      if (!isLogCall(call, file)) continue;
      if (messagesOf(file, call).some((part) => originOf(file, part, "log") === "request"))
        report(call.node, "A line break in what the request brings begins a line of its own in the log.");
    }
  },
};

/** What a call writes as text. Fields beside the message are for the log's own format to escape. */
function messagesOf(file: SourceFile, { name, receiver, args }: Call): SyntaxNode[] {
  const values = args.filter((argument) => argument.name === null || argument.name === "msg").map(({ value }) => value);
  const owner = receiver?.text.slice(0, 60) ?? "";
  const start = file.language === "go" && /Context$/.test(name) ? 1 : 0;
  const messages = hasFields(file, name, owner, values.slice(start)) ? values.slice(start, start + 1) : values;
  return messages.filter((value) => !isField(file, value));
}

/** In Go `logger.Info("login", "name", name)`: after a message that is written there come names and values. */
function hasFields(file: SourceFile, name: string, owner: string, values: readonly SyntaxNode[]): boolean {
  if (file.language !== "go" || /f$/.test(name) || owner === "log" || owner === "fmt") return false;
  if (/^(?:slog|zap|zlog)/.test(owner) || /w$/.test(name)) return true;
  const [message, key] = values;
  return message !== undefined && key !== undefined && file.isConstant(message) && file.isConstant(key);
}

function isField(file: SourceFile, node: SyntaxNode): boolean {
  const value = file.bare(node);
  return (
    /^(?:object|dictionary|array|composite_literal|number|integer)$/.test(value.type) ||
    file.dialect.functions.has(value.type)
  );
}
