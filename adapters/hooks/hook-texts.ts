import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The hooks of git that take part, as git names them. */
export const hookNames = ["prepare-commit-msg", "commit-msg", "post-commit"] as const;

/** The text of adapters/hooks/capture.sh; the bundle carries it, see scripts/build.ts. */
declare const COUNTERSIGN_CAPTURE_SH: string | undefined;

/**
 * The script that the hooks run, which tells them apart by `countersign_hook`. `toolMails` are the mailboxes that tools
 * sign with: whole, or `+login@…` for the end of a GitHub noreply address.
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

const blockBegin = "# countersign: begin (`countersign hooks uninstall` takes these lines away)";
const blockEnd = "# countersign: end";

/** A piece of a file of somebody else's, between lines by which `withoutBlock` knows it again. */
export function block(lines: string): string {
  return `${blockBegin}\n${lines}${blockEnd}\n`;
}

/** The file without our lines, however often they are in it: an installation whose record is lost leaves some behind. */
export function withoutBlock(text: string): string {
  const start = text.indexOf(`${blockBegin}\n`);
  const end = text.indexOf(`${blockEnd}\n`, start);
  return start === -1 || end === -1 ? text : withoutBlock(text.slice(0, start) + text.slice(end + blockEnd.length + 1));
}

/** What every new hook of ours begins with. */
export const newHook = "#!/bin/sh\n";

const silently = "</dev/null >/dev/null 2>&1 || :";

/**
 * Our lines in a hook of our own in a folder of the git directory, from where `script` is a relative path. A script that
 * is broken ends its subshell, and not the commit.
 */
export function aloneText(name: string, script: string): string {
  return block(`countersign_hook=${name}
countersign_script=\${0%/*}/${quoted(script)}
if [ -r "$countersign_script" ]; then ( . "$countersign_script" ) ${silently}; fi
`);
}

/**
 * Our lines at the beginning of somebody's hook in such a folder. The hook first runs itself again as it was, by its own
 * name in its own folder, with its failure as before, and then ours. So nothing in it can tell that we are there.
 */
export function aroundText(name: string, script: string): string {
  // `$0` is another hook where that one reads this one in with `.`: then only the hook itself is wanted.
  return block(`case \${0##*/}/\${countersign_inside:-} in
${name}/ | ${name}.*/)
  if [ -x "$0" ] && [ "$0" != "\${0##*/}" ]; then
    countersign_inside=1 "$0" "$@" || exit
    countersign_script=\${0%/*}/${quoted(script)}
    if [ -r "$countersign_script" ]; then countersign_hook=${name} sh "$countersign_script" "$@" ${silently}; fi
    exit 0
  fi ;;
esac
unset countersign_inside
`);
}

/**
 * Our lines at the beginning of a hook that a repository keeps among its own files: the program that runs it may not
 * start it by its name. Harmless for people who have not installed.
 */
export function amongText(name: string): string {
  return block(`countersign_script=$(git rev-parse --git-common-dir 2>/dev/null)/countersign/capture.sh || :
if [ -r "$countersign_script" ]; then countersign_hook=${name} sh "$countersign_script" "$@" ${silently}; fi
`);
}

/** Settings of git that hold in more than one working tree, as `git config` names them. */
export type SettingScope = "system" | "global" | "local";

/**
 * A hook that calls the one of the same name in another folder, where there is one, and then ours. A person may name
 * another folder in their settings at any time: what git itself says at `scope` goes before `folder`.
 * In the repository's own settings without what they include, which is ours.
 */
export function passOnText(name: string, folder: string, scope: SettingScope | null): string {
  const ask = `countersign_folder=$(git config --${scope}${scope === "local" ? "" : " --includes"} --type=path --get core.hooksPath 2>/dev/null) || :\n`;
  const before = `countersign_folder=
${scope === null ? "" : ask}if [ -z "$countersign_folder" ]; then countersign_folder=${quoted(folder)}; fi
countersign_before=$countersign_folder/${quoted(name)}
`;
  const isThere = `[ -f "$countersign_before" ] && [ -x "$countersign_before" ]`;
  if (!(hookNames as readonly string[]).includes(name))
    return newHook + block(`${before}if ${isThere}; then exec "$countersign_before" "$@"; fi\nexit 0\n`);
  return (
    newHook +
    block(`${before}if ${isThere}; then "$countersign_before" "$@" || exit; fi
countersign_hook=${name}
countersign_script=\${0%/*}/../capture.sh
if [ -r "$countersign_script" ]; then ( . "$countersign_script" ) ${silently}; fi
`)
  );
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
