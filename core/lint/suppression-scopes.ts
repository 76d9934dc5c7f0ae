/**
 * The lines on which a directive keeps its tool quiet. `statement`, `line-or-next` and `line-or-rest` are its own line where
 * it stands behind code; alone on its line they are the statement that follows, the next line, and the rest of the block.
 */
export type Scope =
  "line" | "next-line" | "previous-line" | "line-or-next" | "line-or-rest" | "statement" | "until-end" | "file";

/** The scope of a directive, by its kind and by the words that stand there: `-next-line`, `file`, `start`. */
export function scopeOf(kind: string, words: string): Scope {
  return suffixes.find(({ form }) => form.test(words))?.scope ?? scopeByKind.get(kind) ?? "line-or-next";
}

const suffixes: readonly { form: RegExp; scope: Scope }[] = [
  { form: /next[-_ ]?line|:next$|disable-next$|ignore-next$| once$/i, scope: "next-line" },
  { form: /previous/i, scope: "previous-line" },
  { form: /file|nocheck|-all$/i, scope: "file" },
  { form: /start|begin|-block$/i, scope: "until-end" },
  { form: /[-:_ ]line$|:this$/i, scope: "line" },
];

/** What a kind covers where its words say nothing else. Separated by `|`: kinds hold spaces and commas. */
const kindsByScope: Readonly<Record<Scope, string>> = {
  line:
    "noqa|type: ignore|pyright: ignore|ty: ignore|nosec|pragma: no cover|NOSONAR|NOPMD|NOLINT|LCOV_EXCL|zizmor: ignore|lgtm|" +
    "gitleaks:allow|pragma: allowlist secret|ggignore|trufflehog:ignore",
  "next-line":
    "@ts-ignore|@ts-expect-error|@vue-ignore|@glint-ignore|deno-lint-ignore|$FlowFixMe|c8 ignore|v8 ignore|deno-coverage-ignore|" +
    "coverity|kics-scan ignore",
  "previous-line": "",
  "line-or-next":
    "pyre-ignore|pyrefly: ignore|lint:ignore|SUPPRESS CHECKSTYLE|cppcheck-suppress|steep:ignore|@phpstan-ignore|phpcs:ignore|" +
    "@codingStandardsIgnore|ignore|credo:disable|tfsec:ignore|trivy:ignore|checkov:skip|tflint-ignore|nosemgrep|codeql|skipcq|" +
    "deepcode ignore",
  "line-or-rest": "ruff: ignore|pylint: disable|pytype: disable|rubocop:disable|ktlint-disable|luacheck: ignore",
  statement:
    "biome-ignore|svelte-ignore|istanbul ignore|sourcery skip|nolint|gosec:disable|noinspection|@psalm-suppress|@phan-suppress|" +
    "@codeCoverageIgnore|@SuppressWarnings|allow attribute|coverage(off)|clj-kondo/ignore|shellcheck disable|hadolint ignore|" +
    "buf:lint:ignore",
  "until-end":
    "eslint-disable|oxlint-disable|tslint:disable|jshint ignore|stylelint-disable|node:coverage|Stryker disable|revive:disable|" +
    "CPD-OFF|CHECKSTYLE:OFF|#pragma warning disable|#pragma diagnostic ignored|ReSharper disable|:nocov:|swiftlint:disable|" +
    "scalastyle:off|@diagnostic disable|solhint-disable|slither-disable|yamllint disable|markdownlint-disable|vale off|" +
    "html-validate-disable|secretlint-disable",
  file: "eslint rule: off|@ts-nocheck|pyright: off|mypy: ignore-errors|mypy: disable-error-code|mypy: allow|pylint: skip-file|typed: false",
};

const scopeByKind = new Map(
  Object.entries(kindsByScope).flatMap(([scope, kinds]) => kinds.split("|").map((kind) => [kind, scope as Scope])),
);

/** The kinds that have a scope of their own: all of the table. */
export const scopedKinds: ReadonlySet<string> = new Set(scopeByKind.keys());

/** Ends what began at a directive with `until-end`; group 1 holds the rules that are switched on again, none: all. */
export const endOfScope =
  /(?:(?:eslint|oxlint|stylelint|solhint|secretlint|slither)-(?:enable|disable-end)|(?:tslint|revive|swiftlint|coverage):\s?enable|jshint ignore:end|biome-ignore-end|(?:istanbul|c8|v8) ignore (?:end|stop)|Stryker restore|CHECKSTYLE[:.]\s?ON|CPD-ON|CSON|pragma warning (?:restore|\(\s*pop)|diagnostic pop|ReSharper restore|NOLINTEND|EXCL_(?:BR_)?STOP|:nocov:|scalastyle:on|@diagnostic enable|yamllint enable|markdownlint-enable|vale on|nolint: end|coverage-ignore-stop)(?![\w-])[ \t:]*([\w@/., -]*)/i;

/**
 * Directives that keep quiet what is no finding about how a program is written: types, coverage, style, copies, secrets.
 * What stands on their lines is covered by them, and hidden by none.
 */
export const aboutOtherThings: ReadonlySet<string> = new Set(
  (
    "@ts-ignore|@ts-expect-error|@ts-nocheck|@vue-ignore|@glint-ignore|$FlowFixMe|type: ignore|pyright: ignore|pyright: off|" +
    "mypy: ignore-errors|mypy: disable-error-code|mypy: allow|pyre-ignore|pytype: disable|ty: ignore|pyrefly: ignore|" +
    "typed: false|steep:ignore|@phpstan-ignore|@psalm-suppress|@phan-suppress|@diagnostic disable|@no_type_check|" +
    "istanbul ignore|c8 ignore|v8 ignore|node:coverage|deno-coverage-ignore|Stryker disable|pragma: no cover|LCOV_EXCL|" +
    ":nocov:|@codeCoverageIgnore|coverage(off)|stylelint-disable|markdownlint-disable|vale off|CPD-OFF|gitleaks:allow|" +
    "pragma: allowlist secret|ggignore|trufflehog:ignore|secretlint-disable"
  ).split("|"),
);

/** The tools whose rules a kind names, as findings of other tools call them. */
export const toolsOfKind: Readonly<Record<string, readonly string[]>> = {
  "eslint-disable": ["eslint"],
  "eslint rule: off": ["eslint"],
  "oxlint-disable": ["oxlint"],
  noqa: ["ruff"],
  "ruff: ignore": ["ruff"],
  "pylint: disable": ["pylint"],
  nosec: ["bandit", "gosec"],
  nolint: ["golangci-lint"],
  "gosec:disable": ["gosec"],
  codeql: ["codeql"],
  "CHECKSTYLE:OFF": ["checkstyle"],
  "SUPPRESS CHECKSTYLE": ["checkstyle"],
  "@SuppressWarnings": ["pmd"],
};
