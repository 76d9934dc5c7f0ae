import type { Call, SourceFile, SyntaxNode } from "../syntax/index.ts";

/** Whether a call only writes a line for someone to read: to a log, to the console, to standard error. */
export function isLogCall(call: Call, file: SourceFile): boolean {
  if (endsProgram(call)) return false;
  const { name, receiver } = call;
  if (receiver === null) return file.language !== "java" && plainLogs.has(name) && !isOwnFunction(call, file);
  if (name === "printStackTrace" && call.args.length === 0) return true;
  const of = receiver.text.length > longestName ? "" : receiver.text;
  if (consoles.has(of)) return consoleMethods.has(name);
  if (isPrinter(of, call)) return true;
  return logMethods.has(name) && isLogger(baseOf(receiver, file));
}

/** `log.Fatal`, `process.exit`, `panic`: what comes after does not run. */
export function endsProgram({ name, receiver, args }: Call): boolean {
  if (receiver === null) return ["panic", "exit", "quit", "abort", "fail"].includes(name);
  if (/^(?:Fatal|Panic)(?:f|ln|w|Context)?$/.test(name)) return true;
  const of = receiver.text.slice(0, longestName);
  if (["exit", "_exit", "Exit", "abort", "halt", "Goexit", "FailNow"].includes(name))
    return /^(?:process|sys|os|System|Runtime\.getRuntime\(\)|runtime|t|b|Deno)$/.test(of);
  return name === "fail" && args.length <= 2;
}

const longestName = 100;
const plainLogs = new Set(["print", "println", "pprint", "log", "debug", "warn", "logError", "log_error", "perror"]);
const consoles = new Set(["console", "System.out", "System.err", "globalThis.console", "window.console"]);
const consoleMethods = new Set(
  "log error warn info debug trace dir table println print printf write format append".split(" "),
);

/** `fmt.Println`, `fmt.Fprintf(os.Stderr, …)`, `sys.stderr.write`, `traceback.print_exc()`, `warnings.warn`. */
function isPrinter(of: string, { name, args }: Call): boolean {
  switch (of) {
    case "fmt":
      return (
        /^Print(?:f|ln)?$/.test(name) ||
        (/^Fprint/.test(name) && /^os\.Std(?:err|out)$/.test(args[0]?.value.text ?? ""))
      );
    case "traceback":
      return name.startsWith("print_");
    case "warnings":
      return name === "warn";
    case "click":
    case "typer":
      return name === "echo" || name === "secho";
    case "process.stderr":
    case "process.stdout":
    case "sys.stderr":
    case "sys.stdout":
    case "os.Stderr":
      return /^write/i.test(name);
    default:
      return false;
  }
}

const logMethods = new Set(
  [
    "log error warn warning info debug trace exception critical notice verbose silly severe fine finer finest config",
    "e w i d v wtf atError atWarn atInfo logp",
    "Print Printf Println Error Errorf Errorln Errorw Warn Warnf Warnln Warnw Warning Warningf Info Infof Infoln Infow Debug Debugf",
    "Debugw Trace Tracef Log Logf Msg Msgf Send ErrorContext WarnContext InfoContext DebugContext Output",
  ]
    .join(" ")
    .split(" "),
);

/** `logger`, `this.log`, `LOG`, `app_logger`, `slog`; not `dialog`, not `catalog`. */
function isLogger(name: string): boolean {
  return /(?:^|_|[a-z])(?:[lL]ogger|LOGGER|[lL]ogging)$|^[_$]*(?:log|LOG|Log|slog|klog|glog|logrus|zap|zerolog|winston|pino|logr|L)$|(?:_log|_LOG|[a-z]Log)$|^Log[A-Z]?$/.test(
    name.slice(-longestName),
  );
}

/** The name that a chain begins with, or its last plain member: `this.logger` of `this.logger.atError().x`. */
function baseOf(receiver: SyntaxNode, file: SourceFile): string {
  let at = file.bare(receiver);
  for (let step = 0; step < 8; step += 1) {
    const call = file.callAt(at);
    if (call === null) break;
    if (call.receiver === null) return call.name;
    if (isLogger(call.name)) return call.name;
    at = file.bare(call.receiver);
  }
  const member = file.dialect.readMember(at);
  if (member === null) return at.text.slice(0, longestName);
  return member.name === "log" || isLogger(member.name) ? member.name : "";
}

/** A function of the file with such a name may do more than log. */
function isOwnFunction(call: Call, file: SourceFile): boolean {
  const binding = file.bindingOf(call.callee);
  return call.name !== "print" && (binding?.declarations.some(({ kind }) => kind === "function") ?? false);
}
