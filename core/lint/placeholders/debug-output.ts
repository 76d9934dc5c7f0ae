import type { Call, SourceFile, SyntaxNode } from "../../syntax/index.ts";
import type { Report } from "../pattern.ts";

/** `console.log("here")`, `print("DEBUG", x)`, `debugger`, `breakpoint()`: what somebody looked at while it was written. */
export function reportDebugOutput(file: SourceFile, report: Report): void {
  for (const node of file.nodes("debugger_statement")) report(node, "The program stops here for a debugger.");
  for (const call of file.calls) {
    if (isBreakpoint(file, call)) report(call.node, "The program stops here for a debugger.");
    else if (isOutput(file, call) && saysNothing(file, call) && !isAskedFor(call.node))
      report(call.node, "This output was for who wrote the code.");
  }
}

function isBreakpoint(file: SourceFile, { name, receiver }: Call): boolean {
  if (file.language !== "python") return false;
  if (receiver === null) return name === "breakpoint";
  return name === "set_trace" && /^(?:i?pdb|pudb|wdb|trepan)$/.test(receiver.text);
}

function isOutput(file: SourceFile, { name, receiver }: Call): boolean {
  const of = receiver?.text ?? "";
  switch (file.language) {
    case "javascript":
      return of === "console" && name === "log";
    case "python":
      return of === "" && name === "print";
    case "go":
      return (of === "fmt" && /^Print/.test(name)) || (of === "" && name === "println");
    case "java":
      return /^System\.(?:out|err)$/.test(of) && /^print/.test(name);
  }
}

function saysNothing(file: SourceFile, { args }: Call): boolean {
  const parts = args[0] === undefined ? null : file.textOf(args[0].value, false);
  const first = parts?.[0];
  if (first?.kind !== "written") return false;
  const text = first.text.slice(0, 200);
  return marks.test(text) || (parts?.length === 1 && words.test(text));
}

/** How such a text begins, whatever follows. */
const marks =
  /^[\s>=*#!~-]*(?:\[?debug(?:ging)?\]?\s*(?:[:!>=-]|$|\d)|(?:xxx+|asdf|qwer|wtf|!!!+|\?\?\?+|@@@+)(?:$|[^\w]))|^>>>+\s*\w/i;
/** The whole of it. */
const words =
  /^[\s>=*#!~-]*(?:(?:i'?m |got |we'?re |am |reached |made it |in )?here\b[\s\d!.:]*|test(?:ing)?[\s\d!.:]*|hello(?: there)?[\s\d!.:]*|foo(?:bar)?|bar|blah|yo|hi|works?[!.]*|it works[!.]*|[0-9]{1,3})[\s<=*#!~-]*$/i;

/** Under a switch for it. */
function isAskedFor(node: SyntaxNode): boolean {
  let at = node.parent;
  for (let step = 0; at !== null && step < 30; step += 1) {
    const condition = at.part("condition");
    if (condition !== null && /debug|verbose|trace/i.test(condition.text.slice(0, 300))) return true;
    at = at.parent;
  }
  return false;
}
