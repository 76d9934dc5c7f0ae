import { generateKeyPairSync } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseFacts } from "../../core/facts-file.ts";
import type { Facts } from "../../core/facts.ts";
import { runCommand } from "../command-line.ts";
import { startGitServer } from "../git-http-server.ts";
import { createRepository, newFolder, removeRepositories, type TestRepository } from "../git-repository.ts";

/** What a person supplies to `check` in the place of a platform. */
let repository: TestRepository;
let cwd: string;
let first = "";
let head = "";

beforeAll(() => {
  repository = createRepository();
  cwd = newFolder("work");
  const workflow = "jobs:\n  gate:\n    steps:\n      - uses: OWNER/countersign@v1\n";
  repository.commit({ files: { "src/auth/a.ts": "1\n", ".github/workflows/gate.yml": workflow } });
  repository.switchTo("work");
  first = repository.commit({ files: { "src/auth/a.ts": "2\n" } });
  head = repository.commit({ files: { "README.md": "x\n" } });
  repository.checkOut("work");
});
afterAll(removeRepositories);

async function read(...args: string[]): Promise<Facts> {
  const result = await check(...args, "--save-facts", "saved.json");
  expect(result.stderr).toBe("");
  return parseFacts(readFileSync(join(cwd, "saved.json"), "utf8"), "saved.json");
}

function check(...args: string[]) {
  return runCommand(["check", "--repo", repository.path, "--base", "main", ...args], { cwd });
}

function file(name: string, content: unknown): string {
  writeFileSync(join(cwd, name), typeof content === "string" ? content : JSON.stringify(content));
  return name;
}

const approval = () => ({
  ...{ id: "1", user: "ann", userType: "User", state: "approved", commit: first },
  submittedAt: "2026-01-31T12:00:00Z",
});

describe("--reviews", () => {
  test("takes plain values, and reads what the reviewed commits held", async () => {
    const people = {
      writers: [{ login: "ann", canPush: true }],
      teams: [{ name: "acme/identity", canPush: true, members: ["ann"], missing: false }],
      accounts: [],
      load: [],
    };
    const pullRequest = {
      ...{ number: 7, author: "mona", authorType: "User", association: "MEMBER", title: "T", body: "" },
      ...{ draft: false, fork: false, labels: [] },
    };
    const facts = await read("--reviews", file("reviews.json", { reviews: [approval()], people, pullRequest }));
    expect(facts.reviews).toEqual({ state: "present", value: [approval()] });
    expect(facts.people).toMatchObject({
      value: { accounts: { state: "present" }, teams: [{ members: { value: ["ann"] } }] },
    });
    expect(facts.pullRequest).toMatchObject({ value: { number: 7, agentRequesters: [] } });
    expect(facts.reviewedTrees.map(({ commit, files }) => [commit, files.map(({ path }) => path)])).toEqual([
      [first, ["src/auth/a.ts"]],
    ]);
    expect(facts.gateWorkflows).toEqual([".github/workflows/gate.yml"]);
  });

  test("takes a part of saved facts as it stands there", async () => {
    const { reviews, people, reviewedTrees } = await read("--reviews", file("r.json", { reviews: [approval()] }));
    const again = await read("--reviews", file("part.json", { reviews, people, reviewedTrees }));
    expect(again.reviews).toEqual(reviews);
    expect(again.people).toEqual(people);
    expect(again.reviewedTrees).toEqual(reviewedTrees);
  });

  test.each([
    { says: "no JSON", content: "{", what: "bad.json is not JSON" },
    {
      says: "an unknown key",
      content: { review: [] },
      what: "  review: there is no such key; did you mean `reviews`?",
    },
    {
      says: "one further down",
      content: { reviews: [{ ...approval(), usr: "ann" }] },
      what: "  reviews.value.0.usr: there is no such key; did you mean `user`?",
    },
    { says: "one that is like nothing", content: { colour: 1 }, what: "  colour: there is no such key\n" },
    {
      says: "an unknown state",
      content: { reviews: [{ ...approval(), state: "liked" }] },
      what: "reviews.value.0.state",
    },
    {
      says: "a short commit",
      content: { reviews: [{ ...approval(), commit: "abc" }] },
      what: "expected a full git object id",
    },
    { says: "a list", content: [], what: "bad.json does not hold facts" },
  ])("refuses $says with the place", async ({ content, what }) => {
    const result = await check("--reviews", file("bad.json", content));
    expect(result.code).toBe(3);
    expect(result.stderr).toContain(what);
  });

  test("does not go with saved facts", async () => {
    await read();
    const result = await runCommand(["check", "--facts", "saved.json", "--reviews", "r.json"], { cwd });
    expect(result.stderr).toContain("--facts decides from saved facts, so --reviews would change nothing.");
  });
});

