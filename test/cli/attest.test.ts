import { generateKeyPairSync } from "node:crypto";
import { chmodSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Envelope, fromBase64 } from "../../adapters/attestation/envelope.ts";
import { signWithKey } from "../../adapters/attestation/sign-with-key.ts";
import { readRecord, readRecordBlocks } from "../../core/provenance/index.ts";
import { payloadType, Review, Statement, statementOf, statementPayload } from "../../core/report/index.ts";
import { runCommand, type CommandOptions } from "../command-line.ts";
import { exampleRepository } from "../example-facts.ts";
import { createRepository, newFolder, removeRepositories } from "../git-repository.ts";
import { issuer, signer, startSigstore, type SigstoreInstance } from "../sigstore-instance.ts";

/** `attest` and `verify`, as people run them, on the shipped example. */
const who = {
  GIT_AUTHOR_NAME: "Ann Example",
  GIT_AUTHOR_EMAIL: "ann@example.com",
  GIT_COMMITTER_NAME: "Ann Example",
  GIT_COMMITTER_EMAIL: "ann@example.com",
};
const folder = newFolder();
const repo = exampleRepository();
const headOf = ["--head", "feature/refunds"];
const reading = ["--repo", repo, "--base", "main", ...headOf];
let sigstore: SigstoreInstance;

const run = (args: string[], options: CommandOptions = {}) => runCommand(args, { cwd: folder, ...options });
const path = (name: string) => join(folder, name);
const newPem = () => {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  return [privateKey.export({ type: "pkcs8", format: "pem" }), publicKey.export({ type: "spki", format: "pem" })];
};

beforeAll(async () => {
  sigstore = await startSigstore();
  for (const name of ["mine", "other"]) {
    const [secret, open] = newPem();
    writeFileSync(path(`${name}.pem`), secret!);
    writeFileSync(path(`${name}.pub`), open!);
  }
  writeFileSync(path("root.json"), sigstore.trustedRoot);
  expect((await run(["check", ...reading, "--fail-on", "never", "--report-dir", "report"])).code).toBe(0);
  expect(
    (await run(["attest", ...reading, "--sign", "key", "--key", "mine.pem", "--output", "signed.json"])).code,
  ).toBe(0);
});
afterAll(() => {
  sigstore.close();
  removeRepositories();
});

describe("attest", () => {
  test("the record from the repository, from facts and from a report tells of the same change", async () => {
    const texts = [reading, ["--facts", "report/facts.json"], ["--report", "report/report.json"]].map((from) =>
      run(["attest", ...from]),
    );
    const records = (await Promise.all(texts)).map(({ stdout }) => readRecord(stdout));
    const heads = records.map((record) =>
      typeof record === "string" ? record : [record.head.sha, record.totals, record.files],
    );
    expect(heads[1]).toEqual(heads[0]);
    expect(heads[2]).toEqual(heads[0]);
  });

  test("a statement has the digests of files only where their contents are at hand", async () => {
    const digests = async (from: string[]) => {
      const { stdout } = await run(["attest", ...from, "--format", "statement"]);
      return new Set(Statement.parse(JSON.parse(stdout)).predicate.generated.map(({ sha256 }) => typeof sha256));
    };
    expect(await digests(reading)).toEqual(new Set(["string"]));
    expect(await digests(["--facts", "report/facts.json"])).toEqual(new Set(["object"]));
  });

  test("the block of a pull request's body can be read back", async () => {
    const { stdout } = await run(["attest", ...reading, "--format", "pr-body"]);
    expect(readRecordBlocks(`Hello\n${stdout}`)).toMatchObject({ records: [{ line: 2 }], problems: [] });
  });

  test("in a workflow, the record names the run", async () => {
    const environment = {
      GITHUB_ACTIONS: "true",
      GITHUB_REPOSITORY: "acme/orders",
      GITHUB_RUN_ID: "17",
      GITHUB_RUN_ATTEMPT: "2",
    };
    const record = readRecord((await run(["attest", ...reading], { environment })).stdout);
    expect(record).toMatchObject({ ci: { url: "https://github.com/acme/orders/actions/runs/17/attempts/2" } });
  });

  test.each([
    { says: "nothing of a key that is the owner's alone", mode: 0o600, stderr: "" },
    { says: "that others may read it", mode: 0o644, stderr: "note: Others than its owner may read key.pem" },
    { says: "that others may change it", mode: 0o622, stderr: "note: Others than its owner may change key.pem" },
  ])("a key to sign with is looked at, and it says $says", async ({ mode, stderr }) => {
    writeFileSync(path("key.pem"), readFileSync(path("mine.pem")));
    chmodSync(path("key.pem"), mode);
    const made = await run(["attest", ...reading, "--sign", "key", "--key", "key.pem"]);
    expect([made.code, made.stderr.slice(0, stderr.length || undefined)]).toEqual([0, stderr]);
  });

  test.each([
    { says: "two sources", args: ["--facts", "a", "--report", "b"], why: "Leave out one" },
    { says: "a range beside facts", args: ["--facts", "a", "--base", "main"], why: "would change nothing" },
    {
      says: "a signed record",
      args: ["--sign", "key", "--key", "mine.pem", "--format", "record"],
      why: "signs a statement",
    },
    { says: "a signature without a key", args: ["--sign", "key"], why: "needs a key" },
    { says: "a key without a signature", args: ["--key", "mine.pem"], why: "--sign key" },
    { says: "a commit without a note", args: ["--commit", "HEAD"], why: "--note" },
    { says: "no such facts", args: ["--facts", "nowhere.json"], why: "could not be read" },
    { says: "facts that are none", args: ["--facts", "mine.pub"], why: "mine.pub" },
    { says: "a report that is none", args: ["--report", "mine.pub"], why: "no report.json" },
    {
      says: "a public key to sign with",
      args: [...reading, "--sign", "key", "--key", "mine.pub"],
      why: "not a private key",
    },
    { says: "no identity", args: [...reading, "--sign", "sigstore"], why: "id-token: write" },
  ])("a mistake ends with 3 and a way out: $says", async ({ args, why }) => {
    const { code, stderr, stdout } = await run(["attest", ...args]);
    expect([code, stdout]).toEqual([3, ""]);
    expect(stderr).toContain(why);
  });
});

