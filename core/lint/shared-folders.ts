import type { SourceFile, SyntaxNode, TextPart } from "../syntax/index.ts";
import { calledName } from "./origins.ts";

/**
 * Whether a path is a name that can be foretold in a folder where everyone may write: `/tmp/app.lock`,
 * `os.path.join(tempfile.gettempdir(), "state")`. Who makes the file first, or a link of that name, decides what is written.
 */
export function isGuessablePath(file: SourceFile, node: SyntaxNode, depth = 0): boolean {
  if (depth > 4) return false;
  const value = file.valueOf(node);
  const parts = file.textOf(value);
  if (parts !== null) return isGuessableText(file, parts);
  const call = file.callAt(value);
  if (call === null) return false;
  const called = calledName(file, call);
  const [first, ...others] = call.args;
  if (first === undefined) return false;
  if (/^(?:Path|File|pathlib\.Path|java\.io\.File)$/.test(called) && others.length === 0)
    return isGuessablePath(file, first.value, depth + 1);
  if (
    /(?:^|\.)(?:Paths\.get|Path\.of|path\.join|path\.resolve|filepath\.Join|path\.Join|Path|File)$/.test(called) ||
    /^path(?:\/filepath)?\.Join$/.test(called)
  ) {
    const isShared = isSharedFolder(file, first.value);
    return isShared && others.length > 0 && others.every(({ value: part }) => isPredictable(file, part));
  }
  return false;
}

/** `/tmp`, `os.TempDir()`, `tempfile.gettempdir()`, `os.tmpdir()`. */
function isSharedFolder(file: SourceFile, node: SyntaxNode): boolean {
  const value = file.valueOf(node);
  const text = file.constantText(value);
  if (text !== null) return sharedFolder.test(text);
  const call = file.callAt(value);
  return call !== null && temporary.test(calledName(file, call));
}

const sharedFolder = /^(?:\/usr|\/var)?\/tmp(?:\/|$)|^\/dev\/shm(?:\/|$)/;
const temporary = /^(?:os\.TempDir|os\.tmpdir|tempfile\.gettempdir|tmpdir)$/;

function isGuessableText(file: SourceFile, parts: readonly TextPart[]): boolean {
  const [first] = parts;
  const begins =
    first?.kind === "written"
      ? /^(?:(?:\/usr|\/var)?\/tmp|\/dev\/shm)\/./.test(
          parts
            .map((part) => (part.kind === "written" ? part.text : "x"))
            .join("")
            .slice(0, 40),
        )
      : first !== undefined && isSharedFolder(file, first.node);
  return begins && parts.every((part) => part.kind === "written" || part === first || isPredictable(file, part.node));
}

/** A text; else a name that says neither that it is drawn nor that it is one's own. */
function isPredictable(file: SourceFile, node: SyntaxNode): boolean {
  return file.isConstant(node);
}
