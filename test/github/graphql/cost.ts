import { Kind, type DocumentNode, type FieldNode, type SelectionSetNode } from "graphql";

/**
 * What GitHub charges for a query: each connection takes as many requests as it has parents; a hundred of them are a
 * point, and one is the least. The most nodes it could give is what the limit of half a million is for.
 * https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
 */
export function costOf(
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
): { points: number; nodes: number } {
  const fragments = new Map(
    document.definitions.flatMap((each) =>
      each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each.selectionSet] as const] : [],
    ),
  );
  let requests = 0;
  let nodes = 0;
  const walk = (set: SelectionSetNode | undefined, parents: number): void => {
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) walk(fragments.get(selection.name.value), parents);
      else if (selection.kind === Kind.INLINE_FRAGMENT) walk(selection.selectionSet, parents);
      else {
        const size = pageSize(selection, variables);
        if (size !== null) {
          requests += parents;
          nodes += parents * size;
        }
        walk(selection.selectionSet, parents * (size ?? 1));
      }
    }
  };
  for (const each of document.definitions) if (each.kind === Kind.OPERATION_DEFINITION) walk(each.selectionSet, 1);
  return { points: Math.max(1, Math.round(requests / 100)), nodes };
}

function pageSize(field: FieldNode, variables: Readonly<Record<string, unknown>>): number | null {
  const given = field.arguments?.find(({ name }) => name.value === "first" || name.value === "last")?.value;
  if (given === undefined) return null;
  if (given.kind === Kind.INT) return Number(given.value);
  return given.kind === Kind.VARIABLE ? Number(variables[given.name.value] ?? 0) : null;
}
