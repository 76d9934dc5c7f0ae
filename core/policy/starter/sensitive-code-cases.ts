import type { WrittenPolicy } from "../written-policy.ts";
import type { StarterCase } from "./case-text.ts";
import { samplePath } from "./sample-path.ts";

const about = "sensitive-ai-code-is-tested";

/** The cases of the rule that asks for tests of sensitive code, in the first area that it names. */
export function sensitiveCodeCases({ areas = {}, rules = [] }: WrittenPolicy): StarterCase[] {
  const [area = ""] = [rules.find(({ id }) => id === about)?.when?.area ?? []].flat();
  const path = samplePath(areas[area]?.paths?.[0] ?? "");
  const coverage = (lines: number, branches: number) =>
    `{ files: { ${path}: { lines: ${lines}/100, branches: ${branches}/100 } } }`;
  const enough = `tests run 90 of an agent's 100 lines in ${area} and 70 branches, which is enough`;
  const together = "where people wrote lines too, tests run 80 of 100 in all";
  const change = `{ files: [{ path: ${path}, additions: 100 }], commits: [{ verdict: agent-assisted }] }`;
  const shared = "{ commits: [{ verdict: agent-assisted }, { verdict: human }] }";
  return [
    shows(enough, { change, coverage: coverage(90, 70) }, "satisfied"),
    shows("one line less is too little there", { like: enough, coverage: coverage(89, 70) }, "unmet"),
    shows("one branch less is too little there", { like: enough, coverage: coverage(90, 69) }, "unmet"),
    shows(together, { like: enough, change: shared, coverage: coverage(80, 70) }, "satisfied"),
    shows("one line less of those is too little too", { like: together, coverage: coverage(79, 70) }, "unmet"),
    shows(
      "of a person's own lines there no tests are asked",
      { like: enough, change: "{ commits: [{ verdict: human }] }" },
      "not-applicable",
    ),
  ];
}

function shows(name: string, given: StarterCase["given"], state: StarterCase["rules"][string]): StarterCase {
  return { about, name, given, rules: { [about]: state } };
}
