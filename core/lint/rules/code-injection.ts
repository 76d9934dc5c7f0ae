import type { Call, SourceFile, SyntaxNode } from "../../syntax/index.ts";
import { isHarmless } from "../harmless-values.ts";
import { originsOf } from "../origins.ts";
import type { Pattern, Report } from "../pattern.ts";
import { originOf } from "../request-data.ts";
import { fileName, isTestFile } from "../test-files.ts";

/** A text that is not written in the program is run as a part of it. */
export const codeInjection: Pattern = {
  rule: {
    id: "code-injection",
    title: "A text is run as code",
    help: "Read the data with a parser for it, or choose among functions that are written in the program.",
    confidence: "high",
    severity: { human: "warning", aiEdited: "error", aiAsIs: "error" },
  },
  languages: ["javascript", "python", "go", "java"],
  trigger:
    /\b(?:eval\w*|exec\w*|compile\w*|Function|setTimeout|setInterval|setImmediate|runIn\w+|vm|Script|parseExpression|getValue|render\w*|from_string|Template|template|__import__|import_module|require|import|\$where|plugin|RunString|Run|Eval|Parse|evaluate)\b/,
  find(file, report) {
    if (isTestFile(fileName(file.path))) return;
    for (const call of file.calls) {
      const code = codeOf(file, call);
      if (code !== null && isOpen(file, code))
        report(call.node, "A value that is not written in the program is run as code.");
      const fromRequest = code === null ? loadedBy(file, call) : null;
      if (fromRequest !== null && originOf(file, fromRequest, "html") === "request")
        report(call.node, "What a request brings is run as a template, a module or an expression.");
    }
    if (file.language === "javascript") reportWhere(file, report);
  },
};

interface Code {
  text: SyntaxNode;
  /** Whatever is no constant counts; else what is put together or comes from outside. */
  isAny: boolean;
}

function isOpen(file: SourceFile, { text, isAny }: Code): boolean {
  if (file.dialect.functions.has(text.type) || isHarmless(file, text, "shell")) return false;
  if (isAny) return true;
  if (file.textOf(file.valueOf(text)) !== null) return true;
  return ["request", "input"].includes(originOf(file, text, "shell"));
}

/** What a call runs as code. */
function codeOf(file: SourceFile, call: Call): Code | null {
  switch (file.language) {
    case "javascript":
      return javascriptCode(file, call);
    case "python":
      return pythonCode(file, call);
    case "go":
      return goCode(file, call);
    case "java":
      return javaCode(file, call);
  }
}

function javascriptCode(file: SourceFile, call: Call): Code | null {
  const { name, receiver, args, isNew } = call;
  const [first] = args;
  if (first === undefined) return null;
  const isGlobal = receiver === null || /^(?:window|globalThis|global|self|top|parent)$/.test(receiver.text);
  const isOwn = receiver === null && file.bindingOf(call.callee) !== null;
  const isEval = name === "eval" || /^\(0, ?eval\)$/.test(call.callee.text.slice(0, 12));
  if (isEval && isGlobal && !isOwn) return { text: first.value, isAny: true };
  if (name === "execScript" && isGlobal) return { text: first.value, isAny: true };
  if (name === "Function" && isGlobal && !isOwn) {
    const open = args.find(({ value }) => !isHarmless(file, value, "shell"));
    return open === undefined ? null : { text: open.value, isAny: true };
  }
  if (/^set(?:Timeout|Interval|Immediate)$/.test(name) && isGlobal) return { text: first.value, isAny: false };
  const isVm = receiver !== null && /^vm$/.test(file.qualifiedName(receiver).slice(0, 40));
  if (/^runIn(?:New|This)?Context$/.test(name) && (isVm || file.qualifiedName(call.callee).startsWith("vm.")))
    return { text: first.value, isAny: true };
  if (name === "compileFunction" && isVm) return { text: first.value, isAny: true };
  return isNew && name === "Script" && isVm ? { text: first.value, isAny: true } : null;
}

