import { NotTold } from "../../adapters/github/client.ts";
import { readPullsNow, type PullNow } from "../../adapters/github/read-published-on.ts";
import type { VerdictRow } from "../../adapters/store/store.ts";
import type { AppPorts } from "../ports.ts";
import { holdsFor, pendingRow } from "./verdict-row.ts";

/** A commit whose check is ours to write. */
export interface Head {
  installation: number;
  repository: number;
  sha: string;
}

/** What the pull requests were right before the write; null when nothing had to be written or looked at. */
export type SeenPulls = { viewer: string; pulls: PullNow[] } | null;

/** The latest verdicts of what is open on a head, as far as is known, but for one. */
export async function openRows(
  { store }: AppPorts,
  { repository, sha }: Head,
  without?: string,
): Promise<VerdictRow[]> {
  const rows = await store.verdicts.onHead(repository, sha);
  return rows.filter(({ decision, subject }) => decision !== "over" && subject !== without);
}

/** A failure may stand on a commit that is no longer a head, and is told even where GitHub tells nothing. */
export async function seenPulls(ports: AppPorts, head: Head, rows: readonly VerdictRow[]): Promise<SeenPulls> {
  const numbers = rows.flatMap(({ number }) => number ?? []);
  if (numbers.length === 0) return null;
  const client = ports.installation(head.installation);
  try {
    return await readPullsNow(client, await client.nameOf(head.repository), numbers.slice(0, mostPulls));
  } catch (error) {
    if (error instanceof NotTold && rows.some(({ decision }) => decision === "fault")) return null;
    throw error;
  }
}

/** More pull requests on one commit than these are left as they were last known. */
const mostPulls = 100;

/** The verdicts of what is open on the head right now, each for the base that its pull request has. */
export function rowsNow(rows: readonly VerdictRow[], head: Head, seen: SeenPulls, now: Date): VerdictRow[] {
  return rows.flatMap((row) => liveRow(row, head, seen, now.toISOString()));
}

/** What a verdict is worth now: nothing, itself, or that the pull request is to be judged for another base first. */
function liveRow(row: VerdictRow, { sha }: Head, seen: SeenPulls, at: string): VerdictRow[] {
  const pull = seen?.pulls.find((each) => each.number === row.number);
  if (pull === undefined) return [row];
  if (!pull.isOpen || pull.head !== sha) return [];
  return [holdsFor(row, pull.base) ? row : pendingRow(row, pull, at)];
}
