import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { caseProblemCodes } from "../../core/trial/case-problem.ts";
import { projectRoot, runCommand } from "../command-line.ts";

const page = readFileSync(join(projectRoot, "docs/policy-tests.md"), "utf8");
const [exampleCases = "", examplePolicy = ""] = [...page.matchAll(/```yaml\n([^]*?)```/g)].map((match) => match[1]);

let root = "";

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "policy-test-"));
  mkdirSync(join(root, ".git"));
  put(".github/countersign.yml", examplePolicy);
  put(".github/countersign/auth.test.yml", exampleCases);
});

afterEach(() => rmSync(root, { recursive: true }));

function put(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

const run = (args: readonly string[], cwd = root) => runCommand(["policy", "test", ...args], { cwd });

const failing = `
cases:
  - name: nobody looks at auth
    change: { files: [{ path: src/auth/a.ts }], commits: [{ verdict: agent-assisted }] }
    codeowners: "src/auth/ @ann"
    expect: { decision: pass }
`;

describe("the cases of the documentation", () => {
  test("come out as they say, from anywhere in the repository", async () => {
    put("src/x.ts", "");
    for (const cwd of [root, join(root, "src")]) {
      const { code, stdout, stderr } = await run([], cwd);
      expect(stderr).toBe("");
      expect(code).toBe(0);
      expect(stdout.match(/^ {2}ok /gm)).toHaveLength(3);
      expect(stdout).toContain("3 cases: 3 as expected, 0 not");
      expect(stdout).toContain("1 rule: 1 met in one case and not met in another");
    }
  });

  test("leave mutants alive, each with its place and a hint", async () => {
    const { code, stdout } = await run(["--mutate"]);
    expect(code).toBe(1);
    expect(stdout).toContain(".github/countersign.yml:6:13 rules.sensitive-ai-needs-owner.when.ai: left out");
    expect(stdout).toContain(
      "what would: a case that fits everything in `when` but this, and expects the rule not to apply",
    );
  });
});

describe("a case that fails", () => {
  beforeEach(() => put(".github/countersign/other.test.yml", failing));

  test("is told with its place, what was expected, what came and why", async () => {
    const { code, stdout } = await run([]);
    expect(code).toBe(1);
    expect(stdout).toContain("FAIL  nobody looks at auth  (.github/countersign/other.test.yml:3)");
    expect(stdout).toContain("decision: expected pass, got needs-approval");
    expect(stdout).toContain("sensitive-ai-needs-owner: waiting");
    expect(stdout).toContain("4 cases: 3 as expected, 1 not");
  });

  test("keeps mutants from being tried", async () => {
    const { code, stdout } = await run(["--mutate"]);
    expect(code).toBe(1);
    expect(stdout).toContain("No mutant was tried");
  });

  test("is JSON for machines", async () => {
    const { code, stdout } = await run(["--json"]);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      policies: [
        {
          policy: ".github/countersign.yml",
          files: [
            {
              file: ".github/countersign/auth.test.yml",
              cases: [{ passed: true }, { passed: true }, { passed: true }],
            },
            {
              file: ".github/countersign/other.test.yml",
              cases: [
                {
                  name: "nobody looks at auth",
                  line: 3,
                  passed: false,
                  decision: "needs-approval",
                  differences: [{ what: "decision", expected: "pass", got: "needs-approval" }],
                },
              ],
            },
          ],
          rules: [{ id: "sensitive-ai-needs-owner", exercised: true }],
          mutation: null,
        },
      ],
    });
  });

  test("is not run when others are named", async () => {
    const { code } = await run([".github/countersign/auth.test.yml"]);
    expect(code).toBe(0);
  });
});

