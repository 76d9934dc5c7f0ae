import { Document, isMap, isScalar, isSeq, type Node } from "yaml";
import type { PrintedPolicy } from "../../policy/index.ts";
import { inertJson } from "../../untrusted/index.ts";
import { plain, plainPath } from "../text.ts";

/**
 * The resolved policy as YAML that loads to the same: every area and rule with a comment on where it was written. Values
 * are quoted, so that whatever they hold is harmless on a terminal.
 */
export function renderPrintedPolicy(
  { digest, unread, written, origins, resolved }: PrintedPolicy,
  file: string,
): string {
  const document = new Document(written);
  comment(document.get("areas", true), (key) => origins.areas[key]);
  const rules = document.get("rules", true);
  for (const rule of isSeq(rules) ? rules.items : []) {
    const id = isMap(rule) ? rule.get("id") : undefined;
    if (isMap(rule) && typeof id === "string") rule.commentBefore = ` ${plain(origins.rules[id] ?? "", 100)}`;
  }
  const floors = (resolved?.floors ?? []).map(({ repo, path, ref, policy }) => {
    const rulesOfIt = policy.rules.map(({ id }) => id).join(", ");
    return ` Floor ${plain(`${repo}:${path}@${ref}`, 300)}, which judges beside it: ${plain(rulesOfIt, 1_000)}`;
  });
  const title =
    digest === null
      ? ` ${plainPath(file)} over its presets. What decides is not known, so it has no digest:`
      : ` ${plainPath(file)}, resolved. Digest sha256:${digest}`;
  document.commentBefore = [title, ...unread.map((why) => ` ${plain(why, 1_000)}`), ...floors].join("\n");
  const options = { lineWidth: 0, defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "PLAIN" } as const;
  return inertJson(document.toString(options));
}

function comment(node: unknown, says: (key: string) => string | undefined): void {
  if (!isMap<Node, Node>(node)) return;
  for (const { key } of node.items) {
    if (isScalar(key)) key.commentBefore = ` ${plain(says(String(key.value)) ?? "", 200)}`;
  }
}
