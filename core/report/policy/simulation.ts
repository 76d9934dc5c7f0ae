import type { DecisionState } from "../../policy/decision.ts";
import { heading, paragraph, table, type Span } from "../terminal/layout.ts";
import { pageText } from "../terminal/page-text.ts";
import { openScreen, type Screen, type TerminalOptions } from "../terminal/screen.ts";
import { decisionWords } from "../words.ts";
import { decisionStyles } from "./decision-words.ts";

/** What would be otherwise, rule by rule. Strings that come from the change are untrusted until they are drawn. */
export interface Simulation {
  /** As they were asked for. */
  suppositions: readonly string[];
  /** What was never read and had to be taken for granted. */
  assumed: readonly string[];
  before: DecisionState;
  after: DecisionState;
  rules: readonly SimulatedRule[];
  /** Why the decision after is what it is, and what to do about it. */
  summary: readonly string[];
  nextSteps: readonly string[];
}

export interface SimulatedRule {
  id: string;
  floor: string | null;
  before: RuleOutcome | null;
  after: RuleOutcome | null;
  changed: boolean;
}

interface RuleOutcome {
  state: string;
  decision: DecisionState;
}

/** The page of `countersign policy simulate`: before → after, then each rule. */
export function renderSimulation(simulation: Simulation, options: TerminalOptions): string {
  const screen = openScreen(options);
  const { suppositions, assumed, summary, nextSteps } = simulation;
  return pageText([
    ...paragraph(screen, 0, [{ text: `As if ${suppositions.join(", ")}`, max: 2_000 }]),
    ...paragraph(screen, 0, [
      decision(simulation.before),
      { text: ` ${screen.signs.to} ` },
      decision(simulation.after),
    ]),
    ...bullets(screen, 2, summary),
    ...heading(screen, "Rules"),
    ...rules(screen, simulation.rules),
    ...(nextSteps.length === 0 ? [] : [...heading(screen, "Next steps"), ...bullets(screen, 2, nextSteps)]),
    ...(assumed.length === 0 ? [] : [...heading(screen, "Taken for granted"), ...bullets(screen, 2, assumed)]),
  ]);
}

function decision(state: DecisionState): Span {
  return { text: decisionWords[state], style: decisionStyles[state] };
}

function bullets(screen: Screen, indent: number, texts: readonly string[]): string[] {
  return texts.flatMap((text) => paragraph(screen, indent, [{ text, max: 1_000 }], { text: screen.signs.bullet }));
}

/** Those that came to something else first. */
function rules(screen: Screen, all: readonly SimulatedRule[]): string[] {
  const applying = all.filter(({ before, after }) => ![before, after].every(doesNotApply));
  const rows = [...applying.filter(({ changed }) => changed), ...applying.filter(({ changed }) => !changed)];
  if (rows.length === 0) return paragraph(screen, 2, [{ text: "No rule applies, before or after." }]);
  const columns = [{ title: "rule", cut: "end" as const }, { title: "before" }, { title: "" }, { title: "after" }];
  const cells = rows.map(({ id, floor, before, after, changed }): Span[] => [
    { text: floor === null ? id : `${id} (${floor})`, ...(changed ? { style: "strong" as const } : {}) },
    outcome(before),
    { text: changed ? screen.signs.to : "=" },
    outcome(after),
  ]);
  return table(screen, 2, columns, cells);
}

function doesNotApply(found: RuleOutcome | null): boolean {
  return found === null || found.state === "not-applicable";
}

function outcome(found: RuleOutcome | null): Span {
  if (found === null) return { text: "no such rule", style: "quiet" };
  if (found.state === "not-applicable") return { text: "does not apply", style: "quiet" };
  return { text: found.state, style: decisionStyles[found.decision] };
}
