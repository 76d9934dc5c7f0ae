import type { WrittenPolicy } from "../written-policy.ts";
import type { StarterCase } from "./case-text.ts";

/** The cases of rules that look beyond areas: at what an agent wrote anywhere, at the project, and at every line. */
export function agentsCodeCases(policy: WrittenPolicy): StarterCase[] {
  return [...marks, ...tested(policy), ...anyLine, ...largeChanges, ...projectCoverage];
}
const path = "src/report.ts";
const change = (lines: number, verdict: string) =>
  `{ files: [{ path: ${path}, additions: ${lines} }], commits: [{ verdict: ${verdict} }] }`;
const coverage = (lines: number) => `{ files: { ${path}: { lines: ${lines}/100 } } }`;

const enough = "tests run 80 of the 100 lines that an agent wrote, which is enough";
const tooFew = "79 tested lines are too few";
const large = "of 1,001 lines by an agent it is to be said what was checked";
const risky = "what is risky in an agent's code is told";

function tested({ rules = [] }: WrittenPolicy): StarterCase[] {
  const about = "ai-code-is-tested";
  const noReport = rules.find(({ id }) => id === about)?.require?.coverage?.no_report ?? "block";
  return [
    {
      about,
      name: enough,
      given: { change: change(100, "agent-assisted"), coverage: coverage(80) },
      rules: {
        ...untouched,
        "ai-is-disclosed-in-one-way": "satisfied",
        [about]: "satisfied",
        "ai-code-has-no-risky-pattern": "satisfied",
      },
    },
    { about, name: tooFew, given: { like: enough, coverage: coverage(79) }, rules: { [about]: "unmet" } },
    {
      about,
      name: "a person's lines are not asked for tests",
      given: { like: tooFew, change: "{ commits: [{ verdict: human }] }" },
      rules: { [about]: "not-applicable", "ai-is-disclosed-in-one-way": "not-applicable" },
    },
    {
      about,
      name: "without a report nobody knows whether tests run it",
      given: { like: enough, coverage: "none" },
      rules: { [about]: "unmet" },
      also: { [about]: `enforced: ${noReport}` },
    },
    {
      about,
      name: "documents and snapshots are not code, whoever wrote them",
      given: {
        like: enough,
        change: "{ files: [{ path: docs/guide.txt }, { path: README.md }, { path: src/page.snap }] }",
        coverage: "none",
      },
      rules: { [about]: "not-applicable" },
    },
  ];
}

const marks: StarterCase[] = [
  {
    about: "provenance.counts_as_ai",
    name: "what an agent wrote alone counts as its code, and so does its suggestion that was accepted",
    given: {
      change: [
        "",
        "  files: [{ path: src/agent.ts }, { path: src/suggestion.ts }, { path: src/person.ts }]",
        "  commits:",
        "    - { verdict: agent-authored, files: [src/agent.ts] }",
        "    - { verdict: suggestion, files: [src/suggestion.ts] }",
        "    - { verdict: human, files: [src/person.ts] }",
      ].join("\n"),
    },
    rules: { "ai-code-is-tested": "unmet" },
    also: { "ai-code-is-tested": "files: [src/agent.ts, src/suggestion.ts]" },
  },
  {
    about: "provenance.detected_without_trailer",
    name: "a tool that left its mark and no trailer is told",
    given: { change: `{ files: [{ path: ${path} }], commits: [{ author: "Claude <noreply@anthropic.com>" }] }` },
    rules: { "provenance.detected_without_trailer": "warned" },
    also: { "provenance.detected_without_trailer": "enforced: warn" },
  },
];

/** The rules of areas have nothing to say of a file that lies in none. */
const untouched: StarterCase["rules"] = {
  "sensitive-changes-say-who-wrote-them": "not-applicable",
  "agents-do-not-sign": "not-applicable",
  "sensitive-ai-needs-owner": "not-applicable",
  "critical-changes-have-a-second-human": "not-applicable",
  "critical-changes-are-scanned": "not-applicable",
  "sensitive-ai-code-is-tested": "not-applicable",
};

const anyLine: StarterCase[] = [
  {
    about: "ai-code-has-no-risky-pattern",
    name: risky,
    given: { like: enough, findings: `[{ rule: agent-signed-off, path: ${path}, line: 1 }]` },
    rules: { "ai-code-has-no-risky-pattern": "unmet" },
  },
  {
    about: "ai-code-has-no-risky-pattern",
    name: "in a person's code it is left to the reviewer",
    given: { like: risky, change: "{ commits: [{ verdict: human }] }" },
    rules: { "ai-code-has-no-risky-pattern": "not-applicable" },
  },
  {
    about: "nobody-commits-a-secret",
    name: "a credential is told, whoever wrote the line",
    given: { change: change(1, "human"), secrets: `[${path}]` },
    rules: { "nobody-commits-a-secret": "unmet" },
  },
];

const largeChanges: StarterCase[] = [
  {
    about: "large-ai-changes-say-what-was-checked",
    name: large,
    given: { change: change(1001, "agent-assisted"), coverage: "none" },
    rules: { "large-ai-changes-say-what-was-checked": "unmet" },
  },
  {
    about: "large-ai-changes-say-what-was-checked",
    name: "a commit says what was checked",
    given: { like: large, change: '{ commits: [{ trailers: { AI-Assisted: "yes", AI-Validated: tests } }] }' },
    rules: { "large-ai-changes-say-what-was-checked": "satisfied" },
  },
  {
    about: "large-ai-changes-say-what-was-checked",
    name: "1,000 lines are not that many",
    given: { like: large, change: `{ files: [{ path: ${path}, additions: 1000 }] }` },
    rules: { "large-ai-changes-say-what-was-checked": "not-applicable" },
  },
  {
    about: "large-ai-changes-say-what-was-checked",
    name: "of a person's lines it need not be said",
    given: { like: large, change: "{ commits: [{ verdict: human }] }" },
    rules: { "large-ai-changes-say-what-was-checked": "not-applicable" },
  },
];

const projectCoverage: StarterCase[] = [
  {
    about: "project-coverage-does-not-fall",
    name: "the project's coverage may fall by half a point",
    given: { like: enough, coverage: `{ files: { ${path}: { lines: 80/100 } }, project_delta: -0.5 }` },
    rules: { "project-coverage-does-not-fall": "satisfied" },
  },
  {
    about: "project-coverage-does-not-fall",
    name: "it may not fall by more",
    given: { like: enough, coverage: `{ files: { ${path}: { lines: 80/100 } }, project_delta: -0.51 }` },
    rules: { "project-coverage-does-not-fall": "unmet" },
  },
  {
    about: "project-coverage-does-not-fall",
    name: "nobody reports it, and that is a warning",
    given: { like: enough, coverage: "none" },
    rules: { "project-coverage-does-not-fall": "warned" },
  },
];
