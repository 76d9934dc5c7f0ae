import { beforeAll, describe, expect, test } from "vitest";
import { treeFileOf } from "../../core/change/tree-file.ts";
import { present } from "../../core/evidence.ts";
import { Facts } from "../../core/facts.ts";
import { reviewChange } from "../../core/review-change.ts";
import { redactFacts } from "../../gate/redact-facts.ts";
import { recorded, sampleAttribution } from "../builders.ts";
import { exampleFacts } from "../example-facts.ts";
import { canaries } from "../untrusted-canaries.ts";

/** Rules are decided on redacted paths: redaction must neither join two files nor hide a folder. */

const tokens = canaries.filter(({ kind }) => kind === "github-token").map(({ value }) => value);
let facts: Facts;
beforeAll(async () => {
  facts = await exampleFacts();
});

test("facts without secrets stay as they are", () => {
  expect(redactFacts(facts)).toEqual(facts);
});

describe("files that go by secrets", () => {
  test("stay apart, each with its own lines, coverage and findings", () => {
    const [first = "", second = ""] = tokens;
    const redacted = redactFacts(
      renamed(facts, {
        "src/refunds/report.ts": `src/refunds/${first}.ts`,
        "src/refunds/archive.ts": `src/refunds/${second}.ts`,
      }),
    );
    const paths = redacted.change.files.map(({ path }) => path);
    const names = ["src/refunds/(redacted:github-token) 2.ts", "src/refunds/(redacted:github-token).ts"];
    expect(paths.filter((path) => path.includes("redacted")).sort()).toEqual(names);
    expect(new Set(paths).size).toBe(facts.change.files.length);
    const review = reviewChange(redacted);
    const before = reviewChange(facts);
    expect(review.provenance.totals).toEqual(before.provenance.totals);
    expect(review.coverage.patch).toEqual(before.coverage.patch);
    expect(review.findings.length).toBe(before.findings.length);
    expect(review.decision.state).toBe(before.decision.state);
    expect(review.decision.rules.map(({ state }) => state)).toEqual(before.decision.rules.map(({ state }) => state));
  });

  test("keep the lines that moved from one to another", () => {
    const [first = "", second = ""] = tokens;
    const { sha, parents } = facts.change.commits[0]!;
    const from = { commit: sha, parent: parents[0]!, path: `gone/${second}.ts`, start: 1 };
    const moves = [{ path: "src/refunds/report.ts", start: 1, lines: 2, from }];
    const commits = facts.change.commits.map((commit, index) => (index === 0 ? { ...commit, moves } : commit));
    const moved = { ...facts, change: { ...facts.change, commits } };
    const redacted = redactFacts(renamed(moved, { "src/refunds/report.ts": `src/refunds/${first}.ts` }));
    expect(redacted.change.files.map(({ path }) => path)).toContain("src/refunds/(redacted:github-token).ts");
    expect(redacted.change.commits[0]?.moves).toEqual([
      {
        ...moves[0],
        path: "src/refunds/(redacted:github-token).ts",
        from: { ...from, path: "gone/(redacted:github-token).ts" },
      },
    ]);
  });

  test("keep their names in reviewed commits, merge groups and the gate's workflows", () => {
    const [token = ""] = tokens;
    const [file] = facts.change.files.filter(({ path }) => path === "src/refunds/report.ts").map(treeFileOf);
    const files = [file!, { ...file!, path: "src/refunds/z.ts", previousPath: "src/refunds/report.ts" }];
    const member = { number: 1, author: "mona", authorType: "User", agentRequesters: [], reviews: [] };
    const head = facts.change.head.sha;
    const reviewed = {
      ...facts,
      reviewedTrees: [{ commit: head, files }],
      mergeGroup: present([{ ...member, head, files }]),
      gateWorkflows: [".github/workflows/gate.yml", "src/refunds/report.ts"],
    };
    const name = "src/refunds/(redacted:github-token).ts";
    const redacted = redactFacts(renamed(reviewed, { "src/refunds/report.ts": `src/refunds/${token}.ts` }));
    const expected = [
      { path: name, previousPath: null },
      { path: "src/refunds/z.ts", previousPath: name },
    ];
    expect(redacted.reviewedTrees[0]?.files).toMatchObject(expected);
    expect(redacted.mergeGroup).toMatchObject({ value: [{ files: expected }] });
    expect(redacted.gateWorkflows).toEqual([".github/workflows/gate.yml", name]);
    expect(JSON.stringify(redacted)).not.toContain(token);
  });

  test("do not take the name of a file that is there", () => {
    const [token = ""] = tokens;
    const taken = "src/refunds/(redacted:github-token).ts";
    const redacted = redactFacts(
      renamed(facts, { "src/refunds/report.ts": `src/refunds/${token}.ts`, "src/refunds/archive.ts": taken }),
    );
    const paths = redacted.change.files.map(({ path }) => path);
    expect(paths).toContain(taken);
    expect(paths).toContain("src/refunds/(redacted:github-token) 2.ts");
  });

  test("keep lists in the order of paths", () => {
    const [token = ""] = tokens;
    const { change, coverage } = redactFacts(renamed(facts, { "src/refunds/report.ts": `${token}/report.ts` }));
    const covered = coverage.head.state === "present" ? coverage.head.value.files : [];
    for (const files of [change.files, covered]) {
      const paths = files.map(({ path }) => path);
      expect(paths).toEqual(paths.toSorted());
      expect(paths).toContain("(redacted:github-token)/report.ts");
    }
  });

  test("keep the lines that a tool's record names", () => {
    const [token = ""] = tokens;
    const path = "src/refunds/report.ts";
    const brought = reviewChange(facts).change.files.find((file) => file.path === path)?.written[0]?.writer.commit;
    const lines = [recorded("ai", 1, 3, { agent: "cursor" })];
    const noted = { ...facts, attributions: present([sampleAttribution({ commit: brought ?? "", path, lines })]) };
    const redacted = redactFacts(renamed(noted, { [path]: `src/refunds/${token}.ts` }));
    const ofRecord = reviewChange(redacted).change.files.flatMap(({ written }) =>
      written.filter(({ writer }) => writer.evidence === "git-ai").map(({ start, end }) => [start, end]),
    );
    expect(JSON.stringify(redacted)).not.toContain(token);
    expect(ofRecord).toEqual([[1, 3]]);
  });

  test("over several folders leave the change undecided, never a folder unseen", () => {
    const hidden = redactFacts(renamed(facts, { "src/auth/guard.ts": "password=Abc12345/auth/guard.ts" }));
    expect(hidden.change.incomplete).toEqual([
      "the path (redacted:assigned-secret)/(redacted:assigned-secret)/(redacted:assigned-secret) holds text with the shape of a secret over several folders, so rules on paths cannot be decided for it: rename it",
    ]);
    expect(reviewChange(hidden).decision.state).toBe("undecided");
  });
});

test("every other text is redacted too, and nothing else changes", () => {
  const [token = ""] = tokens;
  const commits = facts.change.commits.map((commit) => ({
    ...commit,
    message: `${commit.message}\n${token}\n`,
    author: { name: token, email: token },
  }));
  const redacted = redactFacts({ ...facts, branch: present(token), change: { ...facts.change, commits } });
  expect(JSON.stringify(redacted)).not.toContain(token);
  expect(redacted.change.files).toEqual(facts.change.files);
  expect(Facts.safeParse(redacted).success).toBe(true);
});

/** The facts as they would be with files of other names. */
function renamed(all: Facts, names: Readonly<Record<string, string>>): Facts {
  const text = Object.entries(names).reduce(
    (json, [from, to]) => json.replaceAll(`"${from}"`, JSON.stringify(to)),
    JSON.stringify(all),
  );
  return Facts.parse(JSON.parse(text));
}
