import { generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readRecord, type ProvenanceRecord } from "../../core/provenance/index.ts";
import { renderRecord } from "../../core/report/index.ts";
import { runCommand, type CommandResult } from "../command-line.ts";
import { createRepository, newFolder, removeRepositories } from "../git-repository.ts";

/** Which commit `verify` speaks for, and what it says of a note. */
const who = {
  GIT_AUTHOR_NAME: "Ann Example",
  GIT_AUTHOR_EMAIL: "ann@example.com",
  GIT_COMMITTER_NAME: "Ann Example",
  GIT_COMMITTER_EMAIL: "ann@example.com",
};
const folder = newFolder();
const repository = createRepository();
const sha: Record<"root" | "one" | "two" | "squash" | "merge" | "other", string> = {
  root: repository.commit({ files: { "a.ts": "one\n" } }),
  one: "",
  two: "",
  squash: "",
  merge: "",
  other: "",
};

const run = (...args: string[]) => runCommand(args, { cwd: folder, environment: who });
const path = (name: string) => join(folder, name);
const git = (...args: string[]) => repository.git(args).toString().trim();
const verify = (...args: string[]) => run("verify", ...args, "--repo", repository.path);
const sign = async (name: string, base: string, head: string) =>
  expect(
    (
      await run(
        ...["attest", "--repo", repository.path, "--base", base, "--head", head],
        ...["--sign", "key", "--key", "key.pem", "--output", name],
      )
    ).code,
  ).toBe(0);

/** Puts the record of the feature branch beside a commit, as it is or changed. */
async function note(commit: string, change: Partial<ProvenanceRecord> = {}): Promise<void> {
  const made = await run("attest", "--repo", repository.path, "--base", "main", "--head", "feature");
  const record = readRecord(made.stdout);
  if (typeof record === "string") throw new Error(record);
  writeFileSync(path("note"), renderRecord({ ...record, ...change }));
  const identity = ["-c", "user.name=Ann Example", "-c", "user.email=ann@example.com"];
  git(...identity, "notes", "--ref", "ai-provenance", "add", "--force", "--file", path("note"), commit);
}

