import * as z from "zod";
import { RawFinding } from "../../core/findings/finding.ts";
import {
  eslintParts,
  FileToLint,
  LintedFile,
  lintAcross,
  lintFile,
  patterns,
  type Engines,
  type Parse,
  type Pattern,
} from "../../core/lint/index.ts";
import { fileKind } from "../../core/syntax/index.ts";
import { loadEslint } from "./eslint.ts";
import { loadParser } from "./parser.ts";

/**
 * The small process that reads the texts of a change for `runLint`: it has no secret in its environment, no network to
 * ask, nothing to write to, little memory, and ends when it takes too long. This module is loaded in both processes, by
 * `import()` alone, so that a bundler gives it a file of its own; here is which.
 */
export const lintProcessUrl = new URL(import.meta.url);

/** By what the small process knows that it is one. */
export const lintProcessSign = "COUNTERSIGN_LINT";

/** Which patterns to look for; null: all. */
const Rules = z.array(z.string()).nullable();

/** What is asked of it: one file, or what files of a change hold that only the rest of the repository tells. */
export const AskedLint = z.union([
  z.strictObject({ id: z.int(), rules: Rules, file: FileToLint, withEslint: z.boolean() }),
  z.strictObject({
    id: z.int(),
    rules: Rules,
    across: z.strictObject({
      changed: z.array(FileToLint),
      others: z.array(z.strictObject({ path: z.string(), text: z.string() })),
      names: z.array(z.strictObject({ name: z.string(), path: z.string() })),
    }),
  }),
]);
export type AskedLint = z.infer<typeof AskedLint>;

/** Its answer. */
export const ToldLint = z.union([
  z.strictObject({ id: z.int(), linted: LintedFile }),
  z.strictObject({ id: z.int(), found: z.strictObject({ findings: z.array(RawFinding), used: z.array(z.boolean()) }) }),
  z.strictObject({ id: z.int(), failed: z.string() }),
]);
export type ToldLint = z.infer<typeof ToldLint>;

if (process.env[lintProcessSign] === "1" && process.send !== undefined) serve((told) => void process.send?.(told));

function serve(tell: (told: ToldLint) => void): void {
  // One after the other: a grammar that is still being loaded must not let a later file pass.
  let last = Promise.resolve();
  process.on("message", (message: unknown) => {
    const asked = AskedLint.parse(message);
    last = last.then(() => answer(asked).then(tell));
  });
  process.on("disconnect", () => process.exit());
}

async function answer(asked: AskedLint): Promise<ToldLint> {
  const { id } = asked;
  try {
    const rules = chosen(asked.rules);
    if ("file" in asked)
      return { id, linted: lintFile(asked.file, rules, await parserFor(asked.file), await enginesFor(asked)) };
    return { id, found: lintAcross(asked.across, rules) };
  } catch (error) {
    // A pattern that fails on one file fails for that file alone, and says so in the report.
    return { id, failed: error instanceof Error ? error.message : String(error) };
  }
}

function parserFor({ path }: FileToLint): Promise<Parse> {
  const kind = fileKind(path);
  return loadParser(kind === null ? [] : [kind.grammar]);
}

/** ESLint is loaded for the first file that has a directive for it. */
async function enginesFor({ file, rules, withEslint }: Extract<AskedLint, { file: unknown }>): Promise<Engines> {
  const isAsked = withEslint && (rules === null || rules.includes("new-suppression"));
  const parts = isAsked ? eslintParts(file) : null;
  return parts === null ? {} : { eslint: await loadEslint(parts) };
}

function chosen(rules: readonly string[] | null): readonly Pattern[] {
  return rules === null ? patterns : patterns.filter(({ rule }) => rules.includes(rule.id));
}
