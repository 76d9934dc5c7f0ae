import { composed } from "./report-path.ts";

/** The files of a tree, found by path and by the end of a path. Made once for all reports of the tree. */
export class TreeIndex {
  readonly #exact: ReadonlySet<string>;
  /** Composed path → path; null where two files differ only in how their names are composed. */
  readonly #byComposed = new Map<string, string | null>();
  readonly #byName: Map<string, string[]>;
  readonly #byEnd = new Map<string, string[]>();
  readonly #namesWithEnds = new Set<string>();

  constructor(paths: readonly string[]) {
    this.#exact = new Set(paths);
    for (const path of paths) {
      const key = composed(path);
      this.#byComposed.set(key, this.#byComposed.has(key) ? null : path);
    }
    this.#byName = Map.groupBy(paths, (path) => fileName(composed(path)));
  }

  /** The file at `path`, however its name is composed; undefined when there is none, or when two could be meant. */
  find(path: string): string | undefined {
    return this.#exact.has(path) ? path : (this.#byComposed.get(composed(path)) ?? undefined);
  }

  /** The files whose path ends with `path`. */
  endingWith(path: string): readonly string[] {
    const end = composed(path);
    const name = fileName(end);
    if (!this.#namesWithEnds.has(name)) this.#addEnds(name);
    return this.#byEnd.get(end) ?? [];
  }

  /** Only for names that a report asks for: the ends of all paths of a large tree would fill the memory. */
  #addEnds(name: string): void {
    this.#namesWithEnds.add(name);
    for (const path of this.#byName.get(name) ?? []) {
      for (const end of endsOf(composed(path))) {
        const paths = this.#byEnd.get(end);
        if (paths === undefined) this.#byEnd.set(end, [path]);
        else paths.push(path);
      }
    }
  }
}

/** `a/b/c` → `a/b/c`, `b/c`, `c`: the longest first, and no more than 64. */
export function endsOf(path: string): string[] {
  const ends = [path];
  for (let slash = path.indexOf("/"); slash !== -1 && ends.length < 64; slash = path.indexOf("/", slash + 1)) {
    ends.push(path.slice(slash + 1));
  }
  return ends;
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
