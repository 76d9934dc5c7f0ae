import type { RawFinding } from "../finding.ts";

/** A tool's finding at the base, as the head would have it. */
export interface BaseFinding {
  rule: string;
  /** At head. */
  path: string;
  /** The first of its lines, as the head numbers it; null where that line is not there any more, or none was named. */
  line: number | null;
  identity: string;
}

/**
 * The findings, those marked that the base has as well: by the same rule of the same tool, on the line that was there
 * already, or else with the same message, as often as the base has it and its line is not there any more.
 */
export function findAtBase(findings: readonly RawFinding[], base: readonly BaseFinding[]): RawFinding[] {
  const byLine = new Map<string, BaseFinding[]>();
  for (const old of base) if (old.line !== null) push(byLine, lineKey(old), old);
  const left = new Set(base.filter(({ line }) => line === null));
  const isOld = new Set<RawFinding>();
  for (const finding of findings) {
    const same = byLine.get(lineKey({ ...finding, ...placeOf(finding) }))?.shift();
    if (same !== undefined) isOld.add(finding);
  }
  const byMessage = new Map<string, number>();
  for (const old of left) byMessage.set(messageKey(old), (byMessage.get(messageKey(old)) ?? 0) + 1);
  for (const finding of findings) {
    if (isOld.has(finding)) continue;
    const key = messageKey({ ...finding, ...placeOf(finding) });
    const times = byMessage.get(key) ?? 0;
    if (times === 0) continue;
    byMessage.set(key, times - 1);
    isOld.add(finding);
  }
  return findings.map((finding) => (isOld.has(finding) ? { ...finding, atBase: true } : finding));
}

function placeOf({ place }: RawFinding): { path: string; line: number | null } {
  return { path: "path" in place ? place.path : "", line: place.kind === "lines" ? place.start : null };
}

function lineKey({ rule, path, line }: Pick<BaseFinding, "rule" | "path" | "line">): string {
  return `${rule}\0${path}\0${line ?? ""}`;
}

function messageKey({ rule, path, identity }: Pick<BaseFinding, "rule" | "path" | "identity">): string {
  return `${rule}\0${path}\0${identity}`;
}

function push<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
