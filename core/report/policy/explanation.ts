import type { AreaApproval } from "../../ownership/index.ts";
import type { Decision, ExplainedRule } from "../../policy/index.ts";
import { heading, paragraph, type Span } from "../terminal/layout.ts";
import { pageText } from "../terminal/page-text.ts";
import { reasonLines } from "../terminal/policy.ts";
import { openScreen, type Screen, type TerminalOptions } from "../terminal/screen.ts";
import { consequence, decisionWords } from "../words.ts";
import { decisionStyles } from "./decision-words.ts";

/** Why a decision is what it is. */
export interface Explanation {
  decision: Decision;
  /** Those of its rules that were asked for. */
  rules: readonly ExplainedRule[];
}

/** The page of `countersign policy explain`: the decision, who can unblock it, then each rule as a tree. */
export function renderExplanation({ decision, rules }: Explanation, options: TerminalOptions): string {
  const screen = openScreen(options);
  const applying = rules.filter(({ state }) => state !== "not-applicable");
  const others = rules.filter(({ state }) => state === "not-applicable");
  return pageText([
    ...paragraph(screen, 0, [{ text: decisionWords[decision.state], style: decisionStyles[decision.state] }]),
    ...decision.summary.flatMap((text) => bullet(screen, 2, text)),
    ...reviewers(screen, decision),
    ...(decision.nextSteps.length === 0 ? [] : heading(screen, "Next steps")),
    ...decision.nextSteps.flatMap((text) => bullet(screen, 2, text)),
    ...[...applying, ...others].flatMap((rule) => ruleLines(screen, rule)),
  ]);
}

/** Only whose approvals would settle it: of an area that nobody can settle, some who could approve are no help. */
function reviewers(screen: Screen, { reviewers: found, rules }: Decision): string[] {
  const approvals = rules.flatMap((rule) => (rule.state === "overridden" ? [] : rule.approvals));
  const stuck = new Map(
    approvals.flatMap(({ area, state, says }) => (state === "unsatisfiable" ? [[area, says] as const] : [])),
  );
  const helpful = found
    .map(({ user, areas }) => ({ user, areas: areas.filter((area) => !stuck.has(area)) }))
    .filter(({ areas }) => areas.length > 0);
  if (helpful.length + stuck.size === 0) return [];
  return [
    ...heading(screen, "Who can unblock it"),
    ...helpful.flatMap(({ user, areas }) => bullet(screen, 2, `${user} approves ${areas.join(", ")}`)),
    ...[...stuck.values()].flatMap((says) => bullet(screen, 2, `nobody by approving alone: ${says}`)),
  ];
}

function ruleLines(screen: Screen, rule: ExplainedRule): string[] {
  const { id, floor, title, state, decision, mode, expression, dated, approvals, reasons } = rule;
  const said: Span[] = [
    { text: consequence(rule), style: state === "not-applicable" ? "quiet" : decisionStyles[decision] },
    { text: ` (state ${state}, mode ${mode}${floor === null ? "" : `, asked for by ${floor}`})`, style: "quiet" },
  ];
  return [
    ...heading(screen, id),
    ...paragraph(screen, 2, said),
    ...(title === "" ? [] : paragraph(screen, 2, [{ text: title }])),
    ...reasonLines(screen, reasons, 2, deepest),
    ...expressionLines(screen, expression),
    ...approvals.flatMap((approval) => approvalLines(screen, approval)),
    ...dated.flatMap((text) => bullet(screen, 2, text)),
  ];
}

/** As deep as any tree of reasons is. */
const deepest = 12;

function expressionLines(screen: Screen, expression: ExplainedRule["expression"]): string[] {
  if (expression === null) return [];
  return [
    ...paragraph(screen, 2, [{ text: `if: ${expression.source}`, max: 1_000 }]),
    ...expression.values.flatMap(({ file, parts }) => [
      ...(file === null ? [] : paragraph(screen, 4, [{ text: file, style: "strong" }])),
      ...parts.flatMap(({ source, value }) =>
        paragraph(screen, 4, [{ text: `${source} = ` }, { text: value, style: "strong" }]),
      ),
    ]),
  ];
}

function approvalLines(screen: Screen, approval: AreaApproval): string[] {
  const { area, state, have, need, candidates, considered } = approval;
  const who = [...candidates.users, ...candidates.teams.map((team) => `the team ${team}`)];
  const can =
    state === "unsatisfiable"
      ? tooFew(approval, who)
      : who.length === 0
        ? "nobody is known who can approve it now"
        : `can approve it now: ${who.join(", ")}`;
  return [
    ...paragraph(screen, 2, [
      { text: `approval of ${area}: `, style: "strong" },
      { text: `${state}, ${have} of ${need}; ${state === "satisfied" ? "settled" : can}`, max: 1_000 },
    ]),
    ...considered.flatMap(({ user, reason, says }) =>
      paragraph(screen, 4, [{ text: `${user}: ` }, { text: says, max: 600 }], {
        text: reason === "counts" ? screen.signs.yes : screen.signs.no,
        style: reason === "counts" ? "good" : "caution",
      }),
    ),
  ];
}

/** What an area lacks that no approval can bring. */
function tooFew({ unsatisfiable, need, have }: AreaApproval, who: readonly string[]): string {
  if (unsatisfiable === "configuration") return "nobody can approve it before the configuration is mended";
  const able = who.length === 0 ? "nobody" : `only ${who.join(", ")}`;
  const open = need - have;
  return `${able} could approve it, and ${open} more ${open === 1 ? "is" : "are"} asked for`;
}

function bullet(screen: Screen, indent: number, text: string): string[] {
  return paragraph(screen, indent, [{ text, max: 1_000 }], { text: screen.signs.bullet });
}
