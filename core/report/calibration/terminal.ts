import type { Comparison, Group, Interval, Rate, RuleComparison, Suggestion } from "../../calibration/index.ts";
import { withoutWorkflowCommands } from "../../untrusted/index.ts";
import { count, grouped } from "../numbers.ts";
import { heading, paragraph, table, type Column, type Span } from "../terminal/layout.ts";
import { openScreen, type Screen, type Style, type TerminalOptions } from "../terminal/screen.ts";
import { plain, shortSha } from "../text.ts";
import type { CalibrationDocument } from "./document.ts";

/** A calibration as a page, for a terminal or a file. Ends with a line break. */
export function renderCalibration(document: CalibrationDocument, options: TerminalOptions): string {
  const screen = openScreen(options);
  const sections = [headline, byGroup, overall, byRule, whatFollows, notes];
  return withoutWorkflowCommands(`${sections.flatMap((section) => section(screen, document)).join("\n")}\n`);
}

type Section = (screen: Screen, document: CalibrationDocument) => string[];

const headline: Section = (screen, { range, read }) => {
  const dates = read.first === null ? "" : `, ${read.first.slice(0, 10)} to ${(read.last ?? "").slice(0, 10)}`;
  const which = read.isCut ? `The newest ${count(read.commits, "commit")} of them` : count(read.commits, "commit");
  return [
    ...paragraph(screen, 0, [
      { text: `Lint findings of ${plain(range.asked)}`, style: "strong" },
      { text: ` at ${shortSha(range.head)}`, style: "quiet" },
    ]),
    ...paragraph(screen, 0, [{ text: `${which}${dates}, merges left out` }]),
  ];
};

const groupNames: Readonly<Record<Group, string>> = {
  "ai-as-is": "AI, not said to be edited",
  "ai-edited": "AI, edited by a person",
  human: "human, declared",
  undeclared: "undeclared",
  automation: "automation",
};

const byGroup: Section = (screen, { groups }) => [
  ...heading(screen, "New findings on added lines of code"),
  ...table(
    screen,
    2,
    [
      { title: "written by", cut: "end", least: 14 },
      { title: "commits", align: "right" },
      { title: "lines", align: "right" },
      { title: "findings", align: "right" },
      { title: "per 1,000", align: "right" },
      { title: "95 %", align: "right", optional: true },
    ],
    groups.map((each) => [
      { text: groupNames[each.group], style: each.group.startsWith("ai") ? "ai" : "plain" },
      { text: grouped(each.commits) },
      { text: grouped(each.lines) },
      { text: grouped(each.findings) },
      { text: perThousand(each) },
      { text: range(screen, each.interval), style: "quiet" },
    ]),
  ),
];

function perThousand({ perThousand: rate }: Rate): string {
  return rate === null ? "" : decimal(rate);
}

function range(screen: Screen, interval: Interval | null): string {
  if (interval === null) return "";
  const { low, high } = interval;
  return Number.isFinite(high) ? `${decimal(low)} ${screen.signs.dash} ${decimal(high)}` : `${decimal(low)} or more`;
}

/** Three digits, as no rate here is known better: `0.042`, `2.31`, `120`. */
function decimal(number: number): string {
  if (number === 0) return "0";
  if (number < 0.001) return "<0.001";
  const digits = number >= 100 ? 0 : number >= 10 ? 1 : number >= 0.1 ? 2 : 3;
  return digits === 0 ? grouped(Math.round(number)) : number.toFixed(digits);
}

const overall: Section = (screen, { overall, least }) => {
  const measure = `${grouped(least.lines)} added lines and ${count(least.commits, "commit")} on each side, ${count(least.findings, "finding")} on both`;
  const more = overall.answer === "too-little" ? `Nothing is compared below ${measure}.` : worth(overall);
  return [
    ...heading(screen, "AI beside all others"),
    ...paragraph(screen, 2, [sentence(screen, overall)]),
    ...(more === "" ? [] : paragraph(screen, 2, [{ text: more, style: "quiet" }])),
  ];
};

