import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadParser } from "../../../adapters/sandbox/parser.ts";
import { patterns } from "../../../core/lint/patterns.ts";
import { grammars } from "../../../core/syntax/index.ts";
import { findInFixture } from "./fixture.ts";

/** Each rule has its page, and what the page shows as wrong is found, and what it shows as right is not. */
const folder = join(import.meta.dirname, "../../../docs/rules");
const parse = await loadParser(grammars);
const headings = ["What it finds", "Why it matters", "Example", "Use instead", "When to waive it"];

test("every page is a rule's", () => {
  expect(readdirSync(folder).filter((name) => !patterns.some(({ rule }) => `${rule.id}.md` === name))).toEqual([]);
});

describe.each(patterns.map((pattern) => ({ id: pattern.rule.id, pattern })))("$id", ({ id, pattern }) => {
  const path = join(folder, `${id}.md`);
  const page = existsSync(path) ? readFileSync(path, "utf8") : "";

  test("has its parts", () => {
    expect(page.startsWith(`# \`${id}\`\n`)).toBe(true);
    expect([...page.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)).toEqual(headings);
  });

  // What the change did is shown as the two sides of a diff, which is not code to look at.
  const blocks = codeBlocks(page).filter(({ language }) => language !== "diff" && language !== "text");
  test.each(blocks)("$heading in $language", ({ heading, language, code }) => {
    const name = pattern.rule.id === "test-weakened" ? `example.test.${language}` : `example.${language}`;
    const found = findInFixture({ name, text: code, base: null }, pattern, parse);
    if (heading === "Example") expect(found).not.toEqual([]);
    else expect(found).toEqual([]);
  });
});

interface CodeBlock {
  heading: string;
  /** The ending of a file in that language. */
  language: string;
  code: string;
}

function codeBlocks(page: string): CodeBlock[] {
  return page.split(/^## /m).flatMap((section) => {
    const heading = section.slice(0, section.indexOf("\n"));
    return [...section.matchAll(/^```(\w+)\n(.*?)^```/gms)].map(([, language, code]) => ({
      heading,
      language: endings[language!] ?? language!,
      code: code!,
    }));
  });
}

const endings: Record<string, string> = { javascript: "js", typescript: "ts", python: "py" };
