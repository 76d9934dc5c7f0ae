import type { ESLint, Linter, Rule } from "eslint";
import type { Eslint, EslintAnswer, EslintRequest } from "../../core/lint/index.ts";

/**
 * Loads ESLint, which reads texts and nothing else: no file is looked up, no configuration of the repository, no plugin of
 * it, and directives are not obeyed. With the parser of TypeScript and the rules of typescript-eslint where asked for.
 */
export async function loadEslint(parts: { typescript: boolean; plugin: boolean }): Promise<Eslint> {
  try {
    return await load(parts);
  } catch (error) {
    const failed = `ESLint could not be loaded (${reasonOf(error)}), so what its directives hide is not known`;
    return () => ({ failed });
  }
}

async function load(parts: { typescript: boolean; plugin: boolean }): Promise<Eslint> {
  const { Linter, js } = await import("./eslint/linter.ts");
  const { typescriptParser } = parts.typescript ? await import("./eslint/typescript-parser.ts") : noParser;
  const { typescriptRules } = parts.plugin ? await import("./eslint/typescript-rules.ts") : noRules;
  const known: Known = {
    linter: new Linter(),
    core: new Set(Object.keys(js.configs.all.rules)),
    recommended: Object.keys(js.configs.recommended.rules),
    parser: typescriptParser,
    plugin: typescriptRules === null ? null : { rules: typescriptRules as unknown as Record<string, Rule.RuleModule> },
  };
  return (asked) => {
    try {
      return ask(asked, known);
    } catch (error) {
      // A rule that fails on a text must not cost the findings of the file.
      return { failed: `ESLint failed on it, so what its directives hide is not known: ${reasonOf(error)}` };
    }
  };
}

const noParser = { typescriptParser: null };
const noRules = { typescriptRules: null };

interface Known {
  linter: Linter;
  /** The names of ESLint's own rules; those that only set text are not among them. */
  core: ReadonlySet<string>;
  recommended: readonly string[];
  parser: Linter.Parser | null;
  plugin: ESLint.Plugin | null;
}

const prefix = "@typescript-eslint/";

function ask({ path, text, rules, withRecommended }: EslintRequest, known: Known): EslintAnswer {
  const runnable = rules.filter((rule) => canRun(rule, known));
  const recommended = withRecommended
    ? known.recommended.filter((rule) => canRun(rule, known) && !isTold(rule, path))
    : [];
  const notRun = rules.filter((rule) => !runnable.includes(rule));
  const wanted = [...new Set([...runnable, ...recommended])];
  if (wanted.length === 0) return { problems: [], notRun };
  const messages = known.linter.verify(text, configFor(path, wanted, known), { filename: `text${extensionOf(path)}` });
  const fatal = messages.find((message) => message.fatal === true);
  if (fatal !== undefined)
    return { failed: `ESLint could not read it near line ${fatal.line}, so what its directives hide is not known` };
  return {
    problems: messages.flatMap(({ ruleId, line }) => (ruleId === null ? [] : [{ rule: ruleId, line }])),
    notRun,
  };
}

function canRun(rule: string, { core, plugin }: Known): boolean {
  if (needsSettings.test(rule)) return false;
  if (!rule.startsWith(prefix)) return core.has(rule);
  const module = plugin?.rules?.[rule.slice(prefix.length)];
  const docs: object | undefined = module?.meta?.docs;
  return (
    module !== undefined &&
    !(docs !== undefined && "requiresTypeChecking" in docs && docs.requiresTypeChecking === true)
  );
}

/** They look for what a project names in its configuration, and without it for nothing, or for everything. */
const needsSettings =
  /^(?:@typescript-eslint\/)?(?:no-restricted-.*|id-(?:denylist|match|length)|no-undef|naming-convention|typedef|member-ordering|camelcase|consistent-this)$/;

/** What a compiler of TypeScript says better than ESLint does. */
function isTold(rule: string, path: string): boolean {
  return isTypescript(path) && toldByCompiler.has(rule);
}

const toldByCompiler = new Set(
  (
    "constructor-super getter-return no-class-assign no-const-assign no-dupe-args no-dupe-class-members no-dupe-keys " +
    "no-func-assign no-import-assign no-new-native-nonconstructor no-obj-calls no-redeclare no-setter-return " +
    "no-this-before-super no-unsafe-negation no-with no-unused-vars"
  ).split(" "),
);

function isTypescript(path: string): boolean {
  return /\.[cm]?tsx?$/i.test(path);
}

/** The name of a file is the change's; its ending alone says how it is read. */
function extensionOf(path: string): string {
  return /\.[cm]?[jt]sx?$/i.exec(path)?.[0].toLowerCase() ?? ".js";
}

function configFor(path: string, rules: readonly string[], { parser, plugin }: Known): Linter.Config[] {
  const isScript = /\.c[jt]s$/i.test(path);
  const jsx = !/\.[cm]?ts$/i.test(path);
  return [
    {
      // By its ending: what only `**/*` matches is not read as TypeScript.
      files: [`**/*${extensionOf(path)}`],
      linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: "off" },
      languageOptions: {
        ecmaVersion: "latest",
        sourceType: isScript ? "commonjs" : "module",
        // Without a project: no file is looked for, and no program of types is made.
        parserOptions: {
          ecmaFeatures: { jsx },
          project: null,
          jsDocParsingMode: "none",
          warnOnUnsupportedTypeScriptVersion: false,
        },
        ...(parser !== null && isTypescript(path) ? { parser } : {}),
      },
      ...(plugin === null ? {} : { plugins: { "@typescript-eslint": plugin } }),
      rules: Object.fromEntries(rules.map((rule) => [rule, "error"])),
    },
  ];
}

/** Without the text of the file that messages of parsers hold, and in one line. */
function reasonOf(error: unknown): string {
  return error instanceof Error ? error.name : "an error without a name";
}
