import type { Change, ChangedFile } from "../change/change.ts";
import { touchedPaths } from "../change/change.ts";
import type { LintRule, RawFinding } from "../findings/finding.ts";
import { oddPath, showPath } from "../untrusted/index.ts";

/** A path that people or tools may take for another one. */
export const oddPathRule: LintRule = {
  id: "odd-path",
  title: "A path that can be taken for another",
  help: "Rename the file to plain letters, digits, `.`, `-` and `_`, or say in the review why it must be called so.",
  confidence: "high",
  severity: { human: "warning", aiEdited: "warning", aiAsIs: "warning" },
};

/** A link or submodule, which brings files that no diff shows, or the list that says where submodules come from. */
export const indirectFileRule: LintRule = {
  id: "indirect-file",
  title: "A symbolic link, a submodule or .gitmodules changes",
  help: "Check where it points: what it brings is not part of this diff.",
  confidence: "high",
  severity: { human: "warning", aiEdited: "warning", aiAsIs: "warning" },
};

/** Names each odd path of the change, on either side of a rename, and each link or submodule that it brings. */
export function findOddPaths(change: Pick<Change, "files">): RawFinding[] {
  return change.files.flatMap((file) => [...oddities(file), ...indirections(file)]);
}

function oddities(file: ChangedFile): RawFinding[] {
  return touchedPaths(file).flatMap((path) => {
    // Of a renamed file's two paths the one with the bad bytes shows them.
    const odd = oddPath(path, { validUtf8: file.validUtf8 || !path.includes("\\x") });
    if (odd.length === 0) return [];
    const place = { kind: "file" as const, path: file.path };
    return [
      { rule: oddPathRule.id, place, message: `The path ${showPath(path)} is odd: ${odd.join(", ")}.`, identity: path },
    ];
  });
}

function indirections(file: ChangedFile): RawFinding[] {
  const message = indirection(file);
  if (message === null) return [];
  return [{ rule: indirectFileRule.id, place: { kind: "file", path: file.path }, message, identity: file.path }];
}

function indirection(file: ChangedFile): string | null {
  const path = showPath(file.path);
  if (touchedPaths(file).includes(".gitmodules")) return "The file .gitmodules says where submodules come from.";
  if (file.status === "deleted") return null;
  if (file.kind === "submodule")
    return `The submodule ${path} is now at commit ${file.newBlob?.slice(0, 12) ?? "unknown"} of its repository.`;
  if (file.kind !== "symlink") return null;
  const target = file.symlinkTarget === null ? "a target that could not be read" : showPath(file.symlinkTarget);
  return `The symbolic link ${path} points at ${target}.`;
}
