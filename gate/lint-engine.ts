import { createHash } from "node:crypto";
import packageJson from "../package.json" with { type: "json" };
import { patterns } from "../core/lint/index.ts";
import { engine } from "./engine.ts";

/**
 * 16 hex digits for what looked for patterns: this version, its rules, and the parser with its grammars. Findings of two
 * engines are not the same measure.
 */
export function lintEngineDigest(): string {
  const parsers = Object.entries(packageJson.dependencies).filter(([name]) => /^(?:web-)?tree-sitter/.test(name));
  const parts = { version: engine.version, rules: patterns.map(({ rule }) => rule.id).sort(), parsers };
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 16);
}
