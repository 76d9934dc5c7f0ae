/** A comment that tells a tool to keep quiet, as its tool reads it. */
export interface Directive {
  /** As people call it. */
  kind: string;
  /** Its words, without what marks a comment. */
  words: string;
  /** What it names as switched off: looked for right behind the words; group 1 is the list. Without it it can name nothing. */
  names?: RegExp;
  /** Its tool finds it anywhere in a comment; else it begins the comment, or follows a mark of a comment within it. */
  anywhere?: true;
  /** Upper and lower case are one to its tool. */
  anyCase?: true;
  /** Where the words mean this in some files alone: how their paths end. */
  paths?: RegExp;
  /** Is looked for in pages of prose as well. */
  prose?: true;
}

const list = /^\s*[:=]?\s*["']?([\w@][\w@/.*:-]*(?:\s*,\s*[\w@][\w@/.*:-]*)*)/;
const spaced = /^\s*[:=]?\s*([\w@][\w@/.:-]*(?:[ ,]+[\w@][\w@/.:-]*)*)/;
/** Names, with nothing behind them but a reason. */
export const eslintList = /^\s+([\w@][\w@/.-]*(?:\s*,\s*[\w@][\w@/.-]*)*)(?=\s*(?:,\s*)?(?:$|\*\/|--))/;
const switchedOff = /^["']?([\w@][\w@/.-]*)[^\n]*?(?=--|\*\/|\n|$)/;
const inBrackets = /^\s*\[([^\]\n]{1,300})\]/;
const inParentheses = /^\s*\(([^)\n]{1,300})\)/;
const quoted = /^\s*"(-W[\w-]{1,80})"/;
const pythonCodes = /^\s?:\s*([a-z]+[0-9]+(?:[,\s]+[a-z]+[0-9]+)*)/i;

const javascript: Directive[] = [
  { kind: "eslint-disable", words: "eslint-disable(?:-next-line|-line)?(?![\\w-])", names: eslintList },
  {
    kind: "eslint rule: off",
    words: "eslint\\s+(?=[^\\n]{1,300}:\\s*(?:\\[\\s*)?[\"']?(?:off|0)\\b)",
    names: switchedOff,
  },
  { kind: "oxlint-disable", words: "oxlint-disable(?:-next-line|-line)?(?![\\w-])", names: eslintList },
  { kind: "tslint:disable", words: "tslint:disable(?:-next-line|-line)?(?![\\w-])", names: /^:([\w-]+(?: +[\w-]+)*)/ },
  { kind: "jshint ignore", words: "jshint (?:ignore:(?:line|start)|-W\\d+)" },
  { kind: "stylelint-disable", words: "stylelint-disable(?:-next-line|-line)?(?![\\w-])", names: eslintList },
  { kind: "@ts-ignore", words: "@ts-ignore(?![\\w-])" },
  { kind: "@ts-expect-error", words: "@ts-expect-error(?![\\w-])" },
  { kind: "@ts-nocheck", words: "@ts-nocheck(?![\\w-])" },
  { kind: "@vue-ignore", words: "@vue-(?:ignore|expect-error|nocheck|skip)(?![\\w-])" },
  { kind: "@glint-ignore", words: "@glint-(?:ignore|expect-error|nocheck)(?![\\w-])" },
  {
    kind: "biome-ignore",
    words: "(?:biome|rome)-ignore(?:-all|-start)?(?=\\s+(?:lint|assist|suppressions|syntax|parse)|\\s*:|\\s*$)",
    names: /^\s+((?:lint|assist|suppressions|syntax|parse)[/(][\w/)]+(?:\s+lint[/(][\w/)]+)*)/,
  },
  { kind: "svelte-ignore", words: "svelte-ignore(?![\\w-])", names: list },
  { kind: "deno-lint-ignore", words: "deno-lint-ignore(?:-file)?(?![\\w-])", names: spaced },
  { kind: "$FlowFixMe", words: "\\$Flow(?:FixMe|Ignore|Issue|ExpectedError)\\w*", names: inBrackets },
  { kind: "istanbul ignore", words: "istanbul ignore (?:next|if|else|file|start)\\b" },
  { kind: "c8 ignore", words: "c8 ignore (?:next|if|else|file|start)\\b(?: \\d+)?" },
  { kind: "v8 ignore", words: "v8 ignore (?:next|if|else|file|start|line)\\b(?: \\d+)?" },
  { kind: "node:coverage", words: "node:coverage (?:disable|ignore next)\\b(?: \\d+)?" },
  { kind: "deno-coverage-ignore", words: "deno-coverage-ignore(?:-file|-start)?(?![\\w-])" },
  { kind: "Stryker disable", words: "Stryker disable(?: next-line)?", names: list },
];

