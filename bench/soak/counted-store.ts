import type { Store } from "../../adapters/store/store.ts";

/** A store of which it is known how many of its calls have not been answered: time goes on when none is left. */
export function countedStore(store: Store): { store: Store; settle: () => Promise<void> } {
  let open = 0;
  let none = Promise.withResolvers<undefined>();
  const began = () => {
    if (open === 0) none = Promise.withResolvers();
    open += 1;
  };
  const ended = () => {
    open -= 1;
    if (open === 0) none.resolve(undefined);
  };
  const counted = <T extends object>(room: T): T =>
    new Proxy(room, {
      get: (target, key) => {
        const value: unknown = Reflect.get(target, key);
        if (typeof value === "object" && value !== null) return counted(value);
        if (typeof value !== "function") return value;
        return (...given: unknown[]) => {
          began();
          return Promise.resolve<unknown>(Reflect.apply(value, target, given)).finally(ended);
        };
      },
    });
  return {
    store: counted(store),
    settle: async () => {
      // Whoever got an answer may ask the next question.
      for (let quiet = 0; quiet < 2; quiet = open === 0 ? quiet + 1 : 0) {
        if (open > 0) await none.promise;
        await turn();
      }
    },
  };
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
