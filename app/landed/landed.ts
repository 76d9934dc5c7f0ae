import * as z from "zod";
import { readMergedBy, type MergedPull } from "../../adapters/github/read-merged-by.ts";
import type { Memo, VerdictRow } from "../../adapters/store/store.ts";
import { treeFileOf } from "../../core/change/tree-file.ts";
import { fingerprint } from "../../core/ownership/index.ts";
import { auditEntry } from "../audit-kinds.ts";
import type { Evaluation } from "../evaluation.ts";
import { memoValue } from "../memo-value.ts";
import type { AppPorts } from "../ports.ts";
import { publishHead } from "../publish/publish-head.ts";
import type { PublishSettings } from "../publish/publish-settings.ts";
import { contentId, recordId } from "../publish/keep-record.ts";
import { faultRow, holdsFor } from "../publish/verdict-row.ts";
import { subjectKey, type Subject } from "../subject.ts";
import { compareLanding, mayMerge, type LandedPull, type Landing, type LandingResult } from "./compare-landing.ts";

type LandedEvaluation = Extract<Evaluation, { state: "judged" }> & { subject: Extract<Subject, { kind: "landing" }> };

/**
 * Compares what stands on a branch after a push or a merge with what was judged. Either way the audit table says so, once;
 * an alarm also fails the check on the commit, where the repository has a policy. Throws `NotTold`.
 */
export async function landed(
  ports: AppPorts,
  settings: PublishSettings,
  evaluation: LandedEvaluation,
  signal: AbortSignal,
): Promise<void> {
  const { subject, review } = evaluation;
  const landing = await readLanding(ports, evaluation);
  const result = compareLanding(landing);
  if ((await ports.store.memory.of(subjectKey(subject))).some(({ id }) => id === "landed")) return;
  const isAlarm = result.kind !== "as-judged";
  if (isAlarm && review.decision.policy.source !== "default") {
    const alarm = { subject, what: result.says, fix: result.fix };
    await ports.store.verdicts.append(faultRow(alarm, subject.after, ports.clock.now().toISOString(), true));
    const { installation, repository, after: sha } = subject;
    await publishHead(ports, settings, { installation, repository, sha }, { signal });
  }
  await tell(ports, evaluation, landing, result);
}

async function tell(ports: AppPorts, { subject, review }: LandedEvaluation, landing: Landing, result: LandingResult) {
  const at = ports.clock.now();
  const kind = result.kind === "as-judged" ? ("landed-as-judged" as const) : ("landed-otherwise" as const);
  const pulls = JSON.stringify(landing.pulls.map(({ number, head }) => `${number}@${head}`));
  const { branch, before, after, installation } = subject;
  const detail = { branch, before, after, result: result.kind, pulls, evaluation: review.decision.evaluationId };
  if (kind === "landed-otherwise") ports.log.warn("landed-otherwise", detail);
  await ports.store.audit.append([{ ...auditEntry({ kind, at, installation, detail }), change: review.change.id }]);
  const about = { kind: "published" as const, at: at.toISOString() };
  await ports.store.memory.remember([
    { ...about, subject: subjectKey(subject), id: "landed", value: JSON.stringify({ result: result.kind }) },
    ...landing.pulls.map(({ number }) => confirmation(subject, number, about.at)),
  ]);
}

/** The record that was kept before the merge belongs to this commit: a squash leaves no other link between them. */
function confirmation({ repository, after }: LandedEvaluation["subject"], number: number, at: string): Memo {
  const subject = `pull-request/${repository}/${number}`;
  return { subject, kind: "published", id: `${recordId}-landed`, value: JSON.stringify({ commit: after }), at };
}

async function readLanding(ports: AppPorts, { subject, facts }: LandedEvaluation): Promise<Landing> {
  const { installation, repository, after } = subject;
  const client = ports.installation(installation);
  const onCommit = await ports.store.verdicts.onHead(repository, after);
  const group = onCommit.find(({ subject: key }) => key.startsWith("merge-group/")) ?? null;
  const own = fingerprint(facts.change.files.map(treeFileOf));
  const merged = await readMergedBy(client, await client.nameOf(repository), after);
  const pulls = await Promise.all(merged.map((pull) => readPull(ports, repository, pull)));
  return { after, fingerprint: own, group, pulls };
}

async function readPull(
  { store }: AppPorts,
  repository: number,
  { number, head, base }: MergedPull,
): Promise<LandedPull> {
  const key = `pull-request/${repository}/${number}`;
  const last = await store.verdicts.latest(key);
  // Merged into another branch than it was judged for, before anybody heard of that.
  const isOthers = last?.head === head && mayMerge(last) && !holdsFor(last, base);
  const verdict = isOthers ? null : ((await verdictOn(store.verdicts, key, head)) ?? null);
  const content = (await store.memory.of(key)).find(({ kind, id }) => kind === "published" && id === contentId);
  const judged = content === undefined ? null : memoValue(Content, content);
  return { number, head, verdict, fingerprint: judged?.head === head ? judged.fingerprint : null };
}

/** The last that was said of it on that head; that it is over says nothing, and while it was being judged there was none. */
async function verdictOn(
  verdicts: AppPorts["store"]["verdicts"],
  key: string,
  head: string,
): Promise<Pick<VerdictRow, "decision"> | undefined> {
  const all = await verdicts.history(key, 20);
  const last = all.find((row) => row.head === head && row.decision !== "over");
  return last?.decision === "pending" ? undefined : last;
}

const Content = z.object({ head: z.string(), fingerprint: z.string() });
