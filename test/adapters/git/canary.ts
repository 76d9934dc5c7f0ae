import { chmodSync, existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { newFolder } from "../../git-repository.ts";

/** A program that leaves a mark when anybody runs it. */
export interface Canary {
  /** Absolute path of the program. It passes its input on, as a filter or text conversion would. */
  program: string;
  /** True when it was run since the last time this was asked. */
  wasRun(): boolean;
}

export function plantCanary(): Canary {
  const folder = newFolder("canary");
  const program = join(folder, "program");
  const mark = join(folder, "mark");
  writeFileSync(program, `#!/bin/sh\necho run >> '${mark}'\nif [ -f "$1" ]; then cat "$1"; else cat; fi\n`);
  chmodSync(program, 0o755);
  return {
    program,
    wasRun() {
      const found = existsSync(mark);
      rmSync(mark, { force: true });
      return found;
    },
  };
}
