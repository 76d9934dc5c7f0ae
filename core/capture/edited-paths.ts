import type { Payload } from "./events.ts";
import { textField } from "./payload.ts";

/** The paths that a tool's input names: one field, or the files of a patch in the form that `apply_patch` takes. */
export function editedPaths(input: Payload): string[] {
  const path = textField(input, "file_path", "filePath", "path", "notebook_path", "absolute_path");
  if (path !== null) return [path];
  const patch = textField(input, "command", "patch", "input");
  return patch === null ? [] : patchedPaths(patch);
}

/** The paths after `*** Add File: ` and the like, which is how Codex, Copilot and Cursor name what a patch touches. */
export function patchedPaths(patch: string): string[] {
  const paths = new Set<string>();
  for (let at = patch.startsWith("*** ") ? 0 : patch.indexOf("\n*** "); at !== -1;) {
    const start = at === 0 && patch.startsWith("*** ") ? 0 : at + 1;
    const end = patch.indexOf("\n", start);
    const line = patch.slice(start, end === -1 ? undefined : end).trimEnd();
    const mark = marks.find((each) => line.startsWith(each));
    if (mark !== undefined && paths.size < mostFiles) paths.add(line.slice(mark.length).trim());
    at = end === -1 ? -1 : patch.startsWith("*** ", end + 1) ? end : patch.indexOf("\n*** ", end);
  }
  paths.delete("");
  return [...paths];
}

const marks = ["*** Add File: ", "*** Update File: ", "*** Delete File: ", "*** Move to: "];

/** More than any patch that a person could look through. */
const mostFiles = 1_000;
