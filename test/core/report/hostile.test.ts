import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { annotations } from "../../../core/report/annotations.ts";
import { renderJson } from "../../../core/report/json.ts";
import { renderSummary, summaryLimits } from "../../../core/report/markdown.ts";
import { publish } from "../../../core/report/publication.ts";
import { Review } from "../../../core/report/review.ts";
import { renderSarif } from "../../../core/report/sarif.ts";
import { renderTerminal } from "../../../core/report/terminal.ts";
import { canaries, secretPart } from "../../untrusted-canaries.ts";
import { heldReview, mapStrings } from "../../builders.ts";
import { activeParts } from "./markdown-tree.ts";

/** Every report that there is, of one review. */
function allFormats(review: Review): Record<string, string> {
  const size = { width: 80, unicode: true };
  const { title, summary, annotations: notes } = publish(review);
  return {
    terminal: renderTerminal(review, { ...size, color: false }),
    "terminal in colour": renderTerminal(review, { ...size, color: true }),
    "report.json": renderJson(review),
    "summary.md": renderSummary(review, { maxBytes: summaryLimits.step }),
    "report.sarif": renderSarif(review, []),
    annotations: notes.map((note) => `${note.path ?? ""}\n${note.title}\n${note.message}`).join("\n"),
    "check run's title": title,
    "check run's summary.md": summary,
  };
}

/** Where text can get in: the slots of a review that may hold any string. The others hold words of a closed list, or ids. */
function freeSlots(): ReadonlySet<string> {
  const sample = heldReview();
  const all = new Map<string, string>();
  mapStrings(sample, (text, path) => {
    // The slots of one list are alike.
    const kind = path.replaceAll(/\[\d+\]/g, "[]");
    if (!all.has(kind)) all.set(kind, path);
    return text;
  });
  const free = [...all].filter(([, path]) => {
    return Review.safeParse(mapStrings(sample, (text, at) => (at === path ? "\nany text\n" : text))).success;
  });
  return new Set(free.map(([kind]) => kind));
}

const slots = freeSlots();

/** The sample with the text in every slot that takes any, or in those that `where` names. */
function planted(plant: (slot: string) => string, where: ReadonlySet<string> = slots): Review {
  return mapStrings(heldReview(), (text, path) => {
    const kind = path.replaceAll(/\[\d+\]/g, "[]");
    return where.has(kind) && slots.has(kind) ? plant(path) : text;
  });
}

test("the slots are what a change, a tool and a policy can fill, and no closed word is one of them", () => {
  expect([...slots]).toEqual(
    expect.arrayContaining([
      "change.id",
      "change.branch",
      "change.commits[].subject",
      "change.commits[].author.name",
      "change.files[].path",
      "change.files[].areas[]",
      "change.files[].written[].writer.model",
      "provenance.commits[].trailers[].value",
      "coverage.files[].functions[].name",
      "coverage.files[].before.reason",
      "findings[].message",
      "findings[].place.path",
      "notAnalysed[].reason",
      "decision.summary[]",
      "decision.rules[].reasons[].says",
      "decision.policy.path",
      "notes[]",
    ]),
  );
  expect(slots.size).toBeGreaterThan(45);
  expect(slots).not.toContain("decision.state");
  expect(slots).not.toContain("change.commits[].sha");
});

/** What would act on a terminal, in a runner's log or on a page of GitHub. */
const attacks = [
  "\u001b]8;;https://evil.test\u0007click\u001b[2J\u001b[31m",
  "\u009b31m\u0085\u2028\u2029",
  "\n::error file=x::y\n::add-mask::z\n##[command]x",
  "\r\n  ::set-output name=a::b",
  "%0A::warning::x",
  "<img src=x onerror=alert(1)><!-- --></details></code></pre><script>",
  "![a](https://evil.test/a.png) [b](javascript:alert(1)) <https://evil.test> [c][d]\n\n[d]: https://evil.test",
  "@acme/owners @ann please look #12 GH-34 acme/orders#5 1405df66cbe219b0bf6355bc3d60361a8376b6b4",
  "https://evil.test www.evil.test ann@evil.test mailto:ann@evil.test",
  "`` ` ``` | a | b\n|---|---|\n# h\n- x\n> q\n***",
  "[^1]\n\n[^1]: note",
  "\u202Egnp.exe\u200b\u{e0041}\u{e007f}\ufeff",
  "```mermaid\ngraph TD\n```\n$$x$$ :tada:",
  "\ud800 \udfff \u0000",
  "__proto__",
  "",
];

/** Nothing that came in acts in any of the reports. */
function expectInert(review: Review): void {
  for (const [format, text] of Object.entries(allFormats(review))) {
    // Our own styles; a sequence from the text would hold other characters, or stand unclosed.
    const plain = format === "terminal in colour" ? text.replaceAll(/\u001b\[[0-9;]+m/g, "") : text;
    expect(plain, format).not.toMatch(
      /[\0-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029]|\p{Default_Ignorable_Code_Point}/u,
    );
    expect(plain, format).not.toMatch(/^\s*::/m);
    expect(plain, format).not.toContain("##[");
    expect(text.isWellFormed(), format).toBe(true);
    if (format.endsWith(".json") || format.endsWith(".sarif")) expect(JSON.parse(text)).toMatchObject({});
    if (format.endsWith(".md")) expect(activeParts(text), format).toEqual([]);
  }
  expect(publish(review).title.length).toBeLessThanOrEqual(255);
  expect(publish(review).summary.length).toBeLessThanOrEqual(65_535);
}

describe("fault 67: hostile text in every slot is only text", () => {
  test.each(attacks)("%j", (attack) => expectInert(planted(() => attack)));

  test("long and repeated", () => expectInert(planted(() => attacks.join("").repeat(5))));

  test("any attack in any slot", () => {
    const anything = fc.oneof(fc.constantFrom(...attacks), fc.string({ unit: "binary", maxLength: 40 }));
    fc.assert(
      fc.property(fc.array(anything, { minLength: 1, maxLength: 6 }), (texts) => {
        expectInert(planted((slot) => texts[slot.length % texts.length] ?? ""));
      }),
      { numRuns: 6 },
    );
  });
});

describe("fault 70: a secret in any slot reaches no report", () => {
  test.each(canaries)("$kind", (canary) => {
    const review = planted(() => `x ${canary.value} y`);
    const secret = secretPart(canary);
    for (const [format, text] of Object.entries(allFormats(review))) expect(text, format).not.toContain(secret);
    // A page cut by lines or cells must not show a secret in pieces either.
    expect(Object.values(allFormats(review)).join("").replaceAll(/\s/g, "")).not.toContain(secret);
  });

  test("a secret that fills a slot alone, cut in two by an invisible character", () => {
    const canary = canaries.find(({ kind }) => kind === "github-token")!;
    const hidden = `${canary.value.slice(0, 10)}\u200b${canary.value.slice(10)}`;
    for (const [format, text] of Object.entries(allFormats(planted(() => hidden)))) {
      expect(text, format).not.toContain(canary.value);
      expect(text, format).not.toContain(canary.value.slice(10));
    }
  });
});

test("the same review gives the same bytes, and no report changes it", () => {
  const review = heldReview();
  const before = JSON.stringify(review);
  expect(allFormats(review)).toEqual(allFormats(heldReview()));
  annotations(review);
  expect(JSON.stringify(review)).toBe(before);
});
