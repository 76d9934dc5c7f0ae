import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Evaluation } from "../../../app/evaluation.ts";
import { newFolder, removeRepositories, type CommitRequest } from "../../git-repository.ts";
import { githubSchema } from "../../github/graphql/schema.ts";
import { came, evaluateWorld, type EvaluateWorld } from "./evaluate-world.ts";

/**
 * Faults 34 to 41 as pull requests, fetched over HTTP into the App's own mirror and judged: what touches a sensitive path in
 * whatever way waits for its owner, and nothing of a change is obeyed or run.
 */
const policy = `version: 1
mode: enforce
areas:
  auth: { paths: ["src/auth/**"], owners: { teams: [owners] } }
  vendored: { paths: ["vendor/**", ".gitmodules"], owners: { teams: [owners] } }
rules:
  - id: auth-needs-its-owner
    when: { area: auth }
    require: { owner_approval: { per: area } }
  - id: vendored-needs-its-owner
    when: { area: vendored }
    require: { owner_approval: { per: area } }
`;
const long = "line\n".repeat(30);

let world: EvaluateWorld;
const canary = join(newFolder("canary"), "ran");

beforeAll(async () => {
  githubSchema();
  world = await evaluateWorld(policy, { "src/auth/login.ts": long, "docs/a.md": "a\n", "tools/run.sh": long });
  const submodules = { "vendor/lib": "1".repeat(40) };
  world.orders.push("main", { submodules, modes: { "tools/run.sh": "100755" }, symlinks: { "docs/b.md": "a.md" } });
});
afterAll(() => {
  expect(world.github.violations).toEqual([]);
  world.github.close();
  removeRepositories();
});

let serial = 0;

/** A pull request of one commit after the other, judged. */
async function judgedOf(...commits: CommitRequest[]): Promise<Evaluation> {
  const branch = `change-${(serial += 1)}`;
  for (const commit of commits) world.orders.push(branch, commit, "mona");
  return world.pull(world.orders.pullRequest({ head: branch, author: "mona" }));
}

function factsOf(evaluation: Evaluation) {
  if (evaluation.state === "judged") return evaluation.facts;
  throw new Error(came(evaluation));
}

const inAuth = (name: string | Buffer): CommitRequest => ({
  files: [[Buffer.concat([Buffer.from("src/auth/"), Buffer.from(name)]), "x\n"]],
});

const waiting: { says: string; change: CommitRequest }[] = [
  { says: "34. a rename out", change: { rename: { "src/auth/login.ts": "src/login.ts" } } },
  { says: "34. a rename into", change: { rename: { "tools/run.sh": "src/auth/run.sh" } } },
  { says: "34. a rename within", change: { rename: { "src/auth/login.ts": "src/auth/enter.ts" } } },
  { says: "34. a copy into", change: { files: { "src/auth/run.sh": long } } },
  { says: "34. a deletion", change: { delete: ["src/auth/login.ts"] } },
  { says: "34. another mode", change: { modes: { "src/auth/login.ts": "100755" } } },
  { says: "35. a link", change: { symlinks: { "src/auth/link.ts": "../../docs/a.md" } } },
  { says: "35. a link from elsewhere to what is sensitive", change: { symlinks: { "docs/c.md": "../src/auth/a.ts" } } },
  { says: "35. a link that becomes one to it", change: { symlinks: { "docs/b.md": "../src/auth/a.ts" } } },
  { says: "35. links in a loop", change: { symlinks: { "src/auth/one": "two", "src/auth/two": "one" } } },
  { says: "35. a new submodule", change: { submodules: { "vendor/new": "2".repeat(40) } } },
  { says: "35. a submodule at another commit", change: { submodules: { "vendor/lib": "3".repeat(40) } } },
  {
    says: "35. another address of a submodule",
    change: { files: { ".gitmodules": '[submodule "lib"]\n\turl = x\n' } },
  },
  { says: "36. a name that is not composed", change: inAuth("cafe\u0301.ts") },
  { says: "36. the folder in Cyrillic letters", change: { files: { "src/\u0430uth/x.ts": "x\n" } } },
  { says: "36. the folder with an invisible letter", change: { files: { "src/au\u200Bth/x.ts": "x\n" } } },
  { says: "36. the folder in capitals", change: { files: { "src/AUTH/x.ts": "x\n" } } },
  { says: "36. the folder with a dot behind it", change: { files: { "src/auth./x.ts": "x\n" } } },
  { says: "36. a name that turns the text around", change: inAuth("\u202Est.a") },
  { says: "36. a name with line breaks, tabs and quotes", change: inAuth('a\n::error::b\tc"d') },
  { says: "36. a name of 4,096 bytes", change: inAuth(`${"n".repeat(200)}/`.repeat(20).concat("n".repeat(67))) },
  { says: "36. a name that is not UTF-8", change: inAuth(Buffer.from([0x66, 0xff, 0xfe])) },
  {
    says: "37. attributes that make it binary, generated, and another encoding",
    change: {
      files: {
        ".gitattributes": "* -diff linguist-generated filter=evil working-tree-encoding=UTF-16\n",
        "src/auth/login.ts": "other\n",
      },
    },
  },
];

