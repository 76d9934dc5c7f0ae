import * as z from "zod";
import { FileToLint, LintedFile, lintFile, patterns, type Pattern } from "../../core/lint/index.ts";
import { fileKind } from "../../core/syntax/index.ts";
import { loadParser } from "./parser.ts";

/**
 * The small process that reads the texts of a change for `runLint`: it has no secret in its environment, no network to
 * ask, nothing to write to, little memory, and ends when it takes too long. This module is loaded in both processes, by
 * `import()` alone, so that a bundler gives it a file of its own; here is which.
 */
export const lintProcessUrl = new URL(import.meta.url);

/** By what the small process knows that it is one. */
export const lintProcessSign = "COUNTERSIGN_LINT";

/** What is asked of it: one file, and which patterns to look for; null: all. */
export const AskedFile = z.strictObject({ id: z.int(), file: FileToLint, rules: z.array(z.string()).nullable() });
export type AskedFile = z.infer<typeof AskedFile>;

/** Its answer. */
export const ToldFile = z.union([
  z.strictObject({ id: z.int(), linted: LintedFile }),
  z.strictObject({ id: z.int(), failed: z.string() }),
]);
export type ToldFile = z.infer<typeof ToldFile>;

if (process.env[lintProcessSign] === "1" && process.send !== undefined) serve((told) => void process.send?.(told));

function serve(tell: (told: ToldFile) => void): void {
  // One after the other: a grammar that is still being loaded must not let a later file pass.
  let last = Promise.resolve();
  process.on("message", (message: unknown) => {
    const asked = AskedFile.parse(message);
    last = last.then(() => answer(asked).then(tell));
  });
  process.on("disconnect", () => process.exit());
}

async function answer({ id, file, rules }: AskedFile): Promise<ToldFile> {
  try {
    const kind = fileKind(file.path);
    const parse = await loadParser(kind === null ? [] : [kind.grammar]);
    return { id, linted: lintFile(file, chosen(rules), parse) };
  } catch (error) {
    // A pattern that fails on one file fails for that file alone, and says so in the report.
    return { id, failed: error instanceof Error ? error.message : String(error) };
  }
}

function chosen(rules: readonly string[] | null): readonly Pattern[] {
  return rules === null ? patterns : patterns.filter(({ rule }) => rules.includes(rule.id));
}
