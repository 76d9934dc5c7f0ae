import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { matchesOf, type LabelledCase } from "./cases.ts";

/**
 * bandit: an example in Python, and how many findings of each severity its test expects there, whatever rule they are of. A
 * rule is therefore asked for as `yaml_load.py:MEDIUM`, or `…:LOW+HIGH`: an example and the severities that are the topic's.
 */
export function readBandit(folder: string, rules: ReadonlySet<string>): LabelledCase[] {
  const tests = readFileSync(join(folder, "tests/functional/test_functional.py"), "utf8");
  const expected = expectedCounts(tests);
  return [...rules].flatMap((theirs) => {
    const [example = "", levels = ""] = theirs.split(":");
    const counts = expected.get(example);
    const file = join(folder, "examples", example);
    if (counts === undefined || !existsSync(file)) return [];
    const count = levels.split("+").reduce((sum, level) => sum + (counts[level] ?? 0), 0);
    const files = [{ path: "case.py", text: readFileSync(file, "utf8") }];
    return [{ suite: "bandit", theirs, place: `examples/${example}`, files, label: { kind: "count" as const, count } }];
  });
}

/** Of each example the counts of the first test that runs it: later ones run it with other settings. */
function expectedCounts(tests: string): Map<string, Record<string, number>> {
  const counts = new Map<string, Record<string, number>>();
  let levels: Record<string, number> = {};
  const written =
    /"SEVERITY": \{(?<levels>[^}]*)\}|check_example\(\s*"(?<example>[^"]+)"|example_file = "(?<later>[^"]+)"/g;
  for (const found of matchesOf(tests, written)) {
    const example = found["example"] ?? found["later"];
    if (found["levels"] !== undefined)
      levels = Object.fromEntries(
        matchesOf(found["levels"], /"(?<level>\w+)": (?<count>\d+)/g).map(({ level, count }) => [
          level!,
          Number(count),
        ]),
      );
    else if (example !== undefined && !counts.has(example)) counts.set(example, levels);
  }
  return counts;
}