test.each(waiting)("$says waits for its owner", async ({ change }) => {
  expect(came(await judgedOf(change))).toBe("needs-approval");
});

test("what touches none of it passes", async () => {
  expect(came(await judgedOf({ files: { "docs/a.md": "other\n" } }))).toBe("pass");
});

test("37. lines are those of the contents, whatever attributes say", async () => {
  const files = { ".gitattributes": "*.ts binary\n", "docs/x.ts": "1\n2\n3\n" };
  expect(factsOf(await judgedOf({ files })).change.files).toMatchObject([
    { path: ".gitattributes" },
    { path: "docs/x.ts", kind: "text", addedLines: 3 },
  ]);
});

test("38. .mailmap makes nobody somebody else", async () => {
  const files = { ".mailmap": "Ann <ann@example.com> <mona@example.com>\n", "docs/a.md": "b\n" };
  const facts = factsOf(await judgedOf({ files }));
  expect(facts.change.commits.map(({ author }) => author.email)).toEqual(["mona@example.com"]);
});

test("39. a repository within it, its hooks, and its settings are not run", async () => {
  const run = `#!/bin/sh\ntouch ${canary}\n`;
  const config = `[core]\n\tfsmonitor = touch ${canary}\n\thooksPath = hooks\n[filter "evil"]\n\tsmudge = touch ${canary}\n`;
  const bare = ["", "nested/"].flatMap((folder) => [
    [`${folder}HEAD`, "ref: refs/heads/main\n"],
    [`${folder}config`, config],
    [`${folder}objects/info/alternates`, "/etc\n"],
    [`${folder}refs/heads/main`, "1".repeat(40)],
    [`${folder}hooks/post-checkout`, run],
    [`${folder}hooks/reference-transaction`, run],
  ]);
  const files = Object.fromEntries([...bare, [".gitattributes", "* filter=evil\n"], ["sub/.gitx", "gitdir: /etc\n"]]);
  const evaluation = await judgedOf({ files: files as Record<string, string>, modes: {} });
  expect(factsOf(evaluation).change.files).toHaveLength(14);
  expect(existsSync(canary)).toBe(false);
});

