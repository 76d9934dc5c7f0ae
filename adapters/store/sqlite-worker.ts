import { isMainThread, parentPort, workerData, type MessagePort } from "node:worker_threads";
import * as z from "zod";
import { asStoreFault } from "./database.ts";
import { gathered } from "./gathered.ts";
import { openSqlite } from "./sqlite-database.ts";
import { storeOn } from "./store-on.ts";
import type { Store } from "./store.ts";

/**
 * The other end of sqlite-thread.ts: a store on a SQLite file, each of whose methods is called by a message. This module
 * is loaded in both threads, by `import()` alone, so that a bundler gives it a file of its own; here is which.
 */
export const workerUrl = new URL(import.meta.url);

/** What the thread is started with. */
export const WorkerData = z.object({ countersignStore: z.object({ path: z.string() }) });

/** Methods of the store by their paths, `["leases", "take"]` or `["ping"]`, and what each is given. */
export const Calls = z.array(z.object({ call: z.int(), path: z.array(z.string()), given: z.array(z.unknown()) }));

/** The paths of all methods, once, when the database is open; or why it is not. Then an answer to each call. */
export const Answers = z.array(
  z.union([
    z.object({ methods: z.array(z.array(z.string())) }),
    z.object({ call: z.int().nullable(), fault: z.string(), cause: z.string() }),
    z.object({ call: z.int(), value: z.unknown() }),
  ]),
);
export type Answer = z.infer<typeof Answers>[number];

const started = WorkerData.safeParse(workerData);
if (!isMainThread && parentPort !== null && started.success)
  await serve(parentPort, started.data.countersignStore.path);

async function serve(port: MessagePort, path: string): Promise<void> {
  const answer = gathered((answers: Answer[]) => port.postMessage(answers));
  try {
    const store = await storeOn(openSqlite(path));
    const methods = methodsOf(store);
    port.on("message", (message: unknown) => {
      for (const { call, path: method, given } of Calls.parse(message))
        void answerCall(methods.get(method.join("."))!, call, given).then(answer);
    });
    answer({ methods: [...methods.keys()].map((key) => key.split(".")) });
  } catch (error) {
    answer(faultAnswer(null, error));
  }
}

type Method = (...given: readonly unknown[]) => unknown;

function methodsOf(store: Store): Map<string, Method> {
  const isMethod = (member: unknown): member is Method => typeof member === "function";
  const found = Object.entries(store).flatMap(([name, member]): [string, unknown][] =>
    isMethod(member)
      ? [[name, member]]
      : Object.entries(z.record(z.string(), z.unknown()).parse(member)).map(([key, value]) => [
          `${name}.${key}`,
          value,
        ]),
  );
  return new Map(found.filter((entry): entry is [string, Method] => isMethod(entry[1])));
}

async function answerCall(method: Method, call: number, given: readonly unknown[]): Promise<Answer> {
  try {
    return { call, value: await method(...given) };
  } catch (error) {
    return faultAnswer(call, error);
  }
}

/** Errors do not keep their class on the way between threads, so their texts go. */
function faultAnswer(call: number | null, error: unknown): Answer {
  const fault = asStoreFault(error);
  const cause = fault.cause instanceof Error ? (fault.cause.stack ?? fault.cause.message) : "";
  return { call, fault: fault.message, cause };
}
