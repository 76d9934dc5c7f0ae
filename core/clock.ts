/** The time, and waiting for it: lent to whatever waits, so that tests decide what time it is. */
export interface Clock {
  now: () => Date;
  /** Rejects with the signal's reason when it is aborted. */
  sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}