const python: Directive[] = [
  { kind: "noqa", words: "(?:(?:flake8|ruff)[:=]\\s*)?noqa(?!\\w)", names: pythonCodes, anyCase: true },
  { kind: "ruff: ignore", words: "ruff:\\s*(?:disable|ignore|file-ignore)(?=\\s*\\[)", names: inBrackets },
  { kind: "type: ignore", words: "type:\\s*ignore(?!\\w)", names: inBrackets },
  { kind: "pyright: ignore", words: "(?:based)?pyright:\\s*ignore(?!\\w)", names: inBrackets },
  { kind: "pyright: off", words: 'pyright:\\s*(?=\\w+\\s*=\\s*"?(?:false|none)\\b)', names: /^(\w+)/ },
  { kind: "mypy: ignore-errors", words: "mypy:\\s*ignore-errors\\b" },
  { kind: "mypy: disable-error-code", words: "mypy:\\s*disable-error-code\\b", names: list },
  { kind: "mypy: allow", words: "mypy:\\s*(?=(?:allow|no-check|no-disallow|no-warn|no-strict)-[\\w-]+)", names: list },
  {
    kind: "pylint: disable",
    words: "pylint:\\s*disable(?:-next|-msg)?(?![\\w-])",
    names: /^\s*=\s*([\w-]+(?:\s*,\s*[\w-]+)*)/,
  },
  { kind: "pylint: skip-file", words: "pylint:\\s*skip-file\\b" },
  { kind: "pyre-ignore", words: "pyre-(?:ignore|fixme)(?:-all-errors)?(?![\\w-])", names: inBrackets },
  { kind: "pytype: disable", words: "pytype:\\s*(?:disable|skip-file)\\b", names: list },
  { kind: "ty: ignore", words: "ty:\\s*ignore(?!\\w)", names: inBrackets },
  { kind: "pyrefly: ignore", words: "pyrefly:\\s*ignore(?!\\w)", names: inBrackets },
  {
    kind: "nosec",
    words: "nosec(?!\\w)",
    names: /^\s*:?\s*((?:[BG]\d{3}|[a-z]+_\w+)(?:[,\s]+(?:[BG]\d{3}|[a-z]+_\w+))*)/i,
    anyCase: true,
  },
  { kind: "pragma: no cover", words: "pragma[:\\s]\\s*no ?(?:cover|branch|mutate)\\b", anyCase: true },
  { kind: "sourcery skip", words: "sourcery skip(?!\\w)", names: list },
];

const goAndJava: Directive[] = [
  { kind: "nolint", words: "nolint(?![\\w-])(?: start\\b)?", names: /^\s?:\s*([\w-]+(?:\s*,\s*[\w-]+)*)/ },
  { kind: "lint:ignore", words: "lint:(?:file-)?ignore(?!\\w)", names: /^\s+([\w*]+(?:,[\w*]+)*)/ },
  { kind: "gosec:disable", words: "gosec:disable(?!\\w)", names: /^\s+(G\d{3}(?:[,\s]+G\d{3})*)/ },
  { kind: "revive:disable", words: "revive:disable(?:-next-line|-line)?(?![\\w-])", names: list },
  { kind: "NOSONAR", words: "NOSONAR(?![A-Za-z_])(?:\\([^)\\n]{1,200}\\))?", anywhere: true },
  { kind: "NOPMD", words: "NOPMD(?![A-Za-z_])", anywhere: true },
  { kind: "CPD-OFF", words: "CPD-OFF\\b", anywhere: true },
  { kind: "CHECKSTYLE:OFF", words: "CHECKSTYLE[:.]\\s?OFF\\b", names: list, anyCase: true },
  {
    kind: "SUPPRESS CHECKSTYLE",
    words: "(?:SUPPRESS CHECKSTYLE|CHECKSTYLE[:.]SUPPRESS|CHECKSTYLE IGNORE|CSOFF)\\b",
    names: list,
  },
  { kind: "noinspection", words: "@?noinspection\\s+(?=\\w)", names: /^(\w+(?:\s*,\s*\w+)*)/ },
];

