/*
 * Tools that people name under `Generated-by` and `Assisted-by` and that are no AI: closed lists, so that a name we do
 * not know still counts as a tool that may be one.
 */

/** Whether the value names code generators and nothing else: `protoc 3.2`, `swagger-codegen:3.0`. */
export function namesGenerators(value: string): boolean {
  return namesOnly(value, generators);
}

/** Whether the value names analysis tools and nothing else: the kernel lists them after an agent, and some list them alone. */
export function namesAnalysers(value: string): boolean {
  return namesOnly(value, analysers);
}

const generators: ReadonlySet<string> = new Set([
  "antlr",
  "antlr4",
  "autoconf",
  "automake",
  "bindgen",
  "bison",
  "cbindgen",
  "coccinelle",
  "controller-gen",
  "flatc",
  "graphql-codegen",
  "mockgen",
  "openapi-generator",
  "openapi-generator-cli",
  "protobuf",
  "protoc",
  "protoc-gen-go",
  "spatch",
  "sqlc",
  "stringer",
  "swagger",
  "swagger-codegen",
  "thrift",
]);

const analysers: ReadonlySet<string> = new Set([
  "checkpatch",
  "checkpatch.pl",
  "clang-format",
  "clang-tidy",
  "clippy",
  "coccinelle",
  "codeql",
  "coverity",
  "cppcheck",
  "eslint",
  "mypy",
  "prettier",
  "pylint",
  "ruff",
  "semgrep",
  "shellcheck",
  "smatch",
  "sonarqube",
  "sparse",
  "spatch",
  "syzkaller",
]);

/** Words are names from the list and versions; at least one is a name. A longer value is prose, and is not read. */
function namesOnly(value: string, names: ReadonlySet<string>): boolean {
  if (value.length > 200) return false;
  const words = value
    .toLowerCase()
    .split(/[\s,:]/)
    .filter((word) => word !== "");
  return words.some((word) => names.has(word)) && words.every((word) => names.has(word) || isVersion(word));
}

function isVersion(word: string): boolean {
  return /^v?[0-9][0-9.]*$/.test(word);
}
