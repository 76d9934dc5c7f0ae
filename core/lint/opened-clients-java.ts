import type { Call, SourceFile } from "../syntax/index.ts";
import { occursIn } from "./file-text.ts";
import type { OpenedClient } from "./opened-clients.ts";

const waits = "This connection has no timeout, and waits as long as the other side likes.";
const opens = "This client has no timeout, and waits as long as the other side likes.";
const off = "The timeout is turned off here.";

/** Java's own connections and clients, Apache's, Spring's; `OkHttpClient` has timeouts unless they are set to nought. */
export function javaClients(file: SourceFile): OpenedClient[] {
  return file.calls.flatMap((call) => {
    const { name, node, args } = call;
    if (setters.has(name)) return args[0] !== undefined && isNought(args[0].value.text) ? { node, message: off } : [];
    if (!javaNames.has(name)) return [];
    const message = judge(call, file);
    return message === null ? [] : { node, message };
  });
}

const setters = new Set(
  "setConnectTimeout setReadTimeout connectTimeout readTimeout writeTimeout callTimeout setSocketTimeout setConnectionRequestTimeout setSoTimeout".split(
    " ",
  ),
);

function isNought(text: string): boolean {
  return /^(?:0|0L|-1|Duration\.ZERO|Duration\.of(?:Seconds|Millis)\(0\))$/.test(text);
}

const javaNames = new Set(
  "openConnection openStream newHttpClient build RestTemplate createDefault createSystem createMinimal DefaultHttpClient timeout".split(
    " ",
  ),
);

function judge(call: Call, file: SourceFile): string | null {
  const { name, receiver, args, isNew } = call;
  const hasAnyTimeout = occursIn(file, /[tT]imeout\w*\(/);
  switch (name) {
    case "openConnection":
      return args.length < 2 && !occursIn(file, /set(?:Connect|Read)Timeout\(/) && !isLocal(call) ? waits : null;
    case "openStream":
      return args.length === 0 && /[uU][rR][lL]|^new URL\(/.test(receiver?.text.slice(0, 60) ?? "") ? waits : null;
    case "newHttpClient":
      return receiver?.text === "HttpClient" && !hasAnyTimeout ? opens : null;
    case "RestTemplate":
      return isNew && args.length === 0 && !occursIn(file, /setRequestFactory\(|[tT]imeout/) ? opens : null;
    case "DefaultHttpClient":
      return isNew && !hasAnyTimeout ? opens : null;
    case "timeout":
      return args.length === 1 && args[0]!.value.text === "0" && rootOf(call, file) === "Jsoup" ? off : null;
    case "build":
      return isBuiltWithout(call, file) && !hasAnyTimeout ? opens : null;
    default:
      return receiver?.text === "HttpClients" && !hasAnyTimeout ? opens : null;
  }
}

/** A file or an archive, and no other side. */
function isLocal({ receiver }: Call): boolean {
  return /["'](?:jar:)?file:|getResource\(/.test(receiver?.text.slice(0, 200) ?? "");
}

/** `HttpClient.newBuilder()…build()`, `HttpClientBuilder.create()…build()`. */
function isBuiltWithout(call: Call, file: SourceFile): boolean {
  const names = chainOf(call, file);
  if (names.some((name) => /[tT]imeout|RequestConfig$/.test(name))) return false;
  const root = rootOf(call, file);
  return (
    (root === "HttpClient" && names.includes("newBuilder")) ||
    (root === "HttpClientBuilder" && names.includes("create")) ||
    (root === "HttpClients" && names.includes("custom"))
  );
}

function chainOf(call: Call, file: SourceFile): string[] {
  const names: string[] = [];
  let at: Call | null = call;
  for (let step = 0; step < 40 && at !== null; step += 1) {
    names.push(at.name);
    at = at.receiver === null ? null : file.callAt(at.receiver);
  }
  return names;
}

function rootOf(call: Call, file: SourceFile): string {
  let at = call;
  for (let step = 0; step < 40; step += 1) {
    const inner = at.receiver === null ? null : file.callAt(at.receiver);
    if (inner === null) break;
    at = inner;
  }
  return at.receiver?.text.slice(0, 60) ?? "";
}
