import { Octokit } from "@octokit/rest";
import type { GitHub } from "./github.ts";
import type { Installation } from "./state.ts";
import { appJwt } from "./app-token.ts";

/** Real clients of the fake, as the App and as one of its installations. */
export function asApp(github: GitHub): Octokit {
  return client(github, appJwt(github.app, github.world.clock()));
}

export function asInstallation(github: GitHub, installation: Installation): Octokit {
  return client(github, github.token(installation));
}

export function asUser(github: GitHub, login: string): Octokit {
  return client(github, github.userToken(login));
}

export function client(github: GitHub, auth?: string): Octokit {
  return new Octokit({ baseUrl: github.apiUrl, log: silent, ...(auth === undefined ? {} : { auth }) });
}

const ignore = (): void => undefined;
const silent = { debug: ignore, info: ignore, warn: ignore, error: ignore };

/** The status of a request that is refused, with what it said; null where it was not. */
export async function refusal(request: Promise<unknown>): Promise<{ status: number; message: string } | null> {
  try {
    await request;
    return null;
  } catch (error) {
    if (!(error instanceof Error) || !("status" in error)) throw error;
    return { status: Number(error.status), message: error.message };
  }
}
