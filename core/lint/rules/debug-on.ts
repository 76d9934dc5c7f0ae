import type { Call, SourceFile, SyntaxNode } from "../../syntax/index.ts";
import { argument, callNames, CallTable, reportKnownCalls, spotOf } from "../known-calls.ts";
import { calledName, originsOf } from "../origins.ts";
import type { Pattern, Report, TextFile } from "../pattern.ts";
import { flag, lowerText, settingsOf, type Setting } from "../settings.ts";
import { fileName, isTestFile } from "../test-files.ts";

/** Those who use a service see what only those who build it should: consoles, stack traces, profiles. */
export const debugOn: Pattern = {
  rule: {
    id: "debug-on",
    title: "Debugging is on for everyone",
    help: "Take it from the environment, off unless it is set; answer with a number to find the error by, and log the trace.",
    confidence: "medium",
    severity: { human: "warning", aiEdited: "error", aiAsIs: "error" },
  },
  languages: ["javascript", "python", "go", "java"],
  trigger:
    /debug|stack|trace|actuator|pprof|introspection|inspect|errorhandler|use_reloader|exposure|h2\.console|FLASK_ENV/i,
  find(file, report) {
    if (isTestFile(fileName(file.path))) return;
    reportKnownCalls(file, table, report);
    if (file.language === "python") reportPython(file, report);
    if (file.language === "javascript") reportJavascript(file, report);
    if (file.language === "go") reportGo(file, report);
    if (file.language === "java") reportJava(file, report);
    if (file.language !== "go") reportTraces(file, report);
  },
  findInText(file, report) {
    if (/^(?:application|bootstrap)[\w.-]*\.(?:properties|ya?ml)$/.test(fileName(file.path)))
      reportSpring(file, report);
  },
};

const debugger_ = "This runs with its debugger on: who reaches it sees the code, and may run some.";
const traceToClient = "The stack trace goes to whoever asked.";
const actuator = "Every endpoint that looks inside the service is open.";
const profiles = "The profiles of this program are served to everyone who reaches its port.";

const isOn =
  (name: string, at = -1) =>
  (call: Call, file: SourceFile) => {
    const value = argument(call, name, at);
    return value !== null && flag(file, value) === true && value;
  };

const apps = ["flask.Flask", "quart.Quart", "dash.Dash", "sanic.Sanic", "bottle.Bottle", "flask_socketio.SocketIO"];

const table = new CallTable([
  {
    names: apps.flatMap((app) => ["run", "run_server", "run_task"].map((run) => `${app}#${run}`)),
    message: debugger_,
    when: isOn("debug"),
  },
  { names: ["bottle.run", "aiohttp_debugtoolbar.setup"], message: debugger_, when: isOn("debug") },
  {
    names: [
      "fastapi.FastAPI",
      "starlette.applications.Starlette",
      "litestar.Litestar",
      "tornado.web.Application",
      "falcon.asgi.App",
    ],
    message: debugger_,
    when: isOn("debug"),
  },
  { names: ["werkzeug.debug.DebuggedApplication"], message: debugger_ },
  { names: ["werkzeug.serving.run_simple", "werkzeug.run_simple"], message: debugger_, when: isOn("use_debugger") },
  {
    names: ["errorhandler"],
    message: "This handler answers with the stack trace.",
    when: (call, file) => file.language === "javascript" && isImported(file, call) && !isSwitched(file, call.node),
  },
  {
    names: ["inspector.open"],
    message: debugger_,
    when: (call, file) => /^(?:0\.0\.0\.0|::)$/.test(lowerText(file, call.args[1]?.value)),
  },
  {
    names: ["github.com/gin-gonic/gin.SetMode"],
    message: debugger_,
    when: (call) => /^(?:gin\.DebugMode|"debug")$/.test(call.args[0]?.value.text ?? ""),
  },
  {
    names: ["WebView.setWebContentsDebuggingEnabled", "setWebContentsDebuggingEnabled"],
    message: debugger_,
    when: (call, file) => call.args[0] !== undefined && flag(file, call.args[0].value) === true,
  },
]);

function isImported(file: SourceFile, call: Call): boolean {
  return (
    call.receiver !== null || file.bindingOf(call.callee)?.declarations.some(({ kind }) => kind === "import") === true
  );
}

