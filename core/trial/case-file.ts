import { nodeAt, readYaml, schemaProblems, type KeyPath, type YamlNode } from "../policy/index.ts";
import { fileMistakes, namingMistakes, repositoryMistakes, type NamedCase } from "./case-mistakes.ts";
import { placeProblems, type CaseMistake, type CaseProblem } from "./case-problem.ts";
import { inheritCases, type TrialCase } from "./inherit.ts";
import { playableCase } from "./playable-case.ts";
import { CasesHead, WrittenCases, type WrittenCase } from "./written-case.ts";

/** A file of cases, read and checked as far as that goes without its policy. */
export interface CaseFile {
  /** What problems name as their file. */
  file: string;
  /** As written; `countersign.yml` where nothing is. */
  policy: string;
  repository: { owner: string; name: string };
  codeownersFile: string | null;
  floors: readonly { repo: string; path: string; ref: string; file: string }[];
  cases: readonly TrialCase[];
  acceptedMutants: readonly { mutant: string; reason: string }[];
  /** Where the cases name rules of the policy, in those that cannot be played too. */
  expectedRules: readonly { id: string; at: KeyPath }[];
  /** Something is wrong with the file: its cases are played for their mistakes, and come to nothing. */
  mistakesOnly: boolean;
  /** A mistake with the line and column of the value that it is about. */
  problem: (mistake: CaseMistake) => CaseProblem;
}

/** What was read; with problems, what is sound beside them, so that its mistakes can be told in the same run. */
export type LoadedCases =
  { ok: true; cases: CaseFile } | { ok: false; problems: CaseProblem[]; sound: CaseFile | null };

/**
 * Reads a `*.test.yml` as strictly as a policy: the same YAML, every key known, all problems at once with their places.
 * Pure, and safe on hostile text.
 * @param options.file what problems name as their file
 */
export function loadCases(text: string, { file }: { file: string }): LoadedCases {
  const { root, problems, place } = readYaml(text);
  if (root === null) return { ok: false, problems: placeProblems(problems, file, place), sound: null };
  const ofShape = [...problems, ...documentProblems(root)];
  const { head, cases, mistakes } = readParts(root);
  const found = [...ofShape, ...mistakes.map((mistake) => placed(mistake, root))];
  const problem = (mistake: CaseMistake): CaseProblem => placeProblems([placed(mistake, root)], file, place)[0]!;
  const sound =
    head === null
      ? null
      : {
          ...made(head, cases, (path) => place(offsetOf(root, path))),
          ...{ expectedRules: expectedRules(root), file, problem, mistakesOnly: found.length > 0 },
        };
  if (found.length === 0 && sound !== null) return { ok: true, cases: sound };
  return { ok: false, problems: placeProblems(found, file, place), sound };
}

function expectedRules(root: YamlNode): { id: string; at: KeyPath }[] {
  return [...(nodeAt(root, ["cases"])?.entries.keys() ?? [])].flatMap((index) => {
    const path: KeyPath = ["cases", index, "expect", "rules"];
    const named = [...(nodeAt(root, path)?.entries.keys() ?? [])];
    return named.flatMap((id) => (typeof id === "string" ? [{ id, at: [...path, id] }] : []));
  });
}

function documentProblems(root: YamlNode) {
  if (root.value === null && root.entries.size === 0)
    return [
      { offset: 0, code: "CS026" as const, path: [], what: "the file is empty", fix: "Write at least one case." },
    ];
  return schemaProblems(WrittenCases, root);
}

interface Parts {
  /** Everything but the cases; null where any of it is wrong. */
  head: CasesHead | null;
  /** Null in the place of a case that cannot be played. */
  cases: (WrittenCase | null)[];
  mistakes: CaseMistake[];
}

function readParts(root: YamlNode): Parts {
  const head = CasesHead.safeParse(root.value);
  const nodes = [...(nodeAt(root, ["cases"])?.entries.values() ?? [])];
  const read = nodes.map(({ value }) => playableCase(value));
  const naming = namingMistakes(nodes.map(namesOf));
  const ofFiles = read.map((one, index) => (one === null ? [] : fileMistakes(one, ["cases", index])));
  const isSound = (index: number) => !naming.some(({ at }) => at[0] === "cases" && at[1] === index);
  return {
    head: head.data ?? null,
    cases: read.map((one, index) => (isSound(index) ? one : null)),
    mistakes: [...naming, ...ofFiles.flat(), ...repositoryMistakes(head.data?.repository)],
  };
}

function namesOf(node: YamlNode): NamedCase {
  const text = (key: string) => {
    const value = nodeAt(node, [key])?.value;
    return typeof value === "string" ? value : null;
  };
  return { name: text("name"), like: text("like") };
}

function made(
  head: CasesHead,
  cases: readonly (WrittenCase | null)[],
  place: (path: KeyPath) => { line: number; column: number },
): Omit<CaseFile, "file" | "problem" | "mistakesOnly" | "expectedRules"> {
  const [owner = "", name = ""] = (head.repository ?? "acme/app").split("/");
  return {
    policy: head.policy ?? "countersign.yml",
    repository: { owner, name },
    codeownersFile: head.codeowners_file ?? null,
    floors: head.floors ?? [],
    cases: inheritCases(cases, head.given ?? {}).map((one) => ({ ...one, place: place(one.at) })),
    acceptedMutants: head.accepted_mutants ?? [],
  };
}

function placed({ at, onKey, ...rest }: CaseMistake, root: YamlNode) {
  const offset = onKey === true ? nodeAt(root, at)?.keyOffset : undefined;
  return { ...rest, path: at, offset: offset ?? offsetOf(root, at) };
}

/** Of a value that is there, or else of what it would be in. */
function offsetOf(root: YamlNode, path: KeyPath): number {
  const node = nodeAt(root, path);
  return node === null ? offsetOf(root, path.slice(0, -1)) : node.offset;
}
