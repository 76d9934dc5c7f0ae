import { count } from "../numbers.ts";
import { plain, plainPath } from "../text.ts";
import { paragraph } from "../terminal/layout.ts";
import { pageText } from "../terminal/page-text.ts";
import { openScreen, type Screen, type TerminalOptions } from "../terminal/screen.ts";
import type { Annotation } from "../annotation.ts";
import type { CheckedPolicy, CheckedProblem } from "./checked-policy.ts";

/**
 * The page of `countersign policy check`: each error and the first warnings of each code with their place and fix, then what
 * the file comes to.
 */
export function renderCheckedPolicy(checked: CheckedPolicy, options: TerminalOptions): string {
  const screen = openScreen(options);
  return pageText([
    ...checked.problems.filter(isAmongFirst()).flatMap((problem) => lines(screen, problem)),
    ...left(checked.problems).flatMap((text) => paragraph(screen, 0, [{ text, max: 400 }], warning(screen))),
    ...paragraph(screen, 0, [{ text: closing(checked), max: 1_000 }]),
  ]);
}

/** One annotation a problem, at its line of the file. */
export function policyAnnotations({ problems }: CheckedPolicy): Annotation[] {
  return problems.map(({ level, file, line, column, code, path, what, fix }) => ({
    level,
    path: plainPath(file),
    startLine: line,
    endLine: line,
    startColumn: column,
    title: plain(`${code}${path === "" ? "" : ` ${path}`}`, 200),
    message: plain(`${what}. ${fix}`, 2_000),
  }));
}

/** Warnings of one code tell no more by the dozen. */
const mostOfCode = 10;

/** A filter that lets every error pass, and the first warnings of each code. */
function isAmongFirst(): (problem: CheckedProblem) => boolean {
  const seen = new Map<string, number>();
  return ({ level, code }) => {
    const before = seen.get(code) ?? 0;
    if (level === "warning") seen.set(code, before + 1);
    return level === "error" || before < mostOfCode;
  };
}

/** What is said of the warnings that are not shown. */
function left(problems: readonly CheckedProblem[]): string[] {
  const byCode = Map.groupBy(
    problems.filter(({ level }) => level === "warning"),
    ({ code }) => code,
  );
  return [...byCode].flatMap(([code, { length }]) =>
    length > mostOfCode
      ? [`${code}: ${count(length - mostOfCode, "more warning")} of this code. --json tells all.`]
      : [],
  );
}

function warning({ signs }: Screen) {
  return { text: signs.warn, style: "caution" } as const;
}

function lines(screen: Screen, { level, file, line, column, code, path, what, fix }: CheckedProblem): string[] {
  const error = level === "error";
  const place = `${plainPath(file)}:${line}:${column} ${code}${path === "" ? "" : ` ${path}`}: `;
  return [
    ...paragraph(
      screen,
      0,
      [
        { text: place, style: "strong", max: 400 },
        { text: `${what}.`, max: 1_000 },
      ],
      error ? { text: screen.signs.no, style: "bad" } : warning(screen),
    ),
    ...paragraph(screen, 2, [{ text: fix, max: 1_000 }], { text: screen.signs.to, style: "strong" }),
  ];
}

function closing({ file, state, digest, rules, areas, problems }: CheckedPolicy): string {
  const errors = problems.filter(({ level }) => level === "error").length;
  const warnings = problems.length - errors;
  const name = plainPath(file);
  if (state === "incomplete") {
    return `${name} was read without the policies of other repositories: ${count(warnings, "warning")}. Saved facts hold them: \`--facts\`.`;
  }
  if (digest === null) {
    return `${name} does not load: ${count(errors, "error")}${warnings === 0 ? "" : `, ${count(warnings, "warning")}`}.`;
  }
  const found = warnings === 0 ? "no warnings" : count(warnings, "warning");
  return `${name} loads: ${count(rules, "rule")}, ${count(areas, "area")}, ${found}. Digest sha256:${digest}`;
}