describe("rules of a preset", () => {
  const extending = `${examplePolicy}extends: [{ preset: enforce@1 }]\n`;

  test("are counted apart, with those that no case meets", async () => {
    put(".github/countersign.yml", extending);
    const { stdout } = await run(["--require-coverage"]);
    expect(stdout).toMatch(/^ {2}1 rule of its own: 1 met in one case and not met in another$/m);
    expect(stdout).toMatch(/^ {2}11 rules of enforce@1, tested with the preset: 3 met in one case/m);
    expect(stdout).toMatch(/^ {4}applies in no case here: large-ai-changes-say-what-was-checked$/m);
  });

  test("are not demanded of the cases, but for one that the file writes anew", async () => {
    put(".github/countersign.yml", "version: 1\nextends: [{ preset: enforce@1 }]\n");
    const some = "cases:\n  - { name: one, change: { author: dev1 }, expect: { enforced: warn } }\n";
    put(".github/countersign/auth.test.yml", some);
    const own = await json(["--require-coverage"]);
    expect(own).toMatchObject({ code: 0, rules: [], presets: [{ preset: "enforce@1" }] });
    const [first] = own.presets[0]?.rules ?? [];
    expect(first).toMatchObject({ id: expect.any(String) as string, exercised: false });
    const override = `rules:\n  - { id: ${first?.id ?? ""}, require: { secrets: none } }\n`;
    put(".github/countersign.yml", `version: 1\nextends: [{ preset: enforce@1 }]\n${override}`);
    const overridden = await json(["--require-coverage"]);
    expect(overridden).toMatchObject({ code: 1, rules: [{ id: first?.id, exercised: false }] });
    expect(overridden.presets[0]?.rules.map(({ id }) => id)).not.toContain(first?.id);
    expect((await run(["--mutate"])).stdout).toContain(`rules.${first?.id ?? ""}`);
  });

  async function json(args: readonly string[]) {
    const { code, stdout } = await run([...args, "--json"]);
    const { policies } = JSON.parse(stdout) as { policies: Tested[] };
    return { code, rules: policies[0]?.rules ?? [], presets: policies[0]?.presets ?? [] };
  }

  interface Tested {
    rules: { id: string; exercised: boolean }[];
    presets: { preset: string; rules: { id: string; exercised: boolean }[] }[];
  }
});

test("--policy tries the cases on another policy", async () => {
  put(
    "other.yml",
    "version: 1\nmode: observe\nrules: [{ id: sensitive-ai-needs-owner, require: { secrets: none } }]\n",
  );
  const { code, stdout } = await run(["--policy", "other.yml"]);
  expect(code).toBe(1);
  expect(stdout).toContain("on other.yml");
  expect(stdout).toContain("decision: expected needs-approval, got pass");
});

test("--require-coverage fails where a rule is only met, or never applies", async () => {
  put(".github/countersign.yml", `${examplePolicy}  - { id: no-secret, require: { secrets: none } }\n`);
  expect((await run([])).code).toBe(0);
  const { code, stdout } = await run(["--require-coverage"]);
  expect(code).toBe(1);
  expect(stdout).toContain(".github/countersign.yml:8 no-secret is met in every case in which it applies");
});

test("a floor beside the cases is the policy's floor", async () => {
  const ref = "9f2c1e7b4d0a6c5e8f3b2a1d0c9e8f7a6b5c4d3e";
  put(".github/countersign.yml", `${examplePolicy}extends: [{ repo: acme/policies, path: base.yml, ref: ${ref} }]\n`);
  const floor = "version: 1\nrules: [{ id: all-is-labelled, require: { labels: [seen] } }]\n";
  expect((await run([])).code).toBe(3);
  put(".github/countersign/floors/acme/policies/base.yml", floor);
  const { code, stdout } = await run([]);
  expect(code).toBe(1);
  expect(stdout).toContain("expected pass, got block");
});

