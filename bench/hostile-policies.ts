const presets = ["observe", "warn", "enforce", "recommended"];
const stars = `${"**/a/".repeat(40)}**/zz`;

/**
 * Policies of up to 256 kB and 5,000 values, with their floors, each made to cost as much as it can in its own way. `floors`
 * are the texts of those, which are set beside the policy.
 */
export const hostilePolicies: readonly { name: string; text: string; floors?: readonly string[] }[] = [
  { name: "1,150 patterns of 41 `**` in one rule", text: ruleOf(lines(1_150, (n) => `        - "${stars}${n}"`)) },
  { name: "600 areas of 41 `**`", text: areasOf(600, (n) => `${stars}${n}`) },
  { name: "600 areas of 100 `*` in a segment", text: areasOf(600, (n) => `${"*a".repeat(100)}${n}`) },
  {
    name: "4,000 excluded patterns",
    text: `version: 1\nprovenance:\n  exclude:\n${lines(4_000, (n) => `    - "src/**/x${n}/*.ts"`)}`,
  },
  { name: "340 rules for every file", text: rulesOf(340, () => '{ paths: ["**"] }', "{ trailers: [Assisted-by] }") },
  { name: "340 rules for approvals", text: rulesOf(340, () => "{ ai: true }", "{ owner_approval: {} }") },
  {
    name: "340 expressions about files",
    text: rulesOf(340, (n) => `{ if: "file.added_lines > ${n} && file.path.startsWith('src/x${n}')" }`),
  },
  {
    name: "200 loops inside loops",
    text: rulesOf(200, () => '{ if: "change.files.all(f, change.files.all(g, f.path != g.path || f.ai == g.ai))" }'),
  },
  {
    name: "290 waivers of 41 `**`",
    text: `${rulesOf(1, () => "{ ai: true }", "{ trailers: [Assisted-by] }")}\nwaivers:\n${lines(290, (n) => `  - { id: W-${n}, rule: r0, paths: ["${stars}${n}"], reason: x, owner: ann, expires: "2099-01-01" }`)}`,
  },
  {
    name: "1,000 patterns of a waiver, all alike",
    text: `${rulesOf(1, () => "{ ai: true }", "{ trailers: [Assisted-by] }")}\nwaivers:\n  - id: W-1\n    rule: r0\n    reason: x\n    owner: ann\n    expires: "2099-01-01"\n    paths:\n${lines(1_000, (n) => `      - "src/*/*${"a".repeat(120)}b${n}"`)}`,
  },
  {
    name: "250 rules for approvals of an area of 1,000 patterns",
    text: `version: 1\nareas:\n  x:\n    owners: { users: [ann] }\n    paths:\n${lines(1_000, (n) => `      - "src/*/*${"a".repeat(120)}b${n}"`)}\n      - "src/**"\nrules:\n${lines(250, (n) => `  - { id: r${n}, when: { area: x }, require: { owner_approval: { count: ${(n % 90) + 1} } } }`)}`,
  },
  {
    name: "8 floors of 142 patterns of 41 `**`",
    text: "version: 1",
    floors: eight(() => ruleOf(lines(142, (n) => `        - "${stars}${n}"`))),
  },
  {
    name: "8 floors of 30 rules for approvals",
    text: "version: 1",
    floors: eight((floor) => rulesOf(30, () => "{ ai: true }", "{ owner_approval: {} }", `f${floor}r`)),
  },
  {
    name: "8 floors of four presets each",
    text: "version: 1",
    floors: eight(() => `version: 1\nextends: [${presets.map((name) => `{ preset: ${name}@1 }`).join(", ")}]`),
  },
  {
    name: "500 boundaries of 41 `**`",
    text: `version: 1\nforbid:\n${lines(500, (n) => `  - { paths: ["${stars}${n}"] }`)}`,
  },
  {
    name: "250 rules for approvals of 60 areas",
    text: `version: 1\nareas:\n${lines(60, (n) => `  a${n}: { paths: ["**"], owners: { users: [u${n}] } }`)}\nrules:\n${lines(250, (n) => `  - { id: r${n}, when: { ai: true }, require: { owner_approval: { count: ${(n % 90) + 1} } } }`)}`,
  },
  {
    name: "800 areas with an exclusion each",
    text: `version: 1\nareas:\n${lines(800, (n) => `  a${n}: { paths: ["**", "!x${n}/*"] }`)}`,
  },
  {
    name: "300 expressions with `glob`",
    text: rulesOf(300, (n) => `{ if: "glob(file.path, '**/a/**/a/**/a/**/zz${n}')" }`),
  },
  {
    name: "200 expressions that calculate",
    text: rulesOf(200, (n) => `{ if: "${"(".repeat(8)}file.added_lines${" + 1)".repeat(8)} > ${n}" }`),
  },
  {
    name: "300 expressions that look for a text",
    text: rulesOf(300, (n) => `{ if: "file.path.contains('b${"a".repeat(200)}${n}')" }`),
  },
  {
    name: "340 rules for findings of one file each",
    text: rulesOf(340, (n) => `{ paths: ["src/module1/part/file${n}.ts"] }`, "{ findings: { max_errors: 0 } }"),
  },
  { name: "340 rules for a kind", text: rulesOf(340, () => "{ kind: [workflow, test] }") },
  {
    name: "900 boundaries of a kind",
    text: `version: 1\nforbid:\n${lines(900, () => "  - { kinds: [workflow] }")}`,
  },
  {
    name: "4,500 paths of one area",
    text: `version: 1\nareas:\n  a:\n    paths:\n${lines(4_500, (n) => `      - "x${n}/y"`)}`,
  },
];

/** Changed files: with ordinary paths, with such as take the longest to look at, and each touched by every commit of many. */
export const changeShapes: readonly { name: string; path: (index: number) => string; commits?: number }[] = [
  { name: "ordinary", path: (index) => `src/module${index % 50}/part/file${index}.ts` },
  { name: "300 folders", path: (index) => `${"a/".repeat(300)}file${index}.ts` },
  { name: "300 short names", path: (index) => `${"ABCDEF~1/".repeat(300)}file${index}.ts` },
  { name: "a name of 240 letters", path: (index) => `src/${"a".repeat(240)}${index}.ts` },
  { name: "4 kB", path: (index) => `${"a/".repeat(2_000)}file${index}.ts` },
  { name: "200 commits in each file", path: (index) => `src/module${index % 50}/part/file${index}.ts`, commits: 200 },
];

function eight(text: (floor: number) => string): string[] {
  return Array.from({ length: 8 }, (_, floor) => text(floor));
}

function lines(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join("\n");
}

function ruleOf(patterns: string): string {
  return `version: 1\nrules:\n  - id: r\n    require: { secrets: none }\n    when:\n      paths:\n${patterns}`;
}

function areasOf(count: number, pattern: (index: number) => string): string {
  return `version: 1\nareas:\n${lines(count, (n) => `  a${n}: { paths: ["${pattern(n)}"] }`)}`;
}

function rulesOf(count: number, when: (index: number) => string, require = "{ secrets: none }", id = "r"): string {
  return `version: 1\nrules:\n${lines(count, (n) => `  - { id: ${id}${n}, when: ${when(n)}, require: ${require} }`)}`;
}
