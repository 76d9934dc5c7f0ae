import type { SourceFile, SyntaxNode } from "../syntax/index.ts";
import { occursIn } from "./file-text.ts";
import type { OpenedClient } from "./opened-clients.ts";

const waits = "This request has no timeout, and waits as long as the other side likes.";
const opens = "This client has no timeout, and waits as long as the other side likes.";
const serves = "This server waits for its clients as long as they like.";

/** Go's own client and server have no timeouts but those that they are given. */
export function goClients(file: SourceFile): OpenedClient[] {
  const last = lastSet(file);
  return [...calls(file, last), ...literals(file, last), ...variables(file, last)];
}

const http = new Map<string, string>([
  ...["Get", "Post", "Head", "PostForm"].map((name) => [`net/http.${name}`, waits] as const),
  ...["Get", "Post", "Head", "PostForm"].map((name) => [`net/http.DefaultClient.${name}`, waits] as const),
  ...["ListenAndServe", "ListenAndServeTLS", "Serve", "ServeTLS"].map((name) => [`net/http.${name}`, serves] as const),
  ["net.Dial", "This connection has no timeout, and waits as long as the other side likes."] as const,
]);

function calls(file: SourceFile, last: ReadonlyMap<string, number>): OpenedClient[] {
  return file.calls.flatMap((call) => {
    const { name, receiver, node, args } = call;
    if (receiver === null) return isNewClient(node, file, last) ? { node, message: opens } : [];
    if (!goNames.has(name)) return [];
    const of = file.calleeName(call);
    if (of === "net/http.DefaultClient.Do") return hasContext(args[0]?.value, file) ? [] : { node, message: waits };
    const message = http.get(of);
    return message === undefined ? [] : { node, message };
  });
}

const goNames = new Set([
  "Get",
  "Post",
  "Head",
  "PostForm",
  "ListenAndServe",
  "ListenAndServeTLS",
  "Serve",
  "ServeTLS",
  "Dial",
  "Do",
]);

/** `http.NewRequest` has none; of anything else it cannot be seen. */
function hasContext(request: SyntaxNode | undefined, file: SourceFile): boolean {
  const [declared] = request === undefined ? [] : (file.bindingOf(request)?.declarations ?? []);
  const made = declared?.value == null ? null : file.callAt(declared.value);
  return (
    made === null || file.calleeName(made) !== "net/http.NewRequest" || occursIn(file, /\.WithContext\(|WithTimeout\(/)
  );
}

/** `new(http.Client)`. */
function isNewClient(node: SyntaxNode, file: SourceFile, last: ReadonlyMap<string, number>): boolean {
  const call = file.callAt(node);
  const [made] = call?.args ?? [];
  return (
    call?.name === "new" &&
    made !== undefined &&
    typeName(made.value, file) === "net/http.Client" &&
    (last.get("Timeout") ?? -1) <= node.start
  );
}

/** `&http.Client{}` without a timeout, `&http.Server{}` without one for reading. */
function literals(file: SourceFile, last: ReadonlyMap<string, number>): OpenedClient[] {
  return file.nodes("composite_literal").flatMap((node) => {
    const type = node.part("type");
    const of = type === null ? "" : typeName(type, file);
    if (of !== "net/http.Client" && of !== "net/http.Server") return [];
    const keys = (node.part("body")?.named ?? []).map(
      (element) => (element.part("key") ?? element.named[0] ?? element).text,
    );
    const wanted = of === "net/http.Client" ? ["Timeout"] : ["ReadHeaderTimeout", "ReadTimeout"];
    if (wanted.some((key) => keys.includes(key) || (last.get(key) ?? -1) > node.start)) return [];
    if (of === "net/http.Client" && usesContexts(file)) return [];
    return { node, message: of === "net/http.Client" ? opens : serves };
  });
}

/** Requests that end with their context need no timeout of the client. */
function usesContexts(file: SourceFile): boolean {
  return occursIn(file, /\bNewRequestWithContext\(|\bcontext\.WithTimeout\(|\.WithContext\(/);
}

/** `client.Timeout = …` afterwards: of each key where it is set last. */
function lastSet(file: SourceFile): Map<string, number> {
  const last = new Map<string, number>();
  for (const { target, node } of file.assignments)
    if (target.type === "selector_expression") last.set(target.part("field")?.text ?? "", node.start);
  return last;
}

/** `var client http.Client`. */
function variables(file: SourceFile, last: ReadonlyMap<string, number>): OpenedClient[] {
  return file.nodes("var_spec").flatMap((node) => {
    const type = node.part("type");
    const isClient = type !== null && node.part("value") === null && typeName(type, file) === "net/http.Client";
    return isClient && !usesContexts(file) && (last.get("Timeout") ?? -1) <= node.start ? { node, message: opens } : [];
  });
}

function typeName(type: SyntaxNode, file: SourceFile): string {
  const text = type.text;
  if (text !== "http.Client" && text !== "http.Server") return "";
  const module = type.part("package") ?? type.part("operand");
  const [declared] = module === null ? [] : (file.scopes.find(module)?.declarations ?? []);
  const isOwn = declared !== undefined && declared.from?.module !== "net/http";
  return isOwn ? "" : `net/http.${text.slice("http.".length)}`;
}
