import { execFileSync } from "node:child_process";
import * as typescriptParser from "@typescript-eslint/parser";
import { Linter } from "eslint/universal";
import { loadParser } from "../adapters/sandbox/parser.ts";
import { lintFile, patterns } from "../core/lint/index.ts";

/**
 * What ESLint and our patterns find of lost causes and of unreachable code in the files of a repository at HEAD, and what
 * CPU each takes: the figures of docs/decisions/hidden-findings.md.
 *
 *     node bench/lint-beside-eslint.ts <git directory> <part of paths> <most files>
 */
const ourRule: Readonly<Record<string, string>> = {
  "preserve-caught-error": "lost-cause",
  "no-unreachable": "unreachable-code",
  "no-unreachable-loop": "unreachable-code",
  "no-dupe-else-if": "unreachable-code",
  "no-constant-binary-expression": "unreachable-code",
  "no-constant-condition": "unreachable-code",
};

const [repository = ".git", only = "", most = "200"] = process.argv.slice(2);
const parse = await loadParser(["javascript", "typescript", "tsx"]);
const ours = patterns.filter(({ rule }) => Object.values(ourRule).includes(rule.id));
const linter = new Linter();
const sum = { files: 0, lines: 0, eslintMs: 0, oursMs: 0, both: 0, eslintAlone: 0, oursAlone: 0 };

for (const path of paths()) {
  const text = git("show", `HEAD:${path}`);
  if (text.length > 256_000) continue;
  sum.files += 1;
  sum.lines += text.split("\n").length;
  const theirs = timed("eslintMs", () => askEslint(path, text));
  const found = timed("oursMs", () => askOurs(path, text));
  const isSame = (one: Found, other: Found) =>
    one.rule === other.rule && one.start <= other.end && other.start <= one.end;
  for (const one of theirs) {
    if (found.some((other) => isSame(one, other))) sum.both += 1;
    else tell("eslintAlone", path, one);
  }
  for (const one of found) if (!theirs.some((other) => isSame(one, other))) tell("oursAlone", path, one);
}
process.stdout.write(
  `${JSON.stringify({ ...sum, eslintMs: Math.round(sum.eslintMs), oursMs: Math.round(sum.oursMs) })}\n`,
);

interface Found {
  rule: string;
  start: number;
  end: number;
}

function askEslint(path: string, text: string): Found[] {
  const ending = /\.[cm]?[jt]sx?$/.exec(path)![0];
  const config: Linter.Config = {
    files: [`**/*${ending}`],
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: "off" },
    languageOptions: {
      parser: typescriptParser,
      parserOptions: { ecmaFeatures: { jsx: !/\.[cm]?ts$/.test(ending) } },
    },
    rules: Object.fromEntries(Object.keys(ourRule).map((rule) => [rule, "error"])),
  };
  return linter
    .verify(text, [config], { filename: `text${ending}` })
    .flatMap(({ ruleId, line, endLine }) =>
      ruleId === null ? [] : [{ rule: ourRule[ruleId] ?? ruleId, start: line, end: endLine ?? line }],
    );
}

function askOurs(path: string, text: string): Found[] {
  return lintFile({ path, base: null, head: text, hunks: [] }, ours, parse).findings.flatMap(({ rule, place }) =>
    place.kind === "lines" ? [{ rule, start: place.start, end: place.end }] : [],
  );
}

function paths(): string[] {
  const isCode = (path: string) => /\.[cm]?[jt]sx?$/.test(path) && !/\.d\.ts$|vendor|dist\/|test/.test(path);
  const listed = git("ls-tree", "-r", "--name-only", "HEAD").split("\n");
  return listed.filter((path) => isCode(path) && path.includes(only)).slice(0, Number(most));
}

function git(...args: string[]): string {
  return execFileSync("git", [`--git-dir=${repository}`, ...args], { maxBuffer: 1e9, encoding: "utf8" });
}

function timed<T>(name: "eslintMs" | "oursMs", run: () => T): T {
  const start = process.cpuUsage();
  const result = run();
  const { user, system } = process.cpuUsage(start);
  sum[name] += (user + system) / 1000;
  return result;
}

function tell(name: "eslintAlone" | "oursAlone", path: string, { rule, start }: Found): void {
  sum[name] += 1;
  process.stdout.write(`${name} ${rule} ${path}:${start}\n`);
}
