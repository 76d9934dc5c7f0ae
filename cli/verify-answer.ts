import type { Attestation } from "../adapters/attestation/read-attestation.ts";
import { inertText } from "../core/untrusted/index.ts";
import { notRecomputed, type Check } from "../gate/compare-record.ts";

/** Who signed, and how that was looked at. A check that is null: nobody signed, and nobody was asked for. */
export interface Signature {
  signer: string | null;
  check: Check;
}

/** What `verify` found. Only what is signed and matches is verified. */
export interface Answer {
  verified: boolean;
  /** True when one of its signatures is by whom it should be. */
  signed: boolean;
  /** True when it speaks for what it should speak for and nothing in the repository says otherwise. */
  matches: boolean;
  /** What came of it, in one or two sentences. */
  says: string;
  changeId: string | null;
  /** The range that it speaks for: the commits after `mergeBase`, up to `head`. */
  mergeBase: string | null;
  head: string | null;
  signer: string | null;
  checks: Check[];
  /** What the record says and the repository cannot show again. */
  notChecked: readonly string[];
}

/** Puts together what was looked at: the signature, and whether the rest holds. */
export function answerTo(read: Attestation, { signer, check }: Signature, others: readonly Check[]): Answer {
  const record = read.kind === "record" ? read.record : read.statement.predicate.record;
  const checks = [check, ...others];
  const failed = checks.find(({ holds }) => holds === false);
  const signed = check.holds === true;
  return {
    verified: signed && failed === undefined,
    signed,
    matches: others.every(({ holds }) => holds !== false),
    says: sentence(read, signer, failed) + (others.some(({ holds }) => holds === null) ? incomplete : ""),
    changeId: record.changeId,
    mergeBase: record.mergeBase,
    head: record.head.sha,
    signer,
    checks,
    notChecked: notRecomputed,
  };
}

/** The answer about something that cannot be read. `why` completes a sentence. */
export function refused(why: string): Answer {
  const nothing = { changeId: null, mergeBase: null, head: null, signer: null, checks: [], notChecked: [] };
  return { verified: false, signed: false, matches: false, says: `Not verified: ${why}.`, ...nothing };
}

/** The answer for people. */
export function renderAnswer({ says, checks, notChecked }: Answer): string {
  const marks = checks.map(
    ({ says: what, holds }) =>
      `  ${holds === null ? "not known" : holds ? "holds" : "DOES NOT HOLD"}: ${inertText(what)}`,
  );
  const rest = notChecked.length === 0 ? [] : [`  not checked here: ${notChecked.join(", ")}`];
  return `${[says, ...marks, ...rest].join("\n")}\n`;
}

const incomplete = " Not all of it could be looked up: what is not known is listed.";

function sentence(read: Attestation, signer: string | null, failed: Check | undefined): string {
  const record = read.kind === "record" ? read.record : read.statement.predicate.record;
  const what = `${read.kind === "record" ? "the record" : "the statement"} about ${inertText(record.changeId)}`;
  if (failed !== undefined) {
    const more = failed.otherwise === undefined ? "" : ` ${failed.otherwise}`;
    return `Not verified: of ${what} it does not hold that ${failed.says}.${more}`;
  }
  const range = `${record.head.sha}, and the commits since ${record.mergeBase}`;
  return signer === null
    ? `Matches, unsigned: ${what} speaks for ${range}. Nobody signed it, so it is not verified.`
    : `Verified: ${what} speaks for ${range}. Signed by ${inertText(signer)}.`;
}
