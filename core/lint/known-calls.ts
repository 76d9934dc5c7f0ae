import type { Call, SourceFile, SyntaxNode } from "../syntax/index.ts";
import { calledName, originsOf } from "./origins.ts";
import type { Report } from "./pattern.ts";

/** Calls that say something by what they call, and by what they are given. */
export interface KnownCalls {
  /**
   * Qualified names: `hashlib.md5`, `crypto/md5.New`; `tarfile.open#extractall` is a method of what `tarfile.open` gave. In
   * Java the last parts are enough, as imports by `*` leave only those.
   */
  names: readonly string[];
  message: string;
  /** What else must hold, most often of the arguments; the nodes that are wrong, where they are known. */
  when?: (call: Call, file: SourceFile) => SyntaxNode | SyntaxNode[] | boolean;
}

/** Finds rows by the last name of what is called, so that other calls cost nothing. */
export class CallTable<Row extends { names: readonly string[] } = KnownCalls> {
  readonly #rows = new Map<string, { name: string; row: Row }[]>();

  constructor(rows: readonly Row[]) {
    for (const row of rows)
      for (const name of row.names) {
        const last = lastName(name);
        const same = this.#rows.get(last) ?? [];
        same.push({ name, row });
        this.#rows.set(last, same);
      }
  }

  /** The rows that a call is named in. */
  rowsOf(file: SourceFile, call: Call): Row[] {
    const isBare = call.receiver === null;
    const written = isBare ? calledName(file, call) : call.name;
    const candidates = this.#rows.get(isBare ? lastName(written) : written);
    if (candidates === undefined) return [];
    const names = callNames(file, call);
    const isSame = (name: string, full: string) =>
      full === name || (file.language === "java" && full.endsWith(`.${name}`));
    return candidates.flatMap(({ name, row }) => (names.some((full) => isSame(name, full)) ? row : []));
  }
}

/** Under which names a call may be known: as written, and as a method of what its receiver came from. */
export function callNames(file: SourceFile, call: Call): string[] {
  const origins = call.receiver === null ? [] : originsOf(file, call.receiver);
  return [calledName(file, call), ...origins.map((origin) => `${origin}#${call.name}`)].filter((name) => name !== "");
}

function lastName(name: string): string {
  return name.slice(Math.max(name.lastIndexOf("."), name.lastIndexOf("#")) + 1);
}

/** Reports the calls of a file that are in a table. */
export function reportKnownCalls(file: SourceFile, table: CallTable, report: Report): void {
  for (const call of file.calls)
    for (const { when, message } of table.rowsOf(file, call)) {
      const wrong = when === undefined || when(call, file);
      const spots = wrong === true ? [spotOf(call)] : wrong === false ? [] : Array.isArray(wrong) ? wrong : [wrong];
      for (const spot of spots) report(spot, message);
    }
}

/** A call from its own name on: what stands before it in a chain may be lines above. */
export function spotOf({ node, callee, receiver, isNew }: Call): { start: number; end: number } {
  if (receiver === null || isNew) return { start: node.start, end: node.end };
  const name = callee.part("property") ?? callee.part("attribute") ?? callee.part("field") ?? callee;
  const isSameLine = name.line === node.line;
  return { start: isSameLine ? node.start : name.start, end: node.end };
}

/** An argument by its name, where it is given so, or by its place from 0. */
export function argument(call: Call, name: string | null, at = -1): SyntaxNode | null {
  const named = name === null ? undefined : call.args.find((argument) => argument.name === name);
  if (named !== undefined) return named.value;
  const placed = call.args[at];
  if (placed === undefined || placed.name !== null || placed.value.type.includes("splat")) return null;
  return placed.value.type === "spread_element" ? null : placed.value;
}

/** Whether a call passes on a list or dictionary that may hold any argument. */
export function passesOn({ args }: Call): boolean {
  return args.some(({ value }) => /splat|spread/.test(value.type));
}
