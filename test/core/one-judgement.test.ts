import { describe, expect, test } from "vitest";
import { isAi, type AiAnswer } from "../../core/change/ai-judgement.ts";
import { present } from "../../core/evidence.ts";
import type { Facts } from "../../core/facts.ts";
import { judgeAi } from "../../core/policy/index.ts";
import { aiLines } from "../../core/report/rows.ts";
import { atAGlance } from "../../core/report/glance.ts";
import { parseReview } from "../../core/report/parse-review.ts";
import { renderJson } from "../../core/report/json.ts";
import { reviewChange, subjectOf } from "../../core/review-change.ts";
import { factsOf } from "./trial/try-cases.ts";

/** Everything that asks whether a line counts as AI must say the same of one and the same line. */

const path = "src/auth/a.ts";

const settings = {
  "tier 1": "areas: { auth: { paths: [src/auth/**], tier: 1 } }",
  "tier 1, claims accepted": "areas: { auth: { paths: [src/auth/**], tier: 1 } }\naccept: [claimed]",
  "tier 1, silence is human":
    "areas: { auth: { paths: [src/auth/**], tier: 1 } }\nprovenance: { sensitive_undeclared: human }",
  "tier 2": "areas: { auth: { paths: [src/auth/**], tier: 2 } }",
  "tier 2, silence is AI":
    "areas: { auth: { paths: [src/auth/**], tier: 2 } }\nprovenance: { sensitive_undeclared: ai }",
  "no area": "",
  "no area, silence is AI": "provenance: { counts_as_ai: [agent-authored, agent-assisted, undeclared] }",
  "left out": "areas: { auth: { paths: [src/auth/**], tier: 1 } }\nprovenance: { exclude: [src/auth/**] }",
} as const;

const dependabot = "dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>";
const web = "GitHub <noreply@github.com>";
const writers = {
  silent: "{}",
  "claimed human": '{ trailers: { AI-Assisted: "no" } }',
  "claimed AI": '{ trailers: { Assisted-by: "claude-code:opus" } }',
  "ruled human": '{ trailers: { AI-Assisted: "no" } }',
  automation: '{ author: "dependabot[bot]", signature: valid }',
  "claimed automation": '{ author: "dependabot[bot]" }',
  "squashed automation": `{ author: "${dependabot}", committer: "${web}", signature: valid, trailers: { Co-authored-by: "Mallory <mallory@example.org>" } }`,
  "automation made on the web": `{ author: "${dependabot}", committer: "${web}", signature: valid }`,
  generated: '{ trailers: { Generated-by: "protoc 3.2" } }',
  suggested:
    '{ trailers: { Co-authored-by: "coderabbitai[bot] <136622811+coderabbitai[bot]@users.noreply.github.com>" } }',
} as const;

const openedByBot: ReadonlySet<By> = new Set(["automation", "automation made on the web", "squashed automation"]);

type Setting = keyof typeof settings;
type By = keyof typeof writers;

const answers: Record<Setting, Record<By, AiAnswer>> = {
  "tier 1": row("silence", "claim", "claim"),
  "tier 1, claims accepted": row("silence", "no", "claim"),
  "tier 1, silence is human": row("no", "no"),
  "tier 2": row("no", "no"),
  "tier 2, silence is AI": row("silence", "claim", "claim"),
  "no area": row("no", "no"),
  "no area, silence is AI": row("verdict", "no"),
  "left out": {
    silent: "left-out",
    "claimed human": "left-out",
    "claimed AI": "left-out",
    "ruled human": "left-out",
    automation: "left-out",
    "claimed automation": "left-out",
    "squashed automation": "left-out",
    "automation made on the web": "left-out",
    generated: "left-out",
    suggested: "left-out",
  },
};

function row(silent: AiAnswer, claimed: AiAnswer, suggested: AiAnswer = "no"): Record<By, AiAnswer> {
  return {
    ...{ silent, "claimed human": claimed, "claimed AI": "verdict", "ruled human": "no" },
    ...{ automation: "no", "automation made on the web": "no", generated: claimed, suggested },
    ...{ "claimed automation": claimed, "squashed automation": claimed },
  };
}

