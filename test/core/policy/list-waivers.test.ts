import { expect, test } from "vitest";
import { listWaivers } from "../../../core/policy/index.ts";
import { buildPolicy } from "../../subjects.ts";

const waiver = (id: string, expires: string, more = "") =>
  `{ id: ${id}, rule: r, reason: why, owner: ann, expires: "${expires}"${more} }`;
const rules = "rules: [{ id: r, require: { secrets: none } }]";
const own = buildPolicy(
  `waivers: [${[
    waiver("W-3", "2026-12-31"),
    waiver("W-2", "2026-11-20"),
    waiver("W-4", "2026-11-25", ", paths: [src/**]"),
    waiver("W-1", "2026-11-21"),
    waiver("W-0", "2026-12-31"),
    waiver("W-5", "2026-12-31"),
  ].join(", ")}]\n${rules}`,
);
const below = buildPolicy(`waivers: [${waiver("W-2", "2026-11-22")}]\n${rules}`);
const policy = { ...own, floors: [{ repo: "acme/floor", path: "a.yml", ref: "0", digest: "0", policy: below }] };

test("those that end first stand on top, with what the day makes of them", () => {
  const listed = listWaivers(policy, "2026-11-21T12:00:00Z", null);
  expect(listed.map(({ id, floor, daysLeft, state, paths }) => ({ id, floor, daysLeft, state, paths }))).toEqual([
    { id: "W-2", floor: null, daysLeft: 0, state: "expired", paths: null },
    { id: "W-1", floor: null, daysLeft: 1, state: "ending", paths: null },
    { id: "W-2", floor: "acme/floor", daysLeft: 2, state: "ending", paths: null },
    { id: "W-4", floor: null, daysLeft: 5, state: "ending", paths: ["src/**"] },
    { id: "W-0", floor: null, daysLeft: 41, state: "active", paths: null },
    { id: "W-3", floor: null, daysLeft: 41, state: "active", paths: null },
    { id: "W-5", floor: null, daysLeft: 41, state: "active", paths: null },
  ]);
  expect(new Set(listed.map(({ exempts }) => exempts))).toEqual(new Set([null]));
  expect(listed[0]).toMatchObject({ rule: "r", reason: "why", owner: "ann", expires: "2026-11-20" });
});

test("of two with one id and one day the repository's own stands first", () => {
  const [last] = own.waivers.filter(({ id }) => id === "W-3");
  const alike = { ...policy, floors: [{ ...policy.floors[0]!, policy: { ...below, waivers: [last!] } }] };
  const listed = listWaivers(alike, "2026-11-21T12:00:00Z", null).filter(({ id }) => id === "W-3");
  expect(listed.map(({ floor }) => floor)).toEqual([null, "acme/floor"]);
});

test("what each exempts in a change is told of the one in its own policy", () => {
  const use = {
    rule: "r",
    finding: null,
    owner: "ann",
    reason: "why",
    expires: "2026-11-22",
    state: "ending" as const,
  };
  const uses = [
    { ...use, id: "W-2", floor: "acme/floor", exempts: ["b.ts"] },
    { ...use, id: "W-1", floor: null, exempts: ["a.ts"] },
  ];
  const listed = listWaivers(policy, "2026-11-21T12:00:00Z", uses);
  expect(listed.map(({ exempts }) => exempts)).toEqual([[], ["a.ts"], ["b.ts"], [], [], [], []]);
});
