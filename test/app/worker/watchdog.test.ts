import { describe, expect, test } from "vitest";
import type { VerdictRow } from "../../../adapters/store/store.ts";
import type { Evaluation } from "../../../app/evaluation.ts";
import { markOf } from "../../../app/marks.ts";
import { subjectKey, type Subject } from "../../../app/subject.ts";
import { watch } from "../../../app/worker/watchdog.ts";
import { standardPace, type Work } from "../../../app/worker/work.ts";
import { modelStore } from "../../adapters/store/model-store.ts";
import { fakeClock } from "../fake-clock.ts";
import { inboxOf, portsOf } from "./bench.ts";
import { buildWorld, shaOf } from "./world.ts";

/** What stands for others and waits for too long: GitHub did not say for which, so what the store knows of them is told. */
const minute = 60_000;
const place = { installation: 7, repository: 71 };
const [old, fresh] = [-60 * minute, -5 * minute];

interface Known {
  number: number;
  base?: string;
  decision?: string;
  judgedMs?: number;
}

async function late(wide: Subject, known: readonly Known[], fails: readonly number[] = []) {
  const [clock, store] = [fakeClock(), modelStore()];
  const at = (ms: number) => new Date(clock.now().getTime() + ms);
  const published: Extract<Evaluation, { state: "fault" }>[] = [];
  const publish = (evaluation: Evaluation) => {
    const { subject } = evaluation;
    if (subject.kind === "pull-request" && fails.includes(subject.number)) return Promise.reject(new Error("502"));
    if (evaluation.state === "fault") published.push(evaluation);
    return Promise.resolve();
  };
  for (const { number, base = "main", decision = "pass", judgedMs = old } of known) {
    const subject: Subject = { kind: "pull-request", ...place, number };
    await store.subjects.mark([markOf(subject, at(old))]);
    const taken = await store.subjects.claim("one", at(0).toISOString(), at(minute).toISOString());
    await store.subjects.finish(taken!.key, "one", taken!.generation);
    const row: VerdictRow = {
      ...{
        subject: subjectKey(subject),
        ...place,
        head: shaOf(`${number}`),
        number,
        evaluation: `e${number}`,
        decision,
      },
      ...{ conclusion: "success", title: "", policyDigest: "", engine: "", at: at(judgedMs).toISOString() },
      review: JSON.stringify({ change: { base: { name: base } } }),
    };
    await store.verdicts.append(row);
  }
  await store.subjects.mark([markOf(wide, at(-15 * minute))]);
  const signal = new AbortController().signal;
  const work: Work = {
    ...{ ports: portsOf("one", store, clock), lent: { ...buildWorld().lent, publish }, inbox: inboxOf(clock) },
    ...{ pace: standardPace, stopping: signal, givingUp: signal },
  };
  await watch(work);
  const told = () => published.map(({ subject }) => (subject.kind === "pull-request" ? subject.number : 0));
  return { work, store, clock, published, told };
}

describe("a wide subject that is late", () => {
  const head = shaOf("1");
  test.each<{ says: string; wide: Subject; told: number[] }>([
    { says: "a base: those that were judged for it", wide: { kind: "base", ...place, branch: "main" }, told: [1, 3] },
    { says: "a head: those that were judged there", wide: { kind: "head", ...place, head }, told: [1] },
    { says: "a repository: all of it", wide: { kind: "repository", ...place }, told: [1, 2, 3] },
    { says: "an installation: all of it", wide: { kind: "installation", installation: 7 }, told: [1, 2, 3] },
    { says: "answers to commands: nobody waits for them", wide: { kind: "replies", installation: 7 }, told: [] },
    { says: "of another repository: none", wide: { kind: "repository", ...place, repository: 72 }, told: [] },
  ])("$says", async ({ wide, told }) => {
    const bench = await late(wide, [{ number: 1 }, { number: 2, base: "next" }, { number: 3 }]);
    expect(bench.told()).toEqual(told);
  });

  const repository: Subject = { kind: "repository", ...place };

  test("is a failure at the head that was judged, which says why, and what is to be judged again", async () => {
    const { published, store } = await late(repository, [{ number: 1 }]);
    expect(published).toMatchObject([{ state: "fault", head: shaOf("1"), again: true }]);
    expect(published[0]?.what).toContain("This has waited for 15 minutes to be judged.");
    const waits = await store.subjects.stuck("9999");
    expect(waits.map(({ key }) => key)).toContain("pull-request/71/1");
    const audit = await store.audit.read(0, 10);
    expect(audit.map(({ kind, detail }) => [kind, detail])).toEqual([
      ["verdict-late", '{"subject":"pull-request/71/1","minutes":15,"attempts":0}'],
    ]);
  });

  test.each([
    { says: "is over", known: { decision: "over" } },
    { says: "was judged since", known: { judgedMs: fresh } },
  ])("leaves alone what $says", async ({ known }) => {
    expect((await late(repository, [{ number: 1, ...known }])).told()).toEqual([]);
  });

  test("of which one cannot be told, all others are told", async () => {
    expect((await late(repository, [{ number: 1 }, { number: 2 }], [1])).told()).toEqual([2]);
  });

  test("is told once in ten minutes", async () => {
    const { work, clock, told } = await late(repository, [{ number: 1 }]);
    await clock.advance(minute);
    await watch(work);
    expect(told()).toEqual([1]);
    await clock.advance(10 * minute);
    await watch(work);
    // It waits itself by now, and both say so.
    expect(told().length).toBeGreaterThan(1);
  });
});
