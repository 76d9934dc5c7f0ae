import type { Call, SourceFile } from "../syntax/index.ts";

/** What a value is made safe for. */
export type Purpose = "sql" | "html" | "shell" | "path" | "url" | "log";

/** Whether a call gives back its argument in a form that is safe there, as far as its name says. */
export function escapes(file: SourceFile, call: Call, purpose: Purpose): boolean {
  const name = call.name.slice(0, 80);
  if (purpose !== "url" && purpose !== "html" && urlEscapes.test(name)) return false;
  if (general.test(name)) return true;
  if (byPurpose[purpose].test(name)) return true;
  if (call.receiver === null) return false;
  const receiver = call.receiver.text.slice(0, 80);
  return receivers[purpose].test(receiver) || qualified.has(`${receiver}.${name}`);
}

const urlEscapes = /^(?:QueryEscape|PathEscape|encodeURI(?:Component)?|urlencode)$/;

/** Names that say so for whatever purpose. */
const general = /saniti[sz]|^(?:validate|assert|ensure)[A-Z_]|^(?:validate|assert|ensure)_|^safe[A-Z_]|^(?:is_)?valid/i;

const byPurpose: Readonly<Record<Purpose, RegExp>> = {
  sql: /quot|escape|identifier|^ident$|^literal$|placeholder|^wrap/i,
  html: /escape|safe_?html|encode|purify|^clean$|^bleach|^format_html|^conditional_escape|strip_?tags|linkify|^highlight|^t$|^translate$/i,
  shell: /quot|shellescape|escape|^shlex/i,
  path: /^(?:basename|base|secure_?filename|getFileName|getName|safe_?join|slugify|normali[sz]e_?filename)$|within|inside|contained|allowed/i,
  url: /^(?:encodeURIComponent|quote|quote_plus|urlencode|QueryEscape|PathEscape|escape)$|allow|trusted|whitelist|safe_?url/i,
  log: /escape|encode|stringify|quote|^repr$|^dumps$|^replace(?:All|_all)?$|^translate$|^strip_?(?:newlines|control)|mask|redact|hash/i,
};

const receivers: Readonly<Record<Purpose, RegExp>> = {
  sql: /^(?:sql|psycopg2?\.sql)$/,
  html: /DOMPurify|sanitize|^he$|^escape$|Encode$|ESAPI|HtmlUtils|StringEscapeUtils|bleach|^nh3$|bluemonday|[pP]olicy$/,
  shell: /^(?:shlex|pipes|shellQuote|shellescape)$/,
  path: /^(?:sanitize\w*|FilenameUtils)$/,
  url: /^(?:allowList|allowedHosts)$/,
  log: /Encode$|ESAPI/,
};

/** By receiver and name, where the name alone says too little. */
const qualified = new Set([
  "html.EscapeString",
  "template.HTMLEscapeString",
  "url.QueryEscape",
  "url.PathEscape",
  "filepath.Base",
  "path.Base",
]);
