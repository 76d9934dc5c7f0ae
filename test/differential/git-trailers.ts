import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readTrailers } from "../../core/provenance/trailers.ts";

/**
 * What the installed git prints for each message: `key: value` lines as `interpret-trailers --parse` writes them.
 * One process reads them all: between two messages stands a file whose only trailer marks the border.
 */
export function gitTrailers(messages: readonly string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), "countersign-trailers-"));
  try {
    writeFileSync(join(folder, "border"), `border\n\n${border}\n`);
    const files = messages.flatMap((message, index) => {
      writeFileSync(join(folder, String(index)), message);
      return [String(index), "border"];
    });
    const output = git(["interpret-trailers", "--parse", "--no-divider", ...files], folder);
    return output.split(`${border}\n`).slice(0, messages.length);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Our own reading, printed in the same way. */
export function ourTrailers(message: string): string {
  return readTrailers(message)
    .trailers.map(({ key, value }) => `${key}: ${value}\n`)
    .join("");
}

const border = "Border-Between-Messages: 5d7c1f0e";

/** git with its own defaults: a person's `trailer.separators` or `core.commentChar` would change the answer. */
function git(args: string[], cwd: string): string {
  const env = {
    PATH: process.env["PATH"],
    LC_ALL: "C.UTF-8",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CEILING_DIRECTORIES: join(cwd, ".."),
  };
  return execFileSync("git", args, { cwd, env, encoding: "utf8", maxBuffer: 1 << 30 });
}
