/** One page of a list, with the header by which GitHub tells of the next. An object with a list in it is paged there. */
export function paged(data: unknown, url: URL): { data: unknown; link: string | null } {
  const size = Number(url.searchParams.get("per_page") ?? 30);
  const page = Number(url.searchParams.get("page") ?? 1);
  const cut = (list: unknown[]) => list.slice((page - 1) * size, page * size);
  const listOf = (value: unknown): unknown[] | null =>
    Array.isArray(value) ? value : typeof value === "object" && value !== null ? listInside(value) : null;
  const list = listOf(data);
  if (list === null) return { data, link: null };
  const next = new URL(url);
  next.searchParams.set("page", String(page + 1));
  const link = page * size < list.length ? `<${next.href}>; rel="next", <${next.href}>; rel="last"` : null;
  if (Array.isArray(data)) return { data: cut(data), link };
  return {
    data: Object.fromEntries(Object.entries(data ?? {}).map(([key, part]) => [key, part === list ? cut(list) : part])),
    link,
  };
}

const lists = ["check_runs", "check_suites", "statuses", "commits", "artifacts", "workflow_runs", "repositories"];

function listInside(value: object): unknown[] | null {
  const found = Object.entries(value).find(([key]) => lists.includes(key))?.[1] as unknown;
  return Array.isArray(found) ? found : null;
}
