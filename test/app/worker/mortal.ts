/** What dies at a call: after that nothing that it was lent answers any more, as when a process is killed. */
export interface Mortal {
  wrap: <T extends object>(lent: T, place?: string) => T;
  calls: () => number;
  isDead: () => boolean;
  /** The names of the calls, for a failing test. */
  names: readonly string[];
}

/**
 * Counts the calls of everything it wraps and dies at the `last`-th: before that call is made, or after it was made and
 * before its answer arrives. No error is seen by anybody, since nobody is left to see it. `only`: calls of this name are
 * counted, and no others.
 */
export function mortal(last: number, when: "before" | "after", only?: string): Mortal {
  const names: string[] = [];
  let dead = false;
  const never = () => new Promise<never>(() => undefined);
  const call = (name: string, run: () => unknown): unknown => {
    if (dead) return never();
    if (only === undefined || only === name) names.push(name);
    else return run();
    if (names.length < last) return run();
    dead = true;
    if (when === "before") return never();
    const answer = run();
    if (answer instanceof Promise) answer.catch(() => undefined);
    return never();
  };
  const wrap = <T extends object>(lent: T, place = ""): T =>
    new Proxy(lent, {
      get: (target, key) => {
        const value: unknown = Reflect.get(target, key);
        if (typeof value === "function") {
          return (...given: unknown[]) => {
            const run = (): unknown => Reflect.apply(value, target, given);
            return isAtOnce.has(String(key)) ? run() : call(`${place}${String(key)}`, run);
          };
        }
        return typeof value === "object" && value !== null ? wrap(value, `${place}${String(key)}.`) : value;
      },
    });
  return { wrap, calls: () => names.length, isDead: () => dead, names };
}

/** What answers without waiting: a process dies while it waits, or between two of these. */
const isAtOnce: ReadonlySet<string> = new Set(["now", "installation", "info", "warn", "error"]);
