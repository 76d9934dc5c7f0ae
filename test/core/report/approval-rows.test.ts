import { describe, expect, test } from "vitest";
import type { AreaApproval } from "../../../core/ownership/approval.ts";
import {
  approvalRows,
  approvalWords,
  candidateWords,
  exceptionWords,
  reviewerWords,
  waiverWords,
} from "../../../core/report/approval-rows.ts";
import { publish } from "../../../core/report/publication.ts";
import { renderSarif } from "../../../core/report/sarif.ts";
import { renderSummary } from "../../../core/report/markdown.ts";
import { renderTerminal } from "../../../core/report/terminal.ts";
import { heldReview, sampleReview } from "../../builders.ts";

const review = heldReview();
const approvals = approvalRows(review).map(({ approval }) => approval);
const [sample] = approvals;

describe("the areas whose approval is asked for", () => {
  test("open ones first, each with the rules that ask for it", () => {
    expect(
      approvalRows(review).map(({ approval, rules, isOpen }) => `${approval.area} ${isOpen} ${rules.join()}`),
    ).toEqual([
      "auth true sensitive-ai-needs-owner",
      "the change true two-people of acme/policies",
      "billing false sensitive-ai-needs-owner",
    ]);
  });

  test("two rules that ask the same of an area are one row", () => {
    const held = heldReview();
    const [first] = held.decision.rules;
    held.decision.rules.push({ ...structuredClone(first!), id: "other" });
    expect(approvalRows(held)[0]?.rules).toEqual(["sensitive-ai-needs-owner", "other"]);
  });

  test("none where no rule asks", () => expect(approvalRows(sampleReview())).toEqual([]));

  test.each<{ rest: Partial<AreaApproval>; is: string }>([
    { rest: { state: "satisfied", by: ["ann", "bob"] }, is: "approved by ann, bob" },
    { rest: { state: "satisfied", by: [] }, is: "approved" },
    { rest: { state: "waiting", have: 1, need: 2 }, is: "waiting, 1 of 2" },
    { rest: { state: "stale", stale: ["ann"] }, is: "stale: ann approved what is no longer there" },
    { rest: { state: "blocked", changesRequestedBy: ["ann"] }, is: "ann asked for changes" },
    { rest: { state: "unsatisfiable", unsatisfiable: "no-eligible-owner" }, is: "nobody is eligible" },
    { rest: { state: "unsatisfiable", unsatisfiable: "configuration" }, is: "nobody can tell whose approval counts" },
    { rest: { state: "error" }, is: "could not be judged" },
    { rest: { state: "n/a" }, is: "nothing to approve" },
    { rest: { state: "waived" }, is: "waived" },
  ])("$rest.state: $is", ({ rest, is }) => expect(approvalWords({ ...sample!, ...rest })).toBe(is));

  test.each([
    { users: ["ann", "bob"], teams: ["acme/a"], is: "ann, bob or a member of acme/a" },
    { users: ["ann"], teams: [], is: "ann" },
    { users: [], teams: ["acme/a", "acme/b"], is: "a member of acme/a, acme/b" },
    { users: ["a", "b", "c", "d", "e", "f", "g"], teams: [], is: "a, b, c, d, e and 2 more" },
    { users: [], teams: [], is: null },
  ])("who can approve: $is", ({ users, teams, is }) => {
    expect(candidateWords({ ...sample!, candidates: { users, teams } })).toBe(is);
  });

  test("the fewest people to ask", () => {
    const of = (reviewers: typeof review.decision.reviewers) => reviewerWords({ ...review.decision, reviewers });
    expect(of([])).toBeNull();
    expect(of([{ user: "ann", areas: ["auth", "billing"] }])).toBe("ann (auth, billing)");
    expect(of(["ann", "bob", "cy"].map((user) => ({ user, areas: ["auth"] })))).toBe(
      "ann (auth), bob (auth) and cy (auth)",
    );
  });
});

describe("exceptions in words", () => {
  test("at a glance", () => {
    expect(exceptionWords(review.decision)).toBe(
      "break-glass by dee until 2026-11-21T14:00:00.000Z; 2 waivers (W-12 ends on 2026-11-30); 1 waiver that ended",
    );
    expect(exceptionWords(sampleReview().decision)).toBeNull();
  });

  test("one by one", () => {
    expect(review.decision.waivers.map(waiverWords)).toEqual([
      "rule risky-patterns, ends on 2026-11-30: exempts src/payments/charge.ts (payments: rewrite tracked in PAY-881)",
      "findings of swallowed-error, until 2027-12-31: exempts src/payments/charge.ts:44 (payments: rewrite tracked in PAY-881)",
      "rule risky-patterns: ended on 2026-10-31 and exempts nothing any more (payments: rewrite tracked in PAY-881)",
    ]);
  });
});

describe("a change that waits for people reads well everywhere", () => {
  test("summary.md: a whole page", async () => {
    await expect(renderSummary(review, { maxBytes: 65_535 })).toMatchFileSnapshot("__snapshots__/held.md");
  });

  test("the terminal: a whole page", async () => {
    const page = renderTerminal(review, { width: 100, color: false, unicode: true });
    await expect(page).toMatchFileSnapshot("__snapshots__/held.txt");
  });

  test("the check asks for an action, and its title says which", () => {
    const { conclusion, title, annotations } = publish(review);
    expect(conclusion).toBe("action_required");
    expect(title).toMatch(/^Needs approval: Break-glass: dee overrides/);
    expect(annotations.slice(0, 3).map((note) => `${note.level} ${note.title}`)).toEqual([
      "error sensitive-ai-needs-owner needs approval: an approval is stale",
      "error two-people of acme/policies needs approval",
      "warning break-glass by dee",
    ]);
  });

  test("a waived finding stays, marked and no longer counted", () => {
    const { annotations } = publish(review);
    const note = annotations.find(({ title }) => title === "swallowed-error");
    expect(note?.level).toBe("notice");
    expect(note?.message).toContain("Waived by W-13: no rule counts it.");
    expect(renderSarif(review, [])).toContain('"suppressions": [');
    expect(renderSarif(sampleReview(), [])).not.toContain("suppressions");
    const passing = publish({ ...review, decision: { ...review.decision, state: "warn", enforced: "warn" } });
    expect(passing.title).toContain("2 warnings, 2 notices; 1 waived");
  });
});
