import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadCases } from "../../../core/trial/case-file.ts";
import { formatCaseProblem } from "../../../core/trial/case-problem.ts";

/** What loading says of a text: a line for each problem, or the names of the cases. */
function load(text: string): string[] {
  const loaded = loadCases(text, { file: "gate.test.yml" });
  return loaded.ok ? loaded.cases.cases.map(({ name }) => name) : loaded.problems.map(formatCaseProblem);
}

const good = "expect: { decision: pass }";

describe("mistakes are told with their place", () => {
  test.each([
    {
      says: "a key that there is not",
      text: `cases:\n  - name: a\n    revews: []\n    ${good}\n`,
      problem: "gate.test.yml:3:5 CS010 cases[0].revews: there is no key `revews` here. Did you mean `reviews`?",
    },
    {
      says: "a misspelt key deep in a case",
      text: `cases:\n  - name: a\n    change: { files: [{ path: a.ts, aditions: 3 }] }\n    ${good}\n`,
      problem:
        "gate.test.yml:3:37 CS010 cases[0].change.files[0].aditions: there is no key `aditions` here. Did you mean `additions`?",
    },
    {
      says: "no expectation",
      text: "cases:\n  - name: a\n",
      problem: "gate.test.yml:2:5 CS011 cases[0]: `expect` is missing. Write `expect: {decision: needs-approval}`.",
    },
    {
      says: "an expectation of nothing",
      text: "cases:\n  - name: a\n    expect: {}\n",
      problem:
        "gate.test.yml:3:13 CS011 cases[0].expect: nothing is expected. Write at least `expect: { decision: pass }`.",
    },
    {
      says: "a decision that there is not",
      text: "cases:\n  - name: a\n    expect: { decision: passed }\n",
      problem:
        'gate.test.yml:3:25 CS012 cases[0].expect.decision: expected `pass`, `warn`, `needs-approval`, `block` or `undecided`, got "passed". Did you mean `pass`?',
    },
    {
      says: "a state that no rule has",
      text: "cases:\n  - name: a\n    expect: { rules: { x: { state: met } } }\n",
      problem: "gate.test.yml:3:36 CS012 cases[0].expect.rules.x.state:",
    },
    {
      says: "`like` without such a case",
      text: `cases:\n  - { name: one, ${good} }\n  - name: two\n    like: on\n    ${good}\n`.replace(
        "like: on",
        'like: "on"',
      ),
      problem: 'gate.test.yml:4:11 CT001 cases[1].like: there is no case "on". Did you mean "one"?',
    },
    {
      says: "a circle",
      text: `cases:\n  - { name: one, like: two, ${good} }\n  - { name: two, like: one, ${good} }\n`,
      problem:
        'gate.test.yml:2:24 CT002 cases[0].like: this case goes on from itself: "one" is like "two" is like "one". Let one of them stand without `like`.',
    },
    {
      says: "a case like itself",
      text: `cases:\n  - { name: one, like: one, ${good} }\n`,
      problem: 'gate.test.yml:2:24 CT002 cases[0].like: this case goes on from itself: "one" is like "one".',
    },
    {
      says: "a name twice",
      text: `cases:\n  - { name: one, ${good} }\n  - { name: one, ${good} }\n`,
      problem: 'gate.test.yml:3:13 CT003 cases[1].name: the name "one" is taken by cases[0].',
    },
    {
      says: "a repository that is none",
      text: `repository: acme\ncases: [{ name: a, ${good} }]\n`,
      problem: 'gate.test.yml:1:13 CT005 repository: "acme" is not `owner/name`. Write `repository: acme/app`.',
    },
    {
      says: "a commit that nobody can have reviewed",
      text: `cases:\n  - name: a\n    reviews: [{ user: ann, state: approved, commit: last }]\n    ${good}\n`,
      problem:
        'gate.test.yml:3:53 CS012 cases[0].reviews[0].commit: expected `head`, `opened`, `1st push` (or a later one), `base` or `gone`, got "last".',
    },
    {
      says: "an event of two things",
      text: `cases:\n  - name: a\n    events: [{ dismiss: ann, label: x }]\n    ${good}\n`,
      problem:
        "gate.test.yml:3:14 CS012 cases[0].events[0]: an event is one thing. Write one key for each `-`: `- dismiss: ann`.",
    },
    {
      says: "more covered than there is",
      text: `cases:\n  - name: a\n    coverage: { files: { a.ts: { lines: 5/4 } } }\n    ${good}\n`,
      problem:
        'gate.test.yml:3:41 CS012 cases[0].coverage.files.a.ts.lines: expected covered of all, the covered not more than all, as `38/40`, got "5/4".',
    },
    {
      says: "a day that no calendar has",
      text: `cases:\n  - name: a\n    as_of: "2026-02-30"\n    ${good}\n`,
      problem:
        'gate.test.yml:3:12 CS012 cases[0].as_of: expected a date or an instant in UTC, in quotes, got "2026-02-30".',
    },
    {
      says: "a date without quotes",
      text: `cases:\n  - name: a\n    as_of: 2026-02-03\n    ${good}\n`,
      problem: 'gate.test.yml:3:12 CS015 cases[0].as_of: the date 2026-02-03 is not quoted. Quote it: `"2026-02-03"`.',
    },
    {
      says: "an anchor",
      text: `cases:\n  - &first\n    name: a\n    ${good}\n`,
      problem: "gate.test.yml:2:5 CS007 cases[0]:",
    },
    {
      says: "more lines than a case may have, with the limit",
      text: `cases:\n  - name: a\n    change: { files: [{ path: a.ts, additions: 1000000 }] }\n    ${good}\n`,
      problem:
        "gate.test.yml:3:48 CS012 cases[0].change.files[0].additions: expected a whole number from 0 to 100,000, got",
    },
    ...["./a.ts", "/a.ts", "a//b.ts", "a/../b.ts", "a/", "..", ".git/config"].map((path) => ({
      says: `the path ${path}, which git cannot have`,
      text: `cases:\n  - name: a\n    change: { files: [{ path: "${path}" }] }\n    ${good}\n`,
      problem:
        "gate.test.yml:3:31 CS012 cases[0].change.files[0].path: expected a path from the root of the repository",
    })),
    ...[
      {
        files: "{ path: a }, { path: a }",
        problem: `3:44 CT007 cases[0].change.files[1].path: "a" stands in this list already, as number 1.`,
      },
      {
        files: "{ path: a, previous_path: a }",
        problem: "3:49 CT007 cases[0].change.files[0].previous_path: a file is not renamed to itself.",
      },
      {
        files: "{ path: a, status: added, deletions: 1 }",
        problem: "deletions: a file that is added has no line to delete.",
      },
      {
        files: "{ path: a, status: deleted, additions: 1 }",
        problem: "additions: a file that is deleted gets no line.",
      },
      {
        files: "{ path: a, kind: submodule, additions: 1 }",
        problem: "additions: a file of the kind `submodule` has no lines.",
      },
      {
        files: "{ path: a, previous_path: b, status: added }",
        problem: "status: a file that was renamed is not `added`.",
      },
      { files: "{ path: a, target: b }", problem: "target: only a symbolic link points somewhere." },
      {
        files: '{ path: a, kind: symlink, mode: "100644" }',
        problem: "mode: a file of the kind `symlink` does not have the mode 100644.",
      },
    ].map(({ files, problem }) => ({
      says: `files ${files}`,
      text: `cases:\n  - name: a\n    change: { files: [${files}] }\n    ${good}\n`,
      problem,
    })),
    {
      says: "a conclusion that no check has",
      text: `cases:\n  - name: a\n    checks: { build: sucess }\n    ${good}\n`,
      problem: "gate.test.yml:3:22 CS012 cases[0].checks.build: expected one of success, failure",
    },
    { says: "no case", text: "cases: []\n", problem: "gate.test.yml:1:8 CS012 cases: expected a list of cases" },
    {
      says: "an empty file",
      text: "",
      problem: "gate.test.yml:1:1 CS026: the file is empty. Write at least one case.",
    },
  ])("$says", ({ text, problem }) => {
    expect(load(text)).toEqual([expect.stringContaining(problem)]);
  });
});

