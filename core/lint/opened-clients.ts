import type { Call, SourceFile, SyntaxNode } from "../syntax/index.ts";
import { goClients } from "./opened-clients-go.ts";
import { javaClients } from "./opened-clients-java.ts";

/** A client or a request that may wait for ever, and why. */
export interface OpenedClient {
  node: SyntaxNode;
  message: string;
}

/** Clients and requests of well-known libraries that are given no timeout. What cannot be seen counts as one. */
export function openedClients(file: SourceFile): OpenedClient[] {
  switch (file.language) {
    case "python":
      return file.calls.flatMap((call) => inPython(call, file) ?? []);
    case "javascript":
      return inJavaScript(file);
    case "go":
      return goClients(file);
    case "java":
      return javaClients(file);
  }
}

const waits = "This request has no timeout, and waits as long as the other side likes.";
const opens = "This client has no timeout, and waits as long as the other side likes.";
const off = "The timeout is turned off here.";

/** `requests` and the like wait for ever unless told otherwise; `httpx` and `aiohttp` only when they are told so. */
function inPython(call: Call, file: SourceFile): OpenedClient | null {
  const { node, name, args } = call;
  // A name that stands alone may be another for one of these.
  if (!pythonNames.has(name) && (call.receiver !== null || file.bindingOf(call.callee) === null)) return null;
  const of = pythonName(call, file);
  const isRequest =
    /^requests\.(?:sessions\.)?(?:get|post|put|patch|delete|head|options|request|Session\(\)\.\w{1,10}|session\(\)\.\w{1,10})$/.test(
      of,
    );
  const place = placesOfTimeout.get(of);
  const given = args.find((argument) => argument.name === "timeout")?.value;
  if (/^(?:httpx|aiohttp)\./.test(of) && given !== undefined) return isNone(given) ? { node, message: off } : null;
  if (of === "aiohttp.ClientTimeout" && args.some(({ name: key, value }) => key === "total" && isNone(value)))
    return { node, message: off };
  if (!isRequest && place === undefined) return null;
  if (isUnknown(args)) return null;
  if (given !== undefined) return isNone(given) ? { node, message: off } : null;
  if (place !== undefined && place.keyword !== "timeout")
    return args.some(({ name: key }) => key !== null && key.includes("timeout")) || isDsn(args, file)
      ? null
      : { node, message: opens };
  const positional = args.filter((argument) => argument.name === null);
  if (place !== undefined && positional.length > place.at) return null;
  return { node, message: isRequest || name === "urlopen" ? waits : opens };
}

const pythonNames = new Set(
  [
    "get post put patch delete head options request stream urlopen HTTPConnection HTTPSConnection create_connection SMTP",
    "SMTP_SSL FTP FTP_TLS IMAP4_SSL POP3 Telnet Client AsyncClient ClientSession ClientTimeout Redis StrictRedis from_url connect",
  ]
    .join(" ")
    .split(" "),
);

/** With what a name holds: `requests.Session().get` for `session.get`. */
function pythonName(call: Call, file: SourceFile): string {
  const { receiver, name } = call;
  if (receiver?.type !== "identifier") return file.calleeName(call);
  const made = file.callAt(file.valueOf(receiver)) ?? contextOf(receiver, file);
  return made === null ? file.calleeName(call) : `${file.calleeName(made)}().${name}`;
}

/** `with requests.Session() as session:`. */
function contextOf(name: SyntaxNode, file: SourceFile): Call | null {
  const [declared, ...others] = file.bindingOf(name)?.declarations ?? [];
  const value = others.length === 0 ? declared?.value : null;
  return value != null && declared?.name.parent?.type === "as_pattern_target" ? file.callAt(value) : null;
}

/** The number of arguments before the timeout, where it may be given without its name. */
const placesOfTimeout = new Map<string, { at: number; keyword: string }>([
  ["urllib.request.urlopen", { at: 2, keyword: "timeout" }],
  ["http.client.HTTPConnection", { at: 2, keyword: "timeout" }],
  ["http.client.HTTPSConnection", { at: 4, keyword: "timeout" }],
  ["socket.create_connection", { at: 1, keyword: "timeout" }],
  ["smtplib.SMTP", { at: 3, keyword: "timeout" }],
  ["smtplib.SMTP_SSL", { at: 5, keyword: "timeout" }],
  ["ftplib.FTP", { at: 4, keyword: "timeout" }],
  ["telnetlib.Telnet", { at: 2, keyword: "timeout" }],
  ["redis.Redis", { at: 99, keyword: "socket_timeout" }],
  ["redis.StrictRedis", { at: 99, keyword: "socket_timeout" }],
  ["redis.from_url", { at: 99, keyword: "socket_timeout" }],
  ["redis.Redis.from_url", { at: 99, keyword: "socket_timeout" }],
  ["psycopg2.connect", { at: 99, keyword: "connect_timeout" }],
]);

function isNone({ type, text }: SyntaxNode): boolean {
  return (
    type === "none" || text === "0" || text === "aiohttp.ClientTimeout(total=None)" || text === "httpx.Timeout(None)"
  );
}

