import type { Clock } from "../../core/clock.ts";

/** The machine's time, which a test moves on: whoever sleeps is woken when their instant has come, by either way. */
export class MovedClock implements Clock {
  #ahead = 0;
  readonly #sleepers = new Set<{ due: number; wake: () => void }>();

  now = (): Date => new Date(Date.now() + this.#ahead);

  sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted === true) {
        reject(reasonOf(signal));
        return;
      }
      const sleeper = { due: this.now().getTime() + ms, wake: () => end(resolve) };
      const end = (then: () => void): void => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", abort);
        this.#sleepers.delete(sleeper);
        then();
      };
      const abort = (): void => end(() => reject(reasonOf(signal)));
      const timer = setTimeout(sleeper.wake, Math.min(Math.max(0, ms), 2 ** 31 - 1));
      signal?.addEventListener("abort", abort, { once: true });
      this.#sleepers.add(sleeper);
    });

  /** So much later, at once. */
  advance(ms: number): void {
    this.#ahead += ms;
    const now = this.now().getTime();
    const due = [...this.#sleepers].filter((sleeper) => sleeper.due <= now).sort((a, b) => a.due - b.due);
    for (const { wake } of due) wake();
  }
}

function reasonOf(signal: AbortSignal | undefined): Error {
  const reason: unknown = signal?.reason;
  return reason instanceof Error ? reason : new Error(String(reason));
}
