import { StoreFault, type VerdictRow } from "../../adapters/store/store.ts";
import type { Stand } from "../evaluation.ts";
import type { AppPorts } from "../ports.ts";
import { subjectKey } from "../subject.ts";
import type { PullSubject } from "./decorate.ts";
import { headOf, leaveFormerHead } from "./former-head.ts";
import { publishHead } from "./publish-head.ts";
import type { PublishSettings } from "./publish-settings.ts";
import { holdsFor, pendingRow } from "./verdict-row.ts";

/**
 * Before a pull request is judged at a head or for a base that is new to it: that it is being judged is stored, so that
 * nothing else on the head turns green before it, and what is green there is taken back. GitHub counts a check for whatever
 * has the commit, and a verdict holds for one base. Where nothing is new nothing is written, and GitHub is asked only where a
 * green stands. Throws `StoreFault`, and nothing for what GitHub did not do: it is judged all the same.
 */
export async function takeUp(
  ports: AppPorts,
  settings: PublishSettings,
  subject: PullSubject,
  stand: Stand,
  signal: AbortSignal,
): Promise<void> {
  const last = await ports.store.verdicts.latest(subjectKey(subject));
  if (last !== null && isJudged(last, stand)) return;
  const { installation, repository, number } = subject;
  const pull = { subject: subjectKey(subject), installation, repository, number };
  const row = pendingRow(pull, stand, ports.clock.now().toISOString());
  try {
    await leaveFormerHead(ports, settings, row, signal);
    await ports.store.verdicts.append(row);
    if (await maybeGreen(ports, row)) await publishHead(ports, settings, headOf(row), { signal });
  } catch (error) {
    if (signal.aborted || error instanceof StoreFault) throw error;
    ports.log.error("green-not-taken-back", error, { subject: row.subject });
  }
}

/** One that waits is looked at again: whoever took it up first may have got no further than to store that. */
function isJudged(last: VerdictRow, { head, base }: Stand): boolean {
  return last.head === head && !["over", "pending"].includes(last.decision) && holdsFor(last, base);
}

/** What was shown so long ago that it is forgotten may be a green. */
async function maybeGreen({ store }: AppPorts, { repository, head, subject }: VerdictRow): Promise<boolean> {
  const published = await store.heads.read(repository, head);
  if (published !== null) return published.conclusion === "success";
  return (await store.verdicts.onHead(repository, head)).some((other) => other.subject !== subject);
}
