import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The hooks of git that take part, as git names them. */
export const hookNames = ["prepare-commit-msg", "commit-msg", "post-commit"] as const;

/** The text of adapters/hooks/capture.sh; the bundle carries it, see scripts/build.ts. */
declare const COUNTERSIGN_CAPTURE_SH: string | undefined;

/**
 * The script that the hooks run, which tells them apart by `countersign_hook`. `toolMails` are the mailboxes that tools sign with: whole, or `+login@…` for the end
 * of a GitHub noreply address.
 */
export function captureScript(toolMails: readonly string[]): string {
  const text =
    typeof COUNTERSIGN_CAPTURE_SH === "string"
      ? COUNTERSIGN_CAPTURE_SH
      : readFileSync(join(import.meta.dirname, "capture.sh"), "utf8");
  // Inside single quotes: anything but a plain address is left out.
  const plain = toolMails.map((mail) => mail.toLowerCase()).filter((mail) => /^[a-z0-9._+@[\]-]+$/.test(mail));
  return text.replace("@TOOL_MAILS@", () => [...new Set(plain)].sort().join("\n"));
}

/** By this line our own hook is known again. */
export const stubMark =
  "# Countersign notes who or what wrote a commit. `countersign hooks uninstall` takes this away.";

/** The hook in `.git/hooks`: first the one that was there, whose failure counts as before, and then ours. */
export function stubText(name: string): string {
  return `#!/bin/sh
${stubMark}
countersign_hook=${name}
countersign_folder=\${0%/*}/../countersign
if [ -x "$countersign_folder/kept/${name}" ]; then "$countersign_folder/kept/${name}" "$@" || exit; fi
if [ -r "$countersign_folder/capture.sh" ]; then . "$countersign_folder/capture.sh"; fi
exit 0
`;
}

/** What stands in a hook that a repository keeps among its own files. Harmless for people who have not installed. */
export function blockText(name: string): string {
  return `${blockBegin}
countersign_hook=${name}
countersign_script=$(git rev-parse --git-common-dir)/countersign/capture.sh
if [ -r "$countersign_script" ]; then . "$countersign_script"; fi
${blockEnd}
`;
}

const blockBegin = "# countersign: begin (`countersign hooks uninstall` takes these lines away)";
const blockEnd = "# countersign: end";

/**
 * A hook with our lines at its beginning, because its end may never be reached; null for one that is no shell script.
 */
export function withBlock(hook: string, name: string): string | null {
  const end = hook.indexOf("\n") + 1;
  const first = end === 0 ? hook : hook.slice(0, end);
  if (!first.startsWith("#!")) return blockText(name) + hook;
  const program =
    first
      .slice(2)
      .trim()
      .split(/[ /]/)
      .findLast((word) => word !== "" && !word.startsWith("-")) ?? "";
  if (!shells.has(program)) return null;
  return `${first}${end === 0 ? "\n" : ""}${blockText(name)}${end === 0 ? "" : hook.slice(end)}`;
}

const shells = new Set(["sh", "bash", "dash", "zsh", "ksh", "ash"]);

/** The hook without our lines. */
export function withoutBlock(hook: string): string {
  const start = hook.indexOf(blockBegin);
  const end = hook.indexOf(`${blockEnd}\n`, start);
  return start === -1 || end === -1 ? hook : hook.slice(0, start) + hook.slice(end + blockEnd.length + 1);
}

/** A hook that calls the one of the same name in a folder outside of the repository, where there is one. */
export function passOnText(name: string, folder: string): string {
  const before = quoted(`${folder}/${name}`);
  const ours = (hookNames as readonly string[]).includes(name);
  if (!ours) return `#!/bin/sh\n${stubMark}\nif [ -x ${before} ]; then exec ${before} "$@"; fi\nexit 0\n`;
  return `#!/bin/sh
${stubMark}
if [ -x ${before} ]; then ${before} "$@" || exit; fi
countersign_hook=${name}
if [ -r "\${0%/*}/../capture.sh" ]; then . "\${0%/*}/../capture.sh"; fi
exit 0
`;
}

/** One word for a POSIX shell. */
export function quoted(text: string): string {
  return /^[A-Za-z0-9._/@%+=:-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** Hooks that git runs beside commits and that only act by what they do, not by being there. */
export const passedOnHooks = [
  ...["applypatch-msg", "pre-applypatch", "post-applypatch", "pre-commit", "pre-merge-commit"],
  ...["pre-rebase", "post-checkout", "post-merge", "pre-push", "pre-auto-gc", "post-rewrite", "sendemail-validate"],
];