describe("verify, a key's signature", () => {
  const verify = (file: string, ...more: string[]) =>
    run(["verify", file, "--repo", repo, ...headOf, "--key", "mine.pub", ...more]);
  const envelope = () => Envelope.parse(JSON.parse(readFileSync(path("signed.json"), "utf8")));
  const statement = () => Statement.parse(JSON.parse(fromBase64(envelope().payload)!.toString("utf8")));
  const resigned = (change: (of: Statement) => Statement) =>
    signWithKey(statementPayload(change(statement())), payloadType, readFileSync(path("mine.pem"), "utf8"));
  const withRecord = (change: Partial<Statement["predicate"]["record"]>) =>
    resigned(({ predicate }) => statementOf({ ...predicate.record, ...change }, new Map()));

  test("holds", async () => {
    const { code, stdout } = await verify("signed.json");
    expect(stdout).toMatch(/^Verified: the statement about local@.* Signed by key [0-9a-f]{64}\.$/m);
    expect(code).toBe(0);
  });

  test.each<{ says: string; content: () => unknown; why: string }>([
    {
      says: "a payload that was changed",
      content: () => ({
        ...envelope(),
        payload: Buffer.from(
          JSON.stringify({ ...statement(), subject: [{ name: "x", digest: { gitCommit: "a".repeat(40) } }] }),
        ).toString("base64"),
      }),
      why: "signed with this key",
    },
    {
      says: "another type",
      content: () => ({ ...envelope(), payloadType: "text/plain" }),
      why: "does not hold an in-toto statement",
    },
    { says: "a payload that is no base64", content: () => ({ ...envelope(), payload: "%%%" }), why: "not base64" },
    {
      says: "a payload that is no statement",
      content: () => signWithKey(Buffer.from("{}"), payloadType, readFileSync(path("mine.pem"), "utf8")),
      why: "no statement that Countersign writes",
    },
    { says: "no signature", content: () => ({ ...envelope(), signatures: [] }), why: "no signature" },
    {
      says: "only a signature by another key",
      content: () => signWithKey(statementPayload(statement()), payloadType, readFileSync(path("other.pem"), "utf8")),
      why: "signed with this key",
    },
    {
      says: "a subject that is not the record's head",
      content: () =>
        resigned((of) => ({
          ...of,
          subject: [{ name: "local", digest: { gitCommit: of.predicate.record.base.sha } }],
        })),
      why: "its subject is the head",
    },
    {
      says: "fields that say something else than the record",
      content: () =>
        resigned((of) => ({
          ...of,
          predicate: { ...of.predicate, acceptance_passed: !of.predicate.acceptance_passed },
        })),
      why: "its fields say",
    },
    {
      says: "a head that is nowhere",
      content: () => withRecord({ head: { name: null, sha: "a".repeat(40) } }),
      why: "is in this repository",
    },
    {
      says: "a commit left out",
      content: () => withRecord({ commits: statement().predicate.record.commits.slice(1) }),
      why: "commits are the same",
    },
    {
      says: "a file left out",
      content: () => withRecord({ files: statement().predicate.record.files.slice(1) }),
      why: "each file differs",
    },
    {
      says: "a line without a verdict",
      content: () => withRecord({ files: statement().predicate.record.files.map((file) => ({ ...file, lines: {} })) }),
      why: "each added line has one verdict",
    },
    {
      says: "other sums",
      content: () => withRecord({ diff: { ...statement().predicate.record.diff, addedLines: 1 } }),
      why: "differ by +1",
    },
    {
      says: "another merge base",
      content: () => withRecord({ mergeBase: statement().predicate.record.base.sha }),
      why: "merge base is the same",
    },
    { says: "a bare statement", content: () => statement(), why: "it is signed" },
    { says: "a bare record", content: () => statement().predicate.record, why: "it is signed" },
    { says: "something else", content: () => ({ hello: "world" }), why: "no envelope, bundle, statement or record" },
    { says: "nothing", content: () => null, why: "no envelope, bundle, statement or record" },
  ])("does not hold, and ends with 1: $says", async ({ content, why }) => {
    writeFileSync(path("changed.json"), JSON.stringify(content()));
    const { code, stdout } = await verify("changed.json");
    expect(stdout).toMatch(/^Not verified: /);
    expect(stdout.split("\n")[0]).toContain(why);
    expect(code).toBe(1);
  });

  test("a second signature by somebody else takes nothing away", async () => {
    const second = signWithKey(statementPayload(statement()), payloadType, readFileSync(path("other.pem"), "utf8"))
      .signatures[0];
    writeFileSync(
      path("changed.json"),
      JSON.stringify({ ...envelope(), signatures: [second, ...envelope().signatures] }),
    );
    expect((await verify("changed.json")).code).toBe(0);
  });

  test.each([
    { says: "cut off", content: () => readFileSync(path("signed.json"), "utf8").slice(0, -20) },
    { says: "empty", content: () => "" },
    { says: "a hundred thousand brackets", content: () => "[".repeat(100_000) },
  ])("a file that is $says is not verified", async ({ content }) => {
    writeFileSync(path("changed.json"), content());
    const { code, stdout } = await verify("changed.json");
    expect([code, stdout]).toEqual([1, "Not verified: it is not JSON: it may be cut off.\n"]);
  });

  test("a file larger than any statement is not read", async () => {
    writeFileSync(path("huge.json"), "");
    truncateSync(path("huge.json"), 64 * 1024 * 1024 + 1);
    expect(await verify("huge.json")).toMatchObject({
      code: 1,
      stdout: expect.stringContaining("more than 67108864 bytes"),
    });
  });

  test("a clone without the base says what it does not know, and the rest holds", async () => {
    const shallow = createRepository({ bare: true });
    shallow.git(["fetch", "--quiet", "--depth=3", `file://${repo}`, "feature/refunds:refs/heads/feature/refunds"]);
    const { code, stdout } = await run([
      "verify",
      "signed.json",
      "--key",
      "mine.pub",
      "--repo",
      shallow.path,
      ...headOf,
    ]);
    expect(stdout).toContain("not known: the change could be read anew");
    expect(code).toBe(0);
  });

  test("a key to check with that everybody may change is looked at", async () => {
    const check = async (mode: number) => {
      writeFileSync(path("key.pub"), readFileSync(path("mine.pub")));
      chmodSync(path("key.pub"), mode);
      return run(["verify", "signed.json", "--repo", repo, ...headOf, "--key", "key.pub"]);
    };
    expect(await check(0o644)).toMatchObject({ code: 0, stderr: "" });
    expect(await check(0o646)).toMatchObject({ code: 0, stderr: expect.stringContaining("may change key.pub") });
  });

  test("JSON for machines says the same", async () => {
    const { stdout } = await verify("signed.json", "--json");
    expect(JSON.parse(stdout)).toMatchObject({
      verified: true,
      head: statement().predicate.record.head.sha,
      signer: expect.stringMatching(/^key /),
    });
  });

  test.each([
    { says: "nothing to check", args: [], why: "nothing to check" },
    { says: "two things", args: ["signed.json", "--commit", "HEAD"], why: "Leave out one" },
    { says: "nobody named for an envelope", args: ["signed.json", "--repo", repo, ...headOf], why: "--key key.pub" },
    { says: "half an identity", args: ["signed.json", "--certificate-identity", "x"], why: "Give both" },
    {
      says: "a key and an identity",
      args: ["signed.json", "--key", "mine.pub", "--certificate-identity", "x", "--certificate-issuer", "y"],
      why: "Leave out one",
    },
    {
      says: "a root for a key",
      args: ["signed.json", "--key", "mine.pub", "--trusted-root", "root.json"],
      why: "--certificate-identity",
    },
    { says: "no such file", args: ["nowhere.json", "--repo", repo, "--key", "mine.pub"], why: "could not be read" },
    { says: "no such key", args: ["signed.json", "--repo", repo, "--key", "nowhere.pub"], why: "could not be read" },
    {
      says: "a private key",
      args: ["signed.json", "--repo", repo, ...headOf, "--key", "mine.pem"],
      why: "private key",
    },
    { says: "no repository", args: ["signed.json", "--key", "mine.pub"], why: "not in a git repository" },
    { says: "no note", args: ["--commit", "main", "--repo", repo], why: "has no note" },
  ])("a mistake ends with 3: $says", async ({ args, why }) => {
    const { code, stderr } = await run(["verify", ...args]);
    expect(code).toBe(3);
    expect(stderr).toContain(why);
  });
});

