import { createHash } from "node:crypto";
import type { CommitProvenance, Signal, Trailer } from "../provenance/index.ts";
import { isMachineWord } from "../untrusted/index.ts";
import type { Review } from "./review.ts";

/**
 * The review with the values of trailers as a report may repeat them. What a commit message says is read by agents
 * wherever it is published, so a value that could be an instruction to them is named by its length and digest instead.
 * Redact first: a digest of a short secret could be guessed. `countersign trailers` shows a repository's own reader what git shows.
 */
export function repeatable(review: Review): Review {
  const commits = review.provenance.commits.map((commit) => ({
    ...commit,
    trailers: commit.trailers.map(repeatableTrailer),
    signals: commit.signals.map(repeatableSignal),
    remediations: commit.remediations.map(({ commit: by, trailers }) => ({
      commit: by,
      trailers: trailers.map(repeatableTrailer),
    })),
    ruling: repeatableRuling(commit.ruling),
  }));
  const signals = review.provenance.signals.map(repeatableSignal);
  return { ...review, provenance: { ...review.provenance, commits, signals } };
}

function repeatableTrailer({ key, value }: Trailer): Trailer {
  // A summary of one word is as free as one of ten.
  const isFree = key.toLowerCase() === "ai-prompt-summary";
  return { key: repeatableText(key), value: isFree ? standIn(value) : repeatableText(value) };
}

function repeatableRuling(ruling: CommitProvenance["ruling"]): CommitProvenance["ruling"] {
  if (ruling === null) return null;
  const { by, reason, at } = ruling;
  return { ...ruling, by: repeatableText(by), reason: repeatableText(reason), at: repeatableText(at) };
}

function repeatableSignal(signal: Signal): Signal {
  return { ...signal, raw: repeatableText(signal.raw) };
}

/** The text when it is one word of a machine, such as a session id, a fingerprint or `as-is`; else what stands for it. */
export function repeatableText(text: string): string {
  return isMachineWord(text) ? text : standIn(text);
}

function standIn(text: string): string {
  return `free text of ${text.length} characters, sha256:${digest(text)}`;
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
