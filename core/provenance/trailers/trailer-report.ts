import type { Verdict } from "../../change/authorship.ts";
import { strongestVerdict } from "../commit-provenance.ts";
import type { EmbeddedTrailer } from "../signals/embedded.ts";
import { identitySignals, type CommitIdentities } from "../signals/identity-signals.ts";
import { eachOnce, readMessage } from "../signals/message-signals.ts";
import { nearMisses, type NearMiss } from "./near-misses.ts";
import type { Signal, Trailer } from "../provenance.ts";

/** Everything to be said of one commit message. Keys and values are the message's own, and untrusted. */
export interface TrailerReport {
  /** What git's rules give. */
  trailers: Trailer[];
  /** Trailers in all but place. */
  embedded: EmbeddedTrailer[];
  signals: Signal[];
  verdict: Verdict;
  /** What is one edit away from counting. */
  nearMisses: NearMiss[];
}

/** A message, and who wrote and committed it where that is known. */
export interface TrailerReportInput extends CommitIdentities {
  message: string;
}

/** What git finds in a message, what else is recognised, and what is one edit away. */
export function trailerReport({ message, author, committer }: TrailerReportInput): TrailerReport {
  const { reading, embedded, signals: said } = readMessage(message, null);
  const identities = identitySignals({ ...(author && { author }), ...(committer && { committer }) }, null);
  const signals = eachOnce([...identities, ...said]);
  return {
    trailers: reading.trailers.map(({ key, value }) => ({ key, value })),
    embedded,
    signals,
    verdict: strongestVerdict(signals),
    nearMisses: nearMisses(message),
  };
}