const otherLanguages: Directive[] = [
  { kind: "#pragma warning disable", words: "pragma\\s+warning\\s+disable\\b", names: list },
  {
    kind: "#pragma warning disable",
    words: "pragma\\s+warning\\s*\\(\\s*(?:disable|suppress)\\s*:",
    names: /^\s*(\d+(?:[\s,]+\d+)*)/,
  },
  { kind: "#pragma diagnostic ignored", words: "pragma\\s+(?:GCC|clang)\\s+diagnostic\\s+ignored\\b", names: quoted },
  { kind: "ReSharper disable", words: "ReSharper disable(?: once)?(?!\\w)", names: list },
  { kind: "NOLINT", words: "NOLINT(?:NEXTLINE|BEGIN)?(?![A-Za-z_])", names: inParentheses, anywhere: true },
  { kind: "cppcheck-suppress", words: "cppcheck-suppress(?:-begin|-file|-macro)?(?![\\w-])", names: spaced },
  { kind: "coverity", words: "coverity(?=\\[)", names: inBrackets },
  { kind: "LCOV_EXCL", words: "(?:LCOV|GCOVR?)_EXCL_(?:BR_)?(?:LINE|START)\\b", anywhere: true },
  { kind: "rubocop:disable", words: "(?:rubocop|standard):(?:disable|todo)(?!\\w)", names: list },
  { kind: ":nocov:", words: ":nocov:", paths: /\.(?:rb|rake)$/ },
  { kind: "typed: false", words: "typed:\\s*(?:false|ignore)\\b", paths: /\.rbi?$/ },
  { kind: "steep:ignore", words: "steep:ignore(?!:end)(?::start)?", names: spaced },
  { kind: "@phpstan-ignore", words: "@phpstan-ignore(?:-line|-next-line)(?![\\w-])" },
  { kind: "@phpstan-ignore", words: "@phpstan-ignore(?![\\w-])", names: list },
  { kind: "@psalm-suppress", words: "@psalm-suppress(?!\\w)", names: list },
  { kind: "@phan-suppress", words: "@phan-(?:file-)?suppress(?:-[a-z]+-line)?(?![\\w-])", names: list },
  { kind: "phpcs:ignore", words: "phpcs:(?:ignore|disable|ignoreFile)(?!\\w)", names: list },
  { kind: "@codingStandardsIgnore", words: "@codingStandardsIgnore(?:Line|Start|File)\\b" },
  { kind: "@codeCoverageIgnore", words: "@codeCoverageIgnore(?:Start)?(?!\\w)" },
  { kind: "@SuppressWarnings", words: '@SuppressWarnings(?=\\("?PHPMD)', names: inParentheses, paths: /\.php$/ },
  { kind: "allow attribute", words: "\\[(?:allow|expect)(?=\\()", names: inParentheses, paths: /\.rs$/ },
  { kind: "coverage(off)", words: "\\[(?:coverage\\(off\\)|no_coverage)\\]", paths: /\.rs$/ },
  { kind: "swiftlint:disable", words: "swiftlint:disable(?::next|:this|:previous)?(?!\\w)", names: spaced },
  { kind: "ktlint-disable", words: "ktlint-disable(?![\\w-])", names: spaced },
  { kind: "ignore", words: "ignore(?:_for_file)?(?=:)", names: list, paths: /\.dart$/ },
  { kind: "scalastyle:off", words: "scala(?:style|fix):off\\b", names: spaced },
  {
    kind: "credo:disable",
    words: "credo:disable-for-(?:this-file|next-line|previous-line|lines(?::-?\\d+)?)",
    names: list,
  },
  { kind: "luacheck: ignore", words: "luacheck:\\s*(?:push )?ignore(?!\\w)", names: spaced },
  { kind: "@diagnostic disable", words: "@diagnostic disable(?:-next-line|-line)?(?![\\w-])", names: list },
  { kind: "clj-kondo/ignore", words: "_:clj-kondo/ignore|:clj-kondo/ignore", names: inBrackets },
  { kind: "solhint-disable", words: "solhint-disable(?:-next-line|-line)?(?![\\w-])", names: list },
  { kind: "slither-disable", words: "slither-disable-(?:next-line|start)(?![\\w-])", names: list },
];

