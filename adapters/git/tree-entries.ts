import { readPath } from "../../core/change/path-name.ts";
import { pathForms } from "../../core/untrusted/index.ts";

/** What stands in a tree under a name. */
export interface TreeEntry {
  name: string;
  /** As trees write it: `40000` is a folder, `120000` a link. */
  mode: string;
  id: string;
}

/**
 * The entries of a tree that some system would find under each of these names: with another case, composed otherwise, or
 * with what Windows drops from a name. `bytes` is the tree as git stores it: mode, space, name, NUL, and the id.
 */
export function findEntries(bytes: Buffer, names: readonly string[], idBytes: number): Map<string, TreeEntry[]> {
  const found = new Map(names.map((name) => [name, new Array<TreeEntry>()]));
  const byForm = new Map<string, string[]>();
  for (const name of found.keys())
    for (const form of formsOf(name)) byForm.set(form, [...(byForm.get(form) ?? []), name]);
  for (const entry of entriesOf(bytes, idBytes)) {
    const asked = new Set(formsOf(entry.name).flatMap((form) => byForm.get(form) ?? []));
    for (const name of asked) found.get(name)?.push(entry);
  }
  return found;
}

function formsOf(name: string): string[] {
  // Most names are plain, and trees hold many: nothing but their case can differ.
  return /^[\w-]+(?:\.[\w-]+)*$/.test(name)
    ? [name.toLowerCase()]
    : [...new Set(pathForms(name).map((form) => form.toLowerCase()))];
}

function* entriesOf(bytes: Buffer, idBytes: number): Generator<TreeEntry> {
  for (let start = 0; start < bytes.length;) {
    const space = bytes.indexOf(0x20, start);
    const end = bytes.indexOf(0, space);
    if (space === -1 || end === -1) throw new Error("a tree of git has an unknown shape");
    const next = end + 1 + idBytes;
    yield {
      mode: bytes.toString("latin1", start, space),
      name: readPath(bytes.subarray(space + 1, end)).path,
      id: bytes.toString("hex", end + 1, next),
    };
    start = next;
  }
}
