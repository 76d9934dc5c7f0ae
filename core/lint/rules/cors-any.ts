import type { Call, SourceFile, SyntaxNode } from "../../syntax/index.ts";
import { callNames, CallTable, passesOn, reportKnownCalls, spotOf } from "../known-calls.ts";
import type { Pattern, Report } from "../pattern.ts";
import { elementsOf, flag, keywordsOf, lowerText, optionsOf, settingsOf, type Options } from "../settings.ts";
import { soleStatement } from "../sole-statement.ts";
import { fileName, isTestFile } from "../test-files.ts";

/** Any site's scripts may read what this one answers. */
export const corsAny: Pattern = {
  rule: {
    id: "cors-any",
    title: "Any origin is let in",
    help: "List the origins that may call this, and compare with that list before the request's own origin is answered back.",
    confidence: "medium",
    severity: { human: "warning", aiEdited: "error", aiAsIs: "error" },
  },
  languages: ["javascript", "python", "go", "java"],
  trigger: /cors|access[-_]control[-_]allow[-_]origin|cross_?origin|checkorigin|allowed_?origin|allowAllOrigins/i,
  find(file, report) {
    if (isTestFile(fileName(file.path)) || isBuildConfig.test(fileName(file.path))) return;
    reportHeaders(file, report);
    reportKnownCalls(file, table, report);
    reportSettings(file, report);
    if (file.language === "javascript") reportOptions(file, report);
    if (file.language === "java") reportAnnotations(file, report);
  },
};

/** A server that only those who build the page have on their machine. */
const isBuildConfig = /^(?:vite|vitest|webpack|rspack|rsbuild|storybook|snowpack)\.config\.\w+$/;

const anyOrigin = "This lets in every origin.";
const ownOrigin = "This answers every origin with its own name, which lets it in.";
const header = "access-control-allow-origin";

/** The header, however it is set: by a call, as an entry of an object, as a key that is assigned. */
function reportHeaders(file: SourceFile, report: Report): void {
  for (const call of file.calls) {
    if (
      !/^(?:set|add|append|insert)?_?headers?$|^(?:set|add|append|put|Set|Add|writeHeader|setdefault)$/i.test(call.name)
    )
      continue;
    const [key, value] = call.args;
    if (key === undefined || value === undefined || !isHeader(file, key.value)) continue;
    const message = judgeOrigin(file, value.value);
    if (message !== null) report(spotOf(call), message);
  }
  for (const { key, value, node } of file.entries) {
    const message = key.toLowerCase() === header ? judgeOrigin(file, value) : null;
    if (message !== null) report(node, message);
  }
  for (const { target, value, node } of file.assignments) {
    const name = file.dialect.readMember(target)?.name;
    const message = name?.toLowerCase() === header ? judgeOrigin(file, value) : null;
    if (message !== null) report(node, message);
  }
}

/** Constants of the frameworks are named after it. */
function isHeader(file: SourceFile, key: SyntaxNode): boolean {
  return (
    lowerText(file, key) === header ||
    /(?:^|\.)(?:HeaderAccessControlAllowOrigin|ACCESS_CONTROL_ALLOW_ORIGIN)$/.test(key.text)
  );
}

function judgeOrigin(file: SourceFile, value: SyntaxNode): string | null {
  if (elementsOf(file, value).some((element) => lowerText(file, element).trim() === "*")) return anyOrigin;
  return isRequestOrigin(file, value) ? ownOrigin : null;
}