const configuration: Directive[] = [
  { kind: "shellcheck disable", words: "shellcheck\\s+disable(?==)", names: list },
  { kind: "hadolint ignore", words: "hadolint\\s+(?:global\\s+)?ignore(?==)", names: list },
  { kind: "tfsec:ignore", words: "tfsec:ignore(?=:)", names: list, anywhere: true },
  { kind: "trivy:ignore", words: "trivy:ignore(?=:)", names: list, anywhere: true },
  { kind: "checkov:skip", words: "(?:checkov|bridgecrew):skip(?==)", names: /^=\s*(\w+)/, anywhere: true },
  {
    kind: "kics-scan ignore",
    words: "kics-scan (?:ignore(?:-line|-block)?|disable(?==))(?![\\w-])",
    names: /^=([\w,-]+)/,
  },
  { kind: "tflint-ignore", words: "tflint-ignore(?:-file)?(?=:)", names: list },
  {
    kind: "yamllint disable",
    words: "yamllint disable(?:-line|-file)?(?![\\w-])",
    names: /^\s+(rule:[\w-]+(?:\s+rule:[\w-]+)*)/,
  },
  { kind: "zizmor: ignore", words: "zizmor:\\s*ignore(?!\\w)", names: inBrackets },
  { kind: "buf:lint:ignore", words: "buf:lint:ignore(?!\\w)", names: list },
  {
    kind: "markdownlint-disable",
    words: "markdownlint-disable(?:-line|-next-line|-file)?(?![\\w-])",
    names: spaced,
    prose: true,
  },
  { kind: "vale off", words: "vale (?:off|[\\w.]+ = NO)\\b", prose: true },
  { kind: "html-validate-disable", words: "\\[?html-validate-disable(?:-next|-block)?(?![\\w-])", names: spaced },
];

const scanners: Directive[] = [
  { kind: "nosemgrep", words: "nosem(?:grep)?(?!\\w)", names: /^\s*:\s*([\w.-]+(?:\s*,\s*[\w.-]+)*)/, anywhere: true },
  { kind: "codeql", words: "codeql\\s*(?=\\[)", names: inBrackets },
  { kind: "lgtm", words: "lgtm\\s*(?=\\[)", names: inBrackets },
  { kind: "skipcq", words: "skipcq\\b", names: list },
  { kind: "deepcode ignore", words: "(?:file )?deepcode ignore\\b", names: spaced },
  { kind: "gitleaks:allow", words: "gitleaks:allow\\b", anywhere: true },
  { kind: "pragma: allowlist secret", words: "pragma: (?:allow|white)list (?:nextline )?secret\\b", anywhere: true },
  { kind: "ggignore", words: "ggignore\\b", anywhere: true },
  { kind: "trufflehog:ignore", words: "trufflehog:ignore\\b", anywhere: true },
  { kind: "secretlint-disable", words: "secretlint-disable(?:-next-line|-line)?(?![\\w-])", names: eslintList },
];

/** What tools read in comments as an order to keep quiet. How a text is set (prettier, black) is no finding that is hidden. */
export const directives: readonly Directive[] = [
  ...[...javascript, ...python, ...goAndJava],
  ...[...otherLanguages, ...configuration, ...scanners],
];

/** Holds for every text with one of these directives or annotations, and for few others. */
export const directiveTrigger =
  /disable|ignore|suppress|noqa|nosec|nolint|nosem|NOSONAR|NOPMD|NOLINT|CPD-OFF|CSOFF|checkstyle|nocheck|expect|eslint|jshint|skip|allow|coverage|nocov|pragma|pyright|mypy|pyre|flow|noinspection|typed|scalastyle|nowarn|EXCL|lgtm|codeql|coverity|vale |no_type_check/i;
