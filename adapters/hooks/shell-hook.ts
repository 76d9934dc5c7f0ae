/**
 * A hook with our lines at its beginning, because its end may never be reached; null for one that is no shell script, or
 * one that reads its own text, where lines of ours would be in the way. Both in latin1, so that every byte stays what it
 * is.
 */
export function withBlock(hook: string, lines: string): string | null {
  if (hook.includes("\0") || readsItself(hook)) return null;
  const end = hook.indexOf("\n") + 1;
  const first = end === 0 ? hook : hook.slice(0, end);
  // git, like a shell, runs a hook without a first line of this kind as a shell script.
  if (!first.startsWith("#!")) return lines + hook;
  if (!shells.has(programOf(first))) return null;
  return `${first}${end === 0 ? "\n" : ""}${lines}${end === 0 ? "" : hook.slice(end)}`;
}

const shells = new Set(["sh", "bash", "dash", "zsh", "ksh", "ash"]);

function programOf(first: string): string {
  const words = first.slice(2).trim().split(/[ /]/);
  return words.findLast((word) => word !== "" && !word.startsWith("-")) ?? "";
}

/**
 * True where a script names itself for more than its name or its folder: `exec python3 "$0"` hands it to another program
 * that knows no shell, `tail -n +20 "$0"` counts its lines.
 */
function readsItself(hook: string): boolean {
  return hook.split("\n").some((line) => {
    if (line.trimStart().startsWith("#")) return false;
    const rest = harmless.reduce((text, words) => text.replaceAll(words, ""), line.replaceAll("${0}", "$0"));
    return rest.includes("$0") || rest.includes("BASH_SOURCE") || rest.includes("${0}");
  });
}

const harmless = ["dirname", "basename"].flatMap((name) =>
  ["", " --"].flatMap((flag) => [`${name}${flag} "$0"`, `${name}${flag} $0`, `${name}${flag} "\${BASH_SOURCE[0]}"`]),
);