const rules = `
rules:
  - { id: condition, when: { ai: true }, require: { coverage: { patch_lines: 100 } } }
  - { id: ai-lines, require: { coverage: { ai_lines: 100 } } }
  - { id: total, when: { if: "coverage.ai.lines.total > 0" }, require: { coverage: { patch_lines: 100 } } }
  - { id: counted, when: { if: "change.provenance.lines.ai > 0 && change.provenance.commits.ai > 0" }, require: { coverage: { patch_lines: 100 } } }
  - { id: severity, require: { findings: { max_errors: 0 } } }
  - { id: expressed, when: { if: 'findings.exists(f, f.severity == "error")' }, require: { coverage: { patch_lines: 100 } } }
  - { id: raised, require: { findings: { max_warnings: 0, escalate: { uncovered-new-function: { human: warning } } } } }
`;

function factsBy(by: By, setting: Setting): Facts {
  const facts = factsOf(`
change: { author: "${openedByBot.has(by) ? "dependabot[bot]" : "dev"}", files: [{ path: ${path}, additions: 5 }], commits: [${writers[by]}] }
coverage: { files: { ${path}: { lines: 0/5 } } }
findings: [{ rule: uncovered-new-function, path: ${path}, line: 1 }]`);
  const policy = present({
    path: "countersign.yml",
    commit: null,
    text: `version: 1\nmode: enforce\n${settings[setting]}\n${rules}`,
  });
  const [commit] = facts.change.commits;
  if (by !== "ruled human" || commit === undefined) return { ...facts, policy };
  const ruling = { commit: commit.sha, verdict: "human" as const, by: "ann", reason: "seen", at: facts.asOf };
  return { ...facts, policy, rulings: present([ruling]) };
}

const cases = Object.keys(answers).flatMap((setting) =>
  Object.keys(writers).map((by) => ({ setting: setting as Setting, by: by as By })),
);

describe.each(cases)("$setting, $by", ({ setting, by }) => {
  const answer = answers[setting][by];
  const ai = isAi(answer);
  const facts = factsBy(by, setting);
  const review = reviewChange(facts);
  const stateOf = (id: string) => review.decision.rules.find((rule) => rule.id === id)?.state;

  test("the line and its commit have this answer", () => {
    const { subject, policy } = subjectOf(facts);
    const judged = judgeAi(policy, subject);
    const [writer] = (subject.authorship.files.get(path) ?? []).map((stretch) => stretch.writer);
    expect(writer && judged.ofLine(path, writer)).toBe(answer);
    expect(judged.ofCommit(facts.change.commits[0]?.sha ?? "")).toBe(answer);
  });

  test("rules and expressions go by it", () => {
    const fires = ai ? "unsatisfied" : "not-applicable";
    expect(["condition", "total", "counted", "expressed"].map(stateOf)).toEqual([fires, fires, fires, fires]);
    expect(["ai-lines", "severity"].map(stateOf)).toEqual(Array(2).fill(ai ? "unsatisfied" : "satisfied"));
    expect(stateOf("raised")).toBe(ai ? "satisfied" : "unsatisfied");
  });

  test("the finding weighs by it, and says why", () => {
    const [finding] = review.findings.filter(({ rule }) => rule === "uncovered-new-function");
    const edited = by === "suggested" && answer === "no";
    expect(finding?.severity).toBe(edited ? "warning" : ai ? "error" : "notice");
    const claim = by === "suggested" ? /a tool suggested it/ : /only its own word/;
    const why = { silence: /area counts silence as AI/, claim, "left-out": /leaves the file out/ };
    expect(finding?.severityReason).toMatch(answer === "verdict" || answer === "no" ? / because / : why[answer]);
  });

  test("the report counts by it, and a written report is read as the same", () => {
    for (const each of [review, parseReview(renderJson(review), "report.json")]) {
      expect(aiLines(each)).toEqual({ covered: ai ? 5 : 0, total: 5 });
      expect(each.coverage.byGroup.ai.lines.total).toBe(ai ? 5 : 0);
      const [written] = atAGlance(each);
      expect(written?.text).toContain(ai ? "AI, 5 of 5 added lines" : "AI, 0 of 5 added lines");
      if (answer === "silence")
        expect(written?.text).toContain("nobody declared them, and the area counts silence as AI");
      if (answer === "claim") expect(written?.text).toContain("by their word alone");
    }
  });
});
