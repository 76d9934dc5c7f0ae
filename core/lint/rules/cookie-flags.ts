import type { Call, SourceFile, SyntaxNode } from "../../syntax/index.ts";
import { argument, callNames, passesOn, spotOf } from "../known-calls.ts";
import { originsOf, typeName } from "../origins.ts";
import type { Pattern, Report } from "../pattern.ts";
import { elementsOf, flag, keywordsOf, lowerText, optionsOf, settingsOf, type Options } from "../settings.ts";
import { fileName, isTestFile } from "../test-files.ts";

/** A cookie that scripts of the page may read, or that travels without TLS; or one that anyone can sign. */
export const cookieFlags: Pattern = {
  rule: {
    id: "cookie-flags",
    title: "A cookie is not protected",
    help: "Set `httpOnly`, `secure` and `sameSite`, and take the secret that signs it from the environment.",
    confidence: "medium",
    severity: { human: "warning", aiEdited: "error", aiAsIs: "error" },
  },
  languages: ["javascript", "python", "go", "java"],
  trigger: /cookie|session|secret_?key/i,
  find(file, report) {
    if (isTestFile(fileName(file.path))) return;
    if (file.language === "javascript") reportJavascript(file, report);
    if (file.language === "python") reportPython(file, report);
    if (file.language === "go") reportGo(file, report);
    if (file.language === "java") reportJava(file, report);
  },
};

const fixedSecret = "The secret that signs the session stands in the code: who reads it can sign any.";
const missing = (names: string) => `This cookie is set without ${names}.`;
const turnedOff = "A cookie's protection is turned off.";

/** What is only a choice of how things look needs no protection. */
const preference =
  /theme|locale|lang|consent|colou?r|sidebar|tz\b|timezone|currency|layout|banner|dismiss|prefer|view_?mode|dark|i18n|flash|utm|analytics|ab_?test|toast|variant/i;
const sensitive = /sess|sid\b|token|auth|jwt|login|user|remember|access|refresh|csrf|xsrf|secret|cred/i;

/** Which of the flags an object of options lacks; null when it is as it should be, or not known in whole. */
function lacking(file: SourceFile, options: Options, names: readonly (readonly string[])[]): string | null {
  const lacks = names.filter((same) => {
    const value = same.map((name) => options.values.get(name)).find((found) => found !== undefined);
    return value === undefined ? options.isWhole : flag(file, value) === false;
  });
  return lacks.length === 0 ? null : missing(lacks.map(([name]) => `\`${name}\``).join(" and "));
}

const webFlags = [["httpOnly", "httponly"], ["secure"]] as const;

function reportJavascript(file: SourceFile, report: Report): void {
  for (const call of file.calls) {
    reportSetCookie(file, call, report);
    reportSession(file, call, report);
  }
  for (const { target, value, node } of file.assignments) {
    if (!/^(?:window\.|globalThis\.)?document\.cookie$/.test(target.text)) continue;
    const written = (file.textOf(value) ?? []).map((part) => (part.kind === "written" ? part.text : "x")).join("");
    const [name = ""] = written.split("=");
    if (sensitive.test(name) && !/;\s*secure\b/i.test(written) && !/max-age=-?0|1970/i.test(written))
      report(node, missing("`Secure`, where scripts read it"));
  }
}

/** Where the options stand in each way to set a cookie: `res.cookie(name, value, options)` and its kin. */
function reportSetCookie(file: SourceFile, call: Call, report: Report): void {
  const kind = setterKind(file, call);
  if (kind === null) return;
  const args = call.args.slice(kind.from);
  const [name, value, given] = args.map((argument) => argument.value);
  if (name === undefined || value === undefined || passesOn(call)) {
    reportSingle(file, call, report);
    return;
  }
  const nameText = file.constantText(name) ?? name.text;
  if (preference.test(nameText) || (kind.isGuess && !sensitive.test(nameText))) return;
  if (given === undefined) report(spotOf(call), missing("`httpOnly` and `secure`"));
  else reportOptions(file, call, optionsOf(file, given), report);
}