/** `**options` may hold it. */
function isUnknown(args: Call["args"]): boolean {
  return args.some(({ value }) => value.type === "dictionary_splat" || value.type === "spread_element");
}

function isDsn(args: Call["args"], file: SourceFile): boolean {
  const [first] = args;
  if (first === undefined || first.name !== null) return false;
  const text = file.constantText(first.value);
  return text === null || text.includes("timeout");
}

function inJavaScript(file: SourceFile): OpenedClient[] {
  const hasOwnTimeout = /\.(?:defaults\.timeout|setTimeout\()|["']timeout["']|AbortSignal\.timeout|socketTimeout/.test(
    file.text,
  );
  return file.calls.flatMap((call) => {
    const judged = jsNames.has(call.name) ? judge(call, file, hasOwnTimeout) : null;
    return judged === null ? [] : { node: call.node, message: judged };
  });
}

const jsNames = new Set(
  "fetch axios get post put patch delete head options request create got Pool Client createPool createConnection extend".split(
    " ",
  ),
);

function judge(call: Call, file: SourceFile, hasOwnTimeout: boolean): string | null {
  const { args } = call;
  const of = jsName(call, file);
  const plain = jsClients.get(of);
  if (plain === undefined) return null;
  // Settings of the whole file, or of the request afterwards, are not followed to where they belong.
  if (hasOwnTimeout && plain.isSetElsewhere) return null;
  if (args.some(({ value }) => value.type === "spread_element")) return null;
  const given = args.slice(plain.options).map(({ value }) => value);
  if (plain.options === 1 && of === "fetch" && isRequestObject(args[0]?.value, file)) return null;
  const settings = plain.isOnly ? given.slice(0, 1) : given;
  const objects = settings.map((value) => file.valueOf(value));
  if (objects.some((value) => value.type !== "object" && !isNoSettings(value, file))) return null;
  const keys = objects.flatMap((value) => (value.type === "object" ? keysOf(value) : []));
  if (keys.some(({ key }) => key === null)) return null;
  const timeout = keys.find(({ key }) => key !== null && plain.keys.includes(key));
  if (timeout === undefined) return plain.message;
  return timeout.value !== null && ["0", "false", "null", "undefined"].includes(timeout.value.text) ? off : null;
}

/** A callback, an address. */
function isNoSettings(value: SyntaxNode, file: SourceFile): boolean {
  if (file.dialect.functions.has(value.type) || value.type === "string" || value.type === "template_string")
    return true;
  return /ur[li]$|href$|endpoint$|address$/i.test(value.text.slice(-40));
}

/** A request that is made before may hold its signal. */
function isRequestObject(value: SyntaxNode | undefined, file: SourceFile): boolean {
  if (value === undefined) return true;
  const plain = file.valueOf(value);
  return (
    plain.type === "new_expression" ||
    (plain.type === "identifier" && /^(?:re?q|request)\d?$|Request$/i.test(plain.text))
  );
}

function jsName(call: Call, file: SourceFile): string {
  const root = call.receiver ?? call.callee;
  const binding = file.bindingOf(file.bare(root));
  const declared = binding?.declarations[0];
  if (declared !== undefined && declared.kind !== "import") return "";
  const name = file.calleeName(call);
  const global = /^(?:globalThis|window|self)\.fetch$/.test(name) ? "fetch" : name;
  // A name that no import brings is none of a library's, but for what is there anyway.
  return declared === undefined && global !== "fetch" ? "" : global;
}

interface JsClient {
  /** The first argument that may hold settings. */
  options: number;
  /** Only that one does. */
  isOnly: boolean;
  keys: readonly string[];
  message: string;
  isSetElsewhere: boolean;
}

function client(
  names: string,
  options: number,
  keys: string,
  message: string,
  isSetElsewhere = true,
): [string, JsClient][] {
  const isOnly = options > 0;
  return names.split(" ").map((name) => [name, { options, isOnly, keys: keys.split(" "), message, isSetElsewhere }]);
}

const jsClients = new Map<string, JsClient>([
  ...client("fetch node-fetch undici.fetch cross-fetch", 1, "signal timeout dispatcher", waits, false),
  ...client(
    "axios axios.get axios.delete axios.head axios.options axios.request",
    1,
    "timeout signal cancelToken",
    waits,
  ),
  ...client("axios.post axios.put axios.patch", 2, "timeout signal cancelToken", waits),
  ...client("axios.create", 0, "timeout signal", opens),
  ...client("got got.get got.post got.put got.patch got.delete got.head", 1, "timeout signal", waits),
  ...client("http.request http.get https.request https.get", 0, "timeout signal", waits),
  ...client("pg.Pool pg.Client", 0, "connectionTimeoutMillis query_timeout statement_timeout connectionString", opens),
]);

function keysOf(object: SyntaxNode): { key: string | null; value: SyntaxNode | null }[] {
  return object.named.map((part) => {
    if (part.type === "pair")
      return { key: part.part("key")?.text.replace(/["']/g, "") ?? "", value: part.part("value") };
    if (part.type === "shorthand_property_identifier") return { key: part.text, value: null };
    if (part.type === "method_definition") return { key: part.part("name")?.text ?? "", value: null };
    return { key: null, value: null };
  });
}
