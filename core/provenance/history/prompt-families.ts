import type { LineCounts } from "../../change/read-log.ts";
import type { HistoryCommit } from "./history-commit.ts";
import type { Verdict } from "../../change/authorship.ts";
import { promptsOf } from "../record/prompts.ts";

/** The commits that one prompt led to, known by its fingerprint. */
export interface PromptFamily {
  /** `sha256:<hex>` or `hmac-sha256:<key id>:<hex>`, as the `AI-Prompt` trailers have it, the template left out. */
  fingerprint: string;
  commits: number;
  /** Those of them that a later commit of the history reverts. */
  reverted: number;
  /** Lines that they added; null when none were counted. */
  lines: number | null;
  /** Dates of the first and the last of them, ISO 8601; null without one that can be read. */
  first: string | null;
  last: string | null;
  verdicts: Partial<Record<Verdict, number>>;
  /** Every known tool and model that they name, sorted. */
  agents: string[];
  models: string[];
}

export interface PromptFamilies {
  /** Fingerprints that came more than once: most reverts first, then most commits. */
  families: PromptFamily[];
  /** How many fingerprints came once. */
  once: number;
  /** How many more there were that were not kept, once the limit of different ones was reached. */
  dropped: number;
}

/** Groups commits by the prompts they name, in memory that is bounded by `limit`. */
export interface PromptFamilyTally {
  add(commit: HistoryCommit): void;
  result(): PromptFamilies;
}

/** `limit` is how many different fingerprints are kept. */
export function promptFamilies(limit = mostFingerprints): PromptFamilyTally {
  const families = new Map<string, Family>();
  const reverted = new Set<string>();
  let dropped = 0;
  return {
    add(commit) {
      for (const sha of revertedCommits(commit.entry.message)) if (reverted.size < mostReverts) reverted.add(sha);
      for (const fingerprint of promptsOf(commit.provenance).slice(0, mostPerCommit).map(copyOf)) {
        const known = families.get(fingerprint);
        if (known === undefined && families.size >= limit) dropped += 1;
        else families.set(fingerprint, joined(known ?? emptyFamily(), commit));
      }
    },
    result() {
      const all = [...families].map(([fingerprint, family]) => asPromptFamily(fingerprint, family, reverted));
      const recurring = all.filter(({ commits }) => commits > 1);
      return { families: recurring.toSorted(riskiestFirst), once: all.length - recurring.length, dropped };
    },
  };
}

const mostFingerprints = 50_000;
const mostReverts = 200_000;
/** A commit with more prompts than these is no work of one prompt. */
const mostPerCommit = 20;

/** The ids in the sentences that `git revert` writes, each at the start of a line or sentence. */
export function revertedCommits(message: string): string[] {
  const found: string[] = [];
  for (let at = message.indexOf(revertWords); at !== -1; at = message.indexOf(revertWords, at + 1)) {
    const sha = /^[0-9a-f]{64}|^[0-9a-f]{40}/.exec(
      message.slice(at + revertWords.length, at + revertWords.length + 64),
    );
    if (sha !== null && found.length < mostPerCommit) found.push(copyOf(sha[0]));
  }
  return found;
}

/** A slice of a message would keep the whole of it. */
function copyOf(text: string): string {
  return Buffer.from(text, "latin1").toString("latin1");
}

const revertWords = "This reverts commit ";

interface Family {
  shas: string[];
  lines: LineCounts["added"] | null;
  first: string | null;
  last: string | null;
  verdicts: Partial<Record<Verdict, number>>;
  agents: Set<string>;
  models: Set<string>;
}

function emptyFamily(): Family {
  return { shas: [], lines: null, first: null, last: null, verdicts: {}, agents: new Set(), models: new Set() };
}

function joined(family: Family, { entry, provenance }: HistoryCommit): Family {
  const { verdict, agent, model } = provenance;
  family.shas.push(entry.sha);
  if (entry.lines !== null) family.lines = (family.lines ?? 0) + entry.lines.added;
  family.verdicts[verdict] = (family.verdicts[verdict] ?? 0) + 1;
  if (agent !== null) family.agents.add(agent);
  if (model !== null) family.models.add(model);
  const at = Date.parse(entry.committedAt);
  if (Number.isNaN(at)) return family;
  if (family.first === null || at < Date.parse(family.first)) family.first = entry.committedAt;
  if (family.last === null || at > Date.parse(family.last)) family.last = entry.committedAt;
  return family;
}

function asPromptFamily(
  fingerprint: string,
  { shas, agents, models, ...family }: Family,
  reverted: ReadonlySet<string>,
): PromptFamily {
  return {
    fingerprint,
    commits: shas.length,
    reverted: shas.filter((sha) => reverted.has(sha)).length,
    lines: family.lines,
    first: family.first,
    last: family.last,
    verdicts: family.verdicts,
    agents: [...agents].toSorted(),
    models: [...models].toSorted(),
  };
}

function riskiestFirst(a: PromptFamily, b: PromptFamily): number {
  return b.reverted - a.reverted || b.commits - a.commits || (a.fingerprint < b.fingerprint ? -1 : 1);
}
