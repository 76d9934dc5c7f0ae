import type { RawFinding } from "../findings/finding.ts";
import type { LintedFile } from "./linted-file.ts";

/** The findings of all files; what one file no longer shows and another does is no news: the code moved. */
export function allMoved(linted: readonly LintedFile[]): RawFinding[] {
  const gone = new Map<string, number>();
  const keyOf = ({ rule, identity }: { rule: string; identity: string }) => `${rule}\0${identity}`;
  for (const old of linted.flatMap((file) => file.gone)) gone.set(keyOf(old), (gone.get(keyOf(old)) ?? 0) + 1);
  return linted
    .flatMap(({ findings }) => findings)
    .map((finding) => {
      const left = gone.get(keyOf(finding)) ?? 0;
      if (finding.atBase || left === 0) return finding;
      gone.set(keyOf(finding), left - 1);
      return { ...finding, atBase: true as const };
    });
}
