/** The words of a name: `requireAdminRole`, `login_required` and `HasPermission` in lower case. */
function wordsOf(name: string): string[] {
  const spaced = name
    .slice(-100)
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2");
  return spaced
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
}

/**
 * Whether what has this name decides who may go on: `requireAuth`, `login_required`, `RolesGuard`, `@PreAuthorize`. On a
 * route the name of the matter is enough; a call in a body has to say that it checks.
 */
export function isGuardName(name: string, place: "route" | "call"): boolean {
  const words = wordsOf(name);
  if (words.length === 0 || words.some((word) => notGuards.has(word))) return false;
  if (asks(words)) return true;
  if (place === "call") return words.length <= 3 && wholeCalls.has(words.join(" "));
  return words.some((word) => guards.has(word)) || wholeCalls.has(words.join(" "));
}

/** What says that everybody may: `@Public()`, `AllowAny`, `@PermitAll`. */
export function isPublicName(name: string): boolean {
  return /^(?:public|allow ?any|allow ?anonymous|permit ?all|anonymous|skip ?auth|no ?auth|is ?public|unauthenticated)$/.test(
    wordsOf(name).join(" "),
  );
}

const list = (words: string) => new Set(words.split(" "));

/** `isUser` and `hasToken` tell what something is; `requireUser` and `checkToken` decide. */
function asks(words: readonly string[]): boolean {
  const has = (kind: ReadonlySet<string>) => words.some((word) => kind.has(word));
  if (has(strongMatters)) return has(strongVerbs) || has(checkVerbs) || has(weakVerbs);
  if (has(proofs)) return has(strongVerbs) || has(checkVerbs);
  return has(people) && has(strongVerbs);
}

const strongVerbs = list(
  "require requires required ensure ensures assert enforce must protect restrict authorize verify verifies",
);
const checkVerbs = list("check checks validate");
const weakVerbs = list("is has can need needs only");
const strongMatters = list(
  "auth authn authz authenticated authentication authorized authorization permission permissions perm perms role roles admin superuser staff owner owns " +
    "ownership access acl rbac scope scopes privilege privileges logged csrf xsrf membership",
);
const proofs = list("session login token jwt signature credentials signed");
const people = list("user users tenant member account");
const guards = list(
  "auth authn authz authenticate authenticated authentication authorize authorized authorization permission permissions role roles guard guards csrf xsrf " +
    "jwt acl rbac protect protected authorizer secured",
);
const wholeCalls = new Set([
  ...[
    "authenticate",
    "authorize",
    "auth",
    "protect",
    "current user",
    "get server session",
    "get current user",
    "get auth",
    "require user",
  ],
  ...["get auth user", "get session", "login required", "pre authorize", "post authorize", "roles allowed", "secured"],
  ...[
    "use guards",
    "deny all",
    "abort unless",
    "get current active user",
    "current active user",
    "gate",
    "has any role",
    "has authority",
    "in group",
  ],
]);
/** Names of what is about guards, and is none. */
const notGuards = list(
  "url uri header headers config provider client router routes service controller callback schema options error errors unauthorized unauthenticated " +
    "forbidden skip public anonymous log logger create build make parse set store save delete remove refresh oauth path name id response type test " +
    "mock fake empty null undefined valid exists array object string number function none equal instance",
);