/** `cookies().set({ name, value, httpOnly })`. */
function reportSingle(file: SourceFile, call: Call, report: Report): void {
  const only = call.args.length === 1 ? call.args[0] : undefined;
  const options = only === undefined ? null : optionsOf(file, only.value);
  if (
    options === null ||
    options.values.has("options") ||
    !options.values.has("name") ||
    !options.values.has("value") ||
    isDeletion(file, options)
  )
    return;
  if (!preference.test(lowerText(file, options.values.get("name")))) reportOptions(file, call, options, report);
}

function reportOptions(file: SourceFile, call: Call, options: Options | null, report: Report): void {
  if (options === null || isDeletion(file, options)) return;
  const message = lacking(file, options, webFlags);
  if (message !== null) report(wrongValue(file, options, webFlags) ?? spotOf(call), message);
}

function wrongValue(file: SourceFile, { values }: Options, names: readonly (readonly string[])[]): SyntaxNode | null {
  for (const name of names.flat()) {
    const value = values.get(name);
    if (value !== undefined && flag(file, value) === false) return value.parent ?? value;
  }
  return null;
}

/** `from` is where the name stands; a guess is by a name that others have too. */
function setterKind(file: SourceFile, { name, receiver, args }: Call): { from: number; isGuess: boolean } | null {
  const of = receiver?.text.slice(-60) ?? "";
  if (name === "cookie" && /(?:^|\.)(?:res|resp|response|reply)$|\bstatus\([^)]*\)$/.test(of))
    return { from: 0, isGuess: false };
  if (name === "setCookie")
    return receiver === null || args.length > 3
      ? { from: args.length > 2 || isContext(args[0]?.value) ? 1 : 0, isGuess: true }
      : { from: 0, isGuess: false };
  if (name === "set" && /cookies(?:\(\))?\)?$/i.test(of) && !/^Cookies$/.test(of)) return { from: 0, isGuess: true };
  if (name === "serialize" && /^cookie$/.test(of)) return { from: 0, isGuess: true };
  if (name === "serializeCookie") return { from: 0, isGuess: true };
  return null;
}

function isContext(node: SyntaxNode | undefined): boolean {
  return node !== undefined && /^(?:c|ctx|context|event|res|reply|headers)$/.test(node.text);
}

