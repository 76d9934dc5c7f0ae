import type { WrittenPolicy } from "../written-policy.ts";
import type { ExpectedState, StarterCase } from "./case-text.ts";
import { samplePath } from "./sample-path.ts";

/**
 * A case for each area: silence about a change to it, with a file for each of its patterns. It shows that every pattern
 * counts, that the area's tier makes silence count as AI, and which rules name the area.
 */
export function areaCases({ areas = {}, rules = [] }: WrittenPolicy): StarterCase[] {
  return Object.entries(areas).map(([name, { paths = [] }]) => {
    const files = paths.map(samplePath);
    const naming = rules.filter(({ when }) => [when?.area ?? []].flat().includes(name)).map(({ id }) => id);
    const states = Object.entries(onSilence).filter(([id]) => id === tested || naming.includes(id));
    return {
      about: disclosed,
      name: `silence about a change to ${name} is told`,
      given: { change: ["", "  files:", ...files.map((path) => `    - { path: ${path} }`)].join("\n") },
      rules: Object.fromEntries(states),
      also: { [disclosed]: `files: [${inLines(files)}]` },
    };
  });
}

const disclosed = "sensitive-changes-say-who-wrote-them";
const tested = "ai-code-is-tested";

/** What becomes of a silent change of which no test, review or finding is told. */
const onSilence: Readonly<Record<string, ExpectedState>> = {
  [disclosed]: "unmet",
  "agents-do-not-sign": "satisfied",
  "sensitive-ai-needs-owner": "waiting",
  "critical-changes-have-a-second-human": "waiting",
  "critical-changes-are-scanned": "satisfied",
  "sensitive-ai-code-is-tested": "unmet",
  [tested]: "unmet",
};

const inLine = 2;

/** Beside the rule's id and state a line has room for so many paths. */
function inLines(paths: readonly string[]): string {
  if (paths.length <= inLine) return paths.join(", ");
  return paths.map((path) => `\n        ${path},`).join("") + "\n      ";
}
