import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCommand } from "../command-line.ts";
import { createRepository, newFolder, removeRepositories, type TestRepository } from "../git-repository.ts";

/** `countersign calibrate`: how often lint rules find something, by who wrote the commit. */

const ai = "\n\nAssisted-by: codex:gpt-5\n";
/** Six lines of code that drop an error, and as many that hand it on. */
const swallows = (name: string) =>
  `export function ${name}(run: () => void): void {\n  try {\n    run();\n  } catch {}\n}\n\n`;
const passes = (name: string) =>
  `export function ${name}(run: () => void): void {\n  run();\n  run();\n  run();\n}\n\n`;

let repository: TestRepository;
let ids: string[];
beforeAll(() => {
  repository = createRepository();
  ids = repository.commitAll([
    { message: "One", files: { "a.ts": swallows("one") + passes("two") } },
    // What was there before is not new, and what is no code is no line of code.
    {
      message: `Two${ai}`,
      files: { "a.ts": `${swallows("one")}${passes("two")}${swallows("three")}`, "a.md": "# A\n" },
    },
    { message: "Three\n\nAI-Assisted: no\n", files: { "b.py": "def four(run):\n    run()\n" } },
    { message: `Four\n\nAssisted-by: codex:gpt-5\nAI-Accepted: edited\n`, files: { "c.ts": passes("five") } },
    // Moved as it stands: no new finding.
    { message: `Five${ai}`, rename: { "a.ts": "d.ts" }, files: { "README.md": "Read me.\n" } },
    {
      message: "Six",
      author: "dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>",
      files: { "e.ts": passes("six") },
    },
    { message: `Seven${ai}`, files: { "large.ts": "export const one = 1;\n".repeat(20_001) } },
    { message: "Eight", files: { "odd.ts": `${"x".repeat(20_001)};\n` } },
  ]);
  const side = repository.commit({
    message: "Side",
    files: { "f.ts": passes("seven") },
    branch: "side",
    parents: [ids[6]!],
  });
  ids.push(side, repository.commit({ message: "Merge", parents: [ids[7]!, side], files: { "f.ts": passes("seven") } }));
});
afterAll(removeRepositories);

const run = (...args: string[]) => runCommand(["calibrate", "--repo", repository.path, ...args]);
type Group = Record<"commits" | "lines" | "findings", number> & { group: string };
const read = async (...args: string[]) => {
  const { code, stdout, stderr } = await run("--json", ...args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout) as Record<string, unknown> & { groups: Group[] };
};

test("commits, lines and findings by who wrote the commit", async () => {
  const document = await read("--rules", "swallowed-error,broad-catch");
  const counted = document.groups.map(({ group, commits, lines, findings }) => [group, commits, lines, findings]);
  expect(counted).toEqual([
    ["ai-as-is", 1, 5, 1],
    ["ai-edited", 1, 5, 0],
    ["human", 1, 2, 0],
    ["undeclared", 2, 15, 1],
    ["automation", 1, 5, 0],
  ]);
  expect(document).toMatchObject({
    version: 1,
    range: { asked: "HEAD", head: ids.at(-1), excluded: null },
    read: { commits: 9, isCut: false },
    left: { large: 1, cut: 0, files: 1 },
    overall: { answer: "too-little", ai: { lines: 10, findings: 1 }, others: { lines: 22, findings: 1 } },
    rules: [{ rule: "swallowed-error", answer: "too-little" }],
    silent: ["broad-catch"],
    suggestions: [],
  });
});

test("twice the same", async () => {
  expect(await read()).toEqual(await read());
});

test.each([
  { says: "a range", args: ["--range", "HEAD~8..HEAD~7"], commits: 1, isCut: false },
  { says: "the newest", args: ["--max-commits", "2"], commits: 2, isCut: true },
])("$says", async ({ args, commits, isCut }) => {
  expect(await read("--rules", "swallowed-error", ...args)).toMatchObject({ read: { commits, isCut } });
});

test("as a page, which says what it cannot tell", async () => {
  const { code, stdout, stderr } = await run("--rules", "swallowed-error");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toContain("Too little to tell.");
  expect(stdout).toContain("no ground for severities that differ");
  expect(stdout).toContain("1 commit left out: more than 20,000 added lines of code.");
  expect(stdout).not.toMatch(/null|NaN|undefined|Infinity/);
});

test("clearly more in what AI wrote becomes a suggestion", async () => {
  const loud = createRepository();
  loud.commitAll(
    Array.from({ length: 60 }, (_, index) => {
      const isAi = index % 2 === 0;
      const code = Array.from({ length: 20 }, (_, at) => passes(`quiet${index}_${at}`)).join("");
      return {
        message: `${index}${isAi ? ai : ""}`,
        files: { [`${index}.ts`]: isAi ? code + swallows(`loud${index}`) : code },
      };
    }),
  );
  const { code, stdout } = await runCommand(["calibrate", "--repo", loud.path, "--rules", "swallowed-error"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/Only AI has findings, 95 %: [\d.]+ or more\. AI has clearly more\./);
  expect(stdout).toMatch(/swallowed-error +30 .* AI has more/);
}, 60_000);

describe("mistakes", () => {
  test.each([
    { says: "an unknown rule", args: ["--rules", "swalowed-error"], what: "did you mean `swallowed-error`" },
    { says: "a rule of the whole repository", args: ["--rules", "unused-added"], what: "is not measured" },
    { says: "an unknown commit", args: ["--range", "nope..HEAD"], what: "nope is no commit in this repository" },
    { says: "three dots", args: ["--range", "HEAD~1...HEAD"], what: "is no range that is read here" },
    {
      says: "nothing in the range",
      args: ["--range", "HEAD..HEAD"],
      what: "There is no commit to measure in HEAD..HEAD",
    },
    { says: "no number", args: ["--max-commits", "many"], what: "Expected a whole number from 1 on" },
    { says: "none at all", args: ["--max-commits", "0"], what: "Expected a whole number from 1 on" },
  ])("$says", async ({ args, what }) => {
    const { code, stdout, stderr } = await run(...args);
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toContain(what);
    expect(stderr.match(/^error: /gm)).toHaveLength(1);
  });

  test("a repository without a commit", async () => {
    const { code, stderr } = await runCommand(["calibrate", "--repo", createRepository().path]);
    expect(code).toBe(3);
    expect(stderr).toContain("HEAD stands on no commit");
  });

  test("no repository", async () => {
    const { code, stderr } = await runCommand(["calibrate", "--repo", newFolder()]);
    expect(code).toBe(3);
    expect(stderr).toContain("is not in a git repository");
  });
});
