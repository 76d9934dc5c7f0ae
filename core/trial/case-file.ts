import { closest, nodeAt, readYaml, schemaProblems, showValue, type KeyPath, type YamlNode } from "../policy/index.ts";
import { placeProblems, type CaseMistake, type CaseProblem } from "./case-problem.ts";
import { inheritCases, type TrialCase } from "./inherit.ts";
import { WrittenCases, type WrittenCase } from "./written-case.ts";

/** A file of cases, read and checked as far as that goes without its policy. */
export interface CaseFile {
  /** What problems name as their file. */
  file: string;
  /** As written; `countersign.yml` where nothing is. */
  policy: string;
  repository: { owner: string; name: string };
  codeownersFile: string | null;
  baselines: readonly { repo: string; path: string; ref: string; file: string }[];
  cases: readonly TrialCase[];
  acceptedMutants: readonly { mutant: string; reason: string }[];
  /** A mistake with the line and column of the value that it is about. */
  problem: (mistake: CaseMistake) => CaseProblem;
}

export type LoadedCases = { ok: true; cases: CaseFile } | { ok: false; problems: CaseProblem[] };

/**
 * Reads a `*.test.yml` as strictly as a policy: the same YAML, every key known, all problems at once with their places.
 * Pure, and safe on hostile text.
 * @param options.file what problems name as their file
 */
export function loadCases(text: string, options: { file: string }): LoadedCases {
  const { file } = options;
  const { root, problems, place } = readYaml(text);
  if (root === null) return { ok: false, problems: placeProblems(problems, file, place) };
  const ofShape = [...problems, ...documentProblems(root)];
  const read = ofShape.length > 0 ? null : WrittenCases.safeParse(root.value);
  if (read?.success !== true) return { ok: false, problems: placeProblems(ofShape, file, place) };
  const problem = (mistake: CaseMistake): CaseProblem => placeProblems([found(mistake, root)], file, place)[0]!;
  const mistakes = [
    ...nameMistakes(read.data.cases),
    ...likeMistakes(read.data.cases),
    ...repositoryMistakes(read.data),
  ];
  if (mistakes.length > 0)
    return {
      ok: false,
      problems: placeProblems(
        mistakes.map((mistake) => found(mistake, root)),
        file,
        place,
      ),
    };
  return { ok: true, cases: { ...made(read.data, (path) => place(offsetOf(root, path))), file, problem } };
}

function documentProblems(root: YamlNode) {
  if (root.value === null && root.entries.size === 0)
    return [
      { offset: 0, code: "CS026" as const, path: [], what: "the file is empty", fix: "Write at least one case." },
    ];
  return schemaProblems(WrittenCases, root);
}

function made(
  written: WrittenCases,
  place: (path: KeyPath) => { line: number; column: number },
): Omit<CaseFile, "file" | "problem"> {
  const [owner = "", name = ""] = (written.repository ?? "acme/app").split("/");
  return {
    policy: written.policy ?? "countersign.yml",
    repository: { owner, name },
    codeownersFile: written.codeowners_file ?? null,
    baselines: written.baselines ?? [],
    cases: inheritCases(written).map((one) => ({ ...one, place: place(one.at) })),
    acceptedMutants: written.accepted_mutants ?? [],
  };
}

function found({ at, onKey, ...rest }: CaseMistake, root: YamlNode) {
  const offset = onKey === true ? nodeAt(root, at)?.keyOffset : undefined;
  return { ...rest, path: at, offset: offset ?? offsetOf(root, at) };
}

/** Of a value that is there, or else of what it would be in. */
function offsetOf(root: YamlNode, path: KeyPath): number {
  const node = nodeAt(root, path);
  return node === null ? offsetOf(root, path.slice(0, -1)) : node.offset;
}

function nameMistakes(cases: readonly WrittenCase[]): CaseMistake[] {
  return cases.flatMap(({ name }, index): CaseMistake[] => {
    const first = cases.findIndex((other) => other.name === name);
    if (first === index) return [];
    const what = `the name ${showValue(name)} is taken by cases[${first}]`;
    return [{ code: "CT003", at: ["cases", index, "name"], what, fix: "Give each case a name of its own." }];
  });
}

function likeMistakes(cases: readonly WrittenCase[]): CaseMistake[] {
  const names = cases.map(({ name }) => name);
  return cases.flatMap(({ name, like }, index): CaseMistake[] => {
    if (like === undefined) return [];
    const at = ["cases", index, "like"];
    if (!names.includes(like)) {
      const meant = closestName(like, names);
      const fix = meant === null ? "Write the name of a case, letter for letter." : `Did you mean ${showValue(meant)}?`;
      return [{ code: "CT001", at, what: `there is no case ${showValue(like)}`, fix }];
    }
    const circle = circleFrom(name, cases);
    // Told once, at the first of them.
    if (circle === null || circle.some((other) => names.indexOf(other) < index)) return [];
    const what = `this case goes on from itself: ${circle.map(showValue).join(" is like ")}`;
    return [{ code: "CT002", at, what, fix: "Let one of them stand without `like`." }];
  });
}

/** Names of cases are sentences: beyond the length that `closest` compares, the same beginning will do. */
function closestName(wanted: string, names: readonly string[]): string | null {
  const start = wanted.slice(0, 20).toLowerCase();
  return closest(wanted, names) ?? names.find((name) => name.slice(0, 20).toLowerCase() === start) ?? null;
}

function circleFrom(name: string, cases: readonly WrittenCase[]): string[] | null {
  const trail = [name];
  for (;;) {
    const next = cases.find((one) => one.name === trail.at(-1))?.like;
    if (next === undefined) return null;
    if (next === name) return [...trail, name];
    // A circle that this case only leads to is told at the cases in it.
    if (trail.includes(next)) return null;
    trail.push(next);
  }
}

function repositoryMistakes({ repository }: WrittenCases): CaseMistake[] {
  if (repository === undefined || /^[^/\s]+\/[^/\s]+$/.test(repository)) return [];
  const what = `${showValue(repository)} is not \`owner/name\``;
  return [{ code: "CT005", at: ["repository"], what, fix: "Write `repository: acme/app`." }];
}
