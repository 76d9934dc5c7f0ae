import { Worker } from "node:worker_threads";
import { gathered } from "./gathered.ts";
import type { Answer } from "./sqlite-worker.ts";
import { type Store, StoreFault } from "./store.ts";

/**
 * The store on a SQLite file, in a thread of its own: `node:sqlite` waits for the disk where it stands, and a webhook that
 * comes meanwhile must be answered. What one turn of the event loop asks goes in one message, and calls that wait for the
 * thread are committed together. `died` is told when the thread ends by itself after the store was open.
 */
export async function openSqliteThread(path: string, died: (fault: StoreFault) => void): Promise<Store> {
  const { workerUrl, Answers } = await import("./sqlite-worker.ts");
  // It needs nothing of the environment, which holds the App's secrets.
  const worker = new Worker(workerUrl, {
    ...{ workerData: { countersignStore: { path } }, env: {}, name: "store" },
    // What a call leaves dies with it; room for more would be touched once, and kept.
    resourceLimits: { maxYoungGenerationSizeMb: 8 },
  });
  const calls = new Map<number, Waiting>();
  let lastCall = 0;
  let ended: StoreFault | null = null;
  let isOpen = false;

  const end = (fault: StoreFault) => {
    ended ??= fault;
    for (const waiting of calls.values()) waiting.reject(ended);
    calls.clear();
  };
  const post = gathered((asked: { call: number; path: readonly string[]; given: readonly unknown[] }[]) => {
    try {
      worker.postMessage(asked);
    } catch (cause) {
      // A value that no message can carry is a mistake of the caller's, whose calls go with others.
      for (const each of asked) answered(each.call)?.reject(new StoreFault("The store was not asked.", { cause }));
    }
  });
  const call = (path: readonly string[], given: readonly unknown[]) =>
    new Promise<unknown>((resolve, reject) => {
      lastCall += 1;
      if (ended !== null) reject(ended);
      else {
        calls.set(lastCall, { resolve, reject });
        post({ call: lastCall, path, given });
      }
    });
  const answered = (number: number): Waiting | undefined => {
    const waiting = calls.get(number);
    calls.delete(number);
    return waiting;
  };
  const close = async () => {
    if (ended === null) await call(["close"], []);
    end(new StoreFault("The store is closed."));
    await worker.terminate();
  };

  return new Promise((resolve, reject) => {
    const take = (answer: Answer): void => {
      if ("methods" in answer) {
        isOpen = true;
        resolve(storeOf(answer.methods, call, close));
      } else if ("value" in answer) answered(answer.call)?.resolve(answer.value);
      else if (answer.call === null) reject(faultOf(answer));
      else answered(answer.call)?.reject(faultOf(answer));
    };
    worker.on("message", (message: unknown) => Answers.parse(message).forEach(take));
    const stopped = (reason: string, cause?: unknown) => {
      const fault = new StoreFault(`The database's thread stopped: ${reason}. Start Countersign again.`, { cause });
      if (isOpen && ended === null) died(fault);
      end(fault);
      reject(fault);
    };
    worker.on("error", (error) => stopped(error instanceof Error ? error.message : String(error), error));
    worker.on("exit", () => stopped("it ended"));
  });
}

interface Waiting {
  resolve: (value: unknown) => void;
  reject: (error: StoreFault) => void;
}

/** A store of the methods that the thread says it has. */
function storeOf(
  methods: readonly (readonly string[])[],
  call: (path: readonly string[], given: readonly unknown[]) => Promise<unknown>,
  close: () => Promise<void>,
): Store {
  const store: Record<string, unknown> = {};
  for (const path of methods) {
    const [room = "", name] = path;
    const method = (...given: readonly unknown[]) => call(path, given);
    if (name === undefined) store[room] = method;
    else store[room] = { ...roomOf(store[room]), [name]: method };
  }
  const whole: unknown = { ...store, close };
  // Its methods are those of the thread's own `Store`, and messages copy values whole: no check could say more.
  return whole as Store;
}

function roomOf(known: unknown): object {
  return typeof known === "object" && known !== null ? known : {};
}

function faultOf({ fault, cause }: { fault: string; cause: string }): StoreFault {
  return new StoreFault(fault, { cause });
}
