import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { LabelledCase } from "./cases.ts";

/**
 * ruff: a fixture in Python, and a snapshot of what its rule reports there, as text with a gutter. The snapshot's name
 * says rule and fixture: `…__tests__S110_S110.py.snap`.
 */
export function readRuff(folder: string, rules: ReadonlySet<string>): LabelledCase[] {
  const linter = join(folder, "crates/ruff_linter");
  return globSync("src/rules/*/snapshots/*.snap", { cwd: linter })
    .toSorted()
    .flatMap((snapshot) => {
      const named = /__tests__(?:[a-z-]+_)?(?<rule>[A-Z]+\d+)_(?<fixture>\w+\.py)\.snap$/.exec(basename(snapshot));
      if (named === null || basename(snapshot).includes("__tests__preview")) return [];
      const { rule, fixture } = named.groups!;
      const plugin = basename(dirname(dirname(snapshot)));
      const file = join(linter, "resources/test/fixtures", plugin, fixture!);
      if (!rules.has(rule!) || !existsSync(file)) return [];
      const spans = reportedSpans(readFileSync(join(linter, snapshot), "utf8"), rule!);
      const files = [{ path: "case.py", text: readFileSync(file, "utf8") }];
      const place = `${plugin}/${fixture}`;
      return [{ suite: "ruff", theirs: rule!, place, files, label: { kind: "lines" as const, spans } }];
    });
}

/** `S110 …`, then ` --> S110.py:3:1`; lines further down that belong to it bear a bar behind the gutter's. */
export function reportedSpans(snapshot: string, rule: string): { start: number; end: number }[] {
  const spans: { start: number; end: number }[] = [];
  let isOurs = false;
  let isOpen = false;
  for (const line of snapshot.split("\n")) {
    const header = /^(?<code>[A-Z]+\d+) /.exec(line);
    const arrow = /^ *--> [^:]+:(?<line>\d+):\d+$/.exec(line);
    const barred = /^ *(?<line>\d+) \| +\|/.exec(line);
    if (header !== null) isOurs = header.groups!["code"] === rule;
    if (arrow !== null && isOurs)
      spans.push({ start: Number(arrow.groups!["line"]), end: Number(arrow.groups!["line"]) });
    if (arrow !== null) isOpen = isOurs;
    else if (barred !== null && isOpen) spans.at(-1)!.end = Number(barred.groups!["line"]);
    else if (line.startsWith("help:")) isOpen = false;
  }
  return spans;
}
