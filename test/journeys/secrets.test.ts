import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { changeAttributes } from "../../adapters/telemetry/attributes.ts";
import { present } from "../../core/evidence.ts";
import type { Facts } from "../../core/facts.ts";
import { annotations, publish, renderTerminal } from "../../core/report/index.ts";
import { plainStage } from "../../core/stage.ts";
import { documents } from "../../gate/documents.ts";
import { runGate, type GateResult } from "../../gate/run-gate.ts";
import { runCommand, runScript } from "../command-line.ts";
import {
  createRepository,
  newFolder,
  removeRepositories,
  type CommitRequest,
  type TestRepository,
} from "../git-repository.ts";
import { canaries, secretPart } from "../untrusted-canaries.ts";

/**
 * Faults row 70: secrets of every shape, planted wherever text comes in from outside, come out nowhere: not as they are,
 * not encoded, not across line breaks.
 */

const values = canaries.map(({ value }) => value);
const token = values.find((value) => value.startsWith("gh")) ?? "";
/** For slots of one line: names, mails, labels. */
const inline = values.map((value) => value.replaceAll("\n", " "));
/** As parts of a path, of which none may be empty: an address with a password becomes one without its `//`, and harmless. */
const asPath = inline.map((value) =>
  value.includes("@") ? token : value.replace(/\/{2,}/g, "/").replace(/^\/|\/$/g, ""),
);
const encodings: ((text: string) => string)[] = [
  (text) => text,
  (text) => Buffer.from(text).toString("base64"),
  (text) => Buffer.from(`key: ${text}`).toString("base64"),
  encodeURIComponent,
  (text) => JSON.stringify(text),
];

let repository: TestRepository;
let cwd: string;
let result: GateResult;
/** Everything that the run shows or writes, by its name. */
let outputs: Record<string, string>;

beforeAll(async () => {
  repository = createRepository();
  cwd = newFolder(`work-${token}`);
  repository.git(["config", "remote.origin.url", `https://x-access-token:${token}@github.com/${token}/${token}.git`]);
  repository.commitAll([
    { files: { ".github/countersign.yml": policy, ".github/CODEOWNERS": codeowners, "src/main.ts": "1\n" } },
  ]);
  repository.switchTo(`into-${token}`);
  repository.switchTo(`from-${token}`);
  repository.commitAll([
    ...values.map(plantedCommit),
    { files: { ".github/countersign.yml": `${policy}# ${inline.join("\n# ")}\n` }, message: "Policy\n" },
  ]);
  writeCoverage("head");
  writeCoverage("base");
  result = await runGate(
    {
      clone: repository.path,
      range: { event: "pull_request", base: `into-${token}`, head: `from-${token}`, workTree: false },
      repository: null,
      pullRequest: present({
        number: 7,
        author: token,
        authorType: "User",
        association: token,
        title: inline.join(" "),
        body: encodings.map((encode) => values.map(encode).join("\n")).join("\n"),
        draft: false,
        fork: true,
        agentRequesters: [],
        labels: inline,
      }),
      branch: present(inline.join(" ")),
      policy: { from: "base", path: null },
      coverage: { folder: cwd, head: ["head/*"], base: ["base/*"], tested: null, baseline: null },
      earlier: null,
    },
    { now: () => new Date("2026-11-21T08:00:00Z"), stage: plainStage },
  );
  outputs = outputsOf(result);
});
afterAll(removeRepositories);

const title = (index: number): string => JSON.stringify(`Rule ${values[index]}`);
const policy = [
  "version: 1",
  "mode: enforce",
  ...inline.map((value) => `# ${value}`),
  `areas: { leak: { paths: ["src/${token}/**"] } }`,
  "rules:",
  ...values.flatMap((_, index) => [
    `  - id: rule-${index}`,
    `    title: ${title(index)}`,
    "    require: { disclosure: required }",
  ]),
  "",
].join("\n");
const codeowners = inline.map((value) => `* @${value} # ${value}`).join("\n");

function plantedCommit(value: string, index: number): CommitRequest {
  const line = inline[index]!;
  const path = asPath[index]!;
  const person = line.replace(/[<>]/g, "");
  return {
    author: `${person} <${person}>`,
    committer: `${person} <${person}>`,
    message: [
      `Use ${line}`,
      encodings.map((encode) => encode(value)).join("\n"),
      `Note: ${line}\nAssisted-by: claude-code:${line}\nCo-authored-by: ${person} <${person}>\nAI-Prompt: ${line}`,
    ].join("\n\n"),
    files: {
      [`src/${index}/${path}.ts`]: `const leak = ${JSON.stringify(line)};\n/*\n${value}\n*/\n`,
      [`src/${index}.ts`]: `${encodings.map((encode) => encode(value)).join("\n")}\n`,
    },
    symlinks: { [`links/${index}`]: line },
  };
}

