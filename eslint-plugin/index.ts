import type { ESLint, Linter, Rule } from "eslint";
import { loadParser } from "../adapters/sandbox/parser.ts";
import { lintFile, patterns, type Pattern } from "../core/lint/index.ts";
import { fileKind } from "../core/syntax/index.ts";
import { engine } from "../gate/engine.ts";

/**
 * Countersign's lint rules for JavaScript and TypeScript as a plugin of ESLint, so that an editor shows what the gate will
 * find. They look at the text alone, with the parser that the gate uses; which parser ESLint uses makes no difference.
 *
 *     import countersign from "countersign/eslint-plugin";
 *     export default [countersign.configs.recommended];
 *
 * What needs the change's base (a removed guard, a weakened test) or the whole repository is the gate's alone.
 */
const plugin: ESLint.Plugin & { configs: { recommended: Linter.Config } } = {
  meta: { name: "countersign", version: engine.version, namespace: "countersign" },
  rules: {},
  configs: { recommended: {} },
};
export default plugin;

const forEditors = patterns.filter(
  ({ find, findInText, languages }) =>
    findInText !== undefined || (find !== undefined && languages.includes("javascript")),
);

/** Wrong in a change, and in a file that has long had it no news: without the base an editor cannot tell. */
const onlyWhenNew: readonly string[] = ["new-suppression"];

plugin.rules = Object.fromEntries(forEditors.map((pattern) => [pattern.rule.id, ruleFor(pattern)]));
plugin.configs.recommended = {
  name: "countersign/recommended",
  files: ["**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}"],
  plugins: { countersign: plugin },
  rules: Object.fromEntries(
    forEditors
      .filter(({ rule }) => rule.severity.human !== "notice" && !onlyWhenNew.includes(rule.id))
      .map(({ rule }) => [`countersign/${rule.id}`, rule.severity.human === "error" ? "error" : "warn"] as const),
  ),
};

/** Rules of ESLint cannot wait, so the grammars are there before it asks for the first. */
const parse = await loadParser(["javascript", "typescript", "tsx"]);

function ruleFor(pattern: Pattern): Rule.RuleModule {
  const { id, title, help } = pattern.rule;
  return {
    meta: {
      type: "problem",
      docs: { description: title, url: `https://github.com/countersign/countersign/blob/main/docs/rules/${id}.md` },
      schema: [],
      messages: { found: `{{message}} ${help}` },
    },
    create: (context) => ({
      Program() {
        for (const { start, end, message } of findingsIn(pattern, context.filename, context.sourceCode.text))
          context.report({
            loc: {
              start: { line: start, column: 0 },
              end: { line: end, column: context.sourceCode.lines[end - 1]?.length ?? 0 },
            },
            messageId: "found",
            data: { message },
          });
      },
    }),
  };
}

function findingsIn(
  pattern: Pattern,
  filename: string,
  text: string,
): { start: number; end: number; message: string }[] {
  const path = fileKind(filename) === null ? "text.js" : filename.replaceAll("\\", "/");
  const { findings } = lintFile({ path, base: null, head: text, hunks: [] }, [pattern], parse);
  return findings.flatMap(({ place, message }) =>
    place.kind === "lines" ? [{ start: place.start, end: place.end, message }] : [],
  );
}
