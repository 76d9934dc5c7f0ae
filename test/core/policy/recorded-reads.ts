import { answerFacts, type Fact } from "../../../core/policy/answer-events.ts";
import type { JudgedChange, JudgedCommit, JudgedFile, Scope } from "../../../core/policy/judged.ts";
import type { Subject, SubjectFile } from "../../../core/policy/subject.ts";

/** A judged change that writes down what of its subject is read. */
export interface Recording {
  change: JudgedChange;
  fileOf: (file: JudgedFile) => JudgedFile;
  scopeOf: (scope: Scope) => Scope;
  /** What was read so far, each fact by the finest name that there is for it. */
  reads: ReadonlySet<Fact>;
}

/** The same change, recorded. What judging made of files and commits counts as reading what it was made from. */
export function record(judged: JudgedChange): Recording {
  const reads = new Set<Fact>();
  const note = (...names: readonly Fact[]) => {
    for (const name of names) reads.add(name);
  };
  const subjectFileOf = once((file: SubjectFile) => watched(file, (key) => note(factAt("files", key))));
  const fileOf = once((file: JudgedFile) =>
    watched(
      file,
      (key) => note(...madeOf(madeOfFile, key)),
      (key, value) => (key === "subject" ? subjectFileOf(value as SubjectFile) : value),
    ),
  );
  const commitOf = once((commit: JudgedCommit) => watched(commit, (key) => note(...madeOf(madeOfCommit, key))));
  const listOf = <T extends object>(list: readonly T[], each: (item: T) => T, of: readonly Fact[]) =>
    watched(list.map(each), () => note(...of));
  const files: readonly Fact[] = ["files.file"];
  const subject = watched(judged.subject, noteKey, (key, value) => inside(key, value));
  const ai = watched(judged.ai, (key) => note(...madeOf(madeOfAi, key)));
  const change: JudgedChange = { ...judged, subject, ai, files: listOf(judged.files, fileOf, files) };

  function noteKey(key: string): void {
    if (!["change", "pullRequest", "files"].includes(key)) note(factAt(key));
  }
  function inside(key: string, value: unknown): unknown {
    if (key === "change") return watched(value as Subject["change"], (field) => note(factAt("change", field)));
    if (key === "files") return listOf(value as Subject["files"], subjectFileOf, files);
    if (key !== "pullRequest") return value;
    const evidence = value as Subject["pullRequest"];
    if (evidence.state === "absent") return evidence;
    return { ...evidence, value: watched(evidence.value, (field) => note(factAt("pullRequest", field))) };
  }

  return {
    change,
    fileOf,
    scopeOf: (scope) => ({
      ...scope,
      change,
      files: listOf(scope.files, fileOf, files),
      commits: listOf(scope.commits, commitOf, ["change", "files.commits"]),
    }),
    reads,
  };
}

/** The finest name of a fact: that of the field, if it has one, or of the whole. */
function factAt(key: string, field?: string): Fact {
  const fine = `${key}.${field ?? ""}`;
  const name = Object.hasOwn(answerFacts, fine) ? fine : key;
  if (!Object.hasOwn(answerFacts, name)) throw new Error(`${name} is no fact`);
  return name as Fact;
}

const paths = ["files.file", "files.pathForms"] as const;

/** What `judgeChange` makes each of these from. That it is made from nothing else is tested by exchanging the rest. */
const madeOfFile: Readonly<Record<keyof JudgedFile, readonly Fact[]>> = {
  subject: [],
  shown: ["files.file"],
  areas: paths,
  sensitive: paths,
  excluded: ["files.file"],
  // A commit that is human only by its own word is known by its signals.
  countsAsAi: [...paths, "provenance"],
  ai: ["files", "provenance"],
  aiByClaim: ["files", "provenance"],
};

/** The same of `scopeOf`. */
const madeOfCommit: Readonly<Record<keyof JudgedCommit, readonly Fact[]>> = {
  commit: ["change"],
  provenance: ["provenance"],
  countsAsAi: [...paths, "provenance", "files.commits"],
  countsByClaim: [...paths, "provenance", "files.commits"],
  exempt: ["change", "files.file", "files.commits"],
};

/** The same of `judgeAi`. */
const madeOfAi: Readonly<Record<keyof JudgedChange["ai"], readonly Fact[]>> = {
  ofLine: [...paths, "provenance"],
  ofCommit: [...paths, "provenance", "files.commits"],
};

function madeOf(table: Readonly<Record<string, readonly Fact[]>>, key: string): readonly Fact[] {
  return table[key] ?? [];
}

/** The object as it is, with every read of a property told. */
function watched<T extends object>(
  target: T,
  tell: (key: string) => void,
  show: (key: string, value: unknown) => unknown = (_key, value) => value,
): T {
  return new Proxy(target, {
    get(from, key, receiver) {
      const value: unknown = Reflect.get(from, key, receiver);
      if (typeof key !== "string") return value;
      tell(key);
      return show(key, value);
    },
  });
}

/** One and the same for one and the same. */
function once<T extends object>(make: (item: T) => T): (item: T) => T {
  const made = new WeakMap<T, T>();
  return (item) => {
    const known = made.get(item) ?? make(item);
    made.set(item, known);
    return known;
  };
}