/** What findings that come together are worth, where that is fewer than they are. */
function worth({ ai, others }: Comparison): string {
  if (ai.widening === 1 && others.widening === 1) return "";
  const of = ({ findings, widening }: Rate) =>
    grouped(Math.max(Math.min(findings, 1), Math.round(findings / widening)));
  return `Findings of one commit come together: AI's ${grouped(ai.findings)} are worth about ${of(ai)} that come one by one, the others' ${grouped(others.findings)} about ${of(others)}.`;
}

function sentence(screen: Screen, comparison: Comparison): Span {
  const { answer, ratio, interval } = comparison;
  if (answer === "too-little") return { text: "Too little to tell.", style: "caution" };
  const times = ratio === null ? "Only AI has findings" : `${decimal(ratio)} times as many findings per line`;
  const says = `${times}, 95 %: ${range(screen, interval)}.`;
  if (answer === "no-difference") return { text: `${says} The numbers do not separate.`, style: "caution" };
  return { text: `${says} AI has clearly ${answer === "higher" ? "more" : "fewer"}.`, style: "strong" };
}

const answers: Readonly<Record<Comparison["answer"], { text: string; style: Style }>> = {
  "too-little": { text: "too little to tell", style: "quiet" },
  "no-difference": { text: "cannot be told apart", style: "quiet" },
  higher: { text: "AI has more", style: "strong" },
  lower: { text: "AI has fewer", style: "strong" },
};

const byRule: Section = (screen, { rules, silent }) => {
  const columns: Column[] = [
    { title: "rule", cut: "end", least: 16 },
    { title: "AI", align: "right" },
    { title: "per 1,000", align: "right", optional: true },
    { title: "others", align: "right" },
    { title: "per 1,000", align: "right", optional: true },
    { title: "ratio, 95 %", align: "right", optional: true },
    { title: "" },
  ];
  const silence = `Found nothing: ${count(silent.length, "rule")}.`;
  return [
    ...(rules.length === 0 ? [] : heading(screen, "By rule")),
    ...table(
      screen,
      2,
      columns,
      rules.map((each) => ruleRow(screen, each)),
    ),
    ...(silent.length === 0 ? [] : paragraph(screen, 2, [{ text: silence, style: "quiet" }])),
  ];
};

function ruleRow(screen: Screen, { rule, ai, others, interval, answer }: RuleComparison): Span[] {
  return [
    { text: rule },
    { text: grouped(ai.findings) },
    { text: perThousand(ai) },
    { text: grouped(others.findings) },
    { text: perThousand(others) },
    { text: range(screen, interval), style: "quiet" },
    answers[answer],
  ];
}

const whatFollows: Section = (screen, { suggestions }) => {
  const raised = suggestions.filter(({ aiAsIs, aiEdited }) => aiAsIs !== null || aiEdited !== null);
  const severe = suggestions.filter((each) => !raised.includes(each)).map(({ rule }) => rule);
  const ours = "A policy can weigh them more on lines by AI, a step above the rules' own severities:";
  return [
    ...heading(screen, "What follows"),
    ...(suggestions.length === 0 ? paragraph(screen, 2, [{ text: noGround }]) : []),
    ...(raised.length === 0 ? [] : [...paragraph(screen, 2, [{ text: ours }]), "", ...policyText(raised)]),
    ...(severe.length === 0
      ? []
      : paragraph(screen, 2, [{ text: `As severe as can be already, or too few such lines: ${severe.join(", ")}.` }])),
  ];
};

const noGround =
  "These numbers are no ground for severities that differ by who wrote a line: no rule finds clearly more in what AI wrote.";

function policyText(suggestions: readonly Suggestion[]): string[] {
  const rows = suggestions.map(({ rule, aiAsIs, aiEdited }) => {
    const given = [aiEdited === null ? [] : [`ai_edited: ${aiEdited}`], aiAsIs === null ? [] : [`ai_as_is: ${aiAsIs}`]];
    return `        ${rule}: { ${given.flat().join(", ")} }`;
  });
  return ["    lint:", "      severity:", ...rows];
}

const notes: Section = (screen, { notes }) =>
  notes.length === 0
    ? []
    : ["", ...notes.flatMap((text) => paragraph(screen, 2, [{ text, style: "quiet" }], { text: screen.signs.bullet }))];