test("all mistakes are told at once, in the order of the file", () => {
  const text = "policy: 7\ncases:\n  - name: a\n    like: 3\n    expect: { decision: no-way }\n";
  expect(load(text).map((line) => line.split(" ", 2).join(" "))).toEqual([
    "gate.test.yml:1:9 CS012",
    "gate.test.yml:4:11 CS012",
    "gate.test.yml:5:25 CS012",
  ]);
});

test("a mistake of shape does not hide those of names and files in other cases", () => {
  const text = `cases:\n  - { name: a, extpect: 1, ${good} }\n  - { name: b, like: c, ${good} }\n  - { name: b, change: { files: [{ path: a }, { path: a }] }, ${good} }\n`;
  expect(load(text).map((line) => line.split(" ", 2).join(" "))).toEqual([
    "gate.test.yml:2:16 CS010",
    "gate.test.yml:3:22 CT001",
    "gate.test.yml:4:13 CT003",
    "gate.test.yml:4:55 CT007",
  ]);
});

test("what can be played beside a mistake of a step is there to be looked at, without what goes on from the mistake", () => {
  const text = `cases:\n  - { name: a, push: { fils: [] }, ${good} }\n  - { name: b, like: a, ${good} }\n  - { name: c, ${good} }\n`;
  const loaded = loadCases(text, { file: "x" });
  const sound = loaded.ok ? null : loaded.sound;
  expect(sound?.cases.map(({ name, at }) => ({ name, at }))).toEqual([{ name: "c", at: ["cases", 2] }]);
});

