import { describe, expect, test } from "vitest";
import { planCheck, planLabels, planRequests, type LabelsNow, type Wish } from "../../../app/publish/plan.ts";
import { externalId, headVerdict } from "../../../app/publish/head-verdict.ts";
import { faultRow, overRow } from "../../../app/publish/verdict-row.ts";
import { sampleSha } from "../../builders.ts";

/** Wanted beside what is there, as single steps. */
describe("the steps to a verdict", () => {
  const wanted = (annotations: number) => ({ externalId: "e1", conclusion: "failure", annotations });
  const run = (over: object) => ({
    ...{ id: 7, externalId: "e1", isCompleted: true, conclusion: "failure", annotations: 0 },
    ...over,
  });

  test.each([
    { says: "nothing is there", count: 3, current: null, steps: ["complete null 3"] },
    { says: "fault 66: 120 annotations", count: 120, current: null, steps: ["complete null 50", "50+50", "100+20"] },
    { says: "all is there", count: 3, current: run({ annotations: 3 }), steps: [] },
    {
      says: "the annotations were broken off",
      count: 120,
      current: run({ annotations: 50 }),
      steps: ["50+50", "100+20"],
    },
    { says: "another verdict is there", count: 0, current: run({ externalId: "e0" }), steps: ["complete 7 0"] },
    { says: "another conclusion is there", count: 0, current: run({ conclusion: "success" }), steps: ["complete 7 0"] },
    {
      says: "it is in progress",
      count: 51,
      current: run({ isCompleted: false, conclusion: null, externalId: "in_progress" }),
      steps: ["complete 7 50", "50+1"],
    },
  ])("$says", ({ count, current, steps }) => {
    const planned = planCheck(wanted(count), current);
    const words = planned.map((step) => {
      if (step.do === "begin") return "begin";
      return step.do === "complete"
        ? `complete ${step.run?.id ?? "null"} ${step.annotations}`
        : `${step.from}+${step.count}`;
    });
    expect(words).toEqual(steps);
  });

  test.each([
    { says: "nothing is there", current: null, steps: [{ do: "begin" }] },
    { says: "a verdict is there", current: run({ conclusion: "success" }), steps: [{ do: "begin" }] },
    { says: "a run is in progress", current: run({ isCompleted: false, conclusion: null }), steps: [] },
  ])("that something is still being judged, where $says", ({ current, steps }) => {
    expect(planCheck({ externalId: "e1", conclusion: "in_progress", annotations: 0 }, current)).toEqual(steps);
  });
});

describe("the steps to labels", () => {
  const at = (minute: number) => `2026-11-21T12:${String(minute).padStart(2, "0")}:00.000Z`;
  const now = (over: Partial<LabelsNow> = {}): LabelsNow => ({
    ...{ present: [], ours: new Map(), people: new Map(), created: new Set(["ai-assisted"]) },
    ...over,
  });
  const add = { do: "add-label", label: "ai-assisted" };
  const remove = { do: "remove-label", label: "ai-assisted" };

  test.each([
    { says: "wanted and missing", wanted: true, now: now(), steps: [add] },
    {
      says: "wanted, and the repository is not known to have it",
      wanted: true,
      now: now({ created: new Set() }),
      steps: [{ do: "create-label", label: "ai-assisted" }, add],
    },
    { says: "wanted and there, in other capitals", wanted: true, now: now({ present: ["AI-Assisted"] }), steps: [] },
    { says: "not wanted and not there", wanted: false, now: now(), steps: [] },
    {
      says: "not wanted, and ours",
      wanted: false,
      now: now({ present: ["ai-assisted"], ours: new Map([["ai-assisted", at(1)]]) }),
      steps: [remove],
    },
    { says: "not wanted, and never ours", wanted: false, now: now({ present: ["ai-assisted"] }), steps: [] },
    {
      says: "not wanted, ours, and set by a person since",
      wanted: false,
      now: now({
        present: ["ai-assisted"],
        ours: new Map([["ai-assisted", at(1)]]),
        people: new Map([["ai-assisted", { set: true, at: at(2) }]]),
      }),
      steps: [],
    },
    {
      says: "not wanted, taken away by a person once, and ours again since",
      wanted: false,
      now: now({
        present: ["ai-assisted"],
        ours: new Map([["ai-assisted", at(3)]]),
        people: new Map([["ai-assisted", { set: true, at: at(2) }]]),
      }),
      steps: [remove],
    },
    { says: "somebody else's", wanted: false, now: now({ present: ["bug"] }), steps: [] },
  ])("$says", ({ wanted, now: there, steps }) =>
    expect(planLabels(wanted ? ["ai-assisted"] : [], ["ai-assisted"], there)).toEqual(steps),
  );
});