/** Whether a condition around it asks where the program runs. */
function isSwitched(file: SourceFile, node: SyntaxNode): boolean {
  for (let at = node.parent, step = 0; at !== null && step < 25; at = at.parent, step += 1) {
    const isChoice =
      /^(?:if_statement|ternary_expression|conditional_expression|binary_expression|boolean_operator|elif_clause)$/.test(
        at.type,
      );
    if (
      isChoice &&
      environment.test(
        at.type === "if_statement" ? (at.part("condition")?.text.slice(0, 300) ?? "") : at.text.slice(0, 300),
      )
    )
      return true;
    if (at.type === "spread_element" && environment.test(at.text.slice(0, 200))) return true;
  }
  return false;
}

const environment =
  /node_env|\benv\b|environ|debug|\bdev|is_?dev|development|\bprod|production|verbose|isLocal|\blocal\b|testing|show_?stack|expose|include_?stack/i;

const settingKeys = new Set([
  "DEBUG",
  "TEMPLATE_DEBUG",
  "DEBUG_PROPAGATE_EXCEPTIONS",
  "debug",
  "FLASK_DEBUG",
  "FLASK_ENV",
  "PROPAGATE_EXCEPTIONS",
]);

function reportPython(file: SourceFile, report: Report): void {
  for (const setting of settingsOf(file, settingKeys))
    if (isDebugSetting(file, setting)) report(setting.node, debugger_);
  // An app that comes from elsewhere is known by its name, in files that know the framework.
  if (!/\b(?:flask|quart|dash|bottle|sanic)\b/i.test(file.text)) return;
  for (const call of file.calls) {
    const debug = /^run(?:_server)?$/.test(call.name) ? argument(call, "debug") : null;
    const isKnown = callNames(file, call).some((name) => apps.some((app) => name.startsWith(`${app}#`)));
    const isApp =
      call.receiver !== null &&
      /(?:^|\.)(?:app|application|server|socketio|\w+_app)(?:\(\))?$/.test(call.receiver.text.slice(-60));
    if (debug !== null && !isKnown && isApp && flag(file, debug) === true && !isOther(file, call))
      report(debug, debugger_);
  }
}

/** A name that was made by something else than a framework's app. */
function isOther(file: SourceFile, { receiver }: Call): boolean {
  return (
    receiver !== null &&
    file
      .bindingOf(receiver)
      ?.declarations.some(({ kind, value }) => kind === "variable" && value !== null && file.isConstant(value)) === true
  );
}

