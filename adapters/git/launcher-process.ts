import * as z from "zod";
import { launchHere, type Launched } from "./launch.ts";

/**
 * The other end of launcher.ts: a small process that starts git for a large one. This module is loaded in both, by
 * `import()` alone, so that a bundler gives it a file of its own; here is which.
 */
export const launcherUrl = new URL(import.meta.url);

/** By what the small process knows that it is one. */
export const launcherSign = "COUNTERSIGN_LAUNCHER";

const Bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

/** What is asked of it. Whoever reads says how many bytes were taken, so that a slow reader slows git. */
export const Asked = z.union([
  z.strictObject({
    id: z.int(),
    start: z.strictObject({
      args: z.array(z.string()),
      cwd: z.string().optional(),
      env: z.record(z.string(), z.string()),
      input: z.union([z.string(), Bytes]).optional(),
      timeoutMs: z.number(),
    }),
  }),
  z.strictObject({ id: z.int(), taken: z.int() }),
  z.strictObject({ id: z.int(), unread: z.literal(true) }),
  z.strictObject({ id: z.int(), kill: z.literal(true) }),
]);
export type Asked = z.infer<typeof Asked>;

/** What it tells. The last of a git is `closed` or `failed`. */
export const Told = z.union([
  z.strictObject({ id: z.int(), stdout: Bytes }),
  z.strictObject({ id: z.int(), stderr: Bytes }),
  z.strictObject({ id: z.int(), closed: z.strictObject({ code: z.int().nullable(), signal: z.string().nullable() }) }),
  z.strictObject({ id: z.int(), failed: z.strictObject({ message: z.string(), code: z.string().optional() }) }),
]);
export type Told = z.infer<typeof Told>;

/** So much of one git's output is under way at most. */
const mostUnderWay = 1_048_576;

if (process.env[launcherSign] === "1" && process.send !== undefined) serve((told) => void process.send?.(told));

function serve(tell: (told: Told) => void): void {
  const running = new Map<number, Running>();
  process.on("message", (message: unknown) => {
    const asked = Asked.parse(message);
    if ("start" in asked) start(asked, running, tell);
    else running.get(asked.id)?.hear(asked);
  });
  // It ends with the process that it belongs to, which a signal to both may give some seconds more.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);
  process.on("disconnect", () => {
    for (const { launched } of running.values()) launched.kill();
    process.exit();
  });
}

function start(
  { id, start: { args, cwd, env, input, timeoutMs } }: Extract<Asked, { start: unknown }>,
  running: Map<number, Running>,
  tell: (told: Told) => void,
): void {
  const last = (told: Told): void => {
    if (running.delete(id)) tell(told);
  };
  try {
    const launched = launchHere(args, { cwd, env, input, timeoutMs, signal: undefined });
    running.set(id, new Running(id, launched, tell));
    launched.on("error", (error) => last(failed(id, error)));
    launched.on("close", (code, signal) => last({ id, closed: { code, signal } }));
  } catch (error) {
    tell(failed(id, error));
  }
}

function failed(id: number, error: unknown): Told {
  const message = error instanceof Error ? error.message : String(error);
  const hasCode = error instanceof Error && "code" in error && typeof error.code === "string";
  return { id, failed: { message, ...(hasCode ? { code: String(error.code) } : {}) } };
}

class Running {
  readonly launched: Launched;
  #underWay = 0;

  constructor(id: number, launched: Launched, tell: (told: Told) => void) {
    this.launched = launched;
    launched.stdout.on("data", (chunk: Buffer) => {
      this.#underWay += chunk.length;
      if (this.#underWay >= mostUnderWay) launched.stdout.pause();
      tell({ id, stdout: chunk });
    });
    launched.stderr.on("data", (chunk: Buffer) => {
      tell({ id, stderr: chunk });
    });
  }

  hear(asked: Exclude<Asked, { start: unknown }>): void {
    const { stdout, kill } = this.launched;
    if ("taken" in asked) {
      this.#underWay -= asked.taken;
      if (this.#underWay < mostUnderWay) stdout.resume();
    } else if ("unread" in asked) stdout.destroy();
    else kill.call(this.launched);
  }
}
