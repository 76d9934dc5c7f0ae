import * as z from "zod";
import type { InstallationClient, NamedRepository } from "./installation.ts";

/** What a pull request is right before something is written on it. */
export interface PullNow {
  number: number;
  isOpen: boolean;
  isDraft: boolean;
  head: string;
  /** The base branch's name. */
  base: string;
  labels: string[];
  /** Who is asked for a review and has not given one: logins, and teams as `org/team`, lower case. */
  asked: string[];
}

/** The pull requests of these numbers as they are now, and our own login: one request. Throws `NotTold`. */
export async function readPullsNow(
  client: InstallationClient,
  { owner, name }: Pick<NamedRepository, "owner" | "name">,
  numbers: readonly number[],
): Promise<{ viewer: string; pulls: PullNow[] }> {
  const parts = numbers.map(
    (number) => `p${Math.trunc(number)}: pullRequest(number: ${Math.trunc(number)}) { ...now }`,
  );
  const query = `query ($owner: String!, $name: String!) {
    viewer { login }
    repository(owner: $owner, name: $name) { ${parts.join(" ")} }
  } ${fragment}`;
  const { viewer, repository } = await client.repository(owner, name, "verdict").query(query, {}, Answer);
  return { viewer: viewer.login, pulls: Object.values(repository).map(pullNow) };
}

const fragment = `fragment now on PullRequest {
  number state isDraft headRefOid baseRefName
  labels(first: 100) { nodes { name } }
  reviewRequests(first: 100) { nodes { requestedReviewer { ... on User { login } ... on Team { combinedSlug } } } }
}`;

const Pull = z.object({
  number: z.int(),
  state: z.string(),
  isDraft: z.boolean(),
  headRefOid: z.string(),
  baseRefName: z.string(),
  labels: z.object({ nodes: z.array(z.object({ name: z.string() })) }).nullable(),
  reviewRequests: z
    .object({
      nodes: z.array(
        z.object({
          requestedReviewer: z.object({ login: z.string().optional(), combinedSlug: z.string().optional() }).nullable(),
        }),
      ),
    })
    .nullable(),
});
const Answer = z.object({ viewer: z.object({ login: z.string() }), repository: z.record(z.string(), Pull) });

function pullNow(told: z.infer<typeof Pull>): PullNow {
  const { number, state, isDraft, headRefOid, baseRefName, labels, reviewRequests } = told;
  const asked = (reviewRequests?.nodes ?? []).flatMap(({ requestedReviewer: who }) => {
    const name = who?.login ?? who?.combinedSlug;
    return name === undefined ? [] : [name.toLowerCase()];
  });
  const names = (labels?.nodes ?? []).map(({ name }) => name);
  return { number, isOpen: state === "OPEN", isDraft, head: headRefOid, base: baseRefName, labels: names, asked };
}
