import { grouped } from "../core/report/index.ts";
import type { Io } from "./io.ts";

/** How far a command is, on the terminal that standard error is; nothing where it is none. */
export interface Progress {
  /** So many are done. */
  at: (done: number) => void;
  /** Takes the bar away: nothing of it stays on the screen. */
  clear: () => void;
}

/** A bar when `total` is known, else a counter. Drawn at most ten times a second. */
export function progressBar(
  io: Pick<Io, "stderr" | "errorTerminal" | "now">,
  noun: string,
  total: number | null,
): Progress {
  const { errorTerminal } = io;
  if (errorTerminal === null) return { at: () => undefined, clear: () => undefined };
  let drawnAt = -Infinity;
  return {
    at(done) {
      const now = io.now().getTime();
      if (now - drawnAt < intervalMs) return;
      drawnAt = now;
      io.stderr(`\r${line(done, total, noun, errorTerminal.columns)}${eraseRest}`);
    },
    clear() {
      if (drawnAt !== -Infinity) io.stderr(`\r${eraseRest}`);
      drawnAt = -Infinity;
    },
  };
}

const intervalMs = 100;
/** To the end of the line (ECMA-48, EL). */
const eraseRest = "\u001b[K";

function line(done: number, total: number | null, noun: string, columns: number): string {
  if (total === null || total === 0) return `${grouped(done)} ${noun}`.slice(0, columns - 1);
  const says = ` ${grouped(done)} of ${grouped(total)} ${noun}`;
  const cells = Math.min(30, columns - says.length - 1);
  if (cells < 5) return says.trim().slice(0, columns - 1);
  const full = Math.min(cells, Math.floor((done / total) * cells));
  return `${"█".repeat(full)}${"░".repeat(cells - full)}${says}`;
}
