/**
 * Commit messages at random, made from the pieces where readers of trailers disagree. The same seed gives the same
 * messages, so a difference that a run finds can be found again.
 */
export function randomMessages(count: number, seed: number): string[] {
  const random = randomNumbers(seed);
  return Array.from({ length: count }, () => randomMessage(random));
}

/** Numbers from 0 (included) to 1, the same for the same seed (the mulberry32 generator). */
export function randomNumbers(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

type Random = () => number;

const keys = [
  ...["Signed-off-by", "Co-authored-by", "Assisted-by", "AI-Session", "AI-Prompt", "Fixes", "x", "A", "0", "-", "--"],
  ...[
    "https",
    "cherry",
    "CONFLICTS",
    "Conflicts",
    "Key-With-Many-Parts",
    "signed-off-by",
    "AI_Model",
    "BREAKING CHANGE",
  ],
  ...["Ä", "АI-Session", "a.b", "K\u200b", "", " A", "\tB", "Key\u00a0"],
];
const separators = [":", ":", ": ", ": ", ": ", " : ", "\t:", " \t :\t", "=", "", " ", "::", ":\r", ": \r"];
const values = [
  ...[
    "",
    " ",
    "1",
    "x:1",
    "Ann <ann@example.com>",
    "https://example.com/a?b=c#d",
    "Ärger mit Ümläuten",
    "🤖 yes",
    "a\r",
  ],
  ...["\u00a0", "\u2028", "\v", "\f", "a  b\t", "#", "true", "a: b: c", "Conflicts:", "---"],
];
const oddLines = [
  ...["", "", "", " ", "\t", "  \t ", "\r", " \r", "\v", "\f", "\u00a0", "\u0085"],
  ...["---", "--- ", "---------", "---x", "# comment", "#", "#: x", "# Key: value", "## Heading: one", " # indented"],
  ...["# ------------------------ >8 ------------------------", "------------------------ >8 ------------------------"],
  ...[
    "# ------------------------ >8 ------------------------ ",
    "; ------------------------ >8 ------------------------",
  ],
  ...["Conflicts:", "Conflicts: ", "# Conflicts:", "\tsrc/a.c", "#\tsrc/a.c", "\tKey: value", "Conflicts:\r"],
  ...[
    "(cherry picked from commit 0123456789)",
    "(Cherry picked from commit 01)",
    "(cherry picked by hand)",
    " (cherry picked from commit 01)",
  ],
  ...["Signed-off-by: ", "Signed-off-by:x", "Signed-off-by : x", "signed-off-by: x", "Signed-off-by: Ann <a@b.c>"],
  ...[
    "    Co-authored-by: Ann <a@b.c>",
    "  continued",
    "\tcontinued",
    " \tcontinued: here",
    "Fixes #12",
    "* bullet: x",
  ],
  ...["https://example.com/x", "🤖 Generated with [Tool](https://example.com)", "prose without end", "diff --git a b"],
];
const lineEnds = ["\n", "\n", "\n", "\n", "\n", "\n", "\n", "\n", "\r\n", "\n\n", "\n \n", "\r", "\0", "\n\0\n"];

function randomMessage(random: Random): string {
  const lines = Array.from({ length: Math.floor(random() ** 2 * 22) }, () => randomLine(random));
  const calm = random() < 0.6;
  const body = lines.map((line) => line + (calm ? "\n" : pick(random, lineEnds)));
  const message = [...randomOpening(random), ...body, ...pick(random, endings)(random)].join("");
  return random() < 0.2 ? withoutLastNewline(message) : message;
}

/** Most real messages have a title and a body; without this, half of all messages would be one title. */
function randomOpening(random: Random): string[] {
  const kind = random();
  if (kind < 0.02) return ["# ------------------------ >8 ------------------------\n"];
  if (kind < 0.3) return [];
  return kind < 0.5 ? ["subject\n", "\n", "body\n", "\n"] : ["subject\n", "\n"];
}

/** Most messages end as they are; some in a paragraph near the quarter rule's border, or with what git drops. */
const endings = [() => [], () => [], () => [], () => [], nearQuarter, dropped] as const;

function nearQuarter(random: Random): string[] {
  const trailers = Math.floor(random() * 3);
  const others = Math.max(0, (trailers + 1) * 3 + Math.floor(random() * 3) - 1);
  const lines = [
    pick(random, ["Signed-off-by: x\n", "(cherry picked from commit 12)\n"]),
    ...Array.from({ length: trailers }, () => "A: 1\n"),
    ...Array.from({ length: others }, () => pick(random, ["prose\n", "prose\n", " indented\n", "# comment\n"])),
  ];
  return [
    "\n",
    ...lines
      .map((line) => ({ line, at: random() }))
      .sort((a, b) => a.at - b.at)
      .map(({ line }) => line),
  ];
}

function dropped(random: Random): string[] {
  const lines = [
    "Conflicts:\n",
    "Conflicts:\n",
    "\tsrc/a.c\n",
    "\tsrc/a.c\n",
    "\n",
    "# c\n",
    "A: 1\n",
    " \n",
    "prose\n",
  ];
  return Array.from({ length: Math.floor(random() * 8) }, () => pick(random, lines));
}

/** Newer gits give a *file* its missing last newline, which makes these two special lines whole; a commit keeps what it has. */
function withoutLastNewline(message: string): string {
  const cut = message.trimEnd();
  return cut.endsWith("Conflicts:") || cut.endsWith(" >8 ------------------------") ? message : cut;
}

function randomLine(random: Random): string {
  const kind = random();
  if (kind < 0.5) return pick(random, keys.slice(0, 11)) + pick(random, [": ", ":", " : "]) + pick(random, values);
  if (kind < 0.62) return pick(random, keys) + pick(random, separators) + pick(random, values);
  if (kind < 0.7) return pick(random, [" ", "\t", "  \t"]) + pick(random, values);
  if (kind < 0.72) return randomCharacters(random);
  return pick(random, oddLines);
}

function randomCharacters(random: Random): string {
  const characters = ["a", "A", "0", "-", ":", "#", " ", "\t", "\r", ">", "8", "(", "Ñ", "\u00e9", "\u3000"];
  return Array.from({ length: Math.floor(random() * 12) }, () => pick(random, characters)).join("");
}

function pick<T>(random: Random, from: readonly T[]): T {
  return from[Math.floor(random() * from.length)]!;
}
