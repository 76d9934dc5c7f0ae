import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";

const Counts = {
  cases: z.int().nonnegative(),
  found: z.int().nonnegative(),
  missed: z.int().nonnegative(),
  extra: z.int().nonnegative(),
};

/** What was measured last, as `npm run accuracy -- lint --write` keeps it. */
export const Figures = z.strictObject({
  /** The commit of each suite, null where its checkout did not say. */
  suites: z.record(z.string(), z.string().nullable()),
  measured: z.array(
    z.strictObject({
      suite: z.string(),
      theirs: z.string(),
      ours: z.string(),
      language: z.string(),
      ...Counts,
      /** Of `extra`, those that were read and found right: see readings.ts. */
      right: z.int().nonnegative(),
    }),
  ),
  /** ESLint rules, and ours, on the cases of JavaScript that are mapped to our rule. */
  peers: z.array(z.strictObject({ ours: z.string(), peer: z.string(), ...Counts })),
  mature: z.array(
    z.strictObject({
      name: z.string(),
      commit: z.string().nullable(),
      language: z.string(),
      files: z.int().positive(),
      lines: z.int().positive(),
      findings: z.record(z.string(), z.int().positive()),
    }),
  ),
});
export type Figures = z.infer<typeof Figures>;
export type Row = Figures["measured"][number];

/** Where the figures are kept, and where cases are looked for when no folder is named. */
export const accuracyFolder = join(import.meta.dirname, "../../test/fixtures/accuracy");
export const figuresFile = join(accuracyFolder, "lint.json");

/** The figures of the last measure; none where there was none yet. */
export function readFigures(): Figures {
  if (!existsSync(figuresFile)) return { suites: {}, measured: [], peers: [], mature: [] };
  return Figures.parse(JSON.parse(readFileSync(figuresFile, "utf8")));
}

/** What names a row in every measure. */
export function keyOf({ suite, theirs, ours, language }: Pick<Row, "suite" | "theirs" | "ours" | "language">): string {
  return `${ours} ${language} ${suite} ${theirs}`;
}

/** Rows that find less, or report more that is wrong, than they did. */
export function worse(now: readonly Row[], before: readonly Row[]): string[] {
  const known = new Map(before.map((row) => [keyOf(row), row]));
  return now.flatMap((row) => {
    const old = known.get(keyOf(row));
    if (old === undefined || old.cases !== row.cases) return [];
    const wrong = ({ extra, right }: Row) => extra - right;
    if (row.found >= old.found && wrong(row) <= wrong(old)) return [];
    return [`${keyOf(row)}: found ${old.found} → ${row.found}, wrong ${wrong(old)} → ${wrong(row)}`];
  });
}
