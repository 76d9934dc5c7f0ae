import * as z from "zod";
import { Sha } from "../../core/change/change.ts";
import { NotTold, type GitHub } from "./client.ts";

/** An open pull request, as a list of them tells it. */
export interface OpenPullNow {
  number: number;
  head: string;
  /** The base branch's name. */
  base: string;
  updatedAt: string;
  reviewDecision: string | null;
}

/**
 * All open pull requests of a repository, 50 with each request, by number. Throws `NotTold`, and never gives a part: what
 * opens or closes while they are read is counted by whoever reads them next.
 */
export async function readOpenPulls(github: GitHub): Promise<OpenPullNow[]> {
  const found = new Map<number, OpenPullNow>();
  let after: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const answer: z.infer<typeof Answer> = await github.query(openPullsQuery, { after }, Answer);
    const { nodes, pageInfo } = answer.repository.pullRequests;
    for (const { headRefOid, baseRefName, ...pull } of nodes)
      found.set(pull.number, { ...pull, head: headRefOid, base: baseRefName });
    if (!pageInfo.hasNextPage) return [...found.values()].sort((a, b) => a.number - b.number);
    if (pageInfo.endCursor === null || pageInfo.endCursor === after) throw new NotTold("GitHub gave a page twice");
    after = pageInfo.endCursor;
  }
  throw new NotTold(`there are more than ${mostPages * 50} open pull requests`);
}

const mostPages = 400;

/** Oldest first: what opens meanwhile comes at the end. */
const openPullsQuery = `query($owner: String!, $name: String!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequests(states: OPEN, first: 50, after: $after, orderBy: { field: CREATED_AT, direction: ASC }) {
      pageInfo { hasNextPage endCursor }
      nodes { number updatedAt headRefOid baseRefName reviewDecision }
    }
  }
}`;

const OpenPull = z.object({
  ...{ number: z.int().positive(), updatedAt: z.string(), headRefOid: Sha, baseRefName: z.string() },
  reviewDecision: z.string().nullable(),
});
const Answer = z.object({
  repository: z.object({
    pullRequests: z.object({
      pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
      nodes: z.array(OpenPull),
    }),
  }),
});
