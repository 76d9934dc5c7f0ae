import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readTrailers } from "../../core/provenance/trailers/trailers.ts";

/**
 * What the installed git prints for each message: `key: value` lines as `interpret-trailers --parse` writes them.
 * One process reads them all: between two messages stands a file whose only trailer marks the border.
 */
export function gitTrailers(messages: readonly string[]): string[] {
  return inFolder((folder) => {
    writeFileSync(join(folder, "border"), `border\n\n${border}\n`);
    const files = messages.flatMap((message, index) => {
      writeFileSync(join(folder, String(index)), message);
      return [String(index), "border"];
    });
    const output = git(["interpret-trailers", "--parse", "--no-divider", ...files], folder);
    return output.split(`${border}\n`).slice(0, messages.length);
  });
}

/**
 * What `git log` prints for commits that have these messages, as they are stored. It skips blank lines at the start,
 * which `interpret-trailers` does not, so no message may begin with one; nor may one hold a NUL.
 */
export function gitLogTrailers(messages: readonly string[]): string[] {
  return inFolder((folder) => {
    git(["init", "--quiet", "--bare", "."], folder);
    git(["fast-import", "--quiet"], folder, messages.map(importCommit).join(""));
    const output = git(["log", "--reverse", "--format=%(trailers:only,unfold)%x00", "main"], folder);
    return output.split("\0\n").slice(0, messages.length);
  });
}

/** Our own reading, printed in the same way. */
export function ourTrailers(message: string): string {
  return readTrailers(message)
    .trailers.map(({ key, value }) => `${key}: ${value}\n`)
    .join("");
}

const border = "Border-Between-Messages: 5d7c1f0e";

function importCommit(message: string, index: number): string {
  const bytes = Buffer.byteLength(message);
  return `commit refs/heads/main\ncommitter A <a@example.com> ${index} +0000\ndata ${bytes}\n${message}\n`;
}

function inFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "countersign-trailers-"));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** git with its own defaults: a person's `trailer.separators` or `core.commentChar` would change the answer. */
function git(args: string[], cwd: string, input = ""): string {
  const env = {
    PATH: process.env["PATH"],
    LC_ALL: "C.UTF-8",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CEILING_DIRECTORIES: join(cwd, ".."),
  };
  return execFileSync("git", args, { cwd, env, input, encoding: "utf8", maxBuffer: 1 << 30 });
}
