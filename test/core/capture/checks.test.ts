import fc from "fast-check";
import { expect, test } from "vitest";
import { checksOf } from "../../../core/capture/index.ts";

test.each([
  ...[
    "npm test",
    "npm t",
    "npm run test",
    "npm run test:unit",
    "yarn test",
    "pnpm run -s test",
    "bun test",
    "make test",
  ].map(tests),
  ...[
    "npx vitest run",
    "vitest run test/core",
    "npx --yes jest",
    "./node_modules/.bin/mocha",
    "node_modules/.bin/vitest",
  ].map(tests),
  ...["pytest -q", "python -m pytest", "python3 -m unittest", "poetry run pytest", "uv run pytest tests", "tox"].map(
    tests,
  ),
  ...[
    "go test ./...",
    "cargo test",
    "cargo nextest run",
    "mvn -q test",
    "./mvnw verify",
    "gradle test",
    "./gradlew check",
  ].map(tests),
  ...["CI=1 npm test", "cd app && npm test", "npm test 2>&1", "npm ci && npm test", 'npx vitest -t "a && b; c"'].map(
    tests,
  ),
  { command: "npx eslint .", checks: ["lint"] },
  { command: "npm run lint && npm test", checks: ["tests", "lint"] },
  { command: "ruff check .", checks: ["lint"] },
  { command: "cargo clippy -- -D warnings", checks: ["lint"] },
  { command: "npx tsc --noEmit", checks: ["types"] },
  { command: "mypy src", checks: ["types"] },
  { command: "npm run typecheck", checks: ["types"] },
  { command: "npm test && npx tsc && npx eslint .", checks: ["tests", "lint", "types"] },
])("$command → $checks", ({ command, checks }) => expect(checksOf(command)).toEqual(checks));

test.each([
  { says: "another program", command: "echo npm test" },
  { says: "a file of that name", command: "cat vitest" },
  { says: "a pipe hides the exit code", command: "npm test | tail -5" },
  { says: "a list hides it", command: "npm test; true" },
  { says: "an alternative hides it", command: "npm test || true" },
  { says: "so does the background", command: "npm test & wait" },
  { says: "and the next line", command: "npm test\ntrue" },
  { says: "and a negation", command: "! npm test" },
  { says: "and a substitution", command: "echo $(npm test)" },
  { says: "help is no test", command: "npx vitest --help" },
  { says: "a version is no test", command: "pytest --version" },
  { says: "collecting is no test", command: "pytest --collect-only" },
  { says: "tests that were built only", command: "cargo test --no-run" },
  { says: "a linter that never fails", command: "pylint --exit-zero src" },
  { says: "an open quote", command: 'npm test "' },
  { says: "a list of tests", command: "npx vitest list" },
  { says: "tests that are left out", command: "gradle check -x test" },
  { says: "tests that are left out by the wrapper", command: "./gradlew -x test check" },
  { says: "tests that are skipped", command: "mvn verify -Dmaven.test.skip=true" },
  { says: "names of tests", command: "dotnet test --list-tests" },
  { says: "the same, in short", command: "dotnet test -t" },
  { says: "names of tests in Go", command: "go test -list . ./..." },
  { says: "files that would be checked", command: "ruff check --show-files" },
  { says: "the rest of a line that ended before", command: "true || npm test" },
  { says: "nothing", command: "" },
  { says: "formatting is no lint", command: "ruff format ." },
  { says: "a name of the prototype", command: "constructor test" },
  { says: "longer than a command", command: `npm test ${"x".repeat(5_000)}` },
])("$says: nothing", ({ command }) => expect(checksOf(command)).toEqual([]));

test("any text gives words of the vocabulary, each once", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom("npm", "test", " ", "&&", ";", '"', "-", "tsc", "\n", "ä") }),
      (text) => {
        const found = checksOf(text);
        expect(new Set(found).size).toBe(found.length);
      },
    ),
  );
});

function tests(command: string): { command: string; checks: string[] } {
  return { command, checks: ["tests"] };
}