beforeAll(async () => {
  repository.switchTo("feature");
  sha.one = repository.commit({ files: { "a.ts": "one\ntwo\n" }, message: "One\n\nAssisted-by: codex\n" });
  sha.two = repository.commit({ files: { "b.ts": "three\n" } });
  repository.switchTo("other", "main");
  sha.other = repository.commit({ files: { "c.ts": "four\nfive\n" } });
  repository.switchTo("squashed", "main");
  sha.squash = repository.commit({ files: { "a.ts": "one\ntwo\n", "b.ts": "three\n" } });
  repository.switchTo("merged", "main");
  const tree = git("rev-parse", `${sha.two}^{tree}`);
  const identity = ["-c", "user.name=Ann Example", "-c", "user.email=ann@example.com"];
  sha.merge = git(...identity, "commit-tree", tree, "-p", sha.root, "-p", sha.two, "-m", "Merge");
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  writeFileSync(path("key.pem"), privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
  writeFileSync(path("key.pub"), publicKey.export({ type: "spki", format: "pem" }));
  await sign("whole.json", "main", "feature");
  await sign("last.json", sha.one, "feature");
  await sign("first.json", "main", sha.one);
  git("checkout", "--quiet", "--detach", sha.two);
});
afterAll(removeRepositories);

const firstLine = ({ code, stdout }: CommandResult) => [code, stdout.split("\n")[0]];

describe("a statement speaks for one commit", () => {
  test.each([
    { says: "HEAD, unless told", args: ["whole.json"], code: 0, why: "Verified: " },
    { says: "the one that is named", args: ["first.json", "--head", "feature~1"], code: 0, why: "Verified: " },
    { says: "another one than HEAD", args: ["first.json"], code: 1, why: "it speaks for HEAD" },
    { says: "another one than is named", args: ["whole.json", "--head", "other"], code: 1, why: "it speaks for other" },
    { says: "earlier commits left out", args: ["last.json"], code: 1, why: "where its head left the default branch" },
    { says: "the base that is named", args: ["last.json", "--base", "feature~1"], code: 0, why: "Verified: " },
    { says: "another base than is named", args: ["whole.json", "--base", "feature~1"], code: 1, why: "left feature~1" },
    { says: "a base that holds its head", args: ["whole.json", "--base", "feature"], code: 1, why: "left feature" },
  ])("$says", async ({ args, code, why }) => {
    expect(firstLine(await verify(...args, "--key", "key.pub"))).toEqual([code, expect.stringContaining(why)]);
  });

  test("what it speaks for is said, and what to say for another", async () => {
    const { stdout } = await verify("whole.json", "--key", "key.pub");
    expect(stdout).toContain(`speaks for ${sha.two}, and the commits since ${sha.root}.`);
    expect((await verify("first.json", "--key", "key.pub")).stdout).toContain(`\`--head ${sha.one}\``);
    expect((await verify("last.json", "--key", "key.pub")).stdout).toContain(`\`--base ${sha.one}\``);
  });

  test("a range that cannot be checked is said to be unchecked", async () => {
    const alone = createRepository();
    alone.git(["fetch", "--quiet", repository.path, "feature:refs/heads/work"]);
    alone.git(["checkout", "--quiet", "work"]);
    const result = await run("verify", "last.json", "--key", "key.pub", "--repo", alone.path);
    expect(result).toMatchObject({ code: 0, stdout: expect.stringContaining("its range was not checked") });
    expect(result.stdout.split("\n")[0]).toContain("Not all of it could be looked up");
    expect((await verify("whole.json", "--key", "key.pub")).stdout).not.toContain("Not all");
  });

  test("what cannot be read again is listed, in text and JSON", async () => {
    const text = await verify("whole.json", "--key", "key.pub");
    expect(text.stdout).toMatch(/not checked here: .*validated, reviewers, .*decision, coverage, findings\n$/);
    const json = await verify("whole.json", "--key", "key.pub", "--json");
    expect(JSON.parse(json.stdout)).toMatchObject({
      verified: true,
      signed: true,
      matches: true,
      head: sha.two,
      mergeBase: sha.root,
      notChecked: expect.arrayContaining(["decision", "reviewers", "validated", "coverage", "findings"]),
    });
  });

  test.each([
    { says: "no such head", args: ["whole.json", "--key", "key.pub", "--head", "nowhere"], why: "--head" },
    { says: "no such base", args: ["whole.json", "--key", "key.pub", "--base", "nowhere"], why: "--base" },
    {
      says: "a signer, and none",
      args: ["whole.json", "--key", "key.pub", "--allow-unsigned"],
      why: "asks for no signer",
    },
    { says: "no signer for an envelope", args: ["whole.json", "--allow-unsigned"], why: "--key key.pub" },
  ])("a mistake ends with 3: $says", async ({ args, why }) => {
    expect(await verify(...args)).toMatchObject({ code: 3, stderr: expect.stringContaining(why) });
  });
});

describe("a note, which nobody signed, is not verified", () => {
  test("it matches, and exits with 0 only where that is asked for", async () => {
    await note(sha.two);
    expect(firstLine(await verify("--commit", "feature"))).toEqual([1, expect.stringMatching(/^Matches, unsigned: /)]);
    expect(firstLine(await verify("--commit", "feature", "--allow-unsigned"))).toEqual([
      0,
      expect.stringMatching(/^Matches, unsigned: /),
    ]);
    const { stdout } = await verify("--commit", "feature", "--json");
    expect(JSON.parse(stdout)).toMatchObject({ verified: false, signed: false, matches: true });
  });

  test("an edited one is no better: what is not checked is listed", async () => {
    await note(sha.two, { reviewers: ["nobody@example.com"] });
    const { code, stdout } = await verify("--commit", "feature");
    expect([code, stdout]).toEqual([1, expect.stringContaining("not checked here: verdicts")]);
  });

  test.each([
    { says: "on its head", on: () => sha.two, matches: true },
    { says: "on a merge of it", on: () => sha.merge, matches: true },
    { says: "on a squash of it", on: () => sha.squash, matches: true },
    { says: "copied to another commit", on: () => sha.other, matches: false },
    { says: "copied to an earlier commit of the change", on: () => sha.one, matches: false },
    { says: "copied to a commit without parents", on: () => sha.root, matches: false },
  ])("$says", async ({ on, matches }) => {
    await note(on());
    const { code, stdout } = await verify("--commit", on(), "--allow-unsigned");
    expect([code, stdout.startsWith("Matches, unsigned")]).toEqual([matches ? 0 : 1, matches]);
    if (!matches) expect(stdout).toContain("it may have been copied");
  });

  test("its record must be of the head that is named", async () => {
    await note(sha.squash);
    const verified = (head: string) => verify("--commit", sha.squash, "--allow-unsigned", "--head", head);
    expect((await verified("feature")).code).toBe(0);
    expect(await verified(sha.squash)).toMatchObject({ code: 1, stdout: expect.stringContaining("it speaks for") });
  });

  test("on a squash or merge, it must begin where that was made", async () => {
    const { stdout } = await run("attest", "--repo", repository.path, "--base", sha.one, "--head", "feature");
    const record = readRecord(stdout);
    if (typeof record === "string") throw new Error(record);
    await note(sha.merge, record);
    expect(await verify("--commit", sha.merge, "--allow-unsigned")).toMatchObject({
      code: 1,
      stdout: expect.stringContaining("it begins where its head left the parent"),
    });
  });

  test("on a squash whose branch is gone, the rest still matches", async () => {
    await note(sha.squash);
    const clone = createRepository();
    clone.git(["fetch", "--quiet", repository.path, "squashed:refs/heads/landed"]);
    clone.git(["fetch", "--quiet", repository.path, "refs/notes/ai-provenance:refs/notes/ai-provenance"]);
    const result = await run("verify", "--commit", "landed", "--allow-unsigned", "--repo", clone.path);
    expect(result).toMatchObject({ code: 0, stdout: expect.stringContaining("not known: the commit") });
  });
});
