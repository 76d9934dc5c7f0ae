import * as z from "zod";
import { evidenceOf, NotTold, type GitHub } from "./client.ts";

/** Whose an e-mail address is; a null login is GitHub's word that it is nobody's. */
export interface EmailAccount {
  email: string;
  login: string | null;
}

/**
 * The accounts of all whom a pull request's commits name, co-authors too, which the REST API does not tell. Empty when
 * GitHub does not answer: an address that is not listed was not looked up, and whoever decides takes it so.
 * https://docs.github.com/en/graphql/reference/objects#commit (authors)
 */
export async function readCoAuthors(github: GitHub, number: number): Promise<EmailAccount[]> {
  const read = await evidenceOf("co-authors", "", async () => {
    const found: EmailAccount[] = [];
    let after: string | null = null;
    for (let page = 0; page < mostPages; page += 1) {
      const answer: z.infer<typeof Answer> = await github.query(authorsQuery, { number, after }, Answer);
      const { nodes, pageInfo } = answer.repository.pullRequest.commits;
      const authors = nodes.flatMap((node) => node.commit.authors.nodes);
      found.push(...authors.flatMap(({ email, user }) => (email === null ? [] : [{ email, login: loginOf(user) }])));
      if (!pageInfo.hasNextPage) return found;
      after = pageInfo.endCursor;
    }
    throw new NotTold("there are more commits than a pull request may list");
  });
  return read.state === "present" ? read.value : [];
}

/** Sorted, each once; where one answer is an account, another that says nobody is dropped. */
export function uniqueAccounts(accounts: readonly EmailAccount[]): EmailAccount[] {
  const owned = new Set(accounts.flatMap(({ email, login }) => (login === null ? [] : [email])));
  const telling = accounts.filter(({ email, login }) => login !== null || !owned.has(email));
  const keyed = new Map(telling.map((account) => [`${account.email}\n${account.login ?? ""}`, account]));
  return [...keyed].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, account]) => account);
}

/** A hundred commits each; GitHub lists 250. */
const mostPages = 3;

/** Checked against GitHub's published schema. */
export const authorsQuery = `query($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      commits(first: 100, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes { commit { authors(first: 100) { nodes { email user { login } } } } }
      }
    }
  }
}`;

const User = z.object({ login: z.string() }).nullable();
const Author = z.object({ email: z.string().nullable(), user: User });
const Authors = z.object({ nodes: z.array(Author) });
const Answer = z.object({
  repository: z.object({
    pullRequest: z.object({
      commits: z.object({
        pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
        nodes: z.array(z.object({ commit: z.object({ authors: Authors }) })),
      }),
    }),
  }),
});

function loginOf(user: z.infer<typeof User>): string | null {
  return user === null ? null : user.login;
}
