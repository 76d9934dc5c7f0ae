import { partsOfRule } from "./rule-id.ts";

/** Our rules that say of a line what this rule of another tool says of it. */
export function ourRulesFor(rule: string): readonly string[] {
  const { tool, rule: name } = partsOfRule(rule);
  if (tool === "countersign") return [name];
  return index.get(usualName(tool, name)) ?? [];
}

/** The same rules run under several names: flake8's plugins in ruff, ESLint's in oxlint. */
function usualName(tool: string, name: string): string {
  if (tool === "flake8") return `ruff/${name}`;
  if (tool !== "oxlint") return `${tool}/${name}`;
  return `eslint/${name.replace(/^typescript(?:-eslint)?\//, "@typescript-eslint/")}`;
}

/**
 * Well-known rules of other tools by the rule of ours that speaks of the same thing. A rule of ours that this version lacks
 * finds nothing, so nothing repeats it.
 */
export const sameRules: Readonly<Record<string, string>> = {
  "swallowed-error":
    "eslint/no-empty eslint/sonarjs/no-ignored-exceptions ruff/S110 ruff/S112 bandit/B110 bandit/B112 pmd/EmptyCatchBlock " +
    "checkstyle/EmptyCatchBlock checkstyle/EmptyBlock gosec/G104 errcheck/errcheck golangci-lint/errcheck",
  "broad-catch":
    "ruff/E722 ruff/BLE001 ruff/B001 pylint/W0702 pylint/W0703 pylint/W0718 pylint/bare-except pylint/broad-except pylint/broad-exception-caught " +
    "pmd/AvoidCatchingGenericException pmd/AvoidCatchingThrowable pmd/AvoidCatchingNPE checkstyle/IllegalCatch codeql/py/catch-base-exception",
  "lost-cause":
    "eslint/preserve-caught-error ruff/B904 pylint/W0707 pylint/raise-missing-from pmd/PreserveStackTrace errorlint/errorlint golangci-lint/errorlint",
  "sql-concatenation":
    "ruff/S608 bandit/B608 gosec/G201 gosec/G202 codeql/js/sql-injection codeql/py/sql-injection codeql/go/sql-injection codeql/java/sql-injection " +
    "codeql/java/concatenated-sql-query",
  "command-injection":
    "ruff/S602 ruff/S605 ruff/S609 bandit/B602 bandit/B605 bandit/B609 gosec/G204 codeql/js/command-line-injection " +
    "codeql/js/shell-command-constructed-from-input codeql/py/command-line-injection codeql/go/command-injection codeql/java/command-line-injection " +
    "eslint/security/detect-child-process",
  "code-injection":
    "eslint/no-eval eslint/no-implied-eval eslint/no-new-func eslint/@typescript-eslint/no-implied-eval eslint/security/detect-eval-with-expression " +
    "ruff/S307 ruff/S102 ruff/PGH001 bandit/B307 bandit/B102 pylint/W0123 pylint/W0122 pylint/eval-used pylint/exec-used codeql/js/code-injection " +
    "codeql/py/code-injection",
  "html-injection":
    "eslint/react/no-danger eslint/no-unsanitized/property eslint/no-unsanitized/method ruff/S701 ruff/S308 bandit/B701 bandit/B308 bandit/B703 " +
    "gosec/G203 codeql/js/xss codeql/js/reflected-xss codeql/py/reflective-xss",
  "path-injection":
    "gosec/G304 gosec/G305 codeql/js/path-injection codeql/py/path-injection codeql/go/path-injection codeql/java/path-injection " +
    "eslint/security/detect-non-literal-fs-filename",
  "url-injection":
    "gosec/G107 ruff/S310 bandit/B310 codeql/js/request-forgery codeql/py/full-ssrf codeql/go/request-forgery codeql/java/ssrf",
  "log-injection": "codeql/js/log-injection codeql/py/log-injection codeql/go/log-injection codeql/java/log-injection",
  "tls-off":
    "gosec/G402 ruff/S501 ruff/S323 bandit/B501 bandit/B323 codeql/js/disabling-certificate-validation codeql/py/request-without-cert-validation " +
    "codeql/go/disabled-certificate-check",
  "weak-crypto":
    "gosec/G401 gosec/G403 gosec/G404 gosec/G405 gosec/G501 gosec/G502 gosec/G503 gosec/G505 ruff/S303 ruff/S304 ruff/S305 ruff/S311 ruff/S324 ruff/S505 " +
    "bandit/B303 bandit/B304 bandit/B305 bandit/B311 bandit/B324 bandit/B505 codeql/js/weak-cryptographic-algorithm codeql/js/insecure-randomness " +
    "codeql/py/weak-cryptographic-algorithm pmd/HardCodedCryptoKey pmd/InsecureCryptoIv",
  "no-timeout":
    "ruff/S113 bandit/B113 gosec/G112 gosec/G114 pylint/W3101 pylint/missing-timeout noctx/noctx golangci-lint/noctx",
  "unsafe-load":
    "ruff/S301 ruff/S302 ruff/S506 bandit/B301 bandit/B302 bandit/B506 ruff/S313 ruff/S314 ruff/S318 bandit/B313 bandit/B314 bandit/B318 " +
    "codeql/py/unsafe-deserialization codeql/java/unsafe-deserialization codeql/js/unsafe-deserialization",
  "debug-on": "ruff/S201 bandit/B201 gosec/G108 ruff/T100 codeql/py/flask-debug",
  "os-privilege": "ruff/S103 bandit/B103 gosec/G301 gosec/G302 gosec/G306 ruff/S108 bandit/B108",
  "secret-literal":
    "ruff/S105 ruff/S106 ruff/S107 bandit/B105 bandit/B106 bandit/B107 gosec/G101 codeql/js/hardcoded-credentials codeql/py/hardcoded-credentials",
  "type-escape":
    "eslint/@typescript-eslint/no-explicit-any eslint/@typescript-eslint/no-non-null-assertion eslint/@typescript-eslint/no-unsafe-type-assertion " +
    "ruff/ANN401 forcetypeassert/forcetypeassert golangci-lint/forcetypeassert",
  "new-suppression": "eslint/@typescript-eslint/ban-ts-comment eslint/@typescript-eslint/prefer-ts-expect-error",
  "suppression-without-reason":
    "ruff/PGH003 ruff/PGH004 nolintlint/nolintlint golangci-lint/nolintlint eslint/@eslint-community/eslint-comments/require-description " +
    "eslint/@eslint-community/eslint-comments/no-unlimited-disable",
  "unreachable-code":
    "eslint/no-unreachable eslint/no-constant-condition eslint/no-dupe-else-if pylint/W0101 " +
    "pylint/unreachable tsc/TS7027 codeql/js/unreachable-statement codeql/py/unreachable-statement",
  "complex-function":
    "eslint/complexity eslint/max-depth eslint/max-params eslint/sonarjs/cognitive-complexity ruff/C901 ruff/PLR0912 ruff/PLR0913 pylint/R0912 pylint/R0913 " +
    "pmd/CyclomaticComplexity pmd/CognitiveComplexity pmd/ExcessiveParameterList checkstyle/CyclomaticComplexity golangci-lint/gocyclo " +
    "golangci-lint/cyclop golangci-lint/gocognit golangci-lint/nestif",
  "unused-added":
    "eslint/no-unused-vars eslint/@typescript-eslint/no-unused-vars ruff/F401 ruff/F841 ruff/ARG001 ruff/ARG002 tsc/TS6133 tsc/TS6192 tsc/TS6196 " +
    "golangci-lint/unused golangci-lint/unparam pmd/UnusedPrivateMethod pmd/UnusedLocalVariable pmd/UnusedPrivateField checkstyle/UnusedImports",
  "commented-out-code":
    "ruff/ERA001 eslint/sonarjs/no-commented-code codeql/js/commented-out-code codeql/py/commented-out-code",
};

const index = new Map<string, string[]>();
for (const [ours, theirs] of Object.entries(sameRules))
  for (const rule of theirs.split(" ")) {
    const known = index.get(rule);
    if (known === undefined) index.set(rule, [ours]);
    else known.push(ours);
  }