/** `req.headers.origin`, `r.Header.Get("Origin")`, `request.headers.get("Origin")`, alone or with a default. */
function isRequestOrigin(file: SourceFile, node: SyntaxNode): boolean {
  const value = file.valueOf(node);
  const first = /^(?:binary_expression|boolean_operator)$/.test(value.type) ? value.part("left") : value;
  if (first === null || first !== value ? !isAlternative(value) : false) return false;
  const text = file.valueOf(first ?? value).text.slice(0, 120);
  if (isChecked(file, node)) return false;
  return /(?:\bheaders?\b|\breq\w*\b|\bc\b|\bctx\b|\bmeta\b)[\w.?()]{0,30}(?:\.origin|(?:\.get|\.Get|getHeader|header|\.)?[[(]["'](?:origin|HTTP_ORIGIN)["'](?:, ?["'][^"']{0,20}["'])?[\])])$/i.test(
    text,
  );
}

function isAlternative(value: SyntaxNode): boolean {
  return /^(?:\|\||\?\?|or)$/.test(value.part("operator")?.type ?? "");
}

/** Where a condition stands around it that looks at an origin or a list, the answer is a choice. */
function isChecked(file: SourceFile, node: SyntaxNode): boolean {
  for (let at = node.parent, step = 0; at !== null && step < 12; at = at.parent, step += 1) {
    if (file.dialect.functions.has(at.type)) return hasGuard(file, at, node);
    const condition = /^(?:if_statement|ternary_expression|conditional_expression)$/.test(at.type)
      ? (at.part("condition") ?? at.named[1])
      : undefined;
    if (
      condition !== undefined &&
      /allow|origin|white|trusted|permit|valid|includes|has\b|contains/i.test(condition.text.slice(0, 300))
    )
      if (!/^\(?[\w.]{1,40}(?: ?(?:!==?|!=) ?(?:""|''|undefined|null|nil|None))?\)?$/.test(condition.text)) return true;
  }
  return false;
}

/** `if (!allowed.includes(origin)) return;` before it. */
function hasGuard(file: SourceFile, around: SyntaxNode, node: SyntaxNode): boolean {
  const body = around.part("body");
  if (body === null) return false;
  return file
    .statements(body)
    .some(
      (statement) =>
        statement.end <= node.start &&
        statement.type === "if_statement" &&
        /allow|white|trusted|permit|valid|includes|contains/i.test(
          statement.part("condition")?.text.slice(0, 300) ?? "",
        ),
    );
}

const isAny = (file: SourceFile, node: SyntaxNode | null | undefined): boolean =>
  node !== null &&
  node !== undefined &&
  elementsOf(file, node).some((element) =>
    /^(?:\*|\.\*|\^?\.[*+]\$?|https?:\/\/\*|(?:\*:)?\/\/\*)$/.test(lowerText(file, element).trim()),
  );

const firstIsAny = ({ args }: Call, file: SourceFile): boolean => args.some(({ value }) => isAny(file, value));
const hasNone = ({ args }: Call): boolean => args.length === 0;

const table = new CallTable([
  { names: ["cors", "hono/cors.cors", "@koa/cors", "koa2-cors"], message: anyOrigin, when: hasNone },
  { names: ["@fastify/cors", "fastify-cors"], message: anyOrigin, when: hasNone },
  { names: ["@nestjs/core.NestFactory.create#enableCors"], message: anyOrigin, when: hasNone },
  {
    names: ["flask_cors.CORS", "flask_cors.cross_origin"],
    message: anyOrigin,
    when: isOpenFlask,
  },
  { names: ["github.com/rs/cors.AllowAll", "github.com/rs/cors.Default"], message: anyOrigin },
  { names: ["github.com/gin-contrib/cors.Default"], message: anyOrigin },
  {
    names: ["github.com/labstack/echo/v4/middleware.CORS", "github.com/labstack/echo/middleware.CORS"],
    message: anyOrigin,
    when: hasNone,
  },
  {
    names: ["github.com/gofiber/fiber/v2/middleware/cors.New", "github.com/go-chi/cors.AllowAll"],
    message: anyOrigin,
    when: hasNone,
  },
  { names: ["github.com/gorilla/handlers.AllowedOrigins"], message: anyOrigin, when: firstIsAny },
  {
    names: [
      "net/http.CrossOriginProtection#AddInsecureBypassPattern",
      "net/http.NewCrossOriginProtection#AddInsecureBypassPattern",
    ],
    message: "This takes every path out of the protection against other origins.",
    when: (call, file) => /^(?:[a-z]+ )?\/(?:\*|\{[a-z]+\.\.\.\})?$/.test(lowerText(file, call.args[0]?.value)),
  },
]);

/** `CORS(app)` lets everyone in unless it is told whom. */
function isOpenFlask(call: Call, file: SourceFile): boolean {
  if (passesOn(call)) return false;
  const { values } = keywordsOf(call);
  const origins = values.get("origins");
  if (origins !== undefined) return isAny(file, origins);
  const resources = values.get("resources");
  return resources === undefined && !values.has("origin");
}

/** Settings whose names say that they are about other origins. */
function reportSettings(file: SourceFile, report: Report): void {
  for (const { key, value, node } of settingsOf(file, settingKeys)) {
    if (
      allowsAll.has(key) ? flag(file, value) === true : takesAll.has(key) ? givesTrue(file, value) : isAny(file, value)
    )
      report(node, anyOrigin);
  }
  for (const call of file.language === "java" ? file.calls : [])
    if (javaSetters.has(call.name) && firstIsAny(call, file)) report(spotOf(call), anyOrigin);
    else if (call.name === "applyPermitDefaultValues") report(spotOf(call), anyOrigin);
}

const allowsAll = new Set([
  ...["CORS_ALLOW_ALL_ORIGINS", "CORS_ORIGIN_ALLOW_ALL", "AllowAllOrigins", "allow_all_origins", "allowAllOrigins"],
]);
const takesAll = new Set(["CheckOrigin", "AllowOriginFunc", "AllowOriginRequestFunc", "AllowOriginVaryRequestFunc"]);
const settingKeys = new Set([
  ...["allow_origins", "allow_origin_regex", "cors_allowed_origins", "CORS_ALLOWED_ORIGINS", "CORS_ORIGINS"],
  ...["AllowedOrigins", "AllowOrigins", "allowedOrigins", "allowOrigins", ...allowsAll, ...takesAll],
]);
const javaSetters = new Set([
  ...["allowedOrigins", "allowedOriginPatterns", "addAllowedOrigin", "addAllowedOriginPattern"],
  ...["setAllowedOrigins", "setAllowedOriginPatterns"],
]);

function givesTrue(file: SourceFile, node: SyntaxNode): boolean {
  const sole = soleStatement(file, node);
  return sole !== null && sole !== "empty" && sole.type === "true";
}

/** The options of `cors(…)` and its kin in JavaScript. */
function reportOptions(file: SourceFile, report: Report): void {
  for (const call of file.calls) {
    const given = optionsArgument(file, call);
    if (given === null) continue;
    const origin = given.values.get("origin");
    if (
      origin === undefined &&
      given.isWhole &&
      /^(?:cors|@koa\/cors|hono\/cors\.cors)$/.test(callNames(file, call)[0] ?? "")
    )
      report(spotOf(call), anyOrigin);
    if (origin !== undefined && letsAllIn(file, origin))
      report(origin.parent?.type === "pair" ? origin.parent : origin, anyOrigin);
  }
  for (const { key, value, node } of file.entries) {
    if (key !== "cors") continue;
    const options = optionsOf(file, value);
    const origin = options?.values.get("origin");
    if (origin !== undefined && letsAllIn(file, origin))
      report(origin.parent?.type === "pair" ? origin.parent : origin, anyOrigin);
    else if (options === null && flag(file, value) === true && isNest(file, node)) report(node, anyOrigin);
  }
}

function optionsArgument(file: SourceFile, call: Call): Options | null {
  if (/^(?:register|use)$/.test(call.name)) {
    const [plugin, options] = call.args;
    const isPlugin =
      plugin !== undefined && /cors/i.test(plugin.value.text.slice(0, 60)) && !/^cors\(/.test(plugin.value.text);
    return isPlugin && options !== undefined ? optionsOf(file, options.value) : null;
  }
  const first = /^(?:cors|enableCors|koaCors|fastifyCors|useCors|handleCors|appendCorsHeaders)$/i.test(call.name)
    ? call.args
    : [];
  const last = first.at(-1)?.value;
  return last === undefined ? null : optionsOf(file, last);
}

function isNest(file: SourceFile, node: SyntaxNode): boolean {
  const call = node.parent?.parent?.parent ?? null;
  return (
    call !== null &&
    /^(?:NestFactory\.create|WebSocketGateway)\b/.test(call.text.slice(0, 40)) &&
    file.callAt(call) !== null
  );
}

/** `"*"`, `true`, a regular expression for everything, `(origin, done) => done(null, true)`, `(origin) => origin`. */
function letsAllIn(file: SourceFile, node: SyntaxNode): boolean {
  if (isAny(file, node) || flag(file, node) === true) return true;
  const value = file.valueOf(node);
  if (value.type === "regex") return /^\/\^?\.[*+]\$?\/\w*$/.test(value.text);
  const sole = soleStatement(file, node);
  if (sole === null || sole === "empty") return false;
  const call = file.callAt(sole);
  if (call !== null)
    return call.args.length === 2 && call.args[1] !== undefined && isGranted(file, call.args[1].value, node);
  return sole.type === "true" || isGranted(file, sole, node);
}

/** `true`, `"*"`, or what the function was given as the origin. */
function isGranted(file: SourceFile, granted: SyntaxNode, decision: SyntaxNode): boolean {
  if (granted.type === "true" || isAny(file, granted)) return true;
  const made = file.valueOf(decision);
  const [first] = file.dialect.functions.has(made.type) ? file.dialect.readFunction(made).parameters : [];
  return first !== undefined && granted.type === "identifier" && granted.text === first.name;
}

/** `@CrossOrigin` without a list lets everyone in. */
function reportAnnotations(file: SourceFile, report: Report): void {
  for (const node of file.nodes("marker_annotation", "annotation")) {
    if (node.part("name")?.text !== "CrossOrigin") continue;
    const given = node.part("arguments")?.named ?? [];
    const listed = given.filter(
      (part) => part.type !== "element_value_pair" || /^(?:origin|value)/.test(part.named[0]?.text ?? ""),
    );
    const values = listed.map((part) => (part.type === "element_value_pair" ? (part.part("value") ?? part) : part));
    if (values.length === 0 || values.some((value) => isAny(file, value))) report(node, anyOrigin);
  }
}
