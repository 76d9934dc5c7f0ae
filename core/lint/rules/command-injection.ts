import type { Argument, Call, SourceFile, SyntaxNode } from "../../syntax/index.ts";
import { isHarmless } from "../harmless-values.ts";
import type { Pattern } from "../pattern.ts";
import { originOf } from "../request-data.ts";
import { fileName, isTestFile } from "../test-files.ts";

/** A shell is given a line that is put together with values. */
export const commandInjection: Pattern = {
  rule: {
    id: "command-injection",
    title: "A shell runs a line with values in it",
    help: "Start the program itself with its arguments as a list, and no shell between.",
    confidence: "high",
    severity: { human: "error", aiEdited: "error", aiAsIs: "error" },
  },
  languages: ["javascript", "python", "go", "java"],
  trigger:
    /child_process|exec|spawn|shell|subprocess|os\.system|popen|system\(|getoutput|\bCommand|ForkExec|StartProcess|ProcessBuilder|commands/i,
  find(file, report) {
    if (isTestFile(fileName(file.path))) return;
    for (const call of file.calls) {
      const line = shellLine(file, call);
      if (line !== null && isOpen(file, line)) report(call.node, "A value is put into a line that a shell runs.");
      else if (line === null && startsGivenProgram(file, call))
        report(call.node, "What program is started is given from outside.");
    }
  },
};

/** A value that could bring a command of its own. A whole line that nobody can follow is not enough, except in Python. */
function isOpen(file: SourceFile, line: SyntaxNode): boolean {
  if (isHarmless(file, line, "shell")) return false;
  if (file.language === "python") return true;
  const value = file.valueOf(line);
  if (file.textOf(value) !== null) return true;
  if (file.dialect.names.has(value.type) && file.bindingOf(value) === null) return true;
  const origin = originOf(file, line, "shell");
  return origin !== "constant" && origin !== "unknown" ? true : isGrownText(file, value);
}

function isGrownText(file: SourceFile, value: SyntaxNode): boolean {
  const binding = file.bindingOf(value);
  return (
    binding !== null && binding.declarations.some(({ value: first }) => first !== null && file.textOf(first) !== null)
  );
}

/** What a call gives to a shell as its line. Null where no shell is involved. */
function shellLine(file: SourceFile, call: Call): SyntaxNode | null {
  switch (file.language) {
    case "javascript":
      return javascriptLine(file, call);
    case "python":
      return pythonLine(file, call);
    case "go":
      return goLine(file, call);
    case "java":
      return javaLine(file, call);
  }
}

const shells = /^(?:.*[/\\])?(?:ba|z|k|da|a|c|fi)?sh$|^(?:.*\\)?(?:cmd|powershell|pwsh)(?:\.exe)?$/i;
const lineFlags = /^(?:-[a-z]*c|\/[ck]|-Command|-EncodedCommand)$/i;

/** Of `"sh", "-c", line` the line. */
function afterShell(file: SourceFile, values: readonly SyntaxNode[]): SyntaxNode | null {
  const [program, ...others] = values;
  const name = program === undefined ? null : file.constantText(program);
  if (name === null || !shells.test(name.slice(0, 100))) return null;
  const flag = others.findIndex((value) => lineFlags.test((file.constantText(value) ?? "").slice(0, 30)));
  return flag === -1 ? null : (others[flag + 1] ?? null);
}

function javascriptLine(file: SourceFile, call: Call): SyntaxNode | null {
  const { name, args, receiver } = call;
  const [first, second] = args;
  if (first === undefined || call.node.part("arguments")?.type === "template_string") return null;
  if (
    /^(?:exec|execSync|execAsync|execPromise|execP|execCommand|execaCommand|execaCommandSync)$/.test(name) &&
    isProcessModule(file, call)
  )
    return first.value;
  if (!/^(?:spawn|spawnSync|execFile|execFileSync|execa|fork|command|commandSync)$/.test(name)) return null;
  if (name.startsWith("command")) return receiver?.text === "execa" ? first.value : null;
  const list = second === undefined ? null : file.valueOf(second.value);
  const listed = list?.type === "array" ? list.named : [];
  if (hasShellOption(file, args))
    return [first.value, ...listed].find((value) => !isHarmless(file, value, "shell")) ?? null;
  return afterShell(file, [first.value, ...listed]);
}

function isProcessModule(file: SourceFile, { receiver, callee, name }: Call): boolean {
  if (name !== "exec" && name !== "execSync")
    return receiver === null || /^(?:shell|shelljs|cp|child_process|execa|util|this)$/.test(receiver.text);
  if (receiver === null) {
    const binding = file.bindingOf(callee);
    const from = binding?.declarations[0]?.from;
    if (from !== undefined) return /^(?:child_process|shelljs)$/.test(from.module);
    const made = binding?.declarations[0]?.value;
    return binding === null
      ? name === "execSync"
      : made !== null && made !== undefined && /promisify/.test(made.text.slice(0, 60));
  }
  const owner = file.qualifiedName(receiver).slice(0, 60) || receiver.text.slice(0, 60);
  if (/^require\(["'](?:node:)?(?:child_process|shelljs)["']\)$/.test(receiver.text.slice(0, 60))) return true;
  const binding = file.bindingOf(receiver);
  const isImported = binding?.declarations.some(({ from }) => from !== undefined) ?? false;
  return (
    /^(?:child_process|shelljs)$/.test(owner) ||
    (!isImported && binding === null && /^(?:child_process|childProcess|cp|shell|shelljs)$/.test(receiver.text))
  );
}

function hasShellOption(file: SourceFile, args: readonly Argument[]): boolean {
  return args.some(({ value }) => {
    const options = file.valueOf(value);
    return (
      options.type === "object" &&
      options.named.some((pair) => {
        const entry = file.dialect.readEntry(pair);
        return entry?.key === "shell" && (entry.value.type === "true" || entry.value.type === "string");
      })
    );
  });
}

const pythonShells = new Set(
  (
    "os.system os.popen os.popen2 os.popen3 os.popen4 subprocess.getoutput subprocess.getstatusoutput commands.getoutput commands.getstatusoutput " +
    "popen2.popen2 popen2.popen3 popen2.popen4 popen2.Popen3 popen2.Popen4 asyncio.create_subprocess_shell"
  ).split(" "),
);

function pythonLine(file: SourceFile, call: Call): SyntaxNode | null {
  const { name, args } = call;
  const first = args.find((argument) => argument.name === null || ["args", "cmd", "command"].includes(argument.name));
  if (first === undefined) return null;
  const of = file.calleeName(call);
  if (pythonShells.has(of)) return first.value;
  if (name === "exec_command" && /ssh|client|paramiko|transport|chan/i.test(call.receiver?.text.slice(0, 60) ?? ""))
    return first.value;
  const isRun =
    /^subprocess\.(?:run|call|check_call|check_output|Popen)$/.test(of) ||
    /^(?:run|call|check_call|check_output|Popen|create_subprocess_exec)$/.test(name);
  if (!isRun) return null;
  const shell = args.find((argument) => argument.name === "shell")?.value;
  if (shell !== undefined) return isTrue(shell) ? first.value : null;
  const list = file.valueOf(first.value);
  return list.type === "list" || list.type === "tuple" ? afterShell(file, list.named) : null;
}

function isTrue(node: SyntaxNode): boolean {
  return (
    node.type === "true" ||
    (node.type === "integer" && node.text !== "0") ||
    (node.type === "string" && node.text.length > 2)
  );
}

function goLine(file: SourceFile, call: Call): SyntaxNode | null {
  const program = goProgram(file, call);
  return program === null ? null : afterShell(file, program);
}

/** The program and its arguments. */
function goProgram(file: SourceFile, call: Call): SyntaxNode[] | null {
  const values = call.args.map(({ value }) => value);
  if (!/exec/.test(call.receiver?.text.slice(0, 20) ?? "") && !/exec/.test(file.calleeName(call).slice(0, 60)))
    return null;
  if (call.name === "Command") return values;
  return call.name === "CommandContext" ? values.slice(1) : null;
}

function javaLine(file: SourceFile, call: Call): SyntaxNode | null {
  const { name, receiver, args, isNew } = call;
  const [first] = args;
  if (first === undefined) return null;
  if (name === "exec" && isRuntime(file, receiver)) {
    const list = arrayOf(file, first.value);
    return list === null ? first.value : afterShell(file, list);
  }
  if ((isNew && name === "ProcessBuilder") || (name === "command" && receiver !== null)) {
    const list = args.length === 1 ? (arrayOf(file, first.value) ?? [first.value]) : args.map(({ value }) => value);
    return afterShell(file, list);
  }
  return null;
}

function isRuntime(file: SourceFile, receiver: SyntaxNode | null): boolean {
  if (receiver === null) return false;
  const made = file.valueOf(receiver).text.slice(0, 60);
  return /(?:^|\.)getRuntime\(\)$/.test(made) || /^(?:r|rt|runtime)$/i.test(receiver.text);
}

/** `new String[] {…}`, `Arrays.asList(…)`, `List.of(…)`. */
function arrayOf(file: SourceFile, node: SyntaxNode): SyntaxNode[] | null {
  const value = file.valueOf(node);
  const call = file.callAt(value);
  if (call !== null && (call.name === "asList" || call.name === "of"))
    return call.args.map((argument) => argument.value);
  const body = value.type === "array_creation_expression" ? value.part("value") : value;
  return body?.type === "array_initializer" ? body.named : null;
}

/** `exec.Command(os.Args[1])`: the program itself comes from outside. */
function startsGivenProgram(file: SourceFile, call: Call): boolean {
  if (file.language === "go") {
    const [program] = goProgram(file, call) ?? [];
    if (program !== undefined) return ["request", "input"].includes(originOf(file, program, "shell"));
    const isSystem = call.receiver?.text === "syscall" && /^(?:ForkExec|StartProcess|Exec)$/.test(call.name);
    return (
      isSystem &&
      call.args[0] !== undefined &&
      originOf(file, call.args[0].value, "shell") !== "constant" &&
      !isHarmless(file, call.args[0].value, "shell")
    );
  }
  const [first] = call.args;
  if (first === undefined) return false;
  if (file.language === "java")
    return call.isNew && call.name === "ProcessBuilder" && originOf(file, first.value, "shell") === "request";
  const starts =
    file.language === "python"
      ? /^(?:subprocess\.\w+|os\.(?:exec|spawn)\w+)$/.test(file.calleeName(call))
      : /^(?:spawn|spawnSync|execFile|execFileSync)$/.test(call.name);
  if (!starts) return false;
  const list = file.valueOf(first.value);
  const program = list.type === "list" ? list.named[0] : first.value;
  return program !== undefined && originOf(file, program, "shell") === "request";
}
