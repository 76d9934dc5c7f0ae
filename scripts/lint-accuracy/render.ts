import { patterns } from "../../core/lint/patterns.ts";
import { precisionAfterReading, unmeasured } from "./demands.ts";
import type { Figures, Row } from "./figures.ts";
import { mapping } from "./mapping.ts";
import { precisionOf, recallOf, sumOf, type Count } from "./measure-cases.ts";
import { suites } from "./suites.ts";

/** The tables of docs/accuracy.md about the lint rules, as Markdown. */
export function renderFigures(figures: Figures): string {
  return [
    table(
      ["Suite", "Licence", "Commit", "Labelled by", "Cases"],
      suites.map(({ name, repository, licence, labels }) => [
        repository,
        licence,
        shortCommit(figures.suites[name]),
        labels,
        name in figures.suites
          ? number(sumOf(figures.measured.filter(({ suite }) => suite === name)).cases)
          : "not measured",
      ]),
      3,
    ),
    "### By rule and language",
    table(
      [
        "Rule",
        "Language",
        "Cases",
        "Found",
        "Missed",
        "Extra",
        "of these right",
        "Precision",
        "after reading",
        "Recall",
      ],
      byRuleAndLanguage(figures.measured),
    ),
    unmeasuredSentence(),
    "### Beside ESLint's rules",
    "Most of these cases are the ESLint rules' own tests, on which they are right by construction; ours were written before anyone looked at them.",
    table(
      ["On the JavaScript cases for", "Measured", "Found", "Missed", "Extra", "Precision", "Recall"],
      figures.peers.map(({ ours, peer, ...count }) => [
        ours,
        peer === ours ? "ours" : peer.includes("+") ? "these together" : `\`${peer}\``,
        ...[count.found, count.missed, count.extra].map(number),
        precision(count, precisionOf(count)),
        recall(count),
      ]),
    ),
    "### Where ours is meant to differ",
    differences(),
    "### Findings in mature code",
    "Nothing here is labelled: what was found may be right.",
    table(
      ["Repository", "Commit", "Language", "Lines", "Findings", "per 1000 lines", "most from"],
      figures.mature.map((one) => {
        const total = Object.values(one.findings).reduce((sum, count) => sum + count, 0);
        return [
          one.name,
          shortCommit(one.commit),
          languageName(one.language),
          number(one.lines),
          number(total),
          perThousand(total, one.lines),
          mostOf(one),
        ];
      }),
    ),
    table(["Rule", ...languages.map(languageName)], perRule(figures.mature)),
  ].join("\n\n");
}

const languages = ["javascript", "python", "go", "java"];

function languageName(language: string): string {
  return { javascript: "JS and TS", python: "Python", go: "Go", java: "Java" }[language] ?? language;
}

function byRuleAndLanguage(rows: readonly Row[]): string[][] {
  return patterns.flatMap(({ rule: { id } }) =>
    languages.flatMap((language) => {
      const mine = rows.filter((row) => row.ours === id && row.language === language);
      if (mine.length === 0) return [];
      const sum = sumOf(mine);
      const right = mine.reduce((all, row) => all + row.right, 0);
      return [
        [
          id,
          languageName(language),
          ...counts(sum),
          number(right),
          precision(sum, precisionOf(sum)),
          precision(sum, precisionAfterReading(mine)),
          recall(sum),
        ],
      ];
    }),
  );
}

function counts({ cases, found, missed, extra }: Count): string[] {
  return [cases, found, missed, extra].map(number);
}

/** Of what never was said nobody knows how often it is right. */
function precision({ found, extra }: Count, share: number): string {
  return found + extra === 0 ? "–" : percent(share);
}

function recall(count: Count): string {
  return count.found + count.missed === 0 ? "–" : percent(recallOf(count));
}

function unmeasuredSentence(): string {
  const reasons = Object.groupBy(Object.entries(unmeasured), ([, reason]) => reason);
  const lines = Object.entries(reasons).map(
    ([reason, rules]) => `- ${rules!.map(([rule]) => `\`${rule}\``).join(", ")}: ${reason}.`,
  );
  return ["With too few cases to say anything of their precision:", "", ...lines].join("\n");
}

function differences(): string {
  const groups = Object.groupBy(
    mapping.filter(({ differs }) => differs !== undefined),
    ({ ours, differs }) => `\`${ours}\`: ${differs!}`,
  );
  return Object.entries(groups)
    .map(
      ([reason, rows]) =>
        `- ${reason} (${rows!.map(({ suite, theirs }) => `${suite} ${theirs.split(":")[0]!}`).join(", ")}).`,
    )
    .join("\n");
}

function mostOf({ findings }: Figures["mature"][number]): string {
  const sorted = Object.entries(findings).toSorted(([a, many], [b, more]) => more - many || (a < b ? -1 : 1));
  return sorted
    .slice(0, 3)
    .map(([rule, count]) => `${rule} ${number(count)}`)
    .join(", ");
}

function perRule(mature: Figures["mature"]): string[][] {
  const share = (language: string, of: (one: Figures["mature"][number]) => number) => {
    const mine = mature.filter((one) => one.language === language);
    const lines = mine.reduce((sum, one) => sum + one.lines, 0);
    const total = mine.reduce((sum, one) => sum + of(one), 0);
    return lines === 0 || total === 0 ? "–" : perThousand(total, lines);
  };
  const rules = patterns.map(({ rule: { id } }) => id).filter((id) => mature.some(({ findings }) => id in findings));
  const all = (one: Figures["mature"][number]) => Object.values(one.findings).reduce((sum, count) => sum + count, 0);
  return [
    ...rules.map((id) => [id, ...languages.map((language) => share(language, ({ findings }) => findings[id] ?? 0))]),
    ["**all**", ...languages.map((language) => share(language, all))],
  ];
}

/** The first columns hold words, the rest figures. */
function table(head: readonly string[], rows: readonly (readonly string[])[], words = 1): string {
  const isFigure = (column: number) =>
    column >= words && rows.every((row) => /^(?:[–\d.,]+(?: %)?|not measured)$/.test(row[column]!));
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, column) => (isFigure(column) ? "---:" : "---"))), ...rows.map(line)].join("\n");
}

function shortCommit(commit: string | null | undefined): string {
  return commit == null ? "–" : `\`${commit.slice(0, 10)}\``;
}

function number(value: number): string {
  return value.toLocaleString("en");
}

function percent(ratio: number): string {
  return `${(ratio * 100).toFixed(1)} %`;
}

function perThousand(count: number, lines: number): string {
  return ((count * 1000) / lines).toFixed(2);
}
