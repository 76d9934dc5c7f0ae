import type { Language, SourceFile, SyntaxNode } from "../syntax/index.ts";
import { declaredType } from "./declared-type.ts";

/**
 * Whether an expression reads what a request brings: its body, query, path, headers, cookies, files. By how Express, Koa,
 * Fastify, Hono, h3, Next, Lambda, Flask, Django, FastAPI, Tornado, net/http, gin, echo, fiber, chi, Servlets and Spring
 * name these, and of a page its own address.
 */
export function readsRequest(file: SourceFile, node: SyntaxNode): boolean {
  const text = node.text.slice(0, longestSource);
  if (!sources[file.language].test(text)) return false;
  return file.language !== "go" || isGoRequest(file, node);
}

const longestSource = 160;

const sources: Readonly<Record<Language, RegExp>> = {
  javascript: new RegExp(
    "^(?:this\\.)?(?:" +
      [
        "_?req(?:uest)?\\??\\.(?:raw\\??\\.)?(?:body|query|params?|headers?|cookies|signedCookies|url|originalUrl|hostname|path|files?|rawBody|nextUrl|searchParams|get|json|text|formData|querystring|payload)\\b",
        "(?:ctx|context|c)\\??\\.(?:req(?:uest)?\\??\\.(?:body|rawBody|query|queries|params?|headers?|url|path|files?|json|text|formData|parseBody|href|querystring|valid|raw)|query|params|querystring)\\b",
        "(?:event|evt)\\??\\.(?:body|queryStringParameters|pathParameters|multiValueQueryStringParameters|rawQueryString|rawPath|headers)\\b",
        "(?:getQuery|readBody|readRawBody|readFormData|getRouterParams?|getHeaders?|getRequestURL|getCookie)\\((?:event|evt|e)\\b",
        "(?:window\\.|self\\.|document\\.|globalThis\\.)*location\\.(?:search|hash|href)\\b",
        "(?:window\\.)?document\\.(?:URL|documentURI|referrer|cookie)\\b",
        "window\\.name\\b",
      ].join("|") +
      ")",
  ),
  python:
    /^(?:(?:flask|bottle|self|cherrypy|info\.context)\.)?request\.(?:args|form|values|json|data|files|cookies|headers|get_json|get_data|GET|POST|FILES|COOKIES|META|body|query_params|path_params|query|query_string|match_info|params|forms|full_path|url|get_full_path|rel_url|view_args|stream)\b|^self\.get_(?:query_|body_)?arguments?\(|^(?:event)\[["'](?:body|queryStringParameters|pathParameters|headers)["']\]/,
  go: /^\w{1,20}\.(?:URL\.(?:Query|Path|RawQuery|RawPath|String|Fragment)|FormValue|PostFormValue|Form\b|PostForm\b|MultipartForm|Header\b|Body\b|PathValue|Cookie|Host\b|RequestURI|Referer|UserAgent|FormFile|Query\(|DefaultQuery|QueryParams?\(|QueryArray|Params?\(|DefaultPostForm|FormParams|GetHeader|GetRawData|BodyRaw|Request(?:\(\))?\.(?:URL|FormValue|Form|Header|Body|PostForm|Host))|^(?:mux\.Vars|chi\.URLParam|ps\.ByName|params\.ByName|httprouter\.ParamsFromContext)\(/,
  java: /^\w{0,30}(?:[rR]eq(?:uest)?|[cC]tx|[eE]xchange)(?:\.getRequest\(\))?\.(?:getParameter(?:Values|Map)?|getHeaders?|getQueryString|getRequestUR[IL]|getPathInfo|getServletPath|getCookies|getInputStream|getReader|getParts?|getQueryParams|getBody|queryParam|pathParam|formParam|header|body|cookie|queryParams?|params?)\(|\.getOriginalFilename\(\)$/,
};

/** In Go the first name is asked for its type: many things have a `Header` and a `Query`. */
function isGoRequest(file: SourceFile, node: SyntaxNode): boolean {
  if (/^(?:mux|chi|ps|params|httprouter)\./.test(node.text.slice(0, 20))) return true;
  let base = node;
  for (let step = 0; step < 12 && !file.dialect.names.has(base.type); step += 1) {
    const inner = base.part("operand") ?? base.part("function") ?? base.named[0];
    if (inner === undefined) return false;
    base = inner;
  }
  const type = declaredType(file, base);
  return type !== null && /\b(?:Request|Context|Ctx)$/.test(type) && type !== "context.Context";
}

/** What whoever starts the program gives: arguments, the environment, what is typed. */
export function readsInput(file: SourceFile, node: SyntaxNode): boolean {
  return inputs[file.language].test(node.text.slice(0, longestSource));
}

const inputs: Readonly<Record<Language, RegExp>> = {
  javascript: /^process\.(?:argv|env)\b/,
  python: /^(?:sys\.argv\b|input\(|raw_input\(|os\.(?:environ|getenv)\b)/,
  go: /^(?:os\.(?:Args\b|Getenv\(|LookupEnv\()|flag\.Arg)/,
  java: /^(?:System\.get(?:env|Property)\(|args\[)/,
};

/** Whether a parameter is one that a framework fills from the request. `name` is where it is declared. */
export function isHandlerParameter(file: SourceFile, name: SyntaxNode, type: string | null): boolean {
  switch (file.language) {
    case "java":
      return annotated.test(parameterText(name));
    case "javascript":
      return decorated.test(parameterText(name)) || isNextParameter(file, name);
    case "python":
      return isRouteParameter(file, name, type);
    default:
      return false;
  }
}

const annotated =
  /@(?:RequestParam|PathVariable|RequestBody|RequestHeader|CookieValue|MatrixVariable|RequestPart|ModelAttribute|QueryParam|PathParam|FormParam|HeaderParam|CookieParam|BeanParam|QueryValue|Body)\b/;
const decorated = /@(?:Body|Query|Param|Headers|UploadedFiles?|Cookies)\b/;

function parameterText(name: SyntaxNode): string {
  let at = name;
  for (let step = 0; step < 4 && at.parent !== null && !/parameters$/.test(at.parent.type); step += 1) at = at.parent;
  return at.text.slice(0, 200);
}

/** `{ params, searchParams }` of a page or a route handler. */
function isNextParameter(file: SourceFile, name: SyntaxNode): boolean {
  if (name.text !== "params" && name.text !== "searchParams") return false;
  return name.parent?.type === "object_pattern" && /(?:^|\/)(?:page|route|layout)\.[jt]sx?$/.test(file.path);
}

/** What a decorated function of Flask or FastAPI is called with, and what a view of Django gets beside the request. */
function isRouteParameter(file: SourceFile, name: SyntaxNode, type: string | null): boolean {
  const definition = name.above(file.dialect.functions);
  if (definition === null || /^(?:self|cls|request|db|session|current_user|background_tasks)$/.test(name.text))
    return false;
  if (definition.parent?.type === "decorated_definition") {
    const decorators = definition.parent.named
      .filter((child) => child.type === "decorator")
      .map(({ text }) => text.slice(0, 200));
    if (decorators.some((text) => route.test(text)))
      return !/Depends|Session|Request|Response/.test(`${type ?? ""} ${parameterText(name)}`);
  }
  const [first, second] = file.dialect.readFunction(definition).parameters;
  const isView = first?.name === "request" || (first?.name === "self" && second?.name === "request");
  return isView && usesDjango(file);
}

const djangoFiles = new WeakMap<SourceFile, boolean>();

function usesDjango(file: SourceFile): boolean {
  const known = djangoFiles.get(file) ?? file.text.includes("django");
  djangoFiles.set(file, known);
  return known;
}

const route = /^@\w+(?:\.\w+)?\.(?:route|get|post|put|delete|patch|api_route|websocket)\(/;