describe("a case goes on where the one that it is like ended", () => {
  const loaded = loadCases(
    [
      "given: { teams: { a: [ann] }, as_of: '2026-03-01' }",
      "cases:",
      "  - name: first",
      "    change: { author: dev1, files: [{ path: a.ts }] }",
      "    teams: { b: [ben] }",
      "    reviews: [{ user: ann, state: approved }]",
      "    expect: { decision: pass }",
      "  - name: second",
      "    like: first",
      "    change: { author: dev2 }",
      "    teams: { a: [] }",
      "    push: { files: [{ path: b.ts }] }",
      "    reviews: [{ user: ben, state: approved }]",
      "    events: [{ dismiss: ben }]",
      "    expect: { decision: warn }",
    ].join("\n"),
    { file: "gate.test.yml" },
  );
  const second = loaded.ok ? loaded.cases.cases[1] : undefined;

  test("its steps come after those of the other, the push before the reviews", () => {
    const keys = second?.steps.map(({ event }) => Object.keys(event)[0]);
    expect(keys).toEqual(["review", "push", "review", "dismiss"]);
    expect(second?.steps.at(-1)?.at).toEqual(["cases", 1, "events", 0, "dismiss"]);
  });

  test("other keys replace what they name, and teams are united", () => {
    expect(second?.change).toEqual({ author: "dev2", files: [{ path: "a.ts" }] });
    expect(second?.setting.teams).toEqual({ a: [], b: ["ben"] });
    expect(second?.setting.as_of).toBe("2026-03-01");
  });

  test("expectations are not handed on", () => {
    expect(second?.expect).toEqual({ decision: "warn" });
  });
});

test("no text makes the reader throw", () => {
  const words = fc.constantFrom(
    ..."cases:|\n|  - |name: a|like: a|expect: {|decision: pass|}|change: |files: [|path: x|]|teams:|*a|&a|!x|\t|<<".split(
      "|",
    ),
  );
  fc.assert(
    fc.property(fc.array(words, { maxLength: 30 }), (parts) => {
      const loaded = loadCases(parts.join(""), { file: "x" });
      expect(loaded.ok || loaded.problems.length > 0).toBe(true);
    }),
    { numRuns: 100 },
  );
});
