/** Which rule of ours looks for what a suite's rule looks for. */
export interface Mapped {
  suite: string;
  theirs: string;
  ours: string;
  /** Of our rule's findings only those whose message says so: it has more topics than theirs. */
  message?: RegExp;
  /** Where ours is meant to say something else. The cases count all the same. */
  differs?: string;
}

type Row = readonly [theirs: string, ours: string, differs?: string];

const constantsAreHarmless = "ours leaves constants alone";
const onlyFromRequests = "ours asks that the value comes from a request";

const ruff: readonly Row[] = [
  ["S110", "swallowed-error"],
  ["S112", "swallowed-error"],
  ["BLE001", "broad-catch"],
  ["E722", "broad-catch"],
  ["B904", "lost-cause"],
  ["ERA001", "commented-out-code", "theirs reports every line of code in a comment, ours three in a row and more"],
  ["PLW0101", "unreachable-code"],
  ["PGH003", "suppression-without-reason", "theirs asks for a code, ours for a code and a reason"],
  ["PGH004", "suppression-without-reason", "theirs asks for a code, ours for a code and a reason"],
  ["S608", "sql-concatenation"],
  ["S602", "command-injection", constantsAreHarmless],
  ["S604", "command-injection", constantsAreHarmless],
  ["S605", "command-injection", constantsAreHarmless],
  ["S307", "code-injection", constantsAreHarmless],
  ["S102", "code-injection", constantsAreHarmless],
  ["S701", "unsafe-load"],
  ["S702", "unsafe-load"],
  ["S301", "unsafe-load"],
  ["S506", "unsafe-load", "ours takes `BaseLoader` for safe, as theirs does in its preview"],
  ["S113", "no-timeout"],
  ["S501", "tls-off"],
  ["S502", "tls-off"],
  ["S503", "tls-off"],
  ["S504", "tls-off"],
  ["S507", "tls-off"],
  ["S508", "tls-off"],
  ["S509", "tls-off"],
  ["S324", "weak-crypto"],
  ["S505", "weak-crypto"],
  ["S311", "weak-crypto", "ours asks that a secret is drawn"],
  ["S103", "os-privilege"],
  ["S108", "os-privilege"],
  ["S201", "debug-on"],
  ["S308", "html-injection", constantsAreHarmless],
];