describe("whom to ask", () => {
  const wish = (name: string, content = "c1", kind: "user" | "team" = "user"): Wish => ({
    request: { kind, name, areas: ["auth"], files: [] },
    content,
  });
  const at = { early: "2026-11-21T12:00:00.000Z", late: "2026-11-21T13:00:00.000Z" };
  const now = { isDraft: false, pending: [] as string[], asked: new Map<string, { content: string; at: string }>() };
  const asked = (key: string, content: string) => new Map([[key, { content, at: at.early }]]);
  const never = new Map<string, string>();

  test.each([
    { says: "never asked", wishes: [wish("ann")], now: { ...now, reviewed: never }, is: ["ann"] },
    { says: "a draft", wishes: [wish("ann")], now: { ...now, isDraft: true, reviewed: never }, is: [] },
    { says: "pending", wishes: [wish("Ann")], now: { ...now, pending: ["ann"], reviewed: never }, is: [] },
    {
      says: "asked about the same",
      wishes: [wish("ann")],
      now: { ...now, asked: asked("user/ann", "c1"), reviewed: new Map([["ann", at.late]]) },
      is: [],
    },
    {
      says: "asked about something else, and answered",
      wishes: [wish("ann", "c2")],
      now: { ...now, asked: asked("user/ann", "c1"), reviewed: new Map([["ann", at.late]]) },
      is: ["ann"],
    },
    {
      says: "asked about something else, and somebody took the request back",
      wishes: [wish("ann", "c2")],
      now: { ...now, asked: asked("user/ann", "c1"), reviewed: never },
      is: [],
    },
    {
      says: "a team, asked about something else",
      wishes: [wish("acme/pay", "c2", "team")],
      now: { ...now, asked: asked("team/acme/pay", "c1"), reviewed: never },
      is: ["acme/pay"],
    },
    {
      says: "a storm of them",
      wishes: Array.from({ length: 40 }, (_, index) => wish(`u${index}`)),
      now: { ...now, reviewed: never },
      is: Array.from({ length: 15 }, (_, index) => `u${index}`),
    },
  ])("$says", ({ wishes, now: there, is }) =>
    expect(planRequests(wishes, there).map(({ request }) => request.name)).toEqual(is),
  );
});

describe("the verdict on a head", () => {
  const subject = (number: number) => ({ kind: "pull-request" as const, installation: 1, repository: 2, number });
  const fault = (number: number, what: string) =>
    faultRow({ subject: subject(number), what, fix: "Wait." }, sampleSha("head"), "2026-11-21T12:00:00.000Z");

  test("has an id that does not depend on the order of its rows, and changes with any of them", () => {
    const [one, two, three] = [fault(1, "a"), fault(2, "b"), fault(3, "c")];
    expect(externalId([one, two])).toBe(externalId([two, one]));
    expect(externalId([one, two])).not.toBe(externalId([one, three]));
    expect(externalId([one, overRow(two, "2026-11-21T13:00:00.000Z")])).toBe(externalId([one]));
  });

  test("a decision that this version does not know weighs most", () => {
    const [known, unknown] = [fault(1, "a"), { ...fault(2, "b"), decision: "quarantined" }];
    expect(headVerdict([known, unknown]).row.number).toBe(2);
    expect(headVerdict([unknown, known]).row.number).toBe(2);
  });

  test("says no more than GitHub takes, however many pull requests there are", () => {
    const rows = Array.from({ length: 500 }, (_, index) => fault(index + 1, "漢".repeat(900)));
    const { content } = headVerdict(rows);
    expect(content.title.length).toBeLessThanOrEqual(255);
    expect(Buffer.byteLength(content.summary)).toBeLessThanOrEqual(65_535);
    expect(content.summary).toContain("480 more");
  });

  test("fault 67: what a fault says stays inert", () => {
    const { content } = headVerdict([fault(1, "<img src=x> @everyone [a](http://b) ::error::x")]);
    expect(content.summary).not.toMatch(/<img|@everyone|\]\(http/);
    expect(content.title).not.toContain("\n");
  });
});
