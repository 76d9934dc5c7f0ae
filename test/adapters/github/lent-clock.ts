import type { Clock } from "../../../core/clock.ts";

/** A clock that stands still until it is told; whoever sleeps is woken at once, and how long is noted. */
export class LentClock implements Clock {
  at: number;
  readonly slept: number[] = [];

  constructor(at = Date.UTC(2026, 10, 21, 12)) {
    this.at = at;
  }

  now(): Date {
    return new Date(this.at);
  }

  sleep(ms: number): Promise<void> {
    this.slept.push(ms);
    this.at += ms;
    return Promise.resolve();
  }
}
