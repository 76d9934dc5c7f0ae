import type { Evaluate, Evaluation } from "../evaluation.ts";

/**
 * What the worker is lent: everything that reads or writes GitHub. It decides when and how often, and nothing else. Each
 * of them stops when the signal is aborted, and throws for what GitHub did not tell; the worker then tries again later.
 */
export interface Lent {
  /** Reads what is true now and judges it. What it cannot read is a `fault`, not an error. */
  evaluate: Evaluate;
  /**
   * Makes GitHub show it, and remembers it: one at a time on a head. The same again writes nothing. Of a `fault` without a
   * head it finds the head; of what is `over` it leaves what others on that head come to.
   */
  publish: (evaluation: Evaluation, signal: AbortSignal) => Promise<void>;
  /**
   * All open pull requests of a repository; null when the repository is gone, or not the App's to read any more. For a
   * `sweep` it comes last in a short budget; where an event asks for it, verdicts wait for it.
   */
  openPulls: (place: ListedPlace, signal: AbortSignal) => Promise<readonly OpenPull[] | null>;
  /** GitHub's ids of the repositories that an installation covers. */
  repositories: (installation: number, signal: AbortSignal) => Promise<readonly number[]>;
  /** All installations of the App. */
  installations: (signal: AbortSignal) => Promise<readonly InstalledAt[]>;
  /** What GitHub tried to deliver to us since that instant, whatever became of it, in any order. */
  hookDeliveries: (since: Date, signal: AbortSignal) => Promise<HookDeliveries>;
  /** Asks GitHub to deliver one of them once more. */
  redeliver: (id: number, signal: AbortSignal) => Promise<void>;
}

/** Which repository is listed, and what for. */
export interface ListedPlace {
  installation: number;
  repository: number;
  purpose: "read" | "sweep";
}

/** An open pull request, as a list of them tells it. */
export interface OpenPull {
  number: number;
  head: string;
  /** The base branch's name. */
  base: string;
  /** Another text when anything of it is another that the list tells: when it was updated, its head, base, review decision. */
  fingerprint: string;
}

/** An installation, as GitHub lists it. */
export interface InstalledAt {
  id: number;
  account: string;
  suspendedAt: string | null;
}

/** Attempts to deliver something to us; not whole where there are more than one asks for: then the newest. */
export interface HookDeliveries {
  attempts: readonly HookDelivery[];
  isWhole: boolean;
}

/** One attempt to deliver an event to us, as GitHub lists it. */
export interface HookDelivery {
  /** Of the attempt. */
  id: number;
  /** Of the event: the same for all attempts. */
  guid: string;
  deliveredAt: string;
  /** Whether we acknowledged it. */
  arrived: boolean;
}