function pythonCode(file: SourceFile, { name, receiver, args, callee }: Call): Code | null {
  const [first] = args;
  if (first === undefined) return null;
  const isBuiltIn =
    receiver === null ? isFromBuiltins(file, callee) : /^(?:builtins|__builtins__)$/.test(receiver.text);
  if ((name === "eval" || name === "exec") && isBuiltIn)
    return isCompiled(file, first.value) ? null : { text: first.value, isAny: true };
  if (name === "compile" && isBuiltIn) {
    const mode = args.find((argument) => argument.name === "mode") ?? args[2];
    return mode !== undefined && /exec|eval|single/.test(mode.value.text) ? { text: first.value, isAny: true } : null;
  }
  return name === "render_template_string" ? { text: first.value, isAny: false } : null;
}

/** What has been compiled here is reported where it is compiled. */
function isCompiled(file: SourceFile, node: SyntaxNode): boolean {
  const call = file.callAt(file.valueOf(node));
  return call !== null && call.name === "compile" && call.receiver === null;
}

function isFromBuiltins(file: SourceFile, callee: SyntaxNode): boolean {
  const binding = file.bindingOf(callee);
  return binding === null || binding.declarations.every(({ from }) => from?.module === "builtins");
}

function goCode(file: SourceFile, { name, receiver, args }: Call): Code | null {
  const [first] = args;
  if (first === undefined || receiver === null) return null;
  if (name === "Open" && receiver.text === "plugin") return { text: first.value, isAny: false };
  if (!/^(?:Eval|EvalPath|Run|RunString|RunScript|DoString|Compile)$/.test(name)) return null;
  const engine = originsOf(file, receiver).some((origin) =>
    /yaegi|otto|goja|gopher-lua|(?:^|\.)(?:interp|otto|goja|lua)\./.test(origin),
  );
  return engine ? { text: first.value, isAny: true } : null;
}

const javaEngines =
  /(?:ScriptEngine|GroovyShell|Interpreter|JexlEngine|ELProcessor|MVEL|Ognl|SpelExpressionParser|ExpressionParser|ScriptEngineManager|Eval|PythonInterpreter|NashornScriptEngine|Context)$/;

function javaCode(file: SourceFile, { name, receiver, args }: Call): Code | null {
  const [first] = args;
  if (first === undefined || receiver === null) return null;
  const isEngine = () => {
    const of = receiver.text.slice(-60);
    return (
      /(?:engine|shell|interpreter|scriptEngine|groovy|jexl|parser|elProcessor|spel)\w*$/i.test(of) ||
      /^(?:MVEL|Ognl|Eval)$/.test(of) ||
      originsOf(file, receiver).some((origin) => javaEngines.test(origin))
    );
  };
  if (name === "parseExpression") return { text: first.value, isAny: true };
  if (/^(?:eval|evaluate|executeExpression|createExpression|createScript|exec|me)$/.test(name) && isEngine())
    return { text: first.value, isAny: true };
  if (name === "getValue" && receiver.text === "Ognl") return { text: first.value, isAny: true };
  return /^(?:createValueExpression|createMethodExpression)$/.test(name) && args[1] !== undefined
    ? { text: args[1].value, isAny: false }
    : null;
}

/** What a call loads or compiles as a template: only with what a request brings is that a danger of its own. */
function loadedBy(file: SourceFile, { name, receiver, args, node }: Call): SyntaxNode | null {
  const value = args[0]?.value ?? null;
  const owner = receiver?.text.slice(-40) ?? "";
  if (file.language === "javascript") {
    if (receiver === null) return name === "require" || node.part("function")?.type === "import" ? value : null;
    return /^(?:compile|render|renderString|template)$/.test(name) &&
      /(?:andlebars|ejs|pug|jade|nunjucks|mustache|^_|lodash|doT|eta|swig)$/i.test(owner)
      ? value
      : null;
  }
  if (file.language === "python")
    return /^(?:__import__|import_module|from_string|Template|getattr_static)$/.test(name) ? value : null;
  if (file.language === "go") return name === "Parse" && /template|tmpl/i.test(owner) ? value : null;
  return /^(?:forName|loadClass)$/.test(name) ? value : null;
}

/** `{ $where: "this.name == '" + name + "'" }` is JavaScript that the database runs. */
function reportWhere(file: SourceFile, report: Report): void {
  for (const { node, key, value } of file.entries) {
    if (key !== "$where" || file.textOf(file.valueOf(value)) === null || isHarmless(file, value, "shell")) continue;
    report(node, "A value is put into code that the database runs.");
  }
}
