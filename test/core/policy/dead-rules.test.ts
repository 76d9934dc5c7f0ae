import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { verdicts } from "../../../core/change/authorship.ts";
import { deadRules } from "../../../core/policy/dead-rules.ts";
import { evaluate, loadPolicy } from "../../../core/policy/index.ts";
import { buildSignal, buildSubject, sampleLintRules, sampleVocabulary, type SubjectSketch } from "../../subjects.ts";

const areas =
  "areas: { auth: { paths: [src/auth/**], tier: 1 }, docs: { paths: [docs/**] }, web: { paths: [src/web/**] } }";

function load(text: string) {
  const loaded = loadPolicy(`version: 1\n${text}`, { file: "p.yml", lintRules: sampleLintRules });
  if (!loaded.ok) throw new Error(loaded.problems.map(({ what }) => what).join("; "));
  return loaded;
}

/** The warnings about rules, `code place`; those about areas and so on are not asked here. */
function dead(text: string): string[] {
  const codes = ["CS101", "CS112", "CS113", "CS114"];
  return load(text)
    .warnings.filter(({ code }) => codes.includes(code))
    .map(({ code, path }) => `${code} ${path}`);
}

const rule = (body: string, more = areas) => `${more}\nrules: [{ id: r, ${body} }]`;
const ask = "require: { secrets: none }";
const provenance = (keys: string) => `provenance: { ${keys} }\n${areas}`;
const allCode = "counts_as_code: { generated: true }";

/** The warnings about the rules of a policy as if all stood in its file, `code place: sentence`. */
function told(text: string): string[] {
  const { policy } = load(text);
  const written = policy.rules.map((rule, index) => ({ rule, index }));
  return deadRules(written, policy).map(({ code, path, what, fix }) => `${code} ${path.join(".")}: ${what}. ${fix}`);
}

