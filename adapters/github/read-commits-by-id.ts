import * as z from "zod";
import { NotTold, type GitHub } from "./client.ts";
import { commitFields, CommitTold, type CommitNode } from "./pull-query.ts";

/**
 * What GitHub tells of commits, by their ids and a hundred at once: it lists no more than 250 of a pull request. Throws
 * `NotTold` where it does not tell of every one, and where there are more than are asked for.
 * https://docs.github.com/en/graphql/reference/objects#repository (object)
 */
export async function readCommitsById(github: GitHub, ids: readonly string[]): Promise<CommitNode[]> {
  if (ids.length > mostCommits) throw new NotTold(`they are more than ${mostCommits}`);
  const found: CommitNode[] = [];
  for (let from = 0; from < ids.length; from += atOnce)
    found.push(...(await readSome(github, ids.slice(from, from + atOnce))));
  return found;
}

/** Twenty queries. */
const mostCommits = 2_000;
const atOnce = 100;

async function readSome(github: GitHub, ids: readonly string[]): Promise<CommitNode[]> {
  const declared = ids.map((_, index) => `, $c${index}: GitObjectID!`).join("");
  const fields = ids.map((_, index) => `c${index}: object(oid: $c${index}) { ...told }`).join("\n    ");
  const query = `query($owner: String!, $name: String!${declared}) {
  repository(owner: $owner, name: $name, followRenames: false) {
    ${fields}
  }
}
fragment told on Commit { ${commitFields} }`;
  const asked = Object.fromEntries(ids.map((id, index) => [`c${index}`, id]));
  const { repository } = await github.query(query, asked, Answer);
  return ids.map((id, index) => {
    const commit = repository[`c${index}`];
    if (commit?.oid !== id) throw new NotTold("GitHub does not tell of all of them");
    return { commit };
  });
}

/** Null where there is no such commit. */
const Answer = z.object({ repository: z.record(z.string(), CommitTold.nullable()) });
