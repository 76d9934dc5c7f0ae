import * as z from "zod";
import { present } from "../../core/evidence.ts";
import type { People } from "../../core/ownership/index.ts";
import type { GitHub, Parameters } from "./client.ts";

/** A team as it was told; null where the graph does not tell, and somebody must ask by the team itself. */
export interface TeamReading {
  name: string;
  team: People["teams"][number] | null;
}

/** The part of a query that asks for teams, by numbered names: what people call their teams is no part of a query's text. */
export function teamsPart(names: readonly string[]): {
  text: { declared: string; fields: string };
  variables: Parameters;
} {
  const declared = names.map((_, index) => `, $o${index}: String!, $t${index}: String!`).join("");
  const fields = names.map((_, index) => teamField(index)).join("");
  const variables = names.flatMap((name, index) => {
    const [org = "", slug = ""] = name.split("/");
    return [[`o${index}`, org] as const, [`t${index}`, slug] as const];
  });
  return { text: { declared, fields }, variables: Object.fromEntries(variables) };
}

/** Members of child teams are members, too: that is the default. */
function teamField(index: number): string {
  return `
  team${index}: organization(login: $o${index}) {
    team(slug: $t${index}) {
      members(first: 100) { totalCount nodes { login } }
      repositories(first: 100, query: $name) { totalCount edges { permission node { nameWithOwner } } }
    }
  }`;
}

/** Reads teams alone. Throws `NotTold` when one of them is of no organisation, or the App may not read its teams. */
export async function readTeamsAtOnce(github: GitHub, names: readonly string[]): Promise<TeamReading[]> {
  if (names.length === 0) return [];
  const { text, variables } = teamsPart(names);
  const query = `query($name: String!${text.declared}) {${text.fields}\n}`;
  const answer = await github.query(query, variables, z.looseObject({}));
  return teamAnswers(names, answer, `${github.repository.owner}/${github.repository.name}`);
}

/** What an answer says of the teams, in their order. */
export function teamAnswers(
  names: readonly string[],
  answer: Readonly<Record<string, unknown>>,
  repository: string,
): TeamReading[] {
  return names.map((name, index) => {
    const read = Organization.safeParse(answer[`team${index}`]);
    return { name, team: read.success && read.data.team !== null ? teamOf(name, read.data.team, repository) : null };
  });
}

const Team = z.object({
  members: z.object({ totalCount: z.int(), nodes: z.array(z.object({ login: z.string() })) }),
  repositories: z.object({
    totalCount: z.int(),
    edges: z.array(z.object({ permission: z.string(), node: z.object({ nameWithOwner: z.string() }) })),
  }),
});
const Organization = z.object({ team: Team.nullable() });

function teamOf(
  name: string,
  { members, repositories }: z.infer<typeof Team>,
  repository: string,
): People["teams"][number] | null {
  if (members.nodes.length < members.totalCount) return null;
  const own = repositories.edges.find(({ node }) => node.nameWithOwner.toLowerCase() === repository.toLowerCase());
  if (own === undefined && repositories.edges.length < repositories.totalCount) return null;
  const canPush = own !== undefined && ["ADMIN", "MAINTAIN", "WRITE"].includes(own.permission);
  const logins = members.nodes.map(({ login }) => login).sort();
  return { name, canPush, members: present(logins), missing: false };
}
