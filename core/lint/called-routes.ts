import type { Call, SourceFile, SyntaxNode } from "../syntax/index.ts";
import { BodyGuards } from "./body-guards.ts";
import { isGuardName, isPublicName } from "./guard-names.ts";
import { handlerOf } from "./route-handler.ts";
import type { Route, Routes } from "./routes.ts";

/** Routes by a call on a router: Express, Koa, Fastify, Hono, gin, chi, echo, net/http. */
export function calledRoutes(file: SourceFile): Routes {
  if (file.language !== "javascript" && file.language !== "go") return { routes: [], common: new Map() };
  const bodies = new BodyGuards(file);
  const routes: Route[] = [];
  const common = new Map<string, Set<string>>();
  for (const call of file.calls) {
    const route = readRoute(call, file, bodies);
    if (route !== null) routes.push(route);
    const shared = commonGuards(call, file);
    if (shared === null) continue;
    const known = common.get(shared.group) ?? new Set<string>();
    for (const name of shared.names) known.add(name);
    common.set(shared.group, known);
  }
  return { routes, common };
}

const methods = new Map(
  Object.entries({ get: "GET", post: "POST", put: "PUT", patch: "PATCH", delete: "DELETE", del: "DELETE", all: "ANY" }),
);
const goMethods = new Map([
  ...[...methods].flatMap(([name, method]): [string, string][] => [
    [name.toUpperCase(), method],
    [name[0]!.toUpperCase() + name.slice(1), method],
  ]),
  ...(["Handle", "HandleFunc", "Any", "Match"] as const).map((name): [string, string] => [name, "ANY"]),
]);

function readRoute(call: Call, file: SourceFile, bodies: BodyGuards): Route | null {
  const method = (file.language === "go" ? goMethods : methods).get(call.name);
  if (method === undefined || call.receiver === null) return null;
  const through = throughReceiver(call.receiver, file);
  const [first, ...others] = call.args.map(({ value }) => value);
  const ownPath = first === undefined ? null : file.constantText(first);
  const path = through.path ?? ownPath;
  const handlers = through.path === null ? others : [first, ...others].filter((value) => value !== undefined);
  const isRoute = path !== null && /^(?:[A-Z]{3,7} )?(?:\/|$|\*)/.test(path) && handlers.length > 0;
  if (!isRoute || notRouters.test(through.root.text) || !handlers.some((value) => isHandler(value, file))) return null;
  const names = [...through.guards, ...handlers.flatMap((value) => namesIn(value, file, 0))];
  const inBodies = handlers.flatMap((value) => [...bodies.of(handlerOf(innermost(value, file), file)?.node)]);
  const [said, plain] = /^[A-Z]{3,7} /.test(path) ? path.split(" ", 2) : [method, path];
  return {
    group: groupOf(through.root, file),
    key: `${said!} ${plain!}`,
    method: said!,
    path: plain!,
    node: call.node,
    guards: new Set([...names.filter((name) => isGuardName(name, "route")), ...inBodies]),
    asked: new Set(inBodies),
    isPublic: names.some(isPublicName),
  };
}

const notRouters =
  /^(?:axios|http|https|client|api|request|supertest|agent|cy|nock|fetcher|ky|got|server\.inject|screen|cache|map|headers)$/i;

interface Through {
  root: SyntaxNode;
  path: string | null;
  guards: string[];
}

/** `router.route("/x").get(…)`, `r.With(auth).Get(…)`: what stands between the router and the method. */
function throughReceiver(receiver: SyntaxNode, file: SourceFile): Through {
  const found: Through = { root: receiver, path: null, guards: [] };
  for (let step = 0; step < 20; step += 1) {
    const call = file.callAt(found.root);
    if (call?.receiver == null) break;
    const [first] = call.args;
    if (call.name === "route" && first !== undefined) found.path ??= file.constantText(first.value);
    if (call.name === "With" || call.name === "use" || call.name === "all")
      found.guards.push(...call.args.flatMap(({ value }) => namesIn(value, file, 0)));
    found.root = call.receiver;
  }
  return found;
}

function isHandler(node: SyntaxNode, file: SourceFile): boolean {
  const value = innermost(node, file);
  return (
    file.dialect.functions.has(value.type) ||
    file.dialect.names.has(value.type) ||
    file.dialect.readMember(value) !== null
  );
}

/** The handler within what wraps it: `withAuth(handler)`. */
function innermost(node: SyntaxNode, file: SourceFile): SyntaxNode {
  let at = file.bare(node);
  for (let step = 0; step < 5; step += 1) {
    const inner = file.callAt(at)?.args.at(-1)?.value;
    if (inner === undefined || inner.type.includes("string")) break;
    at = file.bare(inner);
  }
  return at;
}

/** The names that a middleware has: its own, its factory's, those of a list, and of Fastify's hooks. */
function namesIn(node: SyntaxNode, file: SourceFile, depth: number): string[] {
  const plain = file.bare(node);
  if (depth > 4 || file.dialect.functions.has(plain.type)) return [];
  if (file.dialect.names.has(plain.type)) return [plain.text];
  const member = file.dialect.readMember(plain);
  if (member !== null) return [member.name];
  const call = file.callAt(plain);
  if (call !== null) return [call.name, ...call.args.flatMap(({ value }) => namesIn(value, file, depth + 1))];
  if (plain.type === "array") return plain.named.flatMap((value) => namesIn(value, file, depth + 1));
  if (plain.type !== "object") return [];
  return plain.named.flatMap((pair) => {
    const value = hooks.has(pair.part("key")?.text ?? "") ? pair.part("value") : null;
    return value === null ? [] : namesIn(value, file, depth + 1);
  });
}

const hooks = new Set([
  "preHandler",
  "onRequest",
  "preValidation",
  "beforeHandler",
  "middleware",
  "middlewares",
  "pre",
  "config",
]);

/** The router as it is declared: two functions that each make a `router` make two. */
function groupOf(root: SyntaxNode, file: SourceFile): string {
  const text = root.text.length > 80 ? root.text.slice(0, 80) : root.text;
  return `${text} in ${file.functionAround(root)?.name ?? "file"}`;
}

/** `router.use(requireAuth)`, `r.Use(auth)`, `api := r.Group("/x", auth)`. */
function commonGuards(call: Call, file: SourceFile): { group: string; names: string[] } | null {
  const isUse = /^(?:use|Use|addHook|register)$/.test(call.name) && call.receiver !== null;
  const isGroup = call.name === "Group" && call.receiver !== null;
  if (!isUse && !isGroup) return null;
  const names = call.args.flatMap(({ value }) => namesIn(value, file, 0)).filter((name) => isGuardName(name, "route"));
  if (names.length === 0) return null;
  if (isUse) return { group: groupOf(call.receiver!, file), names };
  const target = call.node.parent?.type === "expression_list" ? call.node.parent.parent?.part("left")?.named[0] : null;
  return target == null ? null : { group: groupOf(target, file), names };
}
