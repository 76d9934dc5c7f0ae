import { describe, expect, test } from "vitest";
import { statusPage, type StatusPage } from "../../../app/pages/status-page.ts";
import type { AreaApproval } from "../../../core/ownership/approval.ts";
import type { Review } from "../../../core/report/index.ts";
import { replay } from "../../../gate/run-gate.ts";
import { plainStage } from "../../../core/stage.ts";
import { heldReview, mapStrings, sampleReview } from "../../builders.ts";
import { exampleFacts } from "../../example-facts.ts";
import { sampleHistory, verdictOf } from "./pages-sample.ts";

function pageOf(review: Review, rest: Partial<StatusPage> = {}): string {
  const verdict = verdictOf(review);
  return statusPage({
    ...{ owner: "octo", name: "orders", number: 7, webUrl: new URL("https://github.com"), verdict, user: "ann" },
    ...{ history: sampleHistory(verdict), historyIsCut: false, share: null },
    ...rest,
  }).toString();
}

/** What a reader reads, tags taken away. */
function wordsOf(page: string): string {
  return page
    .replace(/<style>.*?<\/style>/s, "")
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll("&#39;", "'")
    .replaceAll("&#34;", '"')
    .replaceAll(/\s+/g, " ");
}

test("the page of the shipped example", async () => {
  const { review } = await replay(await exampleFacts(), { stage: plainStage });
  await expect(pageOf(review)).toMatchFileSnapshot("__snapshots__/example.html");
});

test("the page of a change that waits for people", async () => {
  await expect(pageOf(heldReview())).toMatchFileSnapshot("__snapshots__/held.html");
});

describe("what a reader must find", () => {
  const words = wordsOf(pageOf(heldReview()));
  test.each([
    { says: "an approval that does not count, and why", text: "ann no ann's approval is of other content" },
    { says: "who gave the one that does", text: "billing approved by cy" },
    { says: "who can approve what is open", text: "ann, bob or a member of acme/identity" },
    { says: "the mark of what nobody has reviewed", text: "AI-suggested, not yet reviewed" },
    { says: "what was decided before", text: "2026-11-21 19:01:00 Blocked" },
    { says: "when, and on which commit", text: "at 2026-11-21 20:15:09 UTC" },
  ])("$says", ({ text }) => expect(words).toContain(text));

  test("the decision and who can unblock it come first", () => {
    const { decision } = heldReview();
    const open = heldReview({ decision: { ...decision, override: null, summary: ["auth waits for an approval"] } });
    const first = wordsOf(pageOf(open)).indexOf("Needs approval: auth waits for an approval.");
    expect(first).toBeGreaterThan(0);
    expect(wordsOf(pageOf(open)).slice(first, first + 120)).toContain("Who can unblock it: ann (auth, the change).");
  });
});

describe("the mark goes when an approval covers what stands in the file", () => {
  const files = sampleReview().change.files.map(({ path }) => path);
  const settled = { area: "all files", state: "satisfied" as const, by: ["ann"] };
  test.each([
    { says: "no rule asks for one", approvals: [], isMarked: true },
    { says: "somebody approved all of it", approvals: [areaApproval(settled)], isMarked: false },
    { says: "the approval is stale", approvals: [areaApproval({ ...settled, state: "stale" })], isMarked: true },
    { says: "it is waived, and nobody looked", approvals: [areaApproval({ ...settled, by: [] })], isMarked: true },
    {
      says: "the approval is of another area",
      approvals: [areaApproval({ ...settled, area: "auth" })],
      isMarked: true,
    },
  ])("$says", ({ approvals, isMarked }) => {
    const { decision, change } = sampleReview();
    const areas = change.files.map((file, index) => ({ ...file, areas: index === 0 ? ["auth"] : [] }));
    const rules = [{ ...decision.rules[0]!, state: "satisfied" as const, files, approvals }];
    const review = sampleReview({ decision: { ...decision, rules }, change: { ...change, files: areas.slice(1) } });
    const other = { ...change.files[0]!, path: "elsewhere.ts", areas: ["auth"], written: [] };
    const page = pageOf({ ...review, change: { ...review.change, files: [...review.change.files, other] } });
    expect(page.includes(`<td class="text"><span class="mark">`)).toBe(isMarked);
  });
});

function areaApproval(rest: Partial<AreaApproval>): AreaApproval {
  return {
    ...{ area: "all files", state: "waiting", says: "", fix: null, have: 0, need: 1, by: [], stale: [] },
    ...{
      changesRequestedBy: [],
      unsatisfiable: null,
      candidates: { users: [], teams: [] },
      groups: [],
      considered: [],
    },
    ...rest,
  };
}

test("a verdict of another version shows its title and its history", () => {
  const verdict = verdictOf(sampleReview(), { review: '{"version":99}', title: "Blocked: <b>2 errors</b>" });
  const page = pageOf(sampleReview(), { verdict });
  expect(page).toContain("Blocked: &#60;b&#62;2 errors");
  expect(wordsOf(page)).toContain("/countersign recheck");
});

test("what is not judged is not taken for a verdict of another version, and stands in no history while it is being judged", () => {
  const verdict = verdictOf(sampleReview(), { decision: "pending", review: '{"fault":{}}', title: "Being judged" });
  const page = pageOf(sampleReview(), { verdict, history: sampleHistory(verdict) });
  expect(page).toContain("<strong>Being judged</strong>");
  expect(page).not.toContain("Another version");
  expect(page).not.toContain('<td class="text">Being judged</td>');
  expect(page).toContain("Blocked: 2 errors");
});

describe("hostile text in every slot is only text", () => {
  test.each([
    { says: "markup", text: `<script>alert(1)</script><img src=x onerror=alert(1)>` },
    { says: "the end of an attribute", text: `"><script>alert(1)</script>` },
    { says: "the end of the title", text: `</title><script>alert(1)</script>` },
    { says: "an address", text: `javascript:alert(1)` },
    { says: "a comment", text: `<!-- --!><script>` },
  ])("$says", ({ text }) => {
    const clean = structureOf(pageOf(planted("any text ")));
    const hostile = structureOf(pageOf(planted(text)));
    expect(hostile).toEqual(clean);
  });

  test("a long name is cut, and bidirectional controls are gone", () => {
    const page = pageOf(planted(`\u202e${"a".repeat(100_000)}`));
    expect(page).not.toContain("\u202e");
    expect(page).not.toContain("a".repeat(10_000));
  });
});

/** The sample with a text in front of every string that a schema takes any text for. */
function planted(text: string): Review {
  const free =
    /(subject|summary|says|fix|area|user|users|teams|title|path|notes|reason|nextSteps|owner|by|agent|model)(\[\d+\])?$/;
  return mapStrings(heldReview(), (value, path) =>
    free.test(path) && !/reason$/.test(path) ? `${text}${value}` : value,
  );
}

/** The tags of a page, with the names of their attributes: what a browser would make of it. */
function structureOf(page: string): string[] {
  return [...page.matchAll(/<(?:[!/]?[a-z]+)(?:\s[^>]*)?>/gi)].map(([tag]) => tag.replaceAll(/="[^"]*"/g, ""));
}