describe("--attestation", () => {
  let key = "";
  let other = "";
  let envelope = "";
  beforeAll(async () => {
    const make = (name: string): string => {
      const pair = generateKeyPairSync("ed25519");
      file(`${name}.pem`, pair.privateKey.export({ type: "pkcs8", format: "pem" }));
      return file(`${name}.pub`, pair.publicKey.export({ type: "spki", format: "pem" }));
    };
    [key, other] = [make("key"), make("other")];
    await check("--report-dir", "report");
    const args = ["attest", "--facts", "report/facts.json", "--sign", "key", "--key", "key.pem"];
    const signed = await runCommand([...args, "--repo", repository.path, "--output", "change.dsse.json"], { cwd });
    expect(signed.stderr).not.toContain("error");
    envelope = "change.dsse.json";
  });

  test("signed by the right key is a statement about the head", async () => {
    const { statements } = await read("--attestation", envelope, "--key", key);
    expect(statements).toMatchObject({
      state: "present",
      value: [{ commit: head, signer: expect.stringContaining("key ") as string }],
    });
  });

  test("signed by another key is none, with the reason", async () => {
    const { statements } = await read("--attestation", envelope, "--key", other);
    expect(statements).toMatchObject({
      state: "absent",
      reason: expect.stringContaining("it is signed with this key") as string,
    });
  });

  test("needs somebody who must have signed", async () => {
    expect((await check("--attestation", envelope)).stderr).toContain("Who must have signed it was not said");
    for (const flag of ["--key", "--certificate-identity", "--certificate-issuer", "--trusted-root"])
      expect((await check(flag, key)).stderr, flag).toContain("There is no attestation");
  });
});

describe("policies of other repositories", () => {
  let policies: TestRepository;
  let ref = "";
  let policy = "";
  beforeAll(() => {
    policies = createRepository();
    ref = policies.commit({ files: { "ai.yml": "version: 1\nmode: observe\n" } });
    policy = file("policy.yml", `version: 1\nextends: [{ repo: acme/policies, path: ai.yml, ref: ${ref} }]\n`);
  });

  test("are read from a clone that is named, at the commit that is pinned", async () => {
    policies.commit({ files: { "ai.yml": "version: 1\nmode: enforce\n" } });
    const { floors } = await read("--policy", policy, "--floor", `acme/policies=${policies.path}`);
    expect(floors).toEqual({
      state: "present",
      value: [{ repo: "acme/policies", path: "ai.yml", ref, text: "version: 1\nmode: observe\n" }],
    });
  });

  test.each([
    { says: "no clone", args: () => [], what: "give a clone of it with `--floor acme/policies=FOLDER`" },
    {
      says: "a clone without the commit",
      args: () => ["--floor", `acme/policies=${repository.path}`],
      what: "is not there",
    },
    {
      says: "no server to fetch from",
      args: () => ["--fetch-floors"],
      what: "there is no remote `origin` that names one",
    },
    {
      says: "a flag of another shape",
      args: () => ["--floor", "acme"],
      what: "--floor expects a repository and a folder, or a policy with its commit, got acme",
    },
    { says: "no folder", args: () => ["--floor", "acme/policies=gone"], what: "there is no folder" },
    {
      says: "a folder of no repository",
      args: () => ["--floor", `acme/policies=${newFolder("plain")}`],
      what: "is in no git repository",
    },
    {
      says: "the same twice",
      args: () => ["--floor", `acme/policies=${policies.path}`, `Acme/Policies=${policies.path}`],
      what: "--floor names acme/policies twice",
    },
    { says: "what is to blame", args: () => [], what: "Nothing is wrong with the policy itself" },
  ])("are asked for, exactly: $says", async ({ args, what }) => {
    const result = await check("--policy", policy, ...args());
    expect(result.code).toBe(3);
    expect(result.stderr).toContain(what);
  });

  test("that the policy does not extend are told", async () => {
    const args = ["--policy", policy, "--floor", `acme/policies=${policies.path}`, `acme/other=${policies.path}`];
    expect((await check(...args)).stderr).toBe(
      "note: --floor names acme/other, and the policy extends nothing of it. For a policy of it to hold all the same, name that: `--floor acme/other/PATH@COMMIT`.\n",
    );
  });

  test("are fetched from the server that `origin` names, with its port and as it is reached", async () => {
    const folder = newFolder("served");
    mkdirSync(join(folder, "acme"));
    policies.git(["clone", "--quiet", "--bare", policies.path, join(folder, "acme/policies.git")]);
    const served = await startGitServer(folder);
    try {
      repository.git(["remote", "add", "origin", `${served.url}/octo/orders.git`]);
      const { floors } = await read("--policy", policy, "--fetch-floors");
      expect(floors).toMatchObject({ state: "present", value: [{ repo: "acme/policies", ref }] });
    } finally {
      repository.git(["remote", "remove", "origin"]);
      await served.close();
    }
  });

  test("are none where none is extended", async () => {
    mkdirSync(join(cwd, "empty"), { recursive: true });
    expect((await read()).floors).toEqual({ state: "present", value: [] });
  });
});