describe("Sigstore", () => {
  const identity = ["--certificate-identity", signer, "--certificate-issuer", issuer];
  test("signs with an identity, and verify checks who it was", async () => {
    const made = await run(["attest", ...reading, "--sign", "sigstore", "--output", "bundle.json"], {
      environment: sigstore.environment,
    });
    expect(made).toMatchObject({ code: 0, stderr: "" });
    const verify = (...who: string[]) =>
      run(["verify", "bundle.json", "--repo", repo, ...headOf, "--trusted-root", "root.json", ...who]);
    expect(await verify(...identity)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`Signed by ${signer}.`),
    });
    const other = await verify("--certificate-identity", "https://example.com/other", "--certificate-issuer", issuer);
    expect(other).toMatchObject({ code: 1, stdout: expect.stringContaining(`it was signed by ${signer}`) });
    expect((await run(["verify", "bundle.json", "--repo", repo, ...identity])).code).toBe(1);
    expect((await run(["verify", "bundle.json", "--repo", repo, "--key", "mine.pub"])).code).toBe(3);
  });
});

describe("a note", () => {
  test("is written beside the head, is checked, and stays until it is forced away", async () => {
    const noted = ["attest", ...reading, "--note", "--output", "record.json"];
    expect(await run(noted, { environment: who })).toMatchObject({
      code: 0,
      stderr: expect.stringContaining("git push origin refs/notes/ai-provenance"),
    });
    const verified = await run(["verify", "--commit", "feature/refunds", "--repo", repo]);
    expect(verified).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^Matches, unsigned: .*Nobody signed it/),
    });
    expect(await run(noted, { environment: who })).toMatchObject({
      code: 3,
      stderr: expect.stringContaining("--force"),
    });
    expect((await run([...noted, "--force"], { environment: who })).code).toBe(0);
    expect((await run(["verify", "--commit", "feature/refunds", "--repo", repo, "--key", "mine.pub"])).code).toBe(1);
  });

  test("of a claim stays a claim, however often it is attested", async () => {
    const repository = createRepository();
    repository.commit({ files: { "a.ts": "one\n" } });
    repository.switchTo("feature");
    repository.commit({ files: { "a.ts": "two\n" }, message: "Two\n\nAssisted-by: codex:gpt-5.3-codex\n" });
    const attest = ["attest", "--repo", repository.path, "--base", "main", "--head", "feature"];
    const strength = async (...more: string[]) => {
      const record = readRecord((await run([...attest, ...more], { environment: who })).stdout);
      return typeof record === "string" ? record : record.commits[0]?.strength;
    };
    expect([await strength("--note"), await strength("--note", "--force"), await strength()]).toEqual([
      "claim",
      "claim",
      "claim",
    ]);
  });

  test("fault 50: a squash that lost its trailers keeps the verdict of the commits it stands for", async () => {
    const repository = createRepository();
    repository.commit({ files: { "a.ts": "one\n" } });
    repository.switchTo("feature");
    repository.commit({ files: { "a.ts": "one\ntwo\n" }, message: "Two\n\nGenerated-by: codex:gpt-5.3-codex\n" });
    repository.commit({ files: { "a.ts": "one\ntwo\nthree\n" }, message: "Three\n" });
    repository.switchTo("landed", "main");
    const squash = repository.commit({ files: { "a.ts": "one\ntwo\nthree\n" }, message: "Two and three (#4)\n" });
    const verdict = async () => {
      const { stdout } = await run([
        "check",
        "--repo",
        repository.path,
        "--base",
        "main",
        "--head",
        squash,
        "--json",
        "--fail-on",
        "never",
      ]);
      return Review.parse(JSON.parse(stdout)).provenance.commits[0];
    };
    expect(await verdict()).toMatchObject({ verdict: "undeclared" });
    const noted = [
      "attest",
      "--repo",
      repository.path,
      "--base",
      "main",
      "--head",
      "feature",
      "--note",
      "--commit",
      squash,
    ];
    expect((await run(noted, { environment: who })).code).toBe(0);
    expect(await verdict()).toMatchObject({
      verdict: "agent-authored",
      agent: "codex",
      signals: [{ kind: "record", strength: "claim" }],
    });
  });
});