describe("40. histories", () => {
  const commitsOf = (evaluation: Evaluation) => factsOf(evaluation).change.commits.length;
  const filesOf = (evaluation: Evaluation) => factsOf(evaluation).change.files.map(({ path }) => path);

  test("an octopus", async () => {
    const arms = ["one", "two", "three"].map((arm) =>
      world.orders.push(`octopus-${arm}`, { files: { [`${arm}.ts`]: "1\n" } }, "mona"),
    );
    const files = { "one.ts": "1\n", "two.ts": "1\n", "three.ts": "1\n" };
    const evaluation = await judgedOf({ parents: arms, files });
    expect(commitsOf(evaluation)).toBe(4);
    expect(filesOf(evaluation)).toEqual(["one.ts", "three.ts", "two.ts"]);
  });

  test("a revert of a revert", async () => {
    const [made, gone] = [{ files: { "r.ts": "1\n" } }, { delete: ["r.ts"] }];
    const evaluation = await judgedOf(made, gone, made);
    expect([commitsOf(evaluation), filesOf(evaluation)]).toEqual([3, ["r.ts"]]);
  });

  test("a change that is taken back whole is one of no files", async () => {
    expect(filesOf(await judgedOf({ files: { "r.ts": "1\n" } }, { delete: ["r.ts"] }))).toEqual([]);
  });

  test("a merge from the base brings none of the base's work into the change", async () => {
    const first = world.orders.push("merged", { files: { "m.ts": "1\n" } }, "mona");
    const ofBase = world.orders.push("main", { files: { "src/auth/of-base.ts": "1\n" } });
    const files = { "m.ts": "1\n", "src/auth/of-base.ts": "1\n" };
    const evaluation = await judgedOf({ parents: [first, ofBase], files });
    expect([commitsOf(evaluation), filesOf(evaluation), came(evaluation)]).toEqual([2, ["m.ts"], "pass"]);
  });

  test("parts that were merged crosswise are told, and not guessed at", async () => {
    const [left, right] = ["left", "right"].map((side) =>
      world.orders.push(`cross-${side}`, { files: { [`${side}.ts`]: "1\n" } }, "mona"),
    ) as [string, string];
    const files = { "left.ts": "1\n", "right.ts": "1\n" };
    world.orders.push("crossed", { from: "cross-left", parents: [left, right], files });
    world.orders.push("cross-topic", { parents: [right, left], files: { ...files, "topic.ts": "1\n" } }, "mona");
    const pull = world.orders.pullRequest({ head: "cross-topic", base: "crossed", author: "mona" });
    const { incomplete } = factsOf(await world.pull(pull)).change;
    expect(incomplete).toEqual([expect.stringContaining("have 2 merge bases")]);
  });
});

describe("41. a commit message", () => {
  const messages: { says: string; message: string | Buffer; ends?: string }[] = [
    {
      says: "of 10 MB",
      message: `Long\n\n${"word ".repeat(2_000_000)}\n\nAssisted-by: x:1\n`,
      ends: "Assisted-by: x:1\n",
    },
    { says: "with CRLF", message: "Two\r\n\r\nAssisted-by: x:1\r\n" },
    { says: "without a subject", message: "\n\n" },
    { says: "of trailers alone", message: "Assisted-by: x:1\nAssisted-by: y:1\n" },
    { says: "with a divider", message: "Two\n\n---\nAssisted-by: x:1\n" },
    { says: "with a trailer folded a thousand times", message: `Two\n\nAssisted-by: x:1\n${" more\n".repeat(1000)}` },
    { says: "with 10,000 trailers", message: `Two\n\n${"Assisted-by: x:1\n".repeat(10_000)}` },
    { says: "that is not UTF-8", message: Buffer.from("Caf\xe9\n", "latin1") },
  ];
  test.each(messages)("$says is judged, and twice the same", async ({ message, ends }) => {
    const evaluation = await judgedOf({ files: { "docs/a.md": "m\n" }, message });
    const [commit] = factsOf(evaluation).change.commits;
    expect((commit?.message.length ?? Infinity) <= 1_000_000).toBe(true);
    if (ends !== undefined) expect(commit?.message.endsWith(ends)).toBe(true);
    const { number } = [...world.orders.state.pulls.values()].at(-1)!;
    const again = await world.pull(world.orders.pull(number));
    expect(idOf(again)).toBe(idOf(evaluation));
  });

  const idOf = (evaluation: Evaluation) =>
    evaluation.state === "judged" ? evaluation.review.decision.evaluationId : came(evaluation);
});