describe("what is told of a rule, and what to do about it", () => {
  const excluding = (list: string) => `provenance: { exclude: ${list} }\n${areas}`;
  const named = (what: string) =>
    `CS112 rules.0.when: \`provenance.exclude\` names ${what}, so of its files only links and names that look alike count as AI. Remove the patterns from \`provenance.exclude\`, or the rule.`;
  const never = (where: string, key: string) =>
    `CS113 rules.0.${key}: ${where} read without a pull request, so this is never known there: what is not met ends as \`undecided\`. Add \`pull_request\` to \`event\`, or remove this.`;
  const asksAlike = "the rule asks what `a` asks, under the same conditions";
  test.each<{ says: string; text: string; is: string[] }>([
    { says: "nothing, of one that asks everywhere", text: rule(ask), is: [] },
    { says: "nothing, of one about what people wrote", text: rule(`when: { ai: false }, ${ask}`), is: [] },
    { says: "nothing, of one for drafts", text: rule(`when: { draft: false }, ${ask}`), is: [] },
    {
      says: "requirements of AI alone, where nothing is AI's",
      text: rule("when: { ai: false }, require: { tools: copilot, trailers: [T] }"),
      is: [
        "CS101 rules.0.when: the rule applies to files that do not count as AI, and `trailers` and `tools` ask only of what does. Write `ai: true`, or remove `trailers` and `tools`.",
      ],
    },
    {
      says: "the label that brings it in",
      text: rule("when: { labels: hot }, require: { labels: hot }"),
      is: [
        "CS101 rules.0.require.labels: the rule applies only where the label is there that it asks for. Remove the condition, or ask for something else.",
      ],
    },
    {
      says: "an expression",
      text: rule(`when: { if: "1 > 2" }, ${ask}`),
      is: [
        "CS101 rules.0.when.if: the expression is false whatever the change is, so the rule never applies. Ask something that can be true, or remove the rule.",
      ],
    },
    {
      says: "tiers of no area",
      text: rule(`when: { tier: [3, 2] }, ${ask}`, "areas: { auth: { paths: [src/auth/**], tier: 1 } }"),
      is: [
        "CS101 rules.0.when.tier: the policy has no area of tier 3 or 2, so the rule never applies. Write `tier: 3` in an area, or remove the condition.",
      ],
    },
    {
      says: "an area of another tier",
      text: rule(`when: { area: docs, tier: [1, 3] }, ${ask}`),
      is: [
        "CS112 rules.0.when.tier: no area that the rule names is of tier 1 or 3, so only a file that lies in another area too meets both. Keep one of `area` and `tier`.",
      ],
    },
    { says: "nothing, of one of two areas of a tier", text: rule(`when: { area: docs, tier: 2 }, ${ask}`), is: [] },
    {
      says: "how a tool's work was accepted, where it is none",
      text: rule(`when: { ai: false, acceptance: as-is }, ${ask}`),
      is: [
        "CS101 rules.0.when.acceptance: how a tool's work was accepted is known only of files that count as AI, and `ai: false` leaves them out. Keep one of `ai: false` and `acceptance`.",
      ],
    },
    {
      says: "a verdict that counts",
      text: rule(
        `when: { ai: false, verdict: agent-authored }, ${ask}`,
        provenance("counts_as_code: { tests: false }"),
      ),
      is: [
        "CS112 rules.0.when.verdict: agent-authored counts as AI, and `ai: false` leaves it out, so only files are left that do not count as code (tests, generated). Keep one of `ai: false` and `verdict`.",
      ],
    },
    {
      says: "two of them, where every kind is code",
      text: rule(`when: { ai: false, verdict: [agent-authored, agent-assisted] }, ${ask}`, provenance(allCode)),
      is: [
        "CS101 rules.0.when.verdict: agent-authored and agent-assisted count as AI, and `ai: false` leaves them out. Keep one of `ai: false` and `verdict`.",
      ],
    },
    {
      says: "one in areas of a tier, where every kind counts",
      text: rule(`when: { ai: false, verdict: agent-authored, tier: 2 }, ${ask}`),
      is: [
        "CS101 rules.0.when.verdict: agent-authored counts as AI, and `ai: false` leaves it out. Keep one of `ai: false` and `verdict`.",
      ],
    },
    {
      says: "paths beside its area",
      text: rule(`when: { area: docs, paths: ["src/auth/**"] }, ${ask}`),
      is: [
        "CS112 rules.0.when.paths: no pattern of `paths` can match in the area, so only a rename between the two, a link or a name that looks alike meets both. Keep one of `area` and `paths`.",
      ],
    },
    {
      says: "an area that is excluded",
      text: rule(`when: { ai: true, area: docs }, ${ask}`, excluding("[docs/**]")),
      is: [named("every pattern of this rule")],
    },
    {
      says: "the same with files that the area leaves out",
      text: rule(
        `when: { ai: true, area: docs }, ${ask}`,
        'provenance: { exclude: [docs/**] }\nareas: { docs: { paths: ["docs/**", "!docs/a.ts"] } }',
      ),
      is: [named("every pattern of this rule")],
    },
    {
      says: "paths that are excluded, but for those that they leave out",
      text: rule(`when: { ai: true, paths: ["docs/**", "!docs/a.ts"] }, ${ask}`, excluding("[docs/**]")),
      is: [named("every pattern of this rule")],
    },
    {
      says: "nothing, where one of two areas is excluded",
      text: rule(`when: { ai: true, area: [docs, web] }, ${ask}`, excluding("[docs/**]")),
      is: [],
    },
    {
      says: "nothing, where the paths are others than the area's that is excluded",
      text: rule(`when: { ai: true, area: docs, paths: ["**/*.ts"] }, ${ask}`, excluding("[docs/**]")),
      is: [],
    },
    {
      says: "every file that is excluded",
      text: rule(`when: { ai: true }, ${ask}`, excluding('["**"]')),
      is: [named("every file")],
    },
    {
      says: "nothing, where AI is not asked about",
      text: rule(`when: { area: docs }, ${ask}`, excluding('[docs/**, "**"]')),
      is: [],
    },
    {
      says: "what is never known on a push",
      text: rule("when: { event: push, draft: false }, require: { labels: a }"),
      is: [never("a push is", "when.draft"), never("a push is", "require.labels")],
    },
    {
      says: "the same of two events",
      text: rule(`when: { event: [merge_group, push], fork: true }, ${ask}`),
      is: [never("a merge group and a push are", "when.fork")],
    },
    {
      says: "that it repeats another",
      text: `rules: [{ id: a, ${ask} }, { id: b, ${ask} }]`,
      is: [`CS114 rules.1: ${asksAlike}. Remove one of the two.`],
    },
    {
      says: "that it repeats another in another mode",
      text: `rules: [{ id: a, ${ask} }, { id: b, mode: warn, ${ask} }]`,
      is: [`CS114 rules.1: ${asksAlike}. Remove one of the two; as long as both stand, the stricter mode decides.`],
    },
  ])("$says", ({ text, is }) => expect(told(text)).toEqual(is));

  test("nothing, of a repetition that stands in another file", () => {
    const { policy } = load(`rules: [{ id: a, ${ask} }, { id: b, ${ask} }]`);
    expect(deadRules([{ rule: policy.rules[0]!, index: 0 }], policy)).toEqual([]);
  });
});

