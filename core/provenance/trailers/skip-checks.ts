import type { Trailer } from "../provenance.ts";

/**
 * The requests in a commit message that checks be skipped or chosen by hand, as written in their documentation, each
 * once: GitHub's trailers (docs.github.com, "Skipping and requesting checks for individual commits") anywhere in the
 * message, and the bracketed words that GitHub Actions, GitLab, Azure Pipelines and others obey.
 */
export function skipRequests(message: string, trailers: readonly Trailer[]): string[] {
  const lower = message.toLowerCase();
  const words = skipWords.filter((word) => lower.includes(word.toLowerCase()));
  return [...skipTrailers.filter((key) => asks(key, lower, trailers)).map((key) => `${key}: true`), ...words].map(
    (what) => `\`${what}\``,
  );
}

const skipTrailers = ["skip-checks", "request-checks"];

const skipWords = [
  ...["[skip ci]", "[ci skip]", "[no ci]", "[skip actions]", "[actions skip]", "[skip-ci]", "[ci-skip]"],
  ...["***NO_CI***", "[skip azurepipelines]", "[azurepipelines skip]", "[skip travis]", "[travis skip]"],
  ...[
    "[skip circleci]",
    "[circleci skip]",
    "[skip netlify]",
    "[skip vercel]",
    "[skip cd]",
    "[cd skip]",
    "[skip review]",
  ],
];

/** GitHub looks for the words at the end of the message; anywhere on a line of their own is close enough to report. */
function asks(key: string, lower: string, trailers: readonly Trailer[]): boolean {
  if (trailers.some((trailer) => trailer.key.toLowerCase() === key && trailer.value.toLowerCase() === "true"))
    return true;
  return lower.includes(key) && lower.split("\n").some((line) => isRequest(line.trim(), key));
}

function isRequest(line: string, key: string): boolean {
  const colon = line.indexOf(":");
  return line.slice(0, colon).trim() === key && line.slice(colon + 1).trim() === "true";
}
