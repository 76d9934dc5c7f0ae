import { readFileSync } from "node:fs";
import { join } from "node:path";
import { celEnv, parse, plan } from "@bufbuild/cel";
import { present } from "../core/evidence.ts";
import { evaluate, loadPolicy, type Policy, type Subject } from "../core/policy/index.ts";
import { Problem } from "../core/problem.ts";
import { allLintRules } from "../core/rules.ts";
import { buildSubject, sampleVocabulary } from "../test/subjects.ts";
import { changeShapes, hostilePolicies } from "./hostile-policies.ts";

/**
 * Decisions a second of the `enforce` preset on small and large changes, beside a general engine that answers only the
 * conditions of the same rules; and what hostile policies cost. CPU seconds of this process, the cheapest of several runs.
 */
const preset = load(readFileSync(join(import.meta.dirname, "../policies/enforce.yml"), "utf8"));

console.log(
  "\n## the `enforce` preset\n\n| files | decisions a second | CPU ms each | conditions alone in CEL, CPU ms | ratio |\n|---|---|---|---|---|",
);
for (const count of [10, 3_000]) {
  const times = count === 10 ? 200 : 3;
  const subject = subjectOf(count);
  const ours = cpuMs(() => evaluate(preset, { ...subject, files: fresh(subject) }, sampleVocabulary), times);
  const theirs = cpuMs(celConditions(count), times);
  console.log(
    `| ${count} | ${(1000 / ours).toFixed(ours > 100 ? 1 : 0)} | ${ours.toFixed(2)} | ${theirs.toFixed(2)} | ${(ours / theirs).toFixed(1)} |`,
  );
}

console.log(`\n## hostile policies over 3,000 files: CPU seconds to decide, by what the files are like\n`);
console.log(`| policy | kB | load, CPU s | ${changeShapes.map(({ name }) => name).join(" | ")} |`);
console.log(`|---|---|---|${changeShapes.map(() => "---|").join("")}`);
const shapes = changeShapes.map(({ path, commits }) => subjectOf(3_000, path, commits));
for (const { name, text, floors = [] } of hostilePolicies) {
  const loading = process.cpuUsage();
  const policy = load(text, floors);
  const loadMs = since(loading);
  const cells = shapes.map((subject) => {
    const deciding = process.cpuUsage();
    const ends = endOf(policy, subject);
    return `${(since(deciding) / 1000).toFixed(2)} ${ends}`;
  });
  const kB = Math.round([text, ...floors].join("").length / 1000);
  console.log(`| ${name} | ${kB} | ${(loadMs / 1000).toFixed(2)} | ${cells.join(" | ")} |`);
}

function load(text: string, floors: readonly string[] = []): Policy {
  const written = floors.map((floor, index) => ({
    repo: `acme/floor${index}`,
    path: "p.yml",
    ref: "9f2c1e7b4d0a6c5e8f3b2a1d0c9e8f7a6b5c4d3e",
    text: floor,
  }));
  const loaded = loadPolicy(text, { file: "bench.yml", lintRules: allLintRules, floors: present(written) });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems[0]));
  return loaded.policy;
}

/** One file in ten lies in an area of the preset, and an agent had a part in every second one. */
function pathOf(index: number): string {
  return index % 10 === 0
    ? `src/module${index % 50}/auth/file${index}.ts`
    : `src/module${index % 50}/part/file${index}.ts`;
}

/** @param everywhere as many commits that each touched every file; without it, two that touched half of them */
function subjectOf(count: number, path = pathOf, everywhere = 0): Subject {
  const commits = Array.from({ length: everywhere === 0 ? 2 : everywhere }, (_, index) => ({
    name: `c${index}`,
    verdict: index % 2 === 0 ? ("agent-assisted" as const) : ("human" as const),
  }));
  const all = commits.map(({ name }) => name);
  const files = Array.from({ length: count }, (_, index) => ({
    path: path(index),
    commits: everywhere === 0 ? [`c${index % 2}`] : all,
  }));
  return buildSubject({ commits, files });
}

/** What is remembered of a file is forgotten, as for a change that was not seen before. */
function fresh({ files }: Subject): Subject["files"] {
  return files.map((file) => ({ ...file, pathForms: [...file.pathForms] }));
}

/**
 * The conditions of the preset's rules (areas by patterns, whether a file counts as AI) as expressions of CEL on plain
 * objects, planned once: no forms of paths, no requirements, no reasons.
 */
function celConditions(count: number): () => void {
  const area = (names: readonly string[]) => `(${names.map((name) => `file.path.contains("/${name}/")`).join(" || ")})`;
  const sensitive = area([
    "auth",
    "authn",
    "authz",
    "oauth",
    "permissions",
    "rbac",
    "billing",
    "payments",
    "invoices",
    "crypto",
    "encryption",
    "retention",
    "gdpr",
    "terraform",
    "helm",
    "k8s",
    "incidents",
    "oncall",
    "alerts",
    "migrations",
    "migrate",
    "ansible",
  ]);
  const ai = 'file.verdicts.exists(v, v in ["agent-authored", "agent-assisted", "suggestion"])';
  const rules = preset.rules.map(({ when }) =>
    [when?.area === null || when === null ? "true" : sensitive, when?.ai === true ? ai : "true"].join(" && "),
  );
  const environment = celEnv({});
  const plans = rules.map((rule) => plan(environment, parse(rule)));
  const files = Array.from({ length: count }, (_, index) => ({
    path: pathOf(index),
    verdicts: [index % 2 === 0 ? "agent-assisted" : "human"],
  }));
  return () => {
    for (const run of plans) for (const file of files) run({ file });
  };
}

function endOf(policy: Policy, subject: Subject): string {
  try {
    return evaluate(policy, { ...subject, files: fresh(subject) }, sampleVocabulary).state;
  } catch (error) {
    if (error instanceof Problem) return "refused";
    throw error;
  }
}

/** CPU milliseconds of one call: the cheapest of five rounds. Noise only adds. */
function cpuMs(run: () => unknown, times: number): number {
  const rounds = Array.from({ length: 5 }, () => {
    const start = process.cpuUsage();
    for (let index = 0; index < times; index++) run();
    return since(start) / times;
  });
  return Math.min(...rounds);
}

function since(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}
