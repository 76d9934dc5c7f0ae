import { showValue, type KeyPath } from "../policy/index.ts";
import type { CaseMistake } from "./case-problem.ts";
import type { WrittenFile } from "./written/files.ts";

/** What no change can have of the files of one push, each with its place. What came before the push is not looked at. */
export function impossibleFiles(files: readonly WrittenFile[], at: KeyPath): CaseMistake[] {
  return files.flatMap((file, index) => [
    ...twice(file, files.slice(0, index), [...at, index]),
    ...impossible(file).map(({ key, what, fix }) => ({ code: "CT007" as const, at: [...at, index, key], what, fix })),
  ]);
}

function twice({ path }: WrittenFile, before: readonly WrittenFile[], at: KeyPath): CaseMistake[] {
  const first = before.findIndex((other) => other.path === path);
  if (first === -1) return [];
  const what = `${showValue(path)} stands in this list already, as number ${first + 1}`;
  return [
    { code: "CT007", at: [...at, "path"], what, fix: "List each file once; a later `push` may change it again." },
  ];
}

interface Impossible {
  key: keyof WrittenFile;
  what: string;
  fix: string;
}

function impossible(file: WrittenFile): Impossible[] {
  const { path, previous_path: previous, status, kind = "text", target, mode, old_mode: oldMode } = file;
  const drop = (key: string) => `Leave \`${key}\` out.`;
  const found: (Impossible | false)[] = [
    previous === path && { key: "previous_path", what: "a file is not renamed to itself", fix: drop("previous_path") },
    previous !== undefined &&
      (status === "added" || status === "deleted") && {
        ...{ key: "status", what: `a file that was renamed is not \`${status}\`` },
        fix: "Leave `status` or `previous_path` out.",
      },
    (file.deletions ?? 0) > 0 &&
      status === "added" && {
        key: "deletions",
        what: "a file that is added has no line to delete",
        fix: drop("deletions"),
      },
    (file.additions ?? 0) > 0 &&
      status === "deleted" && { key: "additions", what: "a file that is deleted gets no line", fix: drop("additions") },
    ...(["additions", "deletions"] as const).map(
      (key): Impossible | false =>
        (file[key] ?? 0) > 0 &&
        kind !== "text" && { key, what: `a file of the kind \`${kind}\` has no lines`, fix: drop(key) },
    ),
    target !== undefined &&
      kind !== "symlink" && {
        key: "target",
        what: "only a symbolic link points somewhere",
        fix: "Write `kind: symlink`.",
      },
    mode !== undefined &&
      !modesOf[kind].includes(mode) && {
        ...{ key: "mode", what: `a file of the kind \`${kind}\` does not have the mode ${mode}` },
        fix: `Write ${modesOf[kind].join(" or ")}, or another \`kind\`.`,
      },
    oldMode !== undefined &&
      status === "added" && { key: "old_mode", what: "a file that is added had no mode before", fix: drop("old_mode") },
  ];
  return found.filter((one) => one !== false);
}

const modesOf: Readonly<Record<NonNullable<WrittenFile["kind"]>, readonly string[]>> = {
  text: ["100644", "100755", "100664"],
  binary: ["100644", "100755", "100664"],
  symlink: ["120000"],
  submodule: ["160000"],
};
