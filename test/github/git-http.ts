import type { IncomingMessage, ServerResponse } from "node:http";
import { runBackend } from "../git-http-server.ts";
import { branchMoved } from "./doings/pushes.ts";
import { fullName, movedRepository, repositoryOf } from "./find.ts";
import { branchesOf } from "./git.ts";
import { Refusal } from "./refusal.ts";
import { isGiven, mayWrite, sees } from "./rest/route.ts";
import type { Repository, World } from "./state.ts";
import { callerOf, covers, type Caller } from "./tokens.ts";

/** What a request of git's is about, or null for one that is none. */
export function gitRequest(url: URL): { owner: string; name: string; rest: string } | null {
  const found = /^\/([^/]+)\/([^/]+?)(?:\.git)?\/(info\/refs|git-upload-pack|git-receive-pack)$/.exec(url.pathname);
  if (found === null) return null;
  const [, owner = "", name = "", rest = ""] = found;
  return { owner, name, rest };
}

/** Git's own server behind GitHub's rights. What a push moved is told as GitHub tells it. */
export async function serveGit(
  world: World,
  asked: { owner: string; name: string; rest: string },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<number> {
  const url = new URL(request.url ?? "/", world.url);
  const writes = asked.rest === "git-receive-pack" || url.searchParams.get("service") === "git-receive-pack";
  const moved = movedRepository(world, asked.owner, asked.name);
  const repository = repositoryOf(world, asked.owner, asked.name);
  if (repository === null && moved !== null)
    return ended(response, 301, { location: `${world.url}/${fullName(moved)}.git/${asked.rest}${url.search}` });
  try {
    const caller = callerOf(world, request.headers.authorization);
    mayUse(world, caller, repository, writes);
    if (repository !== null) await exchange(world, repository, asked.rest, loginOf(caller), request, response);
    return response.statusCode;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const asksForToken: Record<string, string> =
      error.status === 401 ? { "www-authenticate": 'Basic realm="GitHub"' } : {};
    return ended(response, error.status, asksForToken);
  }
}

/** GitHub hides what somebody may not see: whoever shows nothing is asked to, whoever shows the wrong thing finds nothing. */
function mayUse(world: World, caller: Caller, repository: Repository | null, writes: boolean): void {
  const seen = repository !== null && caller.kind !== "app" && sees(world, caller, repository);
  if (caller.kind === "nobody" && (!seen || writes)) throw new Refusal(401, "Repository not found.");
  if (!seen) throw new Refusal(404, "Repository not found.");
  if (caller.kind === "user" && writes && !mayWrite(world, repository, caller.login))
    throw new Refusal(403, "Permission denied.");
  if (caller.kind !== "installation") return;
  const given = isGiven(caller, repository) || (!repository.private && !writes);
  if (!given || !covers(caller.permissions["contents"], writes ? "write" : "read"))
    throw new Refusal(403, "Write access to repository not granted.");
}

async function exchange(
  world: World,
  repository: Repository,
  rest: string,
  sender: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const before = rest === "git-receive-pack" ? branchesOf(repository) : null;
  await runBackend(world.folder, `/${repository.id}.git/${rest}`, {}, request, response);
  if (before !== null) tellMoves(world, repository, before, sender);
}

/** Every branch that is elsewhere than it was. */
export function tellMoves(world: World, repository: Repository, before: Map<string, string>, sender: string): void {
  const after = branchesOf(repository);
  for (const branch of new Set([...before.keys(), ...after.keys()]))
    branchMoved(world, repository, branch, {
      ...{ before: before.get(branch) ?? null, after: after.get(branch) ?? null, sender },
    });
}

function loginOf(caller: Caller): string {
  if (caller.kind === "user") return caller.login;
  return caller.kind === "installation" ? `${caller.app.slug}[bot]` : "ghost";
}

function ended(response: ServerResponse, status: number, headers: Record<string, string>): number {
  response.writeHead(status, headers).end();
  return status;
}
