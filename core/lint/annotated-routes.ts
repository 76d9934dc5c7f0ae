import type { SourceFile, SyntaxNode } from "../syntax/index.ts";
import { annotationsOn, type Annotation } from "./annotations.ts";
import { BodyGuards } from "./body-guards.ts";
import { isGuardName, isPublicName } from "./guard-names.ts";
import type { Route, Routes } from "./routes.ts";

/** Routes by a decorator, an annotation or an exported name: Nest, Next, Flask, FastAPI, Django, Spring. */
export function annotatedRoutes(file: SourceFile): Routes {
  const bodies = new BodyGuards(file);
  const routes: Route[] = [];
  const common = new Map<string, Set<string>>();
  if (file.language === "go") return { routes, common };
  for (const { node, name, parameters } of file.functions) {
    if (name === null) continue;
    const annotations = annotationsOn(node);
    const own = declaredRoute(annotations, node, name, file) ?? namedRoute(node, name, file);
    if (own === null) continue;
    const injected =
      file.language === "python" ? parameters.flatMap(({ node: parameter }) => injectedNames(parameter)) : [];
    const names = [...annotations.flatMap(({ names: all }) => all), ...injected];
    const guards = [...names.filter((one) => isGuardName(one, "route")), ...bodies.of(node)];
    routes.push({
      ...own,
      key: `${own.method} ${name}`,
      node: node.part("name") ?? node,
      guards: new Set(guards),
      asked: bodies.of(node),
      isPublic: names.some(isPublicName),
    });
    const holder = node.above(classTypes);
    const shared = (holder === null ? [] : classNames(holder)).filter((one) => isGuardName(one, "route"));
    if (shared.length > 0) common.set(own.group, new Set(shared));
  }
  for (const group of guardedRouters(file)) common.set(group, new Set(["router"]));
  return { routes, common };
}

type Found = Pick<Route, "group" | "method" | "path">;

const classTypes = new Set(["class_declaration", "class_definition", "abstract_class_declaration"]);

/** `@Get("/x")`, `@app.route("/x")`, `@GetMapping("/x")`. */
function declaredRoute(
  annotations: readonly Annotation[],
  node: SyntaxNode,
  name: string,
  file: SourceFile,
): Found | null {
  for (const { name: said, receiver, path } of annotations) {
    if (file.language === "python") {
      const method = receiver === null ? undefined : pythonMethods.get(said);
      if (method !== undefined)
        return { group: receiver!, method: methodIn(method, annotations), path: path ?? `/${name}` };
      continue;
    }
    const method = file.language === "java" ? springMethods.get(said) : nestMethods.get(said);
    const holder = node.above(classTypes);
    if (method !== undefined && holder !== null)
      return { group: holder.part("name")?.text ?? "class", method, path: path ?? `/${name}` };
  }
  return null;
}

/** Flask says the methods in a list: without one it is a page that is read. */
function methodIn(method: string, annotations: readonly Annotation[]): string {
  if (method !== "ROUTE") return method;
  const text = annotations.map((annotation) => annotation.text).join(" ");
  return /methods\s*=/.test(text) ? (/POST|PUT|PATCH|DELETE/.exec(text)?.[0] ?? "GET") : "GET";
}

const pythonMethods = new Map(
  Object.entries({
    route: "ROUTE",
    api_route: "ROUTE",
    get: "GET",
    post: "POST",
    put: "PUT",
    patch: "PATCH",
    delete: "DELETE",
  }),
);
const nestMethods = new Map(
  Object.entries({ Get: "GET", Post: "POST", Put: "PUT", Patch: "PATCH", Delete: "DELETE", All: "ANY" }),
);
const springMethods = new Map(
  Object.entries({
    GetMapping: "GET",
    PostMapping: "POST",
    PutMapping: "PUT",
    PatchMapping: "PATCH",
    DeleteMapping: "DELETE",
    RequestMapping: "ANY",
    GET: "GET",
    POST: "POST",
    PUT: "PUT",
    DELETE: "DELETE",
    PATCH: "PATCH",
  }),
);

/** A function that a framework finds by its name or its first parameter: Next's `POST`, Django's `view(request)`. */
function namedRoute(node: SyntaxNode, name: string, file: SourceFile): Found | null {
  if (file.language === "javascript") {
    const isExported = node.above(new Set(["export_statement"]), file.dialect.functions) !== null;
    const isRoute = /(?:^|\/)route\.[jt]sx?$/.test(file.path) && /^(?:GET|POST|PUT|PATCH|DELETE)$/.test(name);
    return isExported && isRoute ? { group: "file", method: name, path: file.path } : null;
  }
  if (
    file.language !== "python" ||
    (!/(?:^|\/)views(?:\/\w+)?\.py$|_views?\.py$/.test(file.path) && !/\bfrom django\b/.test(file.text))
  )
    return null;
  const isTop = node.above(new Set(["class_definition", "function_definition"])) === null;
  const isView = node.part("parameters")?.named[0]?.text === "request" && !name.startsWith("_");
  return isTop && isView ? { group: "views", method: "ANY", path: `/${name}` } : null;
}

/** `user: User = Depends(get_current_user)`, `user: CurrentUser`. */
function injectedNames(parameter: SyntaxNode): string[] {
  const holder = parameter.parent;
  if (holder === null || !/typed|default/.test(holder.type)) return [];
  return (holder.text.slice(0, 300).match(/[A-Za-z_]\w*/g) ?? []).filter((word) => word !== parameter.text);
}

/** Decorators and annotations on a class, and what it extends. */
function classNames(node: SyntaxNode): string[] {
  const parents = node.part("superclasses")?.named.map(({ text }) => text) ?? [];
  return [...annotationsOn(node).flatMap(({ names }) => names), ...parents];
}

/** `APIRouter(dependencies=[…])` and `@bp.before_request`. */
function guardedRouters(file: SourceFile): string[] {
  if (file.language !== "python") return [];
  const made = file.calls.filter(
    ({ name, args }) => /^(?:APIRouter|FastAPI)$/.test(name) && args.some((arg) => arg.name === "dependencies"),
  );
  const targets = made.flatMap(({ node }) => node.parent?.part("left")?.text ?? []);
  const before = file.nodes("decorator").flatMap(({ text }) => /^@(\w+)\.before_request\b/.exec(text)?.[1] ?? []);
  return [...targets, ...before];
}