function isDeletion(file: SourceFile, { values }: Options): boolean {
  const age = values.get("maxAge") ?? values.get("max_age") ?? values.get("MaxAge");
  const expires = values.get("expires") ?? values.get("Expires");
  return (
    (age !== undefined && /^-?[01]$/.test(file.valueOf(age).text) && file.valueOf(age).text !== "1") ||
    (expires !== undefined && /new Date\(0\)|Unix\(0|1970|^0$/.test(expires.text.slice(0, 80)))
  );
}

const sessions = new Set([
  "express-session",
  "cookie-session",
  "express-session.default",
  "session",
  "koa-session",
  "client-sessions",
  "@fastify/session",
  "fastify-session",
  "expressSession",
]);

/** What keeps sessions: the secret that signs them, and the cookie that carries them. */
function reportSession(file: SourceFile, call: Call, report: Report): void {
  const [called = ""] = callNames(file, call);
  const [first] = call.args;
  const isParser = /^(?:cookie-parser|cookieParser)$/.test(called);
  if (isParser && first !== undefined && isSecretLiteral(file, first.value)) report(spotOf(call), fixedSecret);
  const isPlugin = call.name === "register" && /session|cookie/i.test(first?.value.text.slice(0, 40) ?? "");
  if (!sessions.has(called) && !isPlugin && !/^(?:session|cookieSession)$/.test(call.name)) return;
  const given = call.args.map(({ value }) => optionsOf(file, value)).find((options) => options !== null);
  if (given === undefined) return;
  for (const key of ["secret", "keys", "password"]) {
    const value = given.values.get(key);
    if (value !== undefined && elementsOf(file, value).some((element) => isSecretLiteral(file, element)))
      report(value.parent ?? value, fixedSecret);
  }
  reportSessionCookie(file, call, given, report);
}

/** express-session sets `httpOnly` by itself, and `secure` only when it is told to. */
function reportSessionCookie(file: SourceFile, call: Call, given: Options, report: Report): void {
  const cookie = given.values.get("cookie");
  const options = cookie === undefined ? null : optionsOf(file, cookie);
  const wrong = wrongValue(file, options ?? given, webFlags);
  const [called = ""] = callNames(file, call);
  if (wrong !== null) report(wrong, turnedOff);
  else if (cookie === undefined ? given.isWhole && called === "express-session" : lacksSecure(options, called))
    report(cookie?.parent ?? spotOf(call), missing("`secure`"));
}

function lacksSecure(options: Options | null, called: string): boolean {
  return options !== null && options.isWhole && !options.values.has("secure") && called.includes("session");
}

function isSecretLiteral(file: SourceFile, node: SyntaxNode): boolean {
  const value = file.valueOf(node);
  const text = file.constantText(value);
  return text !== null && text !== "" && file.callAt(value) === null;
}

const pythonOff = new Set([
  "SESSION_COOKIE_SECURE",
  "SESSION_COOKIE_HTTPONLY",
  "CSRF_COOKIE_SECURE",
  "REMEMBER_COOKIE_SECURE",
  "REMEMBER_COOKIE_HTTPONLY",
  "SESSION_COOKIE_SAMESITE",
]);
const pythonSecrets = new Set(["secret_key", "SECRET_KEY"]);

function reportPython(file: SourceFile, report: Report): void {
  for (const call of file.calls) {
    if (/^set_(?:signed_)?cookie$/.test(call.name) && call.receiver !== null) reportPythonCookie(file, call, report);
    if (
      call.name === "SessionMiddleware" ||
      (call.name === "add_middleware" && /SessionMiddleware$/.test(call.args[0]?.value.text ?? ""))
    ) {
      const secret = argument(call, "secret_key");
      if (secret !== null && isSecretLiteral(file, secret)) report(secret, fixedSecret);
      const isPlain = argument(call, "https_only");
      if (isPlain !== null && flag(file, isPlain) === false) report(isPlain, turnedOff);
    }
  }
  const isDevelopment = /(?:^|[_/.-])(?:dev|local|test)\w*\.py$/i.test(file.path);
  for (const { key, value, node, owner } of settingsOf(file, new Set([...pythonOff, ...pythonSecrets]))) {
    if (pythonOff.has(key) && flag(file, value) === false && !isDevelopment) report(node, turnedOff);
    const isApp = owner !== null && /(?:^|\.)\w*app\w*(?:\.config)?$|config$/i.test(owner.text.slice(-60));
    const isDjango =
      key === "SECRET_KEY" &&
      owner === null &&
      node.type === "assignment" &&
      /\b(?:INSTALLED_APPS|ALLOWED_HOSTS|MIDDLEWARE|DEBUG)\b/.test(file.text);
    if (pythonSecrets.has(key) && (isApp || isDjango) && isSecretLiteral(file, value)) report(node, fixedSecret);
  }
}

function reportPythonCookie(file: SourceFile, call: Call, report: Report): void {
  const options = keywordsOf(call);
  const name = argument(call, "key", 0);
  const isCookieJar = call.args.length < 2;
  if (
    isCookieJar ||
    name === null ||
    isDeletion(file, options) ||
    preference.test(file.constantText(name) ?? name.text)
  )
    return;
  // `max_age`, `secure` and `httponly` may stand at their places too.
  const placed = call.args.filter((given) => given.name === null).length;
  if (placed > 6 || !options.isWhole) return;
  const message = lacking(file, options, [["httponly"], ["secure"]]);
  if (message !== null) report(wrongValue(file, options, [["httponly"], ["secure"]]) ?? spotOf(call), message);
}

function reportGo(file: SourceFile, report: Report): void {
  const sent = clientCookies(file);
  for (const node of file.nodes("composite_literal")) {
    const type = typeName(file, node.part("type"));
    const names = goFlags.get(type);
    const options = names === undefined ? null : optionsOf(file, node);
    if (names === undefined || options === null || isDeletion(file, options)) continue;
    if (
      type.endsWith("Cookie") &&
      (!options.values.has("Name") || preference.test(lowerText(file, options.values.get("Name"))))
    )
      continue;
    const holder = holderOf(node);
    if ((holder !== "" && sent.has(holder)) || isSentHere(file, node)) continue;
    const assigned = assignedFields(file);
    const later = new Set(names.flat().filter((name) => assigned.has(`${holder}.${name}`)));
    const message = lacking(
      file,
      options,
      names.filter((same) => !same.some((name) => later.has(name))),
    );
    if (message !== null) report(wrongValue(file, options, names) ?? node, message);
  }
  for (const call of file.calls) {
    if (call.name === "SetCookie" && call.args.length === 7 && call.receiver !== null) {
      const [name] = call.args;
      const isOff = call.args.slice(5).some(({ value }) => flag(file, value) === false);
      const isGone = /^-1$/.test(call.args[2]?.value.text ?? "");
      if (isOff && !isGone && !preference.test(lowerText(file, name?.value))) report(spotOf(call), turnedOff);
    }
    if (/^New(?:Cookie)?Store$/.test(call.name) && call.args.some(({ value }) => isBytesOfText(file, value)))
      report(spotOf(call), fixedSecret);
  }
  for (const { value, node, owner } of settingsOf(file, new Set(["Secure", "HttpOnly", "HTTPOnly"])))
    if (owner !== null && flag(file, value) === false && originsOf(file, owner).some((origin) => goFlags.has(origin)))
      report(node, turnedOff);
}

const goFlags = new Map<string, readonly (readonly string[])[]>([
  ["net/http.Cookie", [["HttpOnly"], ["Secure"]]],
  ["github.com/gorilla/sessions.Options", [["HttpOnly"], ["Secure"]]],
  ["github.com/gin-contrib/sessions.Options", [["HttpOnly"], ["Secure"]]],
  ["github.com/gofiber/fiber/v2.Cookie", [["HTTPOnly"], ["Secure"]]],
  ["github.com/gofiber/fiber/v3.Cookie", [["HTTPOnly"], ["Secure"]]],
  ["github.com/valyala/fasthttp.Cookie", []],
]);

function isBytesOfText(file: SourceFile, node: SyntaxNode): boolean {
  const value = file.valueOf(node);
  const isConversion = /^\[\]byte\b/.test(value.text.slice(0, 10));
  const inner = isConversion ? (file.callAt(value)?.args[0]?.value ?? null) : null;
  return inner !== null && isSecretLiteral(file, inner);
}

/** The name that a literal is given, with or without `&`. */
function holderOf(node: SyntaxNode): string {
  const whole = node.parent?.type === "unary_expression" ? node.parent : node;
  const list = whole.parent?.type === "expression_list" ? whole.parent : whole;
  const target = list.parent?.part("left") ?? list.parent?.part("name");
  return target?.text.slice(0, 80) ?? "";
}

const clientCalls = /^(?:AddCookie|SetCookies)$/;

/** Names of cookies that go with a request: there the flags say nothing. */
function clientCookies(file: SourceFile): Set<string> {
  return new Set(
    file.calls.flatMap(({ name, args }) =>
      clientCalls.test(name) ? args.map(({ value }) => value.text.slice(0, 80)) : [],
    ),
  );
}

function isSentHere(file: SourceFile, node: SyntaxNode): boolean {
  for (let at = node.parent, step = 0; at !== null && step < 8; at = at.parent, step += 1) {
    const call = file.callAt(at);
    if (call !== null) return clientCalls.test(call.name);
  }
  return false;
}

/** `cookie.Secure` for every field that is assigned in a file. */
function assignedFields(file: SourceFile): Set<string> {
  const known = assignedByFile.get(file);
  if (known !== undefined) return known;
  const fields = new Set(
    file.assignments.flatMap(({ target }) =>
      file.dialect.readMember(target) === null ? [] : target.text.slice(0, 120),
    ),
  );
  assignedByFile.set(file, fields);
  return fields;
}

const assignedByFile = new WeakMap<SourceFile, Set<string>>();

function reportJava(file: SourceFile, report: Report): void {
  const told = setterCalls(file);
  for (const call of file.calls) {
    const [first, second] = call.args;
    if (call.isNew && call.name === "Cookie" && first !== undefined && second !== undefined) {
      const holder = call.node.parent?.part("name")?.text ?? call.node.parent?.part("left")?.text ?? "";
      const has = (setter: string) => told.has(`${around(file, call)}:${holder}.${setter}`);
      const isGone = has("setMaxAge(0)") || /^(?:null|"")$/.test(second.value.text);
      if (isGone || preference.test(lowerText(file, first.value)) || holder === "") continue;
      const lacks = ["setHttpOnly", "setSecure"].filter((setter) => !has(setter));
      if (lacks.length > 0) report(spotOf(call), missing(lacks.map((setter) => `\`${setter}(true)\``).join(" and ")));
    }
    if (
      /^set(?:HttpOnly|Secure)$/.test(call.name) &&
      first !== undefined &&
      flag(file, first.value) === false &&
      isCookie(file, call)
    )
      report(spotOf(call), turnedOff);
    if (call.name === "build" && call.receiver !== null) reportBuilder(file, call, report);
  }
}

function isCookie(file: SourceFile, { receiver }: Call): boolean {
  return (
    receiver !== null &&
    (/cookie/i.test(receiver.text.slice(-40)) || originsOf(file, receiver).some((origin) => /Cookie/.test(origin)))
  );
}

/** `function:name.setter` of each call, so that each cookie is looked up once. */
function setterCalls(file: SourceFile): Set<string> {
  const told = new Set<string>();
  for (const call of file.calls) {
    if (call.receiver === null || !/^set(?:HttpOnly|Secure|MaxAge)$/.test(call.name)) continue;
    const key = `${around(file, call)}:${call.receiver.text.slice(0, 80)}.${call.name}`;
    told.add(key);
    if (call.name === "setMaxAge" && /^-?0$/.test(call.args[0]?.value.text ?? "")) told.add(`${key}(0)`);
  }
  return told;
}

function around(file: SourceFile, { node }: Call): number {
  return node.above(file.dialect.functions)?.start ?? -1;
}

/** `ResponseCookie.from("sid", id).httpOnly(true).secure(true).build()`. */
function reportBuilder(file: SourceFile, call: Call, report: Report): void {
  const links = new Map<string, Call>();
  let at: Call | null = call;
  for (let step = 0; at !== null && step < 30; step += 1) {
    links.set(at.name, at);
    at = at.receiver === null ? null : file.callAt(file.bare(at.receiver));
  }
  const made = links.get("from") ?? links.get("fromClientResponse");
  if (made === undefined || made.receiver?.text !== "ResponseCookie") return;
  const age = links.get("maxAge")?.args[0]?.value.text ?? "";
  if (/^(?:0|Duration\.ZERO)$/.test(age) || preference.test(lowerText(file, made.args[0]?.value))) return;
  const isOn = (name: string) => {
    const link = links.get(name);
    return link !== undefined && (link.args[0] === undefined || flag(file, link.args[0].value) !== false);
  };
  const lacks = ["httpOnly", "secure"].filter((name) => !isOn(name));
  if (lacks.length > 0)
    report(spotOf(links.get(lacks[0]!) ?? made), missing(lacks.map((name) => `\`${name}\``).join(" and ")));
}
