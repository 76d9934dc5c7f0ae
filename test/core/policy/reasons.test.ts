import { expect, test } from "vitest";
import type { Reason } from "../../../core/policy/index.ts";
import { few, missed, satisfied } from "../../../core/policy/reasons.ts";

const reason = (state: Reason["state"], says = ""): Reason => ({ says, state, fix: null, reasons: [] });
const many = (count: number, state: Reason["state"] = "unknown") =>
  Array.from({ length: count }, (_, index) => reason(state, `${index}`));
const rest = (count: number, state: Reason["state"]) => reason(state, `and ${count} more`);

test.each<{ says: string; reasons: Reason[]; is: Reason[] }>([
  { says: "none", reasons: [], is: [] },
  { says: "ten, each", reasons: many(10), is: many(10) },
  { says: "of more the first ten, and how many are left", reasons: many(12), is: [...many(10), rest(2, "unknown")] },
  { says: "of more that are missed", reasons: many(11, "no"), is: [...many(10, "no"), rest(1, "no")] },
  {
    says: "of more of which one is missed",
    reasons: [...many(11), reason("no")],
    is: [...many(10), rest(2, "no")],
  },
])("reasons are told one by one: $says", ({ reasons, is }) => expect(few(reasons)).toEqual(is));

test("what is met and what is not", () => {
  expect([satisfied("a"), satisfied("a", many(1)), missed("b", "mend it"), missed("b", "mend it", many(1))]).toEqual([
    { state: "satisfied", reason: { says: "a", state: "yes", fix: null, reasons: [] } },
    { state: "satisfied", reason: { says: "a", state: "yes", fix: null, reasons: many(1) } },
    { state: "unsatisfied", reason: { says: "b", state: "no", fix: "mend it", reasons: [] } },
    { state: "unsatisfied", reason: { says: "b", state: "no", fix: "mend it", reasons: many(1) } },
  ]);
});
