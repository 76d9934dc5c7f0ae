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

/** Who has to take something back first, whose approvals settle what is open, and who or what unblocks the rest; each once. */
function reviewers(screen: Screen, { reviewers: found, rules }: Decision): string[] {
  const named = new Set(found.flatMap(({ areas }) => areas));
  const approvals = rules.flatMap((rule) => (rule.state === "overridden" ? [] : rule.approvals));
  const texts = [
    ...blockers(approvals),
    ...found.map(({ user, areas }) => `${user} approves ${areas.join(", ")}`),
    ...approvals.flatMap((approval) => teamsBeside(approval, named)),
    ...approvals.flatMap((approval) => withoutReviewer(approval, named) ?? []),
  ];
  if (texts.length === 0) return [];
  return [...heading(screen, "Who can unblock it"), ...[...new Set(texts)].flatMap((text) => bullet(screen, 2, text))];
}

/** Whoever asks for changes, once with all areas that wait for them. */
function blockers(approvals: readonly AreaApproval[]): string[] {
  const blocked = approvals.filter(({ state }) => state === "blocked");
  const whose = new Set(blocked.map(({ changesRequestedBy }) => changesRequestedBy.join(", ")));
  return [...whose].map((names) => {
    const areas = blocked.filter(({ changesRequestedBy }) => changesRequestedBy.join(", ") === names);
    const list = [...new Set(areas.map(({ area }) => area))].join(", ");
    return `${names} first: asked for changes in ${list}, which their approval or a dismissal of their review clears`;
  });
}

/** Teams whose members were not read, where somebody else is named already: one of them would do as well. */
function teamsBeside({ area, state, candidates }: AreaApproval, named: ReadonlySet<string>): string[] {
  if (!isOpen(state) || !named.has(area) || candidates.teams.length === 0) return [];
  const teams = candidates.teams.map((team) => `the team ${team}`).join(" or ");
  return [`or somebody of ${teams} approves ${area}`];
}

/** Who can unblock an area that nobody is named for; null for one that is settled or blocked, or that somebody is named for. */
function withoutReviewer({ area, state, says }: AreaApproval, named: ReadonlySet<string>): string | null {
  if (state === "unsatisfiable") return `nobody by approving alone: ${says}`;
  return isOpen(state) && !named.has(area) ? `nobody who is known by name: ${says}` : null;
}

function isOpen(state: AreaApproval["state"]): boolean {
  return state === "waiting" || state === "stale";
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
  const { area, state, have, need, considered } = approval;
  return [
    ...paragraph(screen, 2, [
      { text: `approval of ${area}: `, style: "strong" },
      { text: `${state}, ${have} of ${need}; ${whoCan(approval)}`, max: 1_000 },
    ]),
    ...considered.flatMap(({ user, reason, says }) =>
      paragraph(screen, 4, [{ text: `${user}: ` }, { text: says, max: 600 }], {
        text: reason === "counts" ? screen.signs.yes : screen.signs.no,
        style: reason === "counts" ? "good" : "caution",
      }),
    ),
  ];
}

/** What settles the area now, as at the top of the page. */
function whoCan(approval: AreaApproval): string {
  const { state, candidates, changesRequestedBy } = approval;
  const who = [...candidates.users, ...candidates.teams.map((team) => `the team ${team}`)];
  if (state === "satisfied") return "settled";
  if (state === "unsatisfiable") return tooFew(approval, who);
  if (state === "blocked") return `${changesRequestedBy.join(", ")} first, who asked for changes`;
  return who.length === 0 ? "nobody is known who can approve it now" : `can approve it now: ${who.join(", ")}`;
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