describe("requirements that ask only of what counts as AI, where nothing does", () => {
  test.each([
    { require: "{ trailers: [Assisted-by] }", idle: "`trailers` asks" },
    { require: "{ acceptance: edited }", idle: "`acceptance` asks" },
    { require: "{ tools: claude-code }", idle: "`tools` asks" },
    { require: "{ models: gpt-5 }", idle: "`models` asks" },
    { require: "{ forbid: { kinds: [workflow] } }", idle: "`forbid` asks" },
    { require: "{ disclosure: canonical }", idle: "`disclosure` asks" },
    { require: "{ disclosure: [forbidden, labelled, not-only-detected] }", idle: "`disclosure` asks" },
    { require: "{ secrets: none, tools: copilot, trailers: [T] }", idle: "`trailers` and `tools` ask" },
    { require: "{ disclosure: required }", idle: null },
    { require: "{ disclosure: [canonical, no-coauthor] }", idle: null },
    { require: "{ secrets: none, labels: x, second_human: true, coverage: { ai_lines: 80 } }", idle: null },
  ])("$require: $idle", ({ require, idle }) => {
    const of = (ai: boolean) =>
      load(rule(`when: { ai: ${ai}, area: [auth, docs, web] }, require: ${require}`)).warnings.map(({ what }) => what);
    expect(of(true)).toEqual([]);
    expect(of(false)).toEqual(idle === null ? [] : [expect.stringContaining(`${idle} only of what does`)]);
  });

  test("a boundary beside `require` is the same", () => {
    expect(dead(rule("when: { ai: false }, forbid: { kinds: [workflow] }"))).toEqual(["CS101 rules[0].when"]);
  });
});

