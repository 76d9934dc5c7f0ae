/**
 * What our rules report where a label expects nothing, read one by one. `right`: it is what our rule is there to find, and the
 * suite's rule asks for something narrower. What stands in no row counts as wrong.
 */
export interface Reading {
  rule: string;
  place: string;
  right: number;
  why: string;
}

type Row = readonly [place: string, right: number];

const unread: readonly (readonly [rule: string, why: string, rows: readonly Row[]])[] = [
  [
    "swallowed-error",
    "an error is dropped; theirs asks that everything is caught, or takes `_` or any comment for an answer",
    [
      ["ruff flake8_bandit/S110.py", 1],
      ["ruff flake8_bandit/S112.py", 2],
      ["gosec G104 sample 1", 1],
      ["gosec G104 sample 2", 1],
      ["pmd EmptyCatchBlock case 5", 1],
      ["eslint no-empty valid 13", 1],
      ["eslint no-empty valid 14", 1],
      ["eslint no-empty valid 18", 1],
    ],
  ],
  [
    "broad-catch",
    "`except Exception` and RuntimeException are broad, and theirs names others",
    [
      ["ruff pycodestyle/E722.py", 2],
      ["pmd AvoidCatchingThrowable case 2", 1],
    ],
  ],
  [
    "os-privilege",
    "a fixed name in /tmp, which is another rule's topic there",
    [
      ["gosec G302 sample 4", 1],
      ["gosec G306 sample 1", 2],
    ],
  ],
  [
    "code-injection",
    "`execScript` runs text and nothing else",
    [
      ["eslint no-implied-eval valid 40", 1],
      ["eslint no-implied-eval valid 46", 1],
      ["eslint no-implied-eval valid 57", 1],
    ],
  ],
  ["weak-crypto", "the nonce is fixed, and only suppressed", [["gosec G407 sample 3", 1]]],
  [
    "no-timeout",
    "the timeout is missing, and only suppressed",
    [
      ["gosec G112 sample 4", 1],
      ["gosec G112 sample 5", 1],
    ],
  ],
  ["path-injection", "filepath.Clean leaves `..` at the beginning", [["gosec G703 sample 6", 1]]],
  [
    "sql-concatenation",
    "a value from outside becomes a part of the statement, on a way that theirs does not follow",
    [
      ["gosec G201 sample 22", 1],
      ...[36, 44, 60, 73, 74, 80, 82, 84, 87].map((sample): Row => [`gosec G701 sample ${sample}`, 1]),
    ],
  ],
  [
    "complex-function",
    "eleven parameters; theirs leaves private constructors alone",
    [["pmd ExcessiveParameterList case 3", 1]],
  ],
  [
    "unreachable-code",
    "the condition is constant, which is another rule's topic there",
    [
      ["eslint no-unreachable valid 10", 1],
      ["eslint no-dupe-else-if valid 3", 1],
      ["eslint no-dupe-else-if valid 4", 1],
      ["eslint no-constant-condition valid 156", 1],
    ],
  ],
  [
    "suppression-without-reason",
    "no reason is given, and theirs asks for a code only",
    [
      ["ruff pygrep_hooks/PGH003_0.py", 11],
      ["ruff pygrep_hooks/PGH003_1.py", 11],
      ["ruff pygrep_hooks/PGH004_0.py", 11],
      ["ruff pygrep_hooks/PGH004_2.py", 1],
      ["ruff pygrep_hooks/PGH004_3.py", 4],
    ],
  ],
];

export const readings: readonly Reading[] = unread.flatMap(([rule, why, rows]) =>
  rows.map(([place, right]) => ({ rule, place, right, why })),
);
