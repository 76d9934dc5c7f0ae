import leven from "leven";
import { isSha } from "../core/change/change.ts";
import { floorNameExample, readFloorName, type FloorName } from "../core/policy/index.ts";
import { Problem } from "../core/problem.ts";
import { inertText } from "../core/untrusted/index.ts";
import { failOnValues, type FailOn } from "../gate/exit-code.ts";

/** What a workflow asks of the Action; action.yml says what each input means. */
export interface Inputs {
  token: string;
  /** Path of the policy in the tree of the base commit, or null for the usual places. */
  policy: string | null;
  /** Floors that hold whether the policy names them or not. */
  floor: FloorName[];
  /** Glob patterns in the working directory, or null when none were given. */
  coverage: string[] | null;
  baseCoverage: string[] | null;
  baseCoverageCommit: string | null;
  /** Reports of other tools, as patterns in the working directory, or null when none were given. */
  findings: string[] | null;
  baseFindings: string[] | null;
  /** Path of the report of an earlier run on the same change, or null. */
  earlierReport: string | null;
  /** Whether notes that the clone lacks are asked of the server. */
  notes: (typeof notesValues)[number];
  failOn: FailOn;
  reportDir: string;
  annotations: boolean;
  summary: boolean;
  upload: boolean;
  workingDirectory: string;
}

/** The names of all inputs, as action.yml has them. */
export const inputNames = [
  "token",
  "policy",
  "floor",
  "coverage",
  "base-coverage",
  "base-coverage-commit",
  "findings",
  "base-findings",
  "earlier-report",
  "notes",
  "fail-on",
  "report-dir",
  "annotations",
  "summary",
  "upload",
  "working-directory",
] as const;
const notesValues = ["fetch", "local"] as const;
type InputName = (typeof inputNames)[number];

/**
 * Reads the inputs from the variables in which the runner hands them over (`INPUT_FAIL-ON`). An empty input is one that
 * was not given. Throws one `Problem` that names every mistake at once, each with what to write instead.
 */
export function readInputs(env: NodeJS.ProcessEnv): Inputs {
  const mistakes: string[] = misspelled(env);
  const text = (name: InputName): string => (env[variableOf(name)] ?? "").trim();
  const flag = (name: InputName): boolean => {
    const value = text(name).toLowerCase();
    if (!["", "true", "false"].includes(value))
      mistakes.push(`${name}: expected true or false, got "${shown(value)}". Write \`${name}: true\`.`);
    return value !== "false";
  };
  const floors = (readList(text("floor")) ?? []).map((entry) => ({ entry, read: readFloorName(entry) }));
  const inputs: Inputs = {
    token: text("token"),
    policy: text("policy") || null,
    floor: floors.flatMap(({ read }) => ("problem" in read ? [] : [read])),
    coverage: readList(text("coverage")),
    baseCoverage: readList(text("base-coverage")),
    baseCoverageCommit: text("base-coverage-commit") || null,
    findings: readList(text("findings")),
    baseFindings: readList(text("base-findings")),
    earlierReport: text("earlier-report") || null,
    notes: notesValues.find((value) => value === text("notes")) ?? "fetch",
    failOn: failOnValues.find((value) => value === text("fail-on")) ?? "needs-approval",
    reportDir: text("report-dir") || "countersign-report",
    annotations: flag("annotations"),
    summary: flag("summary"),
    upload: flag("upload"),
    workingDirectory: text("working-directory") || ".",
  };
  mistakes.push(
    ...failOnMistakes(text("fail-on")),
    ...notesMistakes(text("notes")),
    ...policyMistakes(inputs.policy),
    ...floors.flatMap(({ entry, read }) => ("problem" in read ? [floorMistake(entry, read.problem)] : [])),
    ...commitMistakes(inputs),
    ...(inputs.baseFindings !== null && inputs.findings === null
      ? ["base-findings: says nothing without `findings`. Name there what the tools found at the head."]
      : []),
  );
  if (mistakes.length === 0) return inputs;
  throw new Problem(
    ["The inputs of this step cannot be used:", ...mistakes.map((mistake) => `  ${mistake}`)].join("\n"),
    "Correct the `with:` block of the step that uses Countersign.",
  );
}

/**
 * Patterns separated by commas or new lines, or null when there are none. A comma inside braces belongs to the pattern:
 * `coverage/{unit,api}/lcov.info` is one.
 */
export function readList(text: string): string[] | null {
  const items: string[] = [""];
  let open = 0;
  for (const char of text) {
    if (char === "{") open += 1;
    if (char === "}") open = Math.max(0, open - 1);
    if (char === "\n") open = 0;
    if (char === "\n" || (char === "," && open === 0)) items.push("");
    else items.push((items.pop() ?? "") + char);
  }
  const patterns = items.map((item) => item.trim()).filter((item) => item !== "");
  return patterns.length === 0 ? null : patterns;
}

/** The runner's own rule: upper case, spaces become underscores, hyphens stay. */
function variableOf(name: string): string {
  return `INPUT_${name.toUpperCase()}`;
}

/** An input that looks like one of ours, spelled wrongly, would be passed over in silence. */
function misspelled(env: NodeJS.ProcessEnv): string[] {
  const known = inputNames.map(variableOf);
  const given = Object.keys(env).filter((name) => name.startsWith("INPUT_") && !known.includes(name));
  return given.flatMap((variable) => {
    const name = variable.slice("INPUT_".length).toLowerCase();
    const meant = inputNames.find((each) => leven(each, name.replaceAll("_", "-"), { maxDistance: 3 }) <= 2);
    return meant === undefined ? [] : [`${shown(name)}: there is no such input. Did you mean \`${meant}\`?`];
  });
}

function failOnMistakes(value: string): string[] {
  if (value === "" || failOnValues.some((known) => known === value)) return [];
  return [`fail-on: expected ${failOnValues.join(", ")}, got "${shown(value)}". Write \`fail-on: needs-approval\`.`];
}

function notesMistakes(value: string): string[] {
  if (value === "" || notesValues.some((known) => known === value)) return [];
  return [`notes: expected fetch or local, got "${shown(value)}". Write \`notes: fetch\`.`];
}

function policyMistakes(path: string | null): string[] {
  if (path === null) return [];
  const isInside = !path.startsWith("/") && !path.includes("\\") && !path.split("/").includes("..");
  if (isInside) return [];
  return [
    `policy: expected a path in the repository, got "${shown(path)}". Write \`policy: .github/countersign.yml\`; it is read at the base commit.`,
  ];
}

function floorMistake(entry: string, problem: string): string {
  return `floor: "${shown(entry)}": ${problem}. Write \`floor: ${floorNameExample}\`.`;
}

function commitMistakes({ baseCoverage, baseFindings, baseCoverageCommit }: Inputs): string[] {
  if (baseCoverageCommit === null) return [];
  if (!isSha(baseCoverageCommit))
    return [`base-coverage-commit: expected a full commit id, got "${shown(baseCoverageCommit)}".`];
  return (baseCoverage ?? baseFindings) === null
    ? ["base-coverage-commit: says nothing without `base-coverage`. Name the report of that commit there."]
    : [];
}

function shown(text: string): string {
  return inertText(text, { maxGraphemes: 80 });
}