describe("conditions that exclude each other", () => {
  test.each<{ says: string; text: string; is: string[] }>([
    { says: "an expression", text: rule(`when: { if: "1 > 2" }, ${ask}`), is: ["CS101 rules[0].when.if"] },
    { says: "an expression that can hold", text: rule(`when: { if: "change.uncommitted" }, ${ask}`), is: [] },
    { says: "a tier of no area", text: rule(`when: { tier: 3 }, ${ask}`), is: ["CS101 rules[0].when.tier"] },
    { says: "a tier without any area", text: rule(`when: { tier: 1 }, ${ask}`, ""), is: ["CS101 rules[0].when.tier"] },
    { says: "a tier of some area", text: rule(`when: { tier: [3, 2] }, ${ask}`), is: [] },
    {
      says: "an area and another's tier",
      text: rule(`when: { area: [docs, web], tier: 1 }, ${ask}`),
      is: ["CS112 rules[0].when.tier"],
    },
    {
      says: "an area and paths beside it, which only a rename between the two meets",
      text: rule(`when: { area: [docs, web], paths: ["src/auth/**", "lib/**"] }, ${ask}`),
      is: ["CS112 rules[0].when.paths"],
    },
    {
      says: "an area and paths within it",
      text: rule(`when: { area: web, paths: ["lib/**", "src/web/a.ts"] }, ${ask}`),
      is: [],
    },
    {
      says: "an area and paths that may lie in it",
      text: rule(`when: { area: web, paths: ["**/*.ts"] }, ${ask}`),
      is: [],
    },
    { says: "an area and its tier", text: rule(`when: { area: [docs, auth], tier: 1 }, ${ask}`), is: [] },
    {
      says: "no AI, and how it was accepted",
      text: rule(`when: { ai: false, acceptance: as-is }, ${ask}`),
      is: ["CS101 rules[0].when.acceptance"],
    },
    { says: "AI, and how it was accepted", text: rule(`when: { ai: true, acceptance: as-is }, ${ask}`), is: [] },
    {
      says: "no AI, and an agent's verdict",
      text: rule(`when: { ai: false, verdict: [agent-authored, agent-assisted] }, ${ask}`, provenance(allCode)),
      is: ["CS101 rules[0].when.verdict"],
    },
    {
      says: "the same where files of a kind do not count as code",
      text: rule(`when: { ai: false, verdict: agent-authored }, ${ask}`),
      is: ["CS112 rules[0].when.verdict"],
    },
    {
      says: "the same in an area, where every kind counts",
      text: rule(`when: { ai: false, verdict: agent-authored, area: docs }, ${ask}`),
      is: ["CS101 rules[0].when.verdict"],
    },
    {
      says: "the same where provenance excludes files",
      text: rule(`when: { ai: false, verdict: agent-authored }, ${ask}`, provenance("exclude: [vendor/**]")),
      is: [],
    },
    {
      says: "no AI, and a verdict that does not count",
      text: rule(`when: { ai: false, verdict: [agent-authored, suggestion] }, ${ask}`, provenance(allCode)),
      is: [],
    },
    {
      says: "the same where the policy counts it",
      text: rule(
        `when: { ai: false, verdict: [agent-authored, suggestion] }, ${ask}`,
        provenance(`${allCode}, counts_as_ai: [agent-authored, suggestion]`),
      ),
      is: ["CS101 rules[0].when.verdict"],
    },
    {
      says: "AI, and a person's verdict: a file may have both",
      text: rule(`when: { ai: true, verdict: human }, ${ask}`),
      is: [],
    },
    {
      says: "a label that brings the rule in, and is asked for",
      text: rule("when: { labels: Hotfix }, require: { labels: hotfix }"),
      is: ["CS101 rules[0].require.labels"],
    },
    { says: "another label", text: rule("when: { labels: a }, require: { labels: [a, b] }"), is: [] },
    { says: "one of two labels", text: rule("when: { labels: [a, b] }, require: { labels: a }"), is: [] },
  ])("$says: $is", ({ text, is }) => expect(dead(text)).toEqual(is));

  test.each([
    { event: "push", key: "draft: false", is: ["rules[0].when.draft"] },
    { event: "merge_group", key: "labels: a", is: ["rules[0].when.labels"] },
    {
      event: "[push, merge_group]",
      key: "author: ann, fork: true",
      is: ["rules[0].when.author", "rules[0].when.fork"],
    },
    { event: "push", key: "association: MEMBER", is: ["rules[0].when.association"] },
    { event: "push", key: "base: main", is: [] },
    { event: "[push, pull_request]", key: "draft: false", is: [] },
    { event: "local", key: "draft: false", is: [] },
  ])("on $event, $key is never known", ({ event, key, is }) => {
    expect(dead(rule(`when: { event: ${event}, ${key} }, ${ask}`))).toEqual(is.map((path) => `CS113 ${path}`));
  });

  test("labels are not asked for on a push", () => {
    expect(dead(rule("when: { event: push }, require: { labels: a }"))).toEqual(["CS113 rules[0].require.labels"]);
  });
});

