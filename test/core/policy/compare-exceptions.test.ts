import { describe, expect, test } from "vitest";
import { compareBreakGlass, compareWaivers } from "../../../core/policy/compare-exceptions.ts";
import { newWork } from "../../../core/policy/work.ts";
import { buildPolicy } from "../../subjects.ts";
import { differenceTexts } from "./difference-texts.ts";

describe("waivers", () => {
  const rules =
    "rules: [{ id: x, require: { secrets: none, trailers: [T] } }, { id: share, require: { coverage: { patch_lines: 80 } } }]";
  const written = (waivers: readonly string[]) =>
    buildPolicy(`${rules}\nwaivers: [${waivers.map((rest) => `{ reason: r, ${rest} }`).join(", ")}]`);
  const ends = (day: string) => `id: W-1, rule: x, owner: o, expires: "${day}"`;
  const later = "2027-12-01";
  const sooner = "2027-11-01";
  const now = (day: string) => `change waiver W-1, which then ends on ${day}`;

  test.each([
    { says: "the same", before: [ends(later)], after: [ends(later)], is: [] },
    {
      says: "one for a lint rule",
      before: [],
      after: [`id: W-2, finding: swallowed-error, owner: o, expires: "${later}"`],
      is: [`loosens: add waiver W-2 for swallowed-error, until ${later}`],
    },
    {
      says: "one in place of another",
      before: [ends(later)],
      after: [ends(later).replace("W-1", "W-2")],
      is: [`loosens: add waiver W-2 for x, until ${later}`, "tightens: remove waiver W-1"],
    },
    {
      says: "none any more, of a rule that asks for a share",
      before: [ends(later).replace("rule: x", "rule: share")],
      after: [],
      is: ["changes: remove waiver W-1"],
    },
    { says: "one that ends later", before: [ends(sooner)], after: [ends(later)], is: [`loosens: ${now(later)}`] },
    { says: "one that ends sooner", before: [ends(later)], after: [ends(sooner)], is: [`tightens: ${now(sooner)}`] },
    {
      says: "one that ends sooner, of a rule that asks for a share",
      before: [ends(later).replace("rule: x", "rule: share")],
      after: [ends(sooner).replace("rule: x", "rule: share")],
      is: [`changes: ${now(sooner)}`],
    },
    {
      says: "one for fewer files, until the same day",
      before: [`paths: [src/**], ${ends(later)}`],
      after: [`paths: [src/a/**], ${ends(later)}`],
      is: [`tightens: ${now(later)}`],
    },
    {
      says: "one for some files, no longer for all",
      before: [ends(later)],
      after: [`paths: [src/**], ${ends(later)}`],
      is: [`tightens: ${now(later)}`],
    },
    {
      says: "one for all files, no longer for some",
      before: [`paths: [src/**], ${ends(later)}`],
      after: [ends(sooner)],
      is: [`loosens: ${now(sooner)}`],
    },
    {
      says: "one that somebody else answers for, and that ends sooner",
      before: [ends(later)],
      after: [ends(sooner).replace("owner: o", "owner: p")],
      is: [`changes: ${now(sooner)}`],
    },
  ])("$says", ({ before, after, is }) =>
    expect(differenceTexts(compareWaivers(written(before), written(after), newWork(Infinity)))).toEqual(is),
  );
});

describe("break-glass", () => {
  const ann = "{ who: { users: [ann] }, max_age: 4h }";
  const breakGlass = (written: string) => buildPolicy(`break_glass: ${written}`).breakGlass;
  const changed = "change who may use break-glass, or for how long";
  test.each([
    { says: "never", before: null, after: null, is: [] },
    { says: "the same", before: breakGlass(ann), after: breakGlass(ann), is: [] },
    { says: "for somebody", before: null, after: breakGlass(ann), is: ["loosens: let people use break-glass"] },
    { says: "for nobody", before: breakGlass(ann), after: null, is: ["tightens: let nobody use break-glass"] },
    {
      says: "for somebody else",
      before: breakGlass(ann),
      after: breakGlass(ann.replace("ann", "eve")),
      is: [`loosens: ${changed}`],
    },
    {
      says: "for fewer people, as long",
      before: breakGlass(ann.replace("ann", "ann, eve")),
      after: breakGlass(ann),
      is: [`tightens: ${changed}`],
    },
    {
      says: "for fewer people, and longer",
      before: breakGlass(ann.replace("ann", "ann, eve")),
      after: breakGlass(ann.replace("4h", "5h")),
      is: [`loosens: ${changed}`],
    },
    {
      says: "for the same people, not as long",
      before: breakGlass(ann),
      after: breakGlass(ann.replace("4h", "3h")),
      is: [`tightens: ${changed}`],
    },
  ])("$says", ({ before, after, is }) => expect(differenceTexts(compareBreakGlass(before, after))).toEqual(is));
});
