import type { CiRun } from "../provenance/index.ts";
import { repeatableText } from "./claims.ts";

/**
 * The run of GitHub Actions that this process is part of, from the variables that its runner sets; null elsewhere.
 * Source: GitHub docs, "Default environment variables".
 */
export function ciRun(environment: Readonly<Record<string, string | undefined>>): CiRun | null {
  const { GITHUB_ACTIONS, GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID, GITHUB_RUN_ATTEMPT } = environment;
  if (GITHUB_ACTIONS !== "true" || !GITHUB_REPOSITORY || !GITHUB_RUN_ID) return null;
  const run = `${GITHUB_SERVER_URL || "https://github.com"}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}`;
  const url = GITHUB_RUN_ATTEMPT ? `${run}/attempts/${GITHUB_RUN_ATTEMPT}` : run;
  return {
    provider: "github-actions",
    url: repeatableText(url),
    id: repeatableText(GITHUB_RUN_ID),
    attempt: GITHUB_RUN_ATTEMPT ? repeatableText(GITHUB_RUN_ATTEMPT) : null,
  };
}
