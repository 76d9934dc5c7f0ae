import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import { unified } from "unified";

/** One node of a Markdown tree, as far as these tests look at it. */
export interface MarkdownNode {
  type: string;
  value?: string;
  url?: string;
  children?: MarkdownNode[];
}

/** The tree that GitHub-flavoured Markdown makes of a page, with its extensions for tables and bare addresses. */
export function parseMarkdown(page: string): MarkdownNode {
  return unified().use(remarkParse).use(remarkGfm).parse(page);
}

/** Every node of a tree, the root first. */
export function allNodes(node: MarkdownNode): MarkdownNode[] {
  return [node, ...(node.children ?? []).flatMap(allNodes)];
}

/** The HTML that the page itself writes. */
const ownHtml = [
  /^<details>\n<summary>(?:Policy rules|Review rubric|Commits|Sessions|Changed files|Notes)<\/summary>$/,
  /^<\/details>$/,
];

const active = new Set([
  "link",
  "linkReference",
  "image",
  "imageReference",
  "definition",
  "footnoteReference",
  "footnoteDefinition",
]);

/** What in a page would act when GitHub renders it, beyond what the page itself writes. Empty for a safe page. */
export function activeParts(page: string): string[] {
  return allNodes(parseMarkdown(page)).flatMap((node) => {
    const value = node.value ?? "";
    if (active.has(node.type)) return [`${node.type} ${node.url ?? ""}`];
    if (node.type === "html") return ownHtml.some((own) => own.test(value)) ? [] : [`html ${value}`];
    if (node.type !== "text") return [];
    // GitHub looks for these in text, not in code.
    return /@[A-Za-z0-9]|#[0-9]|GH-[0-9]|:\/\/|\bwww\.|[0-9a-f]{7}/.test(value) ? [`text ${value}`] : [];
  });
}