const bandit: readonly Row[] = [
  ["try_except_pass.py:LOW", "swallowed-error"],
  ["try_except_continue.py:LOW", "swallowed-error"],
  ["sql_statements.py:MEDIUM", "sql-concatenation"],
  ["subprocess_shell.py:HIGH", "command-injection", constantsAreHarmless],
  ["os_system.py:LOW", "command-injection", constantsAreHarmless],
  ["os-popen.py:LOW+HIGH", "command-injection", constantsAreHarmless],
  ["eval.py:MEDIUM", "code-injection", constantsAreHarmless],
  ["exec.py:MEDIUM", "code-injection", constantsAreHarmless],
  ["mark_safe_insecure.py:MEDIUM", "html-injection"],
  ["mark_safe_secure.py:MEDIUM", "html-injection"],
  ["mark_safe.py:MEDIUM", "html-injection"],
  ["requests-missing-timeout.py:MEDIUM", "no-timeout"],
  ["requests-ssl-verify-disabled.py:HIGH", "tls-off"],
  ["ssl-insecure-version.py:MEDIUM+HIGH", "tls-off"],
  ["unverified_context.py:MEDIUM", "tls-off"],
  ["no_host_key_verification.py:HIGH", "tls-off"],
  ["snmp.py:MEDIUM", "tls-off"],
  ["crypto-md5.py:MEDIUM+HIGH", "weak-crypto"],
  ["ciphers.py:HIGH", "weak-crypto"],
  ["cipher-modes.py:MEDIUM", "weak-crypto"],
  ["hashlib_new_insecure_functions.py:HIGH", "weak-crypto"],
  ["weak_cryptographic_key_sizes.py:MEDIUM+HIGH", "weak-crypto"],
  ["random_module.py:LOW", "weak-crypto", "ours asks that a secret is drawn"],
  ["yaml_load.py:MEDIUM", "unsafe-load"],
  ["pickle_deserialize.py:MEDIUM", "unsafe-load"],
  ["dill.py:MEDIUM", "unsafe-load"],
  ["shelve_open.py:MEDIUM", "unsafe-load"],
  ["jsonpickle.py:MEDIUM", "unsafe-load"],
  ["pandas_read_pickle.py:MEDIUM", "unsafe-load"],
  ["pytorch_load.py:MEDIUM", "unsafe-load"],
  ["jinja2_templating.py:HIGH", "unsafe-load"],
  ["mako_templating.py:MEDIUM", "unsafe-load"],
  ["xml_etree_celementtree.py:MEDIUM", "unsafe-load"],
  ["xml_etree_elementtree.py:MEDIUM", "unsafe-load"],
  ["xml_expatbuilder.py:MEDIUM", "unsafe-load"],
  ["xml_expatreader.py:MEDIUM", "unsafe-load"],
  ["xml_minidom.py:MEDIUM", "unsafe-load"],
  ["xml_pulldom.py:MEDIUM", "unsafe-load"],
  ["xml_sax.py:MEDIUM", "unsafe-load"],
  ["huggingface_unsafe_download.py:MEDIUM", "unsafe-load", "theirs reports a model without a revision"],
  ["os-chmod.py:MEDIUM+HIGH", "os-privilege"],
  ["hardcoded-tmp.py:MEDIUM", "os-privilege"],
  ["mktemp.py:MEDIUM", "os-privilege"],
  ["flask_debug.py:HIGH", "debug-on"],
];

const gosec: readonly Row[] = [
  ["G104", "swallowed-error", "theirs knows every function's type, ours those of the file and well-known ones"],
  ["G106", "tls-off"],
  ["G107", "url-injection", onlyFromRequests],
  ["G108", "debug-on"],
  ["G114", "no-timeout"],
  ["G112", "no-timeout"],
  ["G121", "cors-any"],
  ["G124", "cookie-flags"],
  ["G201", "sql-concatenation"],
  ["G202", "sql-concatenation"],
  ["G701", "sql-concatenation", "ours leaves alone what stands in no statement that can be seen"],
  ["G203", "html-injection", onlyFromRequests],
  ["G204", "command-injection", "theirs reports every program whose arguments vary, ours what a shell reads"],
  ["G702", "command-injection"],
  ["G301", "os-privilege"],
  ["G302", "os-privilege"],
  ["G303", "os-privilege"],
  ["G306", "os-privilege"],
  ["G304", "path-injection", onlyFromRequests],
  ["G305", "path-injection"],
  ["G703", "path-injection"],
  ["G401", "weak-crypto"],
  ["G402", "tls-off"],
  ["G403", "weak-crypto"],
  ["G404", "weak-crypto", "ours asks that a secret is drawn"],
  ["G405", "weak-crypto"],
  ["G406", "weak-crypto"],
  ["G407", "weak-crypto"],
  ["G704", "url-injection"],
  ["G705", "html-injection"],
  ["G706", "log-injection"],
  ["G708", "code-injection"],
  ["G710", "url-injection"],
];

const pmd: readonly Row[] = [
  ["EmptyCatchBlock", "swallowed-error", "theirs takes any comment for an answer, ours one that gives a reason"],
  ["AvoidCatchingGenericException", "broad-catch"],
  ["AvoidCatchingThrowable", "broad-catch"],
  ["AvoidCatchingNPE", "broad-catch"],
  ["PreserveStackTrace", "lost-cause"],
  ["CyclomaticComplexity", "complex-function", "theirs reports from 10 on, ours over 15"],
  ["CognitiveComplexity", "complex-function", "theirs reports from 15 on, ours over 20"],
  ["ExcessiveParameterList", "complex-function", "theirs reports from 10 parameters on, ours over 6"],
  ["UnconditionalIfStatement", "unreachable-code"],
  ["HardCodedCryptoKey", "weak-crypto"],
  ["InsecureCryptoIv", "weak-crypto"],
];

