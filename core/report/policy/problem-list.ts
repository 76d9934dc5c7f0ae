import { count } from "../numbers.ts";
import { plain, plainPath } from "../text.ts";
import { paragraph } from "../terminal/layout.ts";
import { pageText } from "../terminal/page-text.ts";
import { openScreen, type Screen, type TerminalOptions } from "../terminal/screen.ts";
import type { Annotation } from "../annotation.ts";
import type { CheckedPolicy, CheckedProblem } from "./checked-policy.ts";

/** The page of `countersign policy check`: each problem with its place and its fix, then what the file comes to. */
export function renderCheckedPolicy(checked: CheckedPolicy, options: TerminalOptions): string {
  const screen = openScreen(options);
  return pageText([
    ...checked.problems.flatMap((problem) => lines(screen, problem)),
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
      {
        text: error ? screen.signs.no : screen.signs.warn,
        style: error ? "bad" : "caution",
      },
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