describe("what cannot be tested ends with 3 and says where", () => {
  test.each([
    {
      says: "a key that there is not",
      files: { "x.test.yml": "cases:\n  - name: a\n    expct: {}\n    expect: { decision: pass }\n" },
      told: "x.test.yml:3:5 CS010 cases[0].expct: there is no key `expct` here. Did you mean `expect`?",
    },
    {
      says: "a rule that the policy has not",
      files: {
        ".github/countersign/x.test.yml":
          "cases:\n  - { name: a, expect: { rules: { sensitive-ai: { state: waiting } } } }\n",
      },
      told: "x.test.yml:2:35 CT006 cases[0].expect.rules.sensitive-ai: the policy has no rule",
    },
    {
      says: "no policy",
      files: { "x.test.yml": "policy: gone.yml\ncases: [{ name: a, expect: { decision: pass } }]\n" },
      told: "x.test.yml:1:9 CT008 policy: gone.yml, which x.test.yml names as `policy`, does not exist. Name a file",
    },
    {
      says: "a policy of another repository",
      files: {
        "x.test.yml": "policy: ../../../../../../etc/hosts\ncases: [{ name: a, expect: { decision: pass } }]\n",
      },
      told: "lies outside of the repository",
    },
    {
      says: "a policy with mistakes",
      files: {
        "bad.yml": "version: 1\nrulez: []\n",
        "x.test.yml": "policy: bad.yml\ncases: [{ name: a, expect: { decision: pass } }]\n",
      },
      told: "bad.yml:2:1 CS010 rulez",
    },
  ])("$says", async ({ files, told }) => {
    for (const [path, text] of Object.entries(files)) put(path, text);
    const { code, stdout, stderr } = await run(Object.keys(files).filter((path) => path.endsWith(".test.yml")));
    expect(stderr).toContain(told);
    expect(stdout).toBe("");
    expect(code).toBe(3);
  });

  test("as JSON too, each with its place", async () => {
    put("bad.yml", "version: 1\nrulez: []\n");
    put("x.test.yml", "policy: gone.yml\ncases: [{ name: a, expct: 1, expect: { decision: pass } }]\n");
    put("y.test.yml", "policy: bad.yml\ncases: [{ name: a, expect: { decision: pass } }]\n");
    const { code, stdout } = await run(["x.test.yml", "y.test.yml", "--json"]);
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      policies: [],
      problems: [
        { file: "x.test.yml", line: 1, column: 9, code: "CT008", path: "policy" },
        { file: "x.test.yml", line: 2, column: 20, code: "CS010", path: "cases[0].expct" },
        { file: "y.test.yml", line: 1, column: 9, code: "CT008", what: expect.stringContaining("bad.yml:2:1 CS010") },
      ],
    });
  });

  test("a policy that the gate refuses: two of them, another name, a link", async () => {
    put(".github/countersign.yaml", examplePolicy);
    const two = await run([]);
    expect(two).toMatchObject({ code: 3, stdout: "" });
    expect(two.stderr).toContain("CS024: there are 2 policy files");
    rmSync(join(root, ".github/countersign.yml"));
    expect((await run([])).stderr).toContain("CS024: .github/countersign.yaml is not read as a policy");
    rmSync(join(root, ".github/countersign.yaml"));
    put("real.yml", examplePolicy);
    symlinkSync(join(root, "real.yml"), join(root, ".github/countersign.yml"));
    expect((await run([])).stderr).toContain(".github/countersign.yml is not a file");
  });

  test("every mistake of every file is told at once, whatever stage it is found in", async () => {
    put(
      "a.test.yml",
      "policy: .github/countersign.yml\ncases:\n  - { name: a, expct: 1, expect: { decision: pass } }\n  - { name: b, events: [{ dismiss: x }], expect: { decision: pass } }\n",
    );
    put(
      "b.test.yml",
      "policy: .github/countersign.yml\ncases:\n  - { name: a, expect: { rules: { gone: { state: waiting } } } }\n",
    );
    put("c.test.yml", "policy: none.yml\ncases:\n  - { name: a, expect: { decision: pass } }\n");
    const { code, stderr } = await run(["a.test.yml", "b.test.yml", "c.test.yml"]);
    expect(code).toBe(3);
    for (const told of [
      "The cases have 4 problems",
      "a.test.yml:3:16 CS010",
      "a.test.yml:4:36 CT004",
      "b.test.yml:3:35 CT006",
      "none.yml, which c.test.yml names",
    ])
      expect(stderr).toContain(told);
  });

  test("a rule that there is not is told beside what keeps its case from being played", async () => {
    const gone = "rules: { gone: { state: waiting } }";
    put(
      "a.test.yml",
      `policy: .github/countersign.yml\ncases:\n  - { name: a, like: none, expect: { ${gone} } }\n  - { name: b, chnge: {}, expect: { ${gone} } }\n`,
    );
    const { code, stderr } = await run(["a.test.yml"]);
    expect(code).toBe(3);
    for (const told of [
      "a.test.yml:3:22 CT001",
      "a.test.yml:3:47 CT006",
      "a.test.yml:4:16 CS010",
      "a.test.yml:4:46 CT006",
    ])
      expect(stderr).toContain(told);
  });

  test.each([
    {
      says: "a mistake of shape that no step depends on",
      keys: "expct: 1, events: [{ dismiss: x }]",
      told: ["CS010 cases[0].expct", "CT004 cases[0].events[0].dismiss"],
    },
    {
      says: "coverage of a shape that there is not",
      keys: "coverage: { lines: 1/2 }, events: [{ dismiss: x }]",
      told: ["CS010 cases[0].coverage.lines", "CT004 cases[0].events[0].dismiss"],
    },
    {
      says: "a file that no change has",
      keys: "change: { files: [{ path: a }, { path: a }] }, events: [{ dismiss: x }]",
      told: ["CT007 cases[0].change.files[1].path", "CT004 cases[0].events[0].dismiss"],
    },
    {
      says: "half a change brings no false ones",
      keys: "change: { fils: [{ path: a }] }, coverage: { files: { a: { lines: 1/2 } } }",
      told: ["CS010 cases[0].change.fils"],
    },
    {
      says: "a file that no commit touches is a file of the change all the same",
      keys: "change: { files: [{ path: a }], commits: [{ files: [b] }] }, coverage: { files: { a: { lines: 1/1 } } }",
      told: ["CT004 cases[0].change.files[0]", "CT004 cases[0].change.commits[0].files[0]"],
    },
  ])("of one case: $says", async ({ keys, told }) => {
    put(
      "a.test.yml",
      `policy: .github/countersign.yml\ncases:\n  - { name: a, ${keys}, expect: { decision: pass } }\n`,
    );
    const { code, stdout } = await run(["a.test.yml", "--json"]);
    expect(code).toBe(3);
    const { problems } = JSON.parse(stdout) as { problems: { code: string; path: string }[] };
    expect(problems.map((problem) => `${problem.code} ${problem.path}`).sort()).toEqual(told.toSorted());
  });

  test("a link out of the repository", async () => {
    const outside = mkdtempSync(join(tmpdir(), "policy-outside-"));
    writeFileSync(join(outside, "secret.yml"), "version: 1\n");
    symlinkSync(join(outside, "secret.yml"), join(root, "linked.yml"));
    put("x.test.yml", "policy: linked.yml\ncases: [{ name: a, expect: { decision: pass } }]\n");
    const { code, stderr } = await run(["x.test.yml"]);
    rmSync(outside, { recursive: true });
    expect(stderr).toContain("lies outside of the repository");
    expect(code).toBe(3);
  });

  test("a link among the cases of a folder, which must not vanish in silence", async () => {
    put(".github/countersign/deep/policy.test.yml", "cases: [{ name: a, expect: { decision: pass } }]\n");
    put("lines.test.yml", "cases: [{ name: a, expect: { decision: pass } }]\n");
    symlinkSync(join(root, "lines.test.yml"), join(root, ".github/countersign/deep/z.test.yml"));
    const { code, stderr } = await run([".github"]);
    expect(stderr).toContain("countersign/deep/z.test.yml is not a file.");
    expect(code).toBe(3);
  });

  test("a name that leads nowhere, and a folder without cases", async () => {
    put("empty/readme.md", "");
    expect((await run(["nowhere"])).stderr).toContain("There is no nowhere.");
    expect((await run(["empty"])).stderr).toContain("There are no tests of a policy in empty.");
  });
});

test("the page has every code of a case file", () => {
  const [, table = ""] = page.split("<!-- codes -->");
  const rows = [...table.matchAll(/^\| (CT\d+) +\| (.*?) +\| (.*?) +\|$/gm)].map(([, code, means, instead]) => ({
    code,
    means,
    instead,
  }));
  expect(rows).toEqual(Object.entries(caseProblemCodes).map(([code, rest]) => ({ code, ...rest })));
});
