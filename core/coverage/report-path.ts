import { longestPath } from "./problem.ts";

/** A path of a report, cleaned of the ways in which machines write paths. */
export interface ReportPath {
  /** As the report has it. */
  written: string;
  /** With `/`, without `.` and `..`, and without a `/` or a drive at its start. */
  path: string;
  /** Whether it begins at the root of a file system: then only its end can be the repository's. */
  absolute: boolean;
}

/** Null for a path that leads out of the folder it is relative to, and for one that no file system has. */
export function readReportPath(written: string): ReportPath | null {
  if (written.length > longestPath) return null;
  const slashed = written.replaceAll("\\", "/");
  const withoutDrive = /^[A-Za-z]:\//.test(slashed) ? slashed.slice(2) : slashed;
  const absolute = withoutDrive.startsWith("/");
  const segments: string[] = [];
  for (const segment of withoutDrive.split("/")) {
    if (segment === "" || segment === ".") continue;
    if (segment !== "..") segments.push(segment);
    else if (segments.pop() === undefined) return null;
  }
  return segments.length === 0 ? null : { written, path: segments.join("/"), absolute };
}

/** The rest of `path` below `folder`, both without a `/` at their start; undefined when it is not below. */
export function pathBelow(folder: string, path: string): string | undefined {
  const segments = path.split("/");
  const depth = folder.split("/").length;
  const start = segments.slice(0, depth).join("/");
  return segments.length > depth && composed(start) === composed(folder) ? segments.slice(depth).join("/") : undefined;
}

/** The same text in Unicode's composed form: macOS writes decomposed names, and git stores what it was given. */
export function composed(path: string): string {
  return path.normalize("NFC");
}
