import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { parseState, renderState, withContent, type SessionState } from "../../core/capture/index.ts";

/** The file of a session: its name is a digest, so that no session id can name another place. */
export function sessionFile(folder: string, agent: string, session: string | null): string {
  const name = createHash("sha256")
    .update(`${agent}\0${session ?? ""}`)
    .digest("hex")
    .slice(0, 32);
  return join(folder, `${name}.session`);
}

/**
 * Changes one session's file. Agents run hooks side by side, so one at a time may: the others wait for up to two
 * seconds and then do without, because no agent may be held up.
 */
export function updateSession(
  folder: string,
  file: string,
  change: (state: SessionState | null) => SessionState,
): void {
  mkdirSync(folder, { recursive: true });
  const lock = join(folder, "lock");
  if (!take(lock)) return;
  try {
    write(file, renderState(change(readSession(file))));
  } finally {
    rmdirSync(lock);
  }
}

/** Tells the other sessions of this working tree what a file of theirs holds now. Only inside `updateSession`. */
export function shareContent(folder: string, own: string, path: string, left: string): void {
  for (const name of sessionNames(folder)) {
    const file = join(folder, name);
    if (file === own) continue;
    const state = readSession(file);
    if (state?.files.some((each) => each.path === path && each.left !== left) === true)
      write(file, renderState(withContent(state, path, left)));
  }
}

/** Removes sessions that nothing was heard of for so long that their edits are committed or given up. */
export function forgetOldSessions(folder: string, now: Date): void {
  for (const name of sessionNames(folder)) {
    const file = join(folder, name);
    if (now.getTime() - statSync(file).mtimeMs > keptDays * 24 * 3_600_000) unlinkSync(file);
  }
}

const keptDays = 30;

/** The files of the sessions of one working tree. */
export function sessionNames(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".session")) : [];
}

function readSession(file: string): SessionState | null {
  return existsSync(file) ? parseState(readFileSync(file, "utf8")) : null;
}

function write(file: string, text: string): void {
  const draft = `${file}.${process.pid}`;
  // For its owner's eyes: paths and session ids are nobody else's business.
  writeFileSync(draft, text, { mode: 0o600 });
  renameSync(draft, file);
}

const waitMs = 20;
const longestWaitMs = 2_000;
/** A process that was killed leaves its lock behind. */
const staleMs = 10_000;

function take(lock: string): boolean {
  for (let waited = 0; waited <= longestWaitMs; waited += waitMs) {
    try {
      mkdirSync(lock);
      return true;
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    }
    removeStale(lock);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, waitMs);
  }
  return false;
}

function removeStale(lock: string): void {
  try {
    if (Date.now() - statSync(lock).mtimeMs > staleMs) rmdirSync(lock);
  } catch {
    // Somebody else let go of it.
  }
}
