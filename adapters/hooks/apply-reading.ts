import { closeSync, existsSync, fstatSync, lstatSync, openSync, readSync, realpathSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import {
  longestModel,
  machineWord,
  modelInTranscript,
  newSession,
  quotedPath,
  traceOf,
  withEvent,
  withFile,
  type EditedFile,
  type Reading,
} from "../../core/capture/index.ts";
import { askGit } from "./git.ts";
import { existingFolder, findPlaces, installFolder, stateFolder, type Places } from "./places.ts";
import { forgetOldSessions, sessionFile, shareContent, updateSession } from "./session-files.ts";

/**
 * Writes down what one hook call of an agent says, in the git directory of the working tree that it speaks of. Does
 * nothing where Countersign is not installed, and for files outside of the repository that the session works in.
 */
export function applyReading(
  reading: Reading,
  options: { cwd: string; traceparent: string | undefined; now: Date },
): void {
  const folder = resolve(options.cwd, reading.folder ?? ".");
  const places = findPlaces(folder);
  if (places === null || !existsSync(installFolder(places)) || reading.events.length === 0) return;
  const named = { ...reading, model: modelOf(reading) };
  const trace = traceOf(options.traceparent);
  note(named, places, trace, []);
  for (const [place, files] of groupEdits(named, folder, places)) note({ ...named, events: [] }, place, trace, files);
  forgetOldSessions(stateFolder(places.gitDir), options.now);
}

function note(reading: Reading, places: Places, trace: string | null, files: readonly Edit[]): void {
  const events = reading.events.filter((event) => event.kind !== "edit");
  if (events.length === 0 && files.length === 0) return;
  const head = askGit(places.workTree, ["rev-parse", "--quiet", "--verify", "HEAD"]) ?? "none";
  const branch = files.length === 0 ? "-" : (askGit(places.workTree, ["symbolic-ref", "--quiet", "HEAD"]) ?? "-");
  const folder = stateFolder(places.gitDir);
  const own = sessionFile(folder, reading.agent, reading.session);
  updateSession(folder, own, (before) => {
    const { model } = newSession(reading);
    let state = before ?? newSession(reading);
    state = { ...state, model: model ?? state.model, trace: trace ?? state.trace };
    for (const event of events) state = withEvent(state, event, head);
    for (const file of files) {
      state = withFile(state, { ...file, head, branch });
      shareContent(folder, own, file);
    }
    return state;
  });
}

type Edit = Pick<EditedFile, "path" | "left" | "base">;

/** The edited files by working tree: an agent may work in several of one repository, and in none of another. */
function groupEdits(reading: Reading, folder: string, home: Places): Map<Places, Edit[]> {
  const known = [home];
  const byFolder = new Map<string, Places | null>();
  const groups = new Map<Places, Edit[]>();
  const paths = reading.events.flatMap((event) => (event.kind === "edit" ? event.paths : []));
  for (const path of new Set(paths)) {
    const file = realPath(resolve(folder, path));
    const parent = existingFolder(file);
    const found = byFolder.get(parent) ?? findPlaces(parent);
    byFolder.set(parent, found);
    if (found === null || found.commonDir !== home.commonDir || !isInside(file, found.workTree)) continue;
    const place = known.find(({ workTree }) => workTree === found.workTree) ?? found;
    if (place === found) known.push(found);
    const edit = readEdit(file, place);
    if (edit !== null) groups.set(place, [...(groups.get(place) ?? []), edit]);
  }
  return groups;
}

/** The path with the links in its folders followed, as far as they exist: the file itself may be gone. */
function realPath(file: string): string {
  let folder = dirname(file);
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  return join(realpathSync(folder), relative(folder, file));
}

function isInside(file: string, folder: string): boolean {
  const path = relative(folder, file);
  return path !== "" && !isAbsolute(path) && path.split(sep)[0] !== "..";
}

function readEdit(file: string, { workTree }: Places): Edit | null {
  const path = relative(workTree, file).split(sep).join("/");
  const head = askGit(workTree, ["rev-parse", "--quiet", "--verify", `HEAD:${path}`]);
  // What git ignores is in no commit, and may be a secret: not even its path is written down.
  if (head === null && askGit(workTree, ["check-ignore", "--quiet", "--", path]) !== null) return null;
  const left = readLeft(file, path, workTree);
  if (left === null) return null;
  const none = "0".repeat((head ?? left).length);
  return { path: quotedPath(path), left: left === "" ? none : left, base: head ?? none };
}

/** The blob of the file as it would be staged; empty where it is gone, null for what is no ordinary file. */
function readLeft(file: string, path: string, workTree: string): string | null {
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (found === undefined) return "";
  if (!found.isFile() || basename(file) === ".git") return null;
  return askGit(workTree, ["hash-object", "-w", "--", path]);
}

function modelOf({ model, transcript }: Reading): string | null {
  return (
    machineWord(model, longestModel) ??
    (transcript === null ? null : machineWord(modelInTranscript(readEnd(transcript)), longestModel))
  );
}

const endBytes = 256 * 1024;

/** The end of a file, or nothing. */
function readEnd(path: string): string {
  let descriptor: number | null = null;
  try {
    if (!lstatSync(path).isFile()) return "";
    descriptor = openSync(path, "r");
    const { size } = fstatSync(descriptor);
    const bytes = Buffer.alloc(Math.min(size, endBytes));
    const start = size - bytes.length;
    const count = readSync(descriptor, bytes, 0, bytes.length, start);
    // The reader passes over the first line, which is whole only in a short file.
    return `${start === 0 ? "\n" : ""}${bytes.toString("utf8", 0, count)}`;
  } catch {
    return "";
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}
