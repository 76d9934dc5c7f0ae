import { GraphQLError } from "graphql";

/** The arguments of a connection. */
export interface PageArguments {
  first?: number | null;
  last?: number | null;
  after?: string | null;
}

/** A page of a list. Nodes are made when they are asked for. */
export function connection<T>(
  name: string,
  list: readonly T[],
  { first, last, after }: PageArguments,
  node: (item: T) => unknown,
  edge: (item: T) => Record<string, unknown> = () => ({}),
): Record<string, unknown> {
  const size = first ?? last;
  if (size === null || size === undefined)
    throw refused(
      "MISSING_PAGINATION_BOUNDARIES",
      `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`,
    );
  if (size > 100)
    throw refused(
      "EXCESSIVE_PAGINATION",
      `Requesting ${size} records on the \`${name}\` connection exceeds the \`first\` limit of 100 records.`,
    );
  const from = last !== null && last !== undefined ? Math.max(0, list.length - last) : positionOf(after);
  const page = list.slice(from, from + size);
  const hasNextPage = from + page.length < list.length;
  const pageInfo = {
    ...{ hasNextPage, hasPreviousPage: from > 0, startCursor: page.length === 0 ? null : cursor(from) },
    endCursor: page.length === 0 ? null : cursor(from + page.length - 1),
  };
  return {
    ...{ totalCount: list.length, pageInfo, nodes: () => page.map(node) },
    edges: () => page.map((item, index) => ({ cursor: cursor(from + index), node: node(item), ...edge(item) })),
  };
}

/** An error as GitHub types it, beside whatever else could be answered. */
export function refused(type: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } });
}

function cursor(index: number): string {
  return Buffer.from(`cursor:${index}`).toString("base64");
}

function positionOf(after: string | null | undefined): number {
  if (after === null || after === undefined) return 0;
  const index = Number(Buffer.from(after, "base64").toString("utf8").replace("cursor:", ""));
  if (!Number.isInteger(index))
    throw refused("INVALID_CURSOR_ARGUMENTS", `\`${after}\` does not appear to be a valid cursor.`);
  return index + 1;
}
