import { expect, test } from "vitest";
import { withSteadyLoad } from "../../../app/evaluate/steady-load.ts";
import type { Subject } from "../../../app/subject.ts";
import { absent, present } from "../../../core/evidence.ts";
import type { Facts } from "../../../core/facts.ts";
import { reviewChange } from "../../../core/review-change.ts";
import { modelStore } from "../../adapters/store/model-store.ts";
import { sampleSha } from "../../builders.ts";
import { judgedCase } from "../../core/report/judged-case.ts";

const pull: Subject = { kind: "pull-request", installation: 1, repository: 70, number: 3 };
const key = "pull-request/70/3";

/** The facts of a pull request when ann was asked for this many other reviews. */
function factsAt(openReviews: number, more: Partial<Facts> = {}): Facts {
  const { facts } = judgedCase();
  if (facts.people.state === "absent") throw new Error(facts.people.reason);
  const load = [{ login: "ann", openReviews }];
  return { ...facts, people: present({ ...facts.people.value, load }), ...more };
}

/** What each of some readings, one after the other, is judged by, and as which evaluation. */
async function judgedBy(readings: readonly Facts[], subject = pull): Promise<{ loads: number[]; evaluations: number }> {
  const store = modelStore();
  const ids = new Set<string>();
  const loads: number[] = [];
  for (const facts of readings) {
    const steady = await withSteadyLoad(store, subject, facts, await store.memory.of(key));
    ids.add(reviewChange(steady).decision.evaluationId);
    loads.push(steady.people.state === "present" ? (steady.people.value.load[0]?.openReviews ?? 0) : -1);
  }
  return { loads, evaluations: ids.size };
}

const { change } = factsAt(2);
const pushed = { change: { ...change, head: { ...change.head, sha: sampleSha("later") } } };
const group: Subject = {
  ...{ kind: "merge-group", installation: 1, repository: 70, head: sampleSha("head") },
  ...{ headRef: "q", baseRef: "main", baseSha: sampleSha("base") },
};
const unread = absent("not read");

interface Row {
  says: string;
  readings: Facts[];
  subject?: Subject;
  loads: number[];
  evaluations: number;
}

test.each<Row>([
  {
    says: "a request elsewhere makes no other evaluation",
    readings: [factsAt(1), factsAt(2)],
    loads: [1, 1],
    evaluations: 1,
  },
  {
    says: "a push counts anew",
    readings: [factsAt(1), factsAt(2, pushed), factsAt(3, pushed)],
    ...{ loads: [1, 2, 2], evaluations: 2 },
  },
  {
    says: "what decides is read anew",
    readings: [factsAt(1), factsAt(2, { reviews: unread })],
    ...{ loads: [1, 1], evaluations: 2 },
  },
  {
    says: "of a merge group nobody is asked for a review",
    ...{ readings: [factsAt(1), factsAt(2)], subject: group, loads: [1, 2], evaluations: 2 },
  },
  {
    says: "without a policy nobody is suggested, and nothing is kept",
    readings: [factsAt(0, { policy: unread }), factsAt(2), factsAt(3)],
    ...{ loads: [0, 2, 2], evaluations: 2 },
  },
  {
    says: "people who were not read stay so, and nothing is kept of them",
    readings: [factsAt(1, { people: unread }), factsAt(2), factsAt(3, { people: unread })],
    ...{ loads: [-1, 2, -1], evaluations: 2 },
  },
])("$says", async ({ readings, subject, loads, evaluations }) => {
  expect(await judgedBy(readings, subject)).toEqual({ loads, evaluations });
});