function writeCoverage(tree: string): void {
  mkdirSync(join(cwd, tree));
  const records = asPath.map((path, index) => [
    `SF:src/${index}/${path}.ts\nFN:1,${inline[index]!}\nFNDA:0,${inline[index]!}\nDA:1,0\nDA:2,1\nend_of_record`,
    `SF:nowhere/${path}.ts\nDA:1,0\nend_of_record`,
  ]);
  writeFileSync(join(cwd, tree, `${token}.info`), `TN:${token}\n${records.flat().join("\n")}\n`);
}

function outputsOf(gated: GateResult): Record<string, string> {
  const { review } = gated;
  const terminal = (width: number, color: boolean) => renderTerminal(review, { width, color, unicode: true });
  const published = publish(review);
  return Object.fromEntries([
    ...documents(gated).map(({ name, text }): [string, string] => [name, text]),
    ["terminal, 40 columns", terminal(40, false)],
    ["terminal, 100 columns", terminal(100, false)],
    ["terminal, 200 columns", terminal(200, false)],
    ["terminal in colour", terminal(100, true)],
    ["annotations", JSON.stringify(annotations(review))],
    ["check run", `${published.title}\n${published.summary}`],
    ["trace", JSON.stringify(changeAttributes(review))],
  ]);
}

/** Each secret that can be read in the text: as it is, in an encoding, or after line breaks and spaces are taken out. */
function leaksIn(text: string): string[] {
  const decoded = text.replace(/%([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  const readings = [text, decoded, text.replace(/\s+/g, ""), text.replace(/[^A-Za-z0-9+/_.~%-]/g, "")];
  return canaries
    .filter((canary) =>
      tellTales(canary.value, secretPart(canary)).some((part) => readings.some((reading) => reading.includes(part))),
    )
    .map(({ kind }) => kind);
}

/** Stretches that no text holds by chance: from the secret's end and middle, and from its base64 at each alignment. */
function tellTales(value: string, secret: string): string[] {
  const middle = Math.floor(secret.length / 2) - 6;
  const rest = value.slice(value.indexOf(secret));
  const encoded = ["", "x", "xx"].map((pad) =>
    Buffer.from(pad + rest)
      .toString("base64")
      .slice(4, 16),
  );
  return [secret.slice(-12), secret.slice(middle, middle + 12), ...encoded];
}

describe("the planting works", () => {
  test("the search finds each secret in each form", () => {
    for (const encode of encodings) {
      const found = canaries.filter((canary) => leaksIn(`a ${encode(canary.value)} z`).includes(canary.kind));
      expect(found).toEqual(canaries);
    }
  });

  test("each slot was read, and holds what a redaction leaves", () => {
    const { facts } = result;
    const { change, pullRequest, policy: read, proposedPolicy, codeowners: owners, coverage } = facts;
    const commit = change.commits.find(({ message }) => message.includes("Assisted-by"))!;
    const slots = {
      subject: commit.message.split("\n")[0],
      body: commit.message,
      trailer: /^AI-Prompt: .*$/m.exec(commit.message)?.[0],
      author: commit.author.name,
      mail: commit.author.email,
      committer: commit.committer.name,
      path: change.files.find(({ path }) => path.startsWith("src/0/"))?.path,
      link: change.files.find(({ path }) => path === "links/0")?.symlinkTarget,
      base: change.base.name,
      head: change.head.name,
      owner: change.repository?.owner,
      repository: change.repository?.name,
      branch: valueOf(facts.branch),
      title: valueOf(pullRequest).title,
      pullRequestBody: valueOf(pullRequest).body,
      label: valueOf(pullRequest).labels[0],
      pullRequestAuthor: valueOf(pullRequest).author,
      policy: valueOf(read).text,
      proposedPolicy: valueOf(proposedPolicy).text,
      codeowners: valueOf(owners).text,
      coveredPath: valueOf(coverage.head).files[0]?.path,
      coveredFunction: valueOf(coverage.head).files[0]?.functions[0]?.name,
      unmatched: valueOf(coverage.base).unmatched[0] ?? "",
      source: valueOf(coverage.head).sources[0],
    };
    expect(Object.entries(slots).filter(([, text]) => !text?.includes("(redacted:"))).toEqual([]);
    expect(change.commits).toHaveLength(values.length + 1);
    expect(facts.rawFindings.length).toBeGreaterThan(values.length);
  });

  test("the policy at the base still reads: redaction leaves its lines and quotes whole", () => {
    expect(result.review.decision.rules.filter(({ id }) => id.startsWith("rule-"))).toHaveLength(values.length);
  });
});

test.each([
  ...["facts.json", "report.json", "summary.md", "report.sarif", "record.json"],
  ...["terminal, 40 columns", "terminal, 100 columns", "terminal, 200 columns", "terminal in colour"],
  ...["annotations", "check run", "trace"],
])("none in %s", (name) => {
  expect(outputs[name]?.length).toBeGreaterThan(100);
  expect(leaksIn(outputs[name]!)).toEqual([]);
});

describe("none in what a process prints", () => {
  const formats = ["terminal", "github"];
  test.each(formats)("--format %s", (format) => {
    const range = [
      "--repo",
      repository.path,
      "--base",
      `into-${token}`,
      "--head",
      `from-${token}`,
      "--branch",
      inline.join(" "),
    ];
    const { stdout, stderr } = runScript(
      "cli/main.ts",
      ["check", ...range, "--coverage", "head/*", "--format", format],
      { cwd },
    );
    expect(stdout.length).toBeGreaterThan(100);
    expect(leaksIn(stdout + stderr)).toEqual([]);
  });
});

describe("none in an error", () => {
  const broken = (name: string, text: string): string => {
    writeFileSync(join(cwd, name), text);
    return name;
  };
  const here = () => ["--repo", repository.path, "--base", `into-${token}`, "--head", `from-${token}`];
  const rows: { says: string; args: () => string[] }[] = [
    { says: "an unknown base", args: () => ["--repo", repository.path, "--base", inline.join(" ")] },
    { says: "an unknown folder", args: () => ["--repo", `/nowhere/${token}`] },
    { says: "an unknown flag", args: () => [`--${inline.join(" --")}`] },
    { says: "an unknown choice", args: () => ["--format", inline.join(" ")] },
    { says: "a word too many", args: () => inline },
    { says: "a policy that is not there", args: () => [...here(), "--policy", `${token}.yml`] },
    {
      says: "a policy of wrong values",
      args: () => [
        ...here(),
        "--policy",
        broken(
          "values.yml",
          `version: 1\nmode: ${title(0)}\nrules:\n${inline.map((value, index) => `  - id: ${JSON.stringify(value)}\n    mode: ${title(index)}\n    require: { secrets: ${title(index)} }\n`).join("")}`,
        ),
      ],
    },
    {
      says: "a policy of wrong keys",
      args: () => [
        ...here(),
        "--policy",
        broken("keys.yml", `version: 1\n${inline.map((value) => `? ${JSON.stringify(value)}\n: 1\n`).join("")}`),
      ],
    },
    {
      says: "a policy that is no YAML",
      args: () => [...here(), "--policy", broken("no.yml", `version: 1\n${values.join("\n")}: [\n`)],
    },
    {
      says: "a broken report",
      args: () => [
        ...here(),
        "--coverage",
        broken(`${token}.lcov`, `SF:${inline[0]!}\n${values.map((value) => `DA:${value}`).join("\n")}\n`),
      ],
    },
    {
      says: "a broken JSON report",
      args: () => [
        ...here(),
        "--coverage",
        broken("broken.json", `{"${inline.join('": {}, "').replaceAll("\\", "")}": ${inline[0]!}`),
      ],
    },
    { says: "no report under a name", args: () => [...here(), "--coverage", `${token}/*.json`] },
    { says: "facts that are not there", args: () => ["--facts", `${token}.json`] },
    {
      says: "facts that are no JSON",
      args: () => ["--facts", broken("facts.json", `{"version": 1, "x": ${inline.join(" ")}`)],
    },
    {
      says: "facts of odd keys",
      args: () => [
        "--facts",
        broken(
          "odd.json",
          JSON.stringify({ version: 1, ...Object.fromEntries(values.map((value) => [value, value])) }),
        ),
      ],
    },
    { says: "a report folder that cannot be made", args: () => [...here(), "--report-dir", `values.yml/${token}`] },
  ];

  test.each(rows)("$says", async ({ args }) => {
    const { stdout, stderr } = await runCommand(["check", ...args()], { cwd });
    expect(stderr + stdout).not.toBe("");
    expect(leaksIn(stderr + stdout)).toEqual([]);
  });
});

function valueOf<T>(evidence: { state: "present"; value: T } | { state: "absent"; reason: string }): T {
  if (evidence.state === "absent") throw new Error(`the slot was not read: ${evidence.reason}`);
  return evidence.value;
}

test("the facts that were saved are the facts that were judged", () => {
  const { facts } = result;
  expect((JSON.parse(outputs["facts.json"]!) as Facts).change.id).toBe(facts.change.id);
});