describe("lists that take everything out again", () => {
  test.each([
    { list: '["main", "!main"]', undone: true },
    { list: '["main", "!**"]', undone: true },
    { list: '"!**"', undone: true },
    { list: '["release/1", "!release/*"]', undone: true },
    { list: '["main", "release/1", "!release/*"]', undone: false },
    { list: '["release/*", "!release/1"]', undone: false },
    { list: '["main", "!Main"]', undone: false },
    { list: '"!main"', undone: false },
    { list: "main", undone: false },
  ])("branches $list: $undone", ({ list, undone }) => {
    for (const key of ["base", "branch"]) {
      const is = undone ? [`CS101 rules[0].when.${key}`] : [];
      expect(dead(rule(`when: { ${key}: ${list} }, ${ask}`))).toEqual(is);
    }
  });

  test.each([
    { text: 'forbid: { branches: ["main", "!main"] }', is: ["CS101 forbid.branches"] },
    { text: 'forbid: [{ kinds: [workflow] }, { paths: ["a/**", "!**"] }]', is: ["CS112 forbid[1].paths"] },
    { text: rule('forbid: { paths: ["a", "!a"] }'), is: ["CS112 rules[0].forbid.paths"] },
    { text: rule('require: { forbid: [{ paths: ["a", "!*"] }] }'), is: ["CS112 rules[0].require.forbid[0].paths"] },
    { text: 'areas: { a: { paths: ["a/b", "!a/*"], tier: 1 } }', is: ["CS112 areas.a.paths"] },
    { text: rule(`when: { paths: ["src/**", "!src/web/**"] }, ${ask}`), is: [] },
  ])("$text: $is", ({ text, is }) => expect(dead(text)).toEqual(is));
});

test.each([
  { each: 30, undone: true },
  { each: 40, undone: false },
])("a list of $each patterns and as many exclusions is looked through: $undone", ({ each, undone }) => {
  const names = Array.from({ length: each }, (_, index) => `src/${index}`);
  const list = JSON.stringify([...names, ...names.map((name) => `!${name}`)]);
  expect(dead(`forbid: { paths: ${list} }`)).toEqual(undone ? ["CS112 forbid.paths"] : []);
});

describe("a rule that repeats another", () => {
  const two = (a: string, b: string, more = "") => `${more}\nrules: [{ id: a, ${a} }, { id: b, ${b} }]`;
  test.each([
    { says: "by the same words", text: two(ask, ask), is: ["CS114 rules[1]"] },
    { says: "in another mode", text: two(`${ask}, mode: warn`, ask), is: ["CS114 rules[1]"] },
    {
      says: "in other spellings",
      text: two(`when: { area: docs }, ${ask}`, `${ask}, when: { area: [docs] }`, areas),
      is: ["CS114 rules[1]"],
    },
    { says: "under another condition", text: two(`when: { kind: test }, ${ask}`, ask), is: [] },
    { says: "and asks more", text: two(ask, "require: { secrets: none, second_human: true }"), is: [] },
    {
      says: "that a waiver tells apart",
      text: two(ask, ask, 'waivers: [{ id: W, rule: a, reason: x, owner: ann, expires: "2099-01-01" }]'),
      is: [],
    },
  ])("$says: $is", ({ text, is }) => expect(dead(text)).toEqual(is));

  test("a preset's rule is named too, which the file does not show", () => {
    const own = load(`extends: [{ preset: enforce@1 }]\nrules: [{ id: own, ${ask} }]`);
    expect(own.warnings.map(({ what }) => what)).toEqual([
      expect.stringMatching(/^the rule asks what `[a-z-]+` asks, under the same conditions$/),
    ]);
  });
});

