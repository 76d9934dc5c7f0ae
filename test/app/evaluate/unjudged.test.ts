import { expect, test } from "vitest";
import { NotTold, TooMany } from "../../../adapters/github/client.ts";
import type { Bench } from "../../../app/evaluate/evaluator.ts";
import type { Place } from "../../../app/evaluate/find-repository.ts";
import { hints } from "../../../app/evaluate/hints.ts";
import { readPullNow } from "../../../app/evaluate/read-pull-now.ts";
import { unjudged } from "../../../app/evaluate/unjudged.ts";
import type { Subject } from "../../../app/subject.ts";

const subject: Subject = { kind: "pull-request", installation: 1, repository: 70, number: 3 };

test.each([
  { says: "more than is read", error: new TooMany("#3 has more than 3000 reviews"), text: "3000", again: false },
  { says: "no answer", error: new NotTold("GitHub did not answer in time"), text: "unavailable", again: true },
])("$says is told as it is, and tried again where that may mend it", ({ error, text, again }) => {
  const fault = unjudged(subject, error);
  expect(fault).toMatchObject({ state: "fault", again });
  expect(fault.state === "fault" ? fault.what : "").toContain(text);
  expect(fault.state === "fault" && fault.what.includes("unavailable")).toBe(again);
});

test.each([
  { says: "where the graph knows that there are too many", error: new TooMany("too many"), lists: 0 },
  { says: "but where it fails", error: new NotTold("reset"), lists: 1 },
])("no list is asked for in vain: $says", async ({ error, lists }) => {
  let asked = 0;
  const refuse = () => Promise.reject(error);
  const get = () => {
    asked += 1;
    return refuse();
  };
  const github = { repository: { owner: "acme", name: "orders" }, query: refuse, get, list: get };
  const parts: unknown = { settings: { appId: 1 }, hints: hints() };
  const place: unknown = { id: 70, github };
  await expect(readPullNow(parts as Bench, place as Place, 3)).rejects.toBe(error);
  expect(asked).toBe(lists);
});
