import type { SourceFile } from "../../syntax/index.ts";
import type { Pattern, Report } from "../pattern.ts";
import { readRoutes, type Route } from "../routes.ts";
import { isTestFile } from "../test-files.ts";

/** A route has no guard, and those beside it have. What a guard is, the siblings say. */
export const missingAuthorization: Pattern = {
  rule: {
    id: "missing-authorization",
    title: "A route lacks the guard that its siblings have",
    help: "Put the guard of the other routes on it, or say in its path or with a decorator that it is public.",
    confidence: "medium",
    severity: { human: "warning", aiEdited: "error", aiAsIs: "error" },
  },
  languages: ["javascript", "python", "go", "java"],
  trigger: /auth|permission|login|role|guard|csrf|jwt|admin|token|session|secured|owner/i,
  find(file, report) {
    if (isTestFile(file.path)) return;
    const { routes, common } = readRoutes(file);
    for (const [group, members] of grouped(routes)) if (!common.has(group)) reportUnguarded(members, file, report);
  },
};

function grouped(routes: readonly Route[]): Map<string, Route[]> {
  const groups = new Map<string, Route[]>();
  for (const route of routes) {
    const members = groups.get(route.group);
    if (members === undefined) groups.set(route.group, [route]);
    else members.push(route);
  }
  return groups;
}

function reportUnguarded(all: readonly Route[], file: SourceFile, report: Report): void {
  const members = all.filter((route) => !isForAll(route));
  const guarded = members.filter(({ guards }) => guards.size > 0);
  if (guarded.length < 2 || guarded.length === members.length || guarded.length < members.length * clearMajority)
    return;
  const name = mostCommon(guarded);
  const areReadersGuarded = readersAreGuarded(members);
  for (const route of members) {
    if (route.guards.size > 0 || (route.method === "GET" && !areReadersGuarded)) continue;
    report(
      { start: route.node.start, end: route.node.part("arguments")?.start ?? route.node.end },
      `${guarded.length} of ${members.length} routes here are guarded, most by ${name}; this one is not.`,
      `route ${route.key.slice(0, 200)}`,
    );
  }
}

const clearMajority = 0.6;

/** Routes that nobody has to be known for, or that have a way of their own to know. */
function isForAll({ isPublic, path, key, method }: Route): boolean {
  return (
    isPublic || method === "OPTIONS" || method === "HEAD" || openPath.test(`${path} ${key.slice(key.indexOf(" ") + 1)}`)
  );
}

const openPath =
  /(?:^|[/_\-. ]|(?<=[a-z])(?=[A-Z]))(?:health\w{0,5}|healthz|ready|readyz|live\w{0,5}|livez|ping|status|version|metrics|log[_-]?in|log[_-]?out|sign[_-]?in|sign[_-]?up|sign[_-]?out|register|auth|oauth\d?|sso|saml|token|refresh|forgot|reset|password|verify|confirm|activate|public|webhooks?|hooks?|callback|docs|openapi|swagger|robots|favicon|static|assets|well-known|csrf|error|not[_-]?found|home|index|about|terms|privacy|contact|Login|Logout|Signup|Register|Health|Ping|Public|Webhook|Callback)(?![a-z])/;

/** Reading is often open where writing is not: a route that reads is compared with those that read as well. */
function readersAreGuarded(members: readonly Route[]): boolean {
  const readers = members.filter(({ method }) => method === "GET" || method === "ANY");
  const guarded = readers.filter(({ guards }) => guards.size > 0);
  return guarded.length >= 1 && guarded.length >= (readers.length - 1) * clearMajority;
}

/** The guard that most of them have: a name of letters and digits, by how it was found. */
function mostCommon(guarded: readonly Route[]): string {
  const counts = new Map<string, number>();
  for (const { guards } of guarded) for (const name of guards) counts.set(name, (counts.get(name) ?? 0) + 1);
  const [best] = [...counts].sort(([, a], [, b]) => b - a);
  return best === undefined || !/^[\w$]{1,60}$/.test(best[0]) ? "one guard" : best[0];
}
