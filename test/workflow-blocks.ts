import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import remarkParse from "remark-parse";
import { unified } from "unified";
import type { Code, Nodes } from "mdast";

/** A workflow that people run or copy: a file, or a block of a page. */
export interface Workflow {
  /** `.github/workflows/ci.yml`, or `docs/action.md:12`. */
  name: string;
  text: string;
}

/** Every workflow of the project: its own, those of examples, and the blocks of pages that have `jobs:`. */
export function allWorkflows(root: string): Workflow[] {
  const files = [
    ".github/workflows/*.{yml,yaml}",
    "examples/**/.github/workflows/*.{yml,yaml}",
    "examples/*.{yml,yaml}",
    "docs/**/*.{yml,yaml}",
  ]
    .flatMap((pattern) => globSync(pattern, { cwd: root }))
    .map((name) => ({ name: name.replaceAll("\\", "/"), text: readFileSync(join(root, name), "utf8") }))
    .filter(({ text }) => isWorkflow(text));
  const pages = ["README.md", ...globSync("docs/**/*.md", { cwd: root }), ...globSync("examples/*.md", { cwd: root })];
  return [...files, ...pages.filter((page) => existsSync(join(root, page))).flatMap((page) => blocks(root, page))];
}

/** Every fenced YAML block of a page, with the line it begins at. */
export function yamlBlocks(markdown: string): { line: number; text: string }[] {
  return codes(unified().use(remarkParse).parse(markdown))
    .filter(({ lang }) => lang === "yaml" || lang === "yml")
    .map((code) => ({ line: code.position?.start.line ?? 0, text: `${code.value}\n` }));
}

function blocks(root: string, page: string): Workflow[] {
  const markdown = readFileSync(join(root, page), "utf8");
  return yamlBlocks(markdown)
    .filter(({ text }) => isWorkflow(text))
    .map(({ line, text }) => ({ name: `${page.replaceAll("\\", "/")}:${line}`, text }));
}

function codes(node: Nodes): Code[] {
  if (node.type === "code") return [node];
  return "children" in node ? node.children.flatMap(codes) : [];
}

function isWorkflow(text: string): boolean {
  return text.split("\n").some((line) => line.startsWith("jobs:"));
}
