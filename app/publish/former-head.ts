import type { VerdictRow } from "../../adapters/store/store.ts";
import type { AppPorts } from "../ports.ts";
import { publishHead, type Head } from "./publish-head.ts";
import type { PublishSettings } from "./publish-settings.ts";

/**
 * A pull request that moved on has no say any more on the head that it left: what else is open there is shown without it.
 * Before its new row is stored, so that a process that comes after a crash still knows which head that was.
 */
export async function leaveFormerHead(
  ports: AppPorts,
  settings: PublishSettings,
  row: VerdictRow,
  signal: AbortSignal,
): Promise<void> {
  const last = await ports.store.verdicts.latest(row.subject);
  if (last === null || last.head === row.head || last.decision === "over") return;
  await publishHead(ports, settings, headOf(last), { without: row.subject, signal });
}

/** Where a verdict belongs. */
export function headOf({ installation, repository, head }: VerdictRow): Head {
  return { installation, repository, sha: head };
}
