import {
  appendAnnotations,
  completeCheckRun,
  annotationsAtOnce,
  readOwnCheckRun,
  startCheckRun,
  type CheckContent,
  type CheckPlace,
  type OwnCheckRun,
} from "../../adapters/github/apply-check-run.ts";
import { isRefused } from "../../adapters/github/written-once.ts";
import type { PublishedHead, VerdictRow } from "../../adapters/store/store.ts";
import type { Annotation } from "../../core/report/index.ts";
import type { AppPorts } from "../ports.ts";
import { headDigest, headVerdict, type HeadVerdict } from "./head-verdict.ts";
import { underHeadLease } from "./head-lease.ts";
import { openRows, rowsNow, seenPulls, type Head, type SeenPulls } from "./on-head.ts";
import { beginWork, endWork, inProgress, openWork, type OpenWork } from "./open-work.ts";
import { planCheck } from "./plan.ts";
import { checkPlace } from "./places.ts";
import type { PublishSettings } from "./publish-settings.ts";

export type { Head, SeenPulls };

/** Which verdicts to leave out, and what to show instead of a green that none is left to stand for. */
interface Leaving {
  without?: string;
  instead?: VerdictRow;
}

/**
 * Makes the head's check show the strictest of the latest verdicts of everything that is open on it. The same again writes
 * nothing and reads nothing. A pull request that has another head by now, or is closed, has no say; one that is for another
 * base than it was judged for waits to be judged. Where none is left, nothing is written, or `instead`. Throws `NotTold`
 * where GitHub did not take it, and may be called again.
 */
export function publishHead(
  ports: AppPorts,
  settings: PublishSettings,
  head: Head,
  { without, instead, signal }: Leaving & { signal: AbortSignal },
): Promise<SeenPulls> {
  return underHeadLease(ports, head, signal, async () => {
    const rows = await openRows(ports, head, without);
    if (rows.length === 0 && instead === undefined) return null;
    const published = await ports.store.heads.read(head.repository, head.sha);
    const open = await openWork(ports, head);
    if (rows.length === 0 && instead !== undefined) {
      const wanted = headVerdict([instead]);
      if (isOpenOrGreen(published) || open.begun)
        await show(ports, settings, head, { wanted, published, open }, signal);
      return null;
    }
    const isDone = (of: readonly VerdictRow[]) => !open.begun && !open.again && isShown(published, headDigest(of));
    if (isDone(rows)) return null;
    const seen = await seenPulls(ports, head, rows);
    const live = rowsNow(rows, head, seen, ports.clock.now());
    if (live.length === 0) return seen;
    if (!isDone(live)) await show(ports, settings, head, { wanted: headVerdict(live), published, open }, signal);
    return seen;
  });
}

/** Whether what stands there would let something merge, or wait for ever. */
function isOpenOrGreen(published: PublishedHead | null): boolean {
  return published !== null && ["success", inProgress].includes(published.conclusion);
}

function isShown(published: PublishedHead | null, wanted: ReturnType<typeof headDigest>): boolean {
  return published?.externalId === wanted.externalId && published.conclusion === wanted.conclusion;
}

interface Showing {
  wanted: HeadVerdict;
  published: PublishedHead | null;
  /** What was begun and is not known to be done. */
  open: OpenWork;
}

/** What is begun and not known to be done is looked up first: a check run is never made twice. */
async function show(ports: AppPorts, settings: PublishSettings, head: Head, showing: Showing, signal: AbortSignal) {
  const { content, annotations, conclusion, row } = showing.wanted;
  const { place, repository } = await checkPlace(ports, settings, head);
  const current = showing.open.begun ? await readOwnCheckRun(place) : knownRun(showing);
  await beginWork(ports, head);
  const detailsUrl = row.number === null ? null : (settings.pageLink?.(repository, row.number) ?? null);
  const { externalId } = content;
  let run = current;
  for (const step of planCheck({ externalId, conclusion, annotations: annotations.length }, current)) {
    signal.throwIfAborted();
    if (step.do === "begin") run = await startCheckRun(place, externalId, detailsUrl);
    else if (step.do === "complete") {
      const first = annotations.slice(0, step.annotations);
      run = await completeCheckRun(place, { ...content, detailsUrl }, first, step.run);
      await remember(ports, head, showing.wanted, run);
    } else run = await append(ports, place, { ...content, detailsUrl }, run, annotations.slice(step.from), step.from);
    if (run === null) break;
  }
  if (run !== null) await remember(ports, head, showing.wanted, run);
  await endWork(ports, head, showing.open);
  ports.metrics.count("countersign_published_total", { conclusion });
}

/** The run that we know of; one that a person asked for anew shows nothing any more. */
function knownRun({ published, open }: Showing): OwnCheckRun | null {
  if (published === null) return null;
  const { checkRun: id, conclusion, externalId } = published;
  const isCompleted = conclusion !== inProgress;
  return { id, isCompleted, conclusion, externalId: open.again ? "" : externalId, annotations: 0 };
}

/** The next ones; null where the run has not the ones before them, or takes no more: a verdict stands without them. */
async function append(
  ports: AppPorts,
  place: CheckPlace,
  content: CheckContent,
  run: OwnCheckRun | null,
  left: readonly Annotation[],
  from: number,
): Promise<OwnCheckRun | null> {
  if (run?.annotations !== from) return null;
  try {
    return await appendAnnotations(place, run, content, left.slice(0, annotationsAtOnce));
  } catch (error) {
    if (!isRefused(error)) throw error;
    ports.log.warn("annotations-refused", { head: place.sha, status: error.status });
    return null;
  }
}

function remember(
  { store, clock }: AppPorts,
  { repository, sha }: Head,
  { content: { externalId }, conclusion }: HeadVerdict,
  run: OwnCheckRun,
) {
  return store.heads.write({
    repository,
    sha,
    externalId,
    conclusion,
    checkRun: run.id,
    at: clock.now().toISOString(),
  });
}
