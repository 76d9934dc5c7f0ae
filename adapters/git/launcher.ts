import { fork, type ChildProcess } from "node:child_process";
import { EventEmitter } from "node:events";
import { constants } from "node:os";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import type { Launch, Launched, LaunchOptions } from "./launch.ts";
import type { Asked, Told } from "./launcher-process.ts";
import { safeEnvironment } from "./safe-git.ts";

/**
 * Starts git from a small process that does nothing else. To start a process is to copy the tables of one's own memory:
 * of a server of some hundred megabytes that takes ten milliseconds and more, in which it answers nobody, and of a small
 * process one. The small process is started with the first command, again when it was killed, and ends with this one.
 */
export function launcher(): Launch {
  let small: SmallProcess | null = null;
  return (args, options) => {
    small ??= new SmallProcess(() => (small = null));
    return small.launch(args, options);
  };
}

/** From the one small process that this process has. */
export const launchAway = launcher();

class SmallProcess {
  readonly #process: Promise<ChildProcess>;
  readonly #running = new Map<number, FarGit>();
  readonly #ended: () => void;
  #lastId = 0;

  constructor(ended: () => void) {
    this.#ended = ended;
    this.#process = this.#start();
    this.#process.catch((error: unknown) => this.#end(`it could not be started: ${String(error)}`));
  }

  launch(args: readonly string[], { cwd, env, input, timeoutMs, signal }: LaunchOptions): Launched {
    const id = (this.#lastId += 1);
    const ask = (asked: Asked): void => this.#send(asked);
    const git = new FarGit(id, ask, () => this.#leave(id));
    this.#running.set(id, git);
    ask({
      ...{ id },
      start: {
        args: [...args],
        ...(cwd === undefined ? {} : { cwd }),
        env: given(env),
        ...(input === undefined ? {} : { input }),
        timeoutMs,
      },
    });
    if (signal !== undefined) git.endWith(signal);
    return git;
  }

  async #start(): Promise<ChildProcess> {
    const { launcherUrl, launcherSign, Told } = await import("./launcher-process.ts");
    const child = fork(fileURLToPath(launcherUrl), [], {
      // Nothing else of the environment, which may hold secrets.
      env: { ...safeEnvironment(), [launcherSign]: "1" },
      execArgv: [],
      serialization: "advanced",
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    child.on("message", (message: unknown) => this.#hear(Told.parse(message)));
    child.on("error", (error) => this.#end(error.message));
    child.on("exit", (code, signal) => this.#end(`it ended with ${signal ?? code}`));
    // By itself it keeps nobody up.
    child.unref();
    return child;
  }

  #send(asked: Asked): void {
    const told = this.#process.then((child) => {
      child.channel?.ref();
      child.send(asked, (error) => {
        if (error !== null) this.#end(error.message);
      });
    });
    told.catch(() => undefined);
  }

  #hear(told: Told): void {
    this.#running.get(told.id)?.hear(told);
  }

  #leave(id: number): void {
    this.#running.delete(id);
    if (this.#running.size === 0)
      void this.#process.then(
        (child) => child.channel?.unref(),
        () => undefined,
      );
  }

  #end(why: string): void {
    this.#ended();
    for (const git of [...this.#running.values()]) git.fail(new Error(`The process that starts git is gone: ${why}.`));
  }
}

/** What is undefined is not given. */
function given(env: LaunchOptions["env"]): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** A git of the small process. */
class FarGit extends EventEmitter implements Launched {
  readonly stdout: FarOutput;
  readonly stderr: FarOutput;
  readonly #id: number;
  readonly #ask: (asked: Asked) => void;
  readonly #leave: () => void;
  #isOver = false;

  constructor(id: number, ask: (asked: Asked) => void, leave: () => void) {
    super();
    this.#id = id;
    this.#ask = ask;
    this.#leave = leave;
    this.stdout = new FarOutput({
      taken: (bytes) => this.#tell({ id, taken: bytes }),
      unread: () => this.#tell({ id, unread: true }),
    });
    this.stderr = new FarOutput({ taken: () => undefined, unread: () => undefined });
  }

  kill(): void {
    this.#tell({ id: this.#id, kill: true });
  }

  endWith(signal: AbortSignal): void {
    const abort = (): void => {
      this.kill();
      this.fail(Object.assign(new Error("The operation was aborted", { cause: signal.reason }), aborted));
    };
    if (signal.aborted) queueMicrotask(abort);
    else {
      signal.addEventListener("abort", abort, { once: true });
      this.once("over", () => signal.removeEventListener("abort", abort));
    }
  }

  hear(told: Told): void {
    if ("stdout" in told) this.stdout.give(told.stdout);
    else if ("stderr" in told) this.stderr.give(told.stderr);
    else if ("failed" in told) this.fail(Object.assign(new Error(told.failed.message), codeOf(told.failed.code)));
    else this.#close(told.closed);
  }

  fail(error: Error): void {
    if (this.#over()) this.emit("error", error);
  }

  /** Its output may still be read. */
  #close({ code, signal }: Extract<Told, { closed: unknown }>["closed"]): void {
    if (!this.#over()) return;
    const ended = [this.stdout, this.stderr].map((output) => output.finish());
    void Promise.all(ended).then(() => this.emit("close", code, signalOf(signal)));
  }

  /** Whether it was not over before. */
  #over(): boolean {
    if (this.#isOver) return false;
    this.#isOver = true;
    this.#leave();
    this.emit("over");
    return true;
  }

  #tell(asked: Asked): void {
    if (!this.#isOver) this.#ask(asked);
  }
}

/** As Node names it. */
const aborted = { name: "AbortError", code: "ABORT_ERR" };

function codeOf(code: string | undefined): { code?: string } {
  return code === undefined ? {} : { code };
}

function signalOf(name: string | null): NodeJS.Signals | null {
  const isSignal = (each: string): each is NodeJS.Signals => each in constants.signals;
  return name !== null && isSignal(name) ? name : null;
}

interface Reading {
  /** So many bytes more were asked for. */
  taken: (bytes: number) => void;
  /** Nobody reads the rest. */
  unread: () => void;
}

/** What a git of the small process prints. */
class FarOutput extends Readable {
  readonly #reading: Reading;
  #waiting = 0;
  #isWhole = false;

  constructor(reading: Reading) {
    super();
    this.#reading = reading;
  }

  give(chunk: Uint8Array): void {
    if (this.destroyed) return;
    const wantsMore = this.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    if (wantsMore) this.#reading.taken(chunk.byteLength);
    else this.#waiting += chunk.byteLength;
  }

  /** Resolves when it was read to its end, or is not read any more. What nobody ever read is let go, as Node does. */
  finish(): Promise<void> {
    this.#isWhole = true;
    if (this.destroyed) return Promise.resolve();
    this.push(null);
    this.resume();
    return new Promise((resolve) => this.once("close", resolve));
  }

  override _read(): void {
    const bytes = this.#waiting;
    this.#waiting = 0;
    if (bytes > 0) this.#reading.taken(bytes);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    if (!this.#isWhole) this.#reading.unread();
    done(error);
  }
}
