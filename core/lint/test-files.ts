/**
 * Whether a path is one at which tests, or what only tests use, are kept: by its name (`x.test.ts`, `x_test.go`,
 * `test_x.py`, `XTest.java`) or by a folder (`tests`, `__tests__`, `src/test`, `e2e`, `fixtures`, `mocks`).
 */
export function isTestFile(path: string): boolean {
  const parts = path.split(/[\\/]/);
  const name = parts.pop() ?? "";
  return testName.test(name) || parts.some((part) => testFolders.has(part.toLowerCase()));
}

/** The last part of a path: what a folder is called may be an accident of where a project keeps its code. */
export function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}

const testName =
  /[._-](?:test|spec|tests|e2e|bench|stories|cy|test-d|spec-d)\.\w{1,5}$|_test\.(?:go|py)$|^test_.*\.pyi?$|^(?:conftest|tests?)\.py$|(?:Tests?|TestCase|IT|Spec)\.(?:java|kt|groovy|scala|cs)$|^Test[A-Z]\w*\.java$/;

const testFolders = new Set(
  (
    "test tests __tests__ spec specs e2e testing testdata test-data test_data testutil testutils test-utils test_utils " +
    "fixtures __fixtures__ mocks __mocks__ integration-tests integration_tests unit-tests cypress playwright"
  ).split(" "),
);