/** The topic of each is one kind of name; `unused-added` has them all. */
const pmdUnused: readonly (readonly [theirs: string, message: RegExp])[] = [
  ["UnusedLocalVariable", /^This variable/],
  ["UnusedFormalParameter", /^This parameter/],
  ["UnusedPrivateField", /^This member/],
  ["UnusedPrivateMethod", /^This (?:function|member)/],
];

const security: readonly Row[] = [
  ["detect-child-process", "command-injection", "theirs reports the import as well"],
  ["detect-eval-with-expression", "code-injection"],
  ["detect-non-literal-fs-filename", "path-injection", onlyFromRequests],
  ["detect-pseudoRandomBytes", "weak-crypto", "`pseudoRandomBytes` is what `randomBytes` is by now"],
];

const noUnsanitized: readonly Row[] = [
  [
    "method",
    "html-injection",
    "theirs reports names that hold a constant, sanitisers it does not know, and `import(name)`",
  ],
  ["property", "html-injection", "theirs reports names that hold a constant, and sanitisers it does not know"],
];

const promise: readonly Row[] = [
  [
    "catch-or-return",
    "floating-promise",
    "ours takes any handler of the chain, and the second of `then`, for an answer",
  ],
];

const eslint: readonly Row[] = [
  ["no-empty", "swallowed-error", "theirs reports every empty block, ours handlers of errors"],
  ["preserve-caught-error", "lost-cause"],
  ["no-unreachable", "unreachable-code"],
  ["no-dupe-else-if", "unreachable-code"],
  [
    "no-constant-condition",
    "unreachable-code",
    "theirs reports what is constant by its kind as well, such as `if (() => {})`",
  ],
  ["no-eval", "code-injection", constantsAreHarmless],
  ["no-implied-eval", "code-injection", constantsAreHarmless],
  ["no-new-func", "code-injection", constantsAreHarmless],
];

const typescript: readonly Row[] = [
  ["no-explicit-any", "type-escape"],
  ["no-non-null-assertion", "type-escape"],
  [
    "ban-ts-comment",
    "suppression-without-reason",
    "theirs takes any reason of three letters for @ts-expect-error alone",
  ],
];

export const mapping: readonly Mapped[] = [
  ...rowsOf("ruff", ruff),
  ...rowsOf("bandit", bandit),
  ...rowsOf("gosec", gosec),
  ...rowsOf("pmd", pmd),
  ...pmdUnused.map(([theirs, message]) => ({ suite: "pmd", theirs, ours: "unused-added", message })),
  ...rowsOf("eslint-plugin-security", security),
  ...rowsOf("no-unsanitized", noUnsanitized),
  ...rowsOf("eslint-plugin-promise", promise),
  ...rowsOf("eslint", eslint),
  ...rowsOf("typescript-eslint", typescript),
];

function rowsOf(suite: string, rows: readonly Row[]): Mapped[] {
  return rows.map(([theirs, ours, differs]) => ({ suite, theirs, ours, ...(differs !== undefined && { differs }) }));
}

/** The ESLint rules that look for the same in JavaScript, measured on the same cases. */
export const peers: Readonly<Record<string, readonly string[]>> = {
  "swallowed-error": ["no-empty"],
  "lost-cause": ["preserve-caught-error"],
  "unreachable-code": ["no-unreachable", "no-constant-condition", "no-dupe-else-if"],
  "code-injection": ["no-eval", "no-implied-eval", "no-new-func", "security/detect-eval-with-expression"],
  "command-injection": ["security/detect-child-process"],
  "path-injection": ["security/detect-non-literal-fs-filename"],
  "html-injection": ["no-unsanitized/method", "no-unsanitized/property"],
  "floating-promise": ["promise/catch-or-return"],
  "weak-crypto": ["security/detect-pseudoRandomBytes"],
};
