import { setImmediate as nextTurn } from "node:timers/promises";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import * as z from "zod";
import type { Memo } from "../../adapters/store/store.ts";
import { parseFacts, writeFacts } from "../../core/facts-file.ts";
import type { Facts } from "../../core/facts.ts";
import { Problem } from "../../core/problem.ts";
import type { ReportedRecent } from "../../core/report/index.ts";
import { replayOn } from "../../core/trial/policy-change.ts";
import { engine } from "../../gate/engine.ts";
import { memoValue } from "../memo-value.ts";
import type { AppPorts } from "../ports.ts";

/** A pull request whose facts are kept, or that a new policy is tried for. */
export interface PullPlace {
  repository: number;
  number: number;
}

type Kept = Pick<AppPorts, "store" | "clock">;

/**
 * Keeps the facts of the pull requests of a repository that were judged lately, to try a new policy on: they hold no source
 * text and no secret. Of twenty each at most, by the last digits of their numbers, so that keeping one reads nothing.
 * Those that are too large are only counted.
 */
export async function keepFacts(
  { store, clock }: Kept,
  { repository, number }: PullPlace,
  facts: Facts,
): Promise<void> {
  const text = writeFacts(facts);
  const packed = text.length > longestText ? null : (await promisify(gzip)(text)).toString("base64");
  const kept = packed === null || packed.length > longestPacked ? null : packed;
  const value = JSON.stringify({ number, base: facts.change.base.name, facts: kept } satisfies KeptFacts);
  const id = String(number % mostKept).padStart(2, "0");
  const at = clock.now().toISOString();
  await store.memory.remember([{ subject: keyOf(repository), kind: "seen", id, value, at }]);
}

const mostKept = 20;
const longestText = 4_000_000;
const longestPacked = 262_144;

/** Not the repository's own key: what stands there is read with every first judgement. */
function keyOf(repository: number): string {
  return `policy-facts/${repository}`;
}

const KeptFacts = z.strictObject({ number: z.int(), base: z.string().nullable(), facts: z.string().nullable() });
type KeptFacts = z.infer<typeof KeptFacts>;

/**
 * What the policy that a pull request brings would make of the others for the same base whose facts are kept, the latest
 * first, for two seconds at most. Null where there is nothing to compare.
 */
export async function replayRecent(
  { store, clock }: Kept,
  { repository, number }: PullPlace,
  facts: Facts,
  signal: AbortSignal,
): Promise<ReportedRecent | null> {
  const judge = replayOn(facts, engine);
  if (judge === null) return null;
  const memos = (await store.memory.of(keyOf(repository))).sort(latestFirst);
  const known = memos.flatMap((memo) => memoValue(KeptFacts, memo) ?? []);
  const others = known.filter((each) => each.number !== number && each.base === facts.change.base.name);
  const replayed: ReturnType<typeof judge>[] = [];
  const until = clock.now().getTime() + longestMs;
  for (const other of others) {
    if (clock.now().getTime() >= until) break;
    const read = await unpacked(other);
    if (read !== null) replayed.push(judge({ name: `#${other.number}`, facts: read }));
    // Judging holds up whatever else the process does, such as a webhook that is to be acknowledged.
    await nextTurn();
    signal.throwIfAborted();
  }
  return { replayed, left: others.length - replayed.length };
}

const longestMs = 2_000;

function latestFirst(a: Memo, b: Memo): number {
  return a.at < b.at ? 1 : a.at > b.at ? -1 : a.id < b.id ? -1 : 1;
}

/** Null: they are not kept, or another version wrote them. */
async function unpacked({ facts, number }: KeptFacts): Promise<Facts | null> {
  if (facts === null) return null;
  try {
    const text = await promisify(gunzip)(Buffer.from(facts, "base64"), { maxOutputLength: 4 * longestText });
    return parseFacts(text.toString("utf8"), `the facts of #${number}`);
  } catch (error) {
    if (error instanceof Problem || (error instanceof Error && "code" in error)) return null;
    throw error;
  }
}