describe("a rule that is told to be dead never asks for anything", () => {
  const provenances = fc.constantFrom(
    "",
    provenance(allCode),
    provenance("exclude: [docs/**]"),
    provenance(`${allCode}, counts_as_ai: [agent-authored, suggestion], sensitive_undeclared: ai`),
    provenance(`${allCode}, counts_as_ai: [agent-assisted, undeclared], sensitive_undeclared: human`),
  );
  const conditions = fc.subarray(
    [
      "ai: false",
      "ai: true",
      "tier: 3",
      "tier: 1",
      "area: docs",
      "acceptance: [as-is, edited]",
      "verdict: [agent-authored, suggestion]",
      "verdict: [agent-assisted, undeclared]",
      "if: '1 > 2'",
      "if: 'file.ai && false'",
      "labels: hot",
      'base: ["main", "!m*"]',
      'branch: ["x", "!**"]',
      'paths: ["src/**", "docs/**"]',
    ],
    { minLength: 1, maxLength: 4 },
  );
  const requirements = fc.subarray(
    [
      "trailers: [Assisted-by]",
      "acceptance: edited",
      "tools: copilot",
      "models: gpt-5",
      "disclosure: [canonical, forbidden]",
      "disclosure: not-only-detected",
      "labels: hot",
      "forbid: { paths: [src/**] }",
      "size: { max_files: 0 }",
    ],
    { minLength: 1, maxLength: 2 },
  );
  const once = (parts: readonly string[]) => [...new Map(parts.map((part) => [part.split(":")[0], part])).values()];
  const text = fc
    .tuple(provenances, conditions, requirements)
    .map(([more, when, require]) =>
      rule(`when: { ${once(when).join(", ")} }, require: { ${once(require).join(", ")} }`, more === "" ? areas : more),
    );

  const claim = buildSignal({ kind: "declaration", agent: null, verdict: "human" });
  const commit = fc.record({
    verdict: fc.constantFrom(...verdicts),
    signals: fc.constantFrom([], [claim], [buildSignal({ agent: "cursor" })]),
    acceptance: fc.constantFrom("as-is" as const, "edited" as const, "unstated" as const),
  });
  const path = fc.constantFrom("src/a.ts", "src/auth/a.ts", "SRC/Auth/a.ts", "docs/a.md", "package-lock.json");
  const sketch = fc
    .record({
      commits: fc.array(commit, { minLength: 1, maxLength: 3 }),
      files: fc.uniqueArray(path, { maxLength: 3 }),
      previousPath: fc.constantFrom(null, "docs/b.md", "src/auth/b.ts"),
      kind: fc.constantFrom("text" as const, "symlink" as const),
      base: fc.constantFrom("main", "release/1"),
      labels: fc.subarray(["hot", "cold"]),
    })
    .map(({ commits, files, previousPath, kind, base, labels }): SubjectSketch => ({
      commits: commits.map((each, index) => ({ ...each, name: `c${index}` })),
      files: files.map((at, index) => ({
        ...{ path: at, kind },
        ...(previousPath === null ? {} : { previousPath }),
        ...(index === 0 ? {} : { commits: ["c0"] }),
      })),
      ...{ base, labels, branch: "x", pullRequest: {} },
    }));

  test("whatever the change is", () => {
    let told = 0;
    fc.assert(
      fc.property(text, fc.array(sketch, { minLength: 8, maxLength: 8 }), (written, sketches) => {
        const { policy, warnings } = load(written);
        const requirement = Object.values(policy.rules[0]?.require ?? {}).filter((asked) => asked !== null);
        const ofRule = warnings.filter(({ code }) => code === "CS101");
        // What one requirement never asks, another beside it may.
        const isWhole = ofRule.some(({ path: at }) => at.startsWith("rules[0].when.")) || requirement.length === 1;
        if (ofRule.length === 0 || !isWhole) return;
        told += 1;
        for (const each of sketches) {
          const [result] = evaluate(policy, buildSubject(each), sampleVocabulary).rules;
          expect(result?.enforced, `${written}\n${JSON.stringify(each)}`).toBe("pass");
        }
      }),
      { numRuns: 300 },
    );
    expect(told).toBeGreaterThan(30);
  });
});
