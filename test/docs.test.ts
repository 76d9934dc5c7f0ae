import type { Command } from "commander";
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fromMarkdown } from "mdast-util-from-markdown";
import { describe, expect, test } from "vitest";
import { processIo } from "../cli/io.ts";
import { program } from "../cli/run-cli.ts";
import { allLintRules } from "../core/rules.ts";

/** What the documents say must be so: links lead somewhere, commands and flags exist, lists are complete. */
const root = resolve(import.meta.dirname, "..");
const pages = globSync(["*.md", "docs/**/*.md", "policies/*.md", "examples/*.md", "bench/*.md"], { cwd: root }).sort();
const text = (page: string): string => readFileSync(join(root, page), "utf8");

test("the README begins with the two commands", () => {
  const [first = ""] = codeBlocks("README.md");
  expect(first.split("\n").map((line) => line.split("#")[0]?.trim())).toEqual([
    "npm ci && npm start",
    "npm ci && npm test",
  ]);
});

test("the pages that the house promises are there", () => {
  for (const page of [
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "docs/glossary.md",
    "docs/tried.md",
  ])
    expect(pages).toContain(page);
  expect(existsSync(join(root, "LICENSE"))).toBe(true);
});

describe.each(pages)("%s", (page) => {
  test("links lead to files that exist", () => {
    const broken = links(page).filter((link) => !existsSync(resolve(root, dirname(page), link)));
    expect(broken).toEqual([]);
  });

  test("files named in code exist", () => {
    const named = [
      ...text(page).matchAll(
        /`((?:core|adapters|gate|action|cli|bench|scripts|test|policies|examples|docs)\/[\w./-]+\.\w+)`/g,
      ),
    ].map((match) => match[1]!);
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  test("commands and flags exist", () => {
    expect(usedFlags(page).filter(({ command, flag }) => !knownFlags.get(command)?.includes(flag))).toEqual([]);
  });

  test("npm scripts exist", () => {
    const scripts = Object.keys((JSON.parse(text("package.json")) as { scripts: Record<string, string> }).scripts);
    const used = [...text(page).matchAll(/npm run (?:-s )?([\w:-]+)/g)].map((match) => match[1]!);
    expect(used.filter((script) => !scripts.includes(script))).toEqual([]);
  });
});

test("every lint rule is listed in docs/findings.md, and nothing else is", () => {
  const listed = [...text("docs/findings.md").matchAll(/^## `([\w-]+)`$/gm)].map((match) => match[1]);
  expect(listed.toSorted()).toEqual(allLintRules.map((rule) => rule.id).toSorted());
});

const knownFlags = new Map(flagsOf((await program(processIo(), () => undefined)).commands));

/** By the command's name; one of a group by both names, `policy check`. */
function flagsOf(commands: readonly Command[], group = ""): [string, string[]][] {
  return commands.flatMap((command) => {
    const name = `${group}${command.name()}`;
    const flags = [...command.options.map((option) => option.long ?? ""), "--help"];
    return [[name, flags], ...flagsOf(command.commands, `${name} `)];
  });
}

/** `countersign check --base …`, with or without npm in front: the command and each flag that follows on the line. */
function usedFlags(page: string): { command: string; flag: string }[] {
  const calls = text(page).matchAll(/countersign (?:-- )?([a-z]+)((?: [a-z]+)?)([^`\n]*)/g);
  return [...calls].flatMap(([, first = "", second = "", rest = ""]) => {
    const command = [`${first}${second}`, first].find((name) => knownFlags.has(name));
    if (command === undefined) return [];
    return [...rest.split("#")[0]!.matchAll(/(--[a-z][a-z-]*)/g)].map((match) => ({ command, flag: match[1]! }));
  });
}

function codeBlocks(page: string): string[] {
  const found: string[] = [];
  const visit = (node: { type: string; value?: string; children?: unknown[] }): void => {
    if (node.type === "code" && node.value !== undefined) found.push(node.value);
    for (const child of node.children ?? []) visit(child as typeof node);
  };
  visit(fromMarkdown(text(page)));
  return found;
}

/** Links to files of the project, without their anchors. */
function links(page: string): string[] {
  const found: string[] = [];
  const visit = (node: { type: string; url?: string; children?: unknown[] }): void => {
    if ((node.type === "link" || node.type === "image") && node.url !== undefined) found.push(node.url);
    for (const child of node.children ?? []) visit(child as typeof node);
  };
  visit(fromMarkdown(text(page)));
  return found
    .filter((url) => !url.includes("://") && !url.startsWith("#") && !url.startsWith("mailto:"))
    .map((url) => decodeURI(url.split("#")[0]!));
}
