import { inTurn } from "./sweep.ts";
import { after, type Work } from "./work.ts";

/** Forgets what has been kept for long enough; docs/operations.md says for how long. */
export async function prune(work: Work): Promise<void> {
  await inTurn("prune", work, async () => {
    const { store, clock, log } = work.ports;
    const now = clock.now();
    const bodies = await store.deliveries.prune(after(now, -bodiesDays * dayMs));
    const heads = await store.heads.prune(after(now, -headsDays * dayMs));
    const verdicts = await store.verdicts.prune(after(now, -verdictsDays * dayMs));
    const memos = await store.memory.prune(after(now, -memosDays * dayMs));
    const audit = await store.audit.prune(now.toISOString());
    log.info("pruned", { bodies, heads, verdicts, memos, audit });
  });
}

const dayMs = 86_400_000;
/** As long as GitHub could deliver one again, and a weekend to look into it. */
const bodiesDays = 7;
const headsDays = 90;
const verdictsDays = 400;
/** What is asked, labelled or commented is of use while somebody may open the pull request again. */
const memosDays = 90;