function isDebugSetting(file: SourceFile, { key, value, node, owner }: Setting): boolean {
  const text = lowerText(file, value);
  if (key === "FLASK_ENV") return text === "development" && (owner !== null || node.type !== "keyword_argument");
  if (key === "FLASK_DEBUG") return /^(?:1|true|on)$/.test(text) || flag(file, value) === true;
  if (flag(file, value) !== true || isSwitched(file, node)) return false;
  if (owner !== null) {
    const isApp =
      originsOf(file, owner).some((origin) => apps.includes(origin)) ||
      /(?:^|\.)(?:app|application)(?:\.config)?$/.test(owner.text.slice(-60));
    return isApp;
  }
  if (key === "DEBUG" && node.type === "keyword_argument")
    return /\bconfig\.(?:update|from_mapping)\(/.test(node.parent?.parent?.text.slice(0, 60) ?? "");
  if (key === "debug" || node.type !== "assignment") return false;
  return isSettings(file, node);
}

/** `DEBUG = True` at the top of what is named as settings, or reads as Django's; a class of them counts but the one for development. */
function isSettings(file: SourceFile, node: SyntaxNode): boolean {
  if (/(?:dev|local|test|debug)\w*\.py$/i.test(fileName(file.path)) || node.above(file.dialect.functions) !== null)
    return false;
  const around = node.above(new Set(["class_definition"]))?.part("name")?.text;
  if (around !== undefined) return !/dev|local|test|debug/i.test(around) && /config|settings/i.test(around);
  return (
    /(?:settings|config)/i.test(file.path) ||
    /\b(?:INSTALLED_APPS|ALLOWED_HOSTS|SECRET_KEY|MIDDLEWARE|ROOT_URLCONF)\b|\bflask\b/i.test(file.text)
  );
}

function reportJavascript(file: SourceFile, report: Report): void {
  for (const { key, value, node } of settingsOf(
    file,
    new Set(["dumpExceptions", "showStack", "debug", "includeStacktraceInErrorResponses"]),
  )) {
    if (flag(file, value) !== true) continue;
    const call = node.parent?.parent?.parent ? file.callAt(node.parent.parent.parent) : null;
    if (
      key !== "debug" ||
      (call !== null &&
        /^(?:ApolloServer|Hapi\.server|errorHandler|KoaErrorHandler|YogaServer)$/.test(
          calledName(file, call).split(".").at(-1) ?? "",
        ))
    )
      report(node, debugger_);
  }
}

const traceText = /(?:^|\.)(?:stack|stackTrace)$/;

/** What is sent to a client: the arguments of an answer, down to the keys of its objects. */
function reportTraces(file: SourceFile, report: Report): void {
  for (const call of file.calls) {
    const isAnswer =
      file.language === "javascript"
        ? (/^(?:send|json|end|write|jsonp|text|html|reply|render)$/.test(call.name) &&
            call.receiver !== null &&
            answers.test(call.receiver.text.slice(0, 60))) ||
          (call.isNew && /^(?:Response|NextResponse|HttpException)$/.test(call.name)) ||
          (call.name === "json" && /^(?:NextResponse|Response)$/.test(call.receiver?.text ?? ""))
        : file.language === "python" &&
          /^(?:jsonify|make_response|Response|JSONResponse|JsonResponse|HttpResponse|HTMLResponse|PlainTextResponse|HTTPException|HttpResponseServerError|send_error|abort|json_response|render_template_string)$/.test(
            call.name,
          );
    if (!isAnswer) continue;
    const trace = call.args.flatMap(({ value }) => traceWithin(file, value) ?? [])[0];
    if (trace !== undefined && !isSwitched(file, trace)) report(trace, traceToClient);
  }
  if (file.language === "python") reportReturned(file, report);
}

const answers = /^(?:res|resp|response|reply|ctx|context|c|h)\b(?!\w)/;

function traceWithin(file: SourceFile, node: SyntaxNode): SyntaxNode | null {
  let left = 200;
  for (const inner of node.walk(file.dialect.functions)) {
    left -= 1;
    if (left < 0) return null;
    if (
      file.language === "javascript" &&
      inner.type === "member_expression" &&
      traceText.test(inner.text.slice(-40)) &&
      /\b(?:e|er|err|error|ex|exception|cause|reason)\w*\??\.stack$/i.test(inner.text.slice(-60))
    )
      return inner;
    if (file.language === "python") {
      const call = file.callAt(inner);
      if (call !== null && isTraceCall(file, call)) return inner;
      if (inner.type === "identifier" && inner.parent?.type !== "attribute") {
        const made = file.callAt(file.valueOf(inner));
        if (made !== null && isTraceCall(file, made)) return inner;
      }
    }
  }
  return null;
}

function isTraceCall(file: SourceFile, call: Call): boolean {
  return /^format_(?:exc|exception|tb|stack)$/.test(call.name) && calledName(file, call).startsWith("traceback.");
}

/** `return traceback.format_exc(), 500` of a function that answers a route. */
function reportReturned(file: SourceFile, report: Report): void {
  for (const node of file.nodes("return_statement")) {
    const around = node.above(file.dialect.functions);
    const isRoute =
      around?.parent?.type === "decorated_definition" &&
      /@\w+(?:\.\w+)*\.(?:route|get|post|put|delete|patch|errorhandler|exception_handler|before_request)\(/.test(
        around.parent.text.slice(0, 300),
      );
    const trace = isRoute && node.named[0] !== undefined ? traceWithin(file, node.named[0]) : null;
    if (trace !== null && !isSwitched(file, trace)) report(trace, traceToClient);
  }
}

/** An import that serves profiles by being there, where the program serves what everyone can reach. */
function reportGo(file: SourceFile, report: Report): void {
  const serves = file.calls.some(
    ({ name, args }) =>
      /^ListenAndServe(?:TLS)?$/.test(name) && !/localhost|127\.0\.0\.1|\[::1\]/.test(args[0]?.value.text ?? ""),
  );
  for (const node of file.nodes("import_spec"))
    if (serves && node.part("name")?.type === "blank_identifier" && node.part("path")?.text === '"net/http/pprof"')
      report(node, profiles);
  for (const call of file.calls) {
    const isAnswer =
      (call.name === "Error" && calledName(file, call) === "net/http.Error") ||
      (/^(?:Write|WriteString|Fprint\w*|String|JSON)$/.test(call.name) &&
        /^(?:w|rw|writer|c|ctx|http)\b|^fmt\.Fprint/.test(call.node.text.slice(0, 12)));
    if (!isAnswer || (/^Fprint/.test(call.name) && !/^(?:w|rw|writer|c\.Writer)$/.test(call.args[0]?.value.text ?? "")))
      continue;
    const sent = call.args.find(({ value }) => holdsStack(file, value));
    if (sent !== undefined && !isSwitched(file, sent.value)) report(spotOf(call), traceToClient);
  }
  for (const { value, node, owner } of settingsOf(file, new Set(["Debug"])))
    if (
      owner !== null &&
      flag(file, value) === true &&
      originsOf(file, owner).some((origin) => /^github\.com\/labstack\/echo/.test(origin))
    )
      report(node, debugger_);
}

function holdsStack(file: SourceFile, node: SyntaxNode): boolean {
  let left = 60;
  for (const inner of node.walk(file.dialect.functions)) {
    left -= 1;
    if (left < 0) return false;
    const call = inner.type === "identifier" ? file.callAt(file.valueOf(inner)) : file.callAt(inner);
    if (call !== null && call.name === "Stack" && calledName(file, call) === "runtime/debug.Stack") return true;
  }
  return false;
}

function reportJava(file: SourceFile, report: Report): void {
  for (const call of file.calls) {
    const [first] = call.args;
    if (
      call.name === "printStackTrace" &&
      first !== undefined &&
      /response|resp\b|getWriter\(|\bout\b/i.test(first.value.text.slice(0, 120)) &&
      !/System\.(?:out|err)/.test(first.value.text.slice(0, 60))
    )
      report(spotOf(call), traceToClient);
    if (
      /^(?:body|write|println|print|sendError|send|entity|ok|internalServerError)$/.test(call.name) &&
      call.args.some(({ value }) => sendsTrace(file, value)) &&
      call.receiver !== null &&
      /response|resp\b|writer|out$|entity/i.test(call.receiver.text.slice(0, 120)) &&
      !/System\.(?:out|err)/.test(call.receiver.text.slice(0, 60))
    )
      report(spotOf(call), traceToClient);
    if (
      call.name === "permitAll" &&
      call.receiver !== null &&
      /toAnyEndpoint\(\)|["']\/actuator(?:\/\*\*)?["']/.test(lastLink(call.receiver))
    )
      report(spotOf(call), actuator);
    if (
      /^(?:setProperty|put)$/.test(call.name) &&
      lowerText(file, first?.value) === "management.endpoints.web.exposure.include" &&
      lowerText(file, call.args[1]?.value) === "*"
    )
      report(spotOf(call), actuator);
  }
  for (const node of file.nodes("annotation"))
    if (node.part("name")?.text === "EnableWebSecurity" && /\bdebug\s*=\s*true\b/.test(node.text.slice(0, 200)))
      report(node, debugger_);
}

/** The arguments of the link before, and no more of the chain. */
function lastLink(receiver: SyntaxNode): string {
  return (receiver.part("arguments")?.text ?? "").slice(0, 200);
}

function sendsTrace(file: SourceFile, node: SyntaxNode): boolean {
  return /\b(?:ExceptionUtils\.getStackTrace\(|\w+\.getStackTrace\(\))/.test(file.valueOf(node).text.slice(0, 200));
}

/** Spring's own files of settings, but those of a profile for development. */
function reportSpring(file: TextFile, report: Report): void {
  if (/[-_.](?:dev|local|test|debug)\w*\./i.test(fileName(file.path))) return;
  let isUnderExposure = false;
  file.lines.forEach((line, index) => {
    const text = line.slice(0, 300);
    if (/^\s*[\w.-]+:\s*(?:#.*)?$/.test(text)) isUnderExposure = /exposure:/.test(text);
    const isAll =
      /management\.endpoints\.web\.exposure\.include\s*[=:]\s*["']?\*/.test(text) ||
      (isUnderExposure && /^\s*include:\s*["']?\*/.test(text));
    const message = isAll
      ? actuator
      : springTrace.test(text)
        ? traceToClient
        : springDebug.test(text)
          ? debugger_
          : null;
    if (message !== null) report({ line: index + 1, endLine: index + 1 }, message);
  });
}

const springTrace = /^\s*(?:server\.error\.)?include-stacktrace\s*[=:]\s*["']?always\b/;
const springDebug = /^(?:debug|spring\.h2\.console\.enabled)\s*[=:]\s*["']?true\b/;
