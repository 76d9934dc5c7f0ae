import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Runs a command once with a `git` in front of the real one that writes down each call: arguments, folder, environment
 * and standard input. Returns a shell script that runs the same git commands again, and how many there are.
 */
export function recordGit(command: string, args: readonly string[]): { script: string; count: number } {
  const folder = mkdtempSync(join(tmpdir(), "countersign-bench-git-"));
  const real = execFileSync("bash", ["-c", "command -v git"], { encoding: "utf8" }).trim();
  const shim = join(folder, "git");
  writeFileSync(shim, recorder(folder, real));
  chmodSync(shim, 0o755);
  execFileSync(command, args, {
    env: { ...process.env, PATH: `${folder}:${process.env["PATH"] ?? ""}` },
    maxBuffer: 1 << 30,
    stdio: ["ignore", "pipe", "inherit"],
  });
  execFileSync("bash", ["-c", `[ ! -d ${folder}/kept ] || cp -r ${folder}/kept/. /`]);
  const calls = readdirSync(folder).filter((name) => name.endsWith(".call"));
  const script = join(folder, "all.sh");
  writeFileSync(
    script,
    calls
      .toSorted()
      .map((name) => `. ${join(folder, name)}\n`)
      .join(""),
  );
  return { script, count: calls.length };
}

function recorder(folder: string, real: string): string {
  return `#!/bin/bash
name=${folder}/$(date +%s%N)-$$
cat > "$name.input"
# git is pointed at an empty git directory that is gone when the command ends.
case "$PWD" in *-empty-*) mkdir -p "${folder}/kept$PWD" && cp -r "$PWD/." "${folder}/kept$PWD" ;; esac
{
  printf '( cd %q && env -i' "$PWD"
  env -0 | while IFS= read -r -d '' pair; do printf ' %q' "$pair"; done
  printf ' %q' ${real} "$@"
  printf ' < %q > /dev/null || true )\\n' "$name.input"
} > "$name.call"
exec ${real} "$@" < "$name.input"
`;
}
