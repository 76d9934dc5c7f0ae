import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { parseState, renderState, withContent, type EditedFile, type SessionState } from "../../core/capture/index.ts";

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
    const idle = join(idleFolder(folder), basename(file));
    const state = change(readSession(file) ?? readSession(idle));
    const [place, other] = state.files.length > 0 ? [file, idle] : [idle, file];
    mkdirSync(idleFolder(folder), { recursive: true });
    write(place, renderState(state));
    rmSync(other, { force: true });
  } finally {
    rmdirSync(lock);
  }
}

/** Where sessions lie that have no edit to be committed: no commit of a person has to read them. */
function idleFolder(folder: string): string {
  return join(folder, "idle");
}

/** Tells the other sessions of this working tree what a file of theirs holds now. Only inside `updateSession`. */
export function shareContent(folder: string, own: string, edit: Pick<EditedFile, "path" | "left" | "base">): void {
  for (const name of sessionNames(folder)) {
    const file = join(folder, name);
    if (file === own) continue;
    const state = readSession(file);
    if (state?.files.some(({ path, left, base }) => path === edit.path && base === edit.base && left !== edit.left))
      write(file, renderState(withContent(state, edit)));
  }
}

/**
 * Removes sessions that nothing was heard of for so long that their edits are committed or given up, and keeps no more
 * of them than a commit can look at in passing.
 */
export function forgetOldSessions(folder: string, now: Date): void {
  for (const [place, most] of [
    [folder, mostOpenSessions],
    [idleFolder(folder), mostIdleSessions],
    [join(folder, "spent"), mostSpentCommits],
  ] as const) {
    const names = place.endsWith("spent") ? entries(place) : entries(place).filter(isSession);
    const files = names.map((name) => join(place, name)).map((file) => ({ file, time: timeOf(file) }));
    const newest = files.toSorted((one, other) => other.time - one.time);
    for (const [index, { file, time }] of newest.entries())
      if (index >= most || now.getTime() - time > keptDays * 24 * 3_600_000) rmSync(file, { force: true });
  }
}

const keptDays = 30;
const mostOpenSessions = 50;
const mostIdleSessions = 100;
const mostSpentCommits = 200;

/** When a file was written; 0 where it is gone meanwhile. */
function timeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function entries(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

function isSession(name: string): boolean {
  return name.endsWith(".session");
}

/** The files of the sessions of one working tree that have edits to be committed. */
export function sessionNames(folder: string): string[] {
  return entries(folder).filter(isSession);
}

/** How many sessions are remembered in a working tree. */
export function countSessions(folder: string): number {
  return sessionNames(folder).length + entries(idleFolder(folder)).filter(isSession).length;
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
