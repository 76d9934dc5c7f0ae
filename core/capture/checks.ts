import type { Check } from "./events.ts";

/**
 * What a shell command checks, by a closed list of test runners, linters and type checkers. Empty for everything else,
 * and for a command whose exit code need not be the checker's own: after `|`, `;`, `||` or in the background, a
 * failing test still ends with 0.
 */
export function checksOf(command: string): Check[] {
  if (command.length > longestCommand) return [];
  const steps = stepsOf(command);
  if (steps === null) return [];
  const found = new Set(steps.map(checkOf).filter((check) => check !== null));
  return order.filter((check) => found.has(check));
}

/** True for a word that `AI-Validated` takes and a command can stand for. */
export function isCheck(word: string): word is Check {
  return (order as readonly string[]).includes(word);
}

const longestCommand = 4_000;
const order: readonly Check[] = ["tests", "lint", "types"];

/** The words of each command of an `a && b && c`; null when the exit code of one can get lost. */
function stepsOf(command: string): string[][] | null {
  const steps: string[][] = [[]];
  let word = "";
  let quote = "";
  const endWord = (): void => {
    if (word !== "") steps.at(-1)?.push(word);
    word = "";
  };
  const text = command.replaceAll("2>&1", " ").trim();
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (quote !== "") {
      if (character === quote) quote = "";
      else word += character;
    } else if (character === '"' || character === "'") quote = character;
    else if (character === " " || character === "\t") endWord();
    else if (text.startsWith("&&", at)) {
      endWord();
      steps.push([]);
      at += 1;
    } else if (losesExitCode.has(character)) return null;
    else word += character;
  }
  endWord();
  return quote === "" ? steps : null;
}

const losesExitCode = new Set(["|", ";", "&", "\n", "\r", "`", "$", "(", ")", "{", "}", "<", "\\", "!"]);

function checkOf(words: readonly string[]): Check | null {
  const [program = "", ...rest] = withoutPrefix(words);
  const name = program.split("/").at(-1)?.toLowerCase() ?? "";
  if (asksOnly(rest) || leavesOut(name, rest)) return null;
  if (scriptRunners.has(name)) return checkOfScript(rest);
  const first = rest.find((word) => !word.startsWith("-")) ?? "";
  return bySubcommand.get(`${name} ${first}`) ?? byProgram.get(name) ?? null;
}

/** Without `CI=1`, `npx`, `poetry run` and the like. */
function withoutPrefix(words: readonly string[]): readonly string[] {
  let rest = words;
  for (let left = 8; left > 0; left -= 1) {
    const [first = "", second = ""] = rest;
    if (isAssignment(first)) rest = rest.slice(1);
    else if (wrappers.has(first)) rest = withoutFlags(rest.slice(1));
    else if (wrappers.has(`${first} ${second}`)) rest = withoutFlags(rest.slice(2));
    else if (first.startsWith("python") && second === "-m") rest = rest.slice(2);
    else break;
  }
  return rest;
}

function withoutFlags(words: readonly string[]): readonly string[] {
  const start = words.findIndex((word) => !word.startsWith("-"));
  return start === -1 ? [] : words.slice(start);
}

function isAssignment(word: string): boolean {
  const at = word.indexOf("=");
  return at > 0 && /^[A-Za-z0-9_]+$/.test(word.slice(0, at));
}

/** `jest --help` and `pytest --collect-only` run no test; `npm test --if-present` may not. */
function asksOnly(words: readonly string[]): boolean {
  return words.some((word) => nothingRuns.has(word.split("=")[0] ?? ""));
}

/** `vitest list`, `gradle check -x test`, `dotnet test -t`: showing what there is, or leaving it out. */
function leavesOut(name: string, words: readonly string[]): boolean {
  const first = words.find((word) => !word.startsWith("-")) ?? "";
  return (
    nothingRunsIn.has(`${name} ${first}`) ||
    words.some((word) => nothingRunsIn.has(`${name} ${word.split("=")[0] ?? ""}`))
  );
}

const nothingRunsIn = new Set([
  ...["vitest list", "dotnet -t", "dotnet --list-tests"],
  ...["gradle -x", "gradle --exclude-task", "gradlew -x", "gradlew --exclude-task", "gradle -m", "gradlew -m"],
  ...["ruff --show-files", "ruff --show-settings", "ruff -e", "ctest -N", "ctest --show-only", "go -list", "go -c"],
  ...["playwright --list", "tox --listenvs", "mvn -Dmaven.test.skip", "mvnw -Dmaven.test.skip", "tox -l", "nox -l"],
]);

const nothingRuns = new Set([
  ...[
    "--help",
    "-h",
    "--version",
    "-V",
    "--list",
    "--listTests",
    "--list-tests",
    "--collect-only",
    "--co",
    "--dry-run",
    "--no-run",
  ],
  ...[
    "--passWithNoTests",
    "--if-present",
    "--init",
    "--showConfig",
    "--print-config",
    "--show-files",
    "-DskipTests",
    "--exit-zero",
  ],
]);

const scriptRunners = new Set(["npm", "pnpm", "yarn", "bun", "make", "just", "deno", "composer"]);

/** `npm test`, `npm run lint`, `yarn typecheck:ci`, `make test`. */
function checkOfScript(words: readonly string[]): Check | null {
  const named = words.filter((word) => !word.startsWith("-") && word !== "run" && word !== "run-script");
  const script = named[0] ?? "";
  return script === "t" ? "tests" : (byScript.get(script.split(":")[0] ?? "") ?? byScript.get(script) ?? null);
}

const wrappers = new Set([
  ...["npx", "bunx", "pnpx", "time", "env", "command", "nice"],
  ...[
    "pnpm exec",
    "pnpm dlx",
    "yarn exec",
    "npm exec",
    "bundle exec",
    "poetry run",
    "uv run",
    "pipenv run",
    "hatch run",
  ],
]);

const named = (check: Check, ...names: readonly string[]): [string, Check][] => names.map((name) => [name, check]);

const byScript = new Map([
  ...named("tests", "test", "tests", "unit", "integration", "e2e"),
  ...named("lint", "lint", "eslint"),
  ...named("types", "types", "typecheck", "type-check", "tsc"),
]);

const byProgram = new Map([
  ...named("tests", "vitest", "jest", "mocha", "ava", "tap", "pytest", "py.test", "tox", "nox", "rspec", "phpunit"),
  ...named("tests", "ctest", "pest", "unittest", "gotestsum", "nextest"),
  ...named("lint", "eslint", "oxlint", "flake8", "pylint", "rubocop", "golangci-lint", "shellcheck", "stylelint"),
  ...named("lint", "clippy-driver", "ktlint", "swiftlint", "staticcheck"),
  ...named("types", "tsc", "vue-tsc", "mypy", "pyright", "basedpyright", "pyre", "phpstan", "psalm", "sorbet"),
]);

const bySubcommand = new Map([
  ...named("tests", "go test", "cargo test", "cargo nextest", "mvn test", "mvn verify", "gradle test", "gradle check"),
  ...named(
    "tests",
    "mvnw test",
    "mvnw verify",
    "gradlew test",
    "gradlew check",
    "dotnet test",
    "mix test",
    "swift test",
  ),
  ...named("tests", "bazel test", "rails test", "zig test", "playwright test", "cypress run", "rake test", "rake spec"),
  ...named("lint", "ruff check", "biome check", "biome lint", "cargo clippy", "go vet", "mix credo", "dart analyze"),
  ...named("types", "cargo check", "flow check", "srb tc"),
]);
