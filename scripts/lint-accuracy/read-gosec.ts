import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { LabelledCase } from "./cases.ts";

/**
 * gosec: samples in Go as raw strings, each with the number of findings: `{[]string{`…`}, 1, gosec.NewConfig()}`. A sample is
 * a package of one file or more. Those with settings of their own are left out.
 */
export function readGosec(folder: string, rules: ReadonlySet<string>): LabelledCase[] {
  return [...rules].flatMap((theirs) => {
    const file = join(folder, "testutils", `${theirs.toLowerCase()}_samples.go`);
    if (!existsSync(file)) return [];
    return samplesOf(readFileSync(file, "utf8")).map(({ texts, count }, index) => ({
      suite: "gosec",
      theirs,
      place: `${theirs} sample ${index + 1}`,
      files: texts.map((text, number) => ({ path: `case${number + 1}.go`, text })),
      label: { kind: "count" as const, count },
    }));
  });
}

/** A raw string of Go ends at the next backtick, whatever stands in it; a backtick in a sample is put in by `+`. */
function samplesOf(source: string): { texts: string[]; count: number }[] {
  const samples: { texts: string[]; count: number }[] = [];
  let rest = source;
  for (let at = rest.indexOf("[]string{"); at !== -1; at = rest.indexOf("[]string{")) {
    rest = rest.slice(at + "[]string{".length);
    const texts: string[] = [];
    for (let raw = /^[\s,]*`([^`]*)`/.exec(rest); raw !== null; raw = /^[\s,]*`([^`]*)`/.exec(rest)) {
      texts.push(raw[1]!);
      rest = rest.slice(raw[0].length);
    }
    const end = /^[\s,]*\},\s*(?:Errors:\s*)?(\d+),\s*(?:Config:\s*)?gosec\.NewConfig\(\)/.exec(rest);
    if (end !== null && texts.length > 0) samples.push({ texts, count: Number(end[1]) });
  }
  return samples;
}
