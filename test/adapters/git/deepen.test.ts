import { execFile, execFileSync } from "node:child_process";
import { promisify } from "node:util";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deepen, readRemoteBranch, type DeepenBudget } from "../../../adapters/git/deepen.ts";
import { Problem } from "../../../core/problem.ts";
import { isShallow } from "../../../adapters/git/resolve-range.ts";
import { gitText, openRepository, type GitRepository } from "../../../adapters/git/run-git.ts";
import { startGitServer, type GitServer } from "../../git-http-server.ts";

const folder = mkdtempSync(join(tmpdir(), "countersign-deepen-"));
const origin = join(folder, "served/octo/orders.git");
const token = "ghs_test";
const authorization = `basic ${Buffer.from(`x-access-token:${token}`).toString("base64")}`;
let server: GitServer;
let closed: GitServer;
let base = "";
let head = "";
let orphan = "";
let clones = 0;

/** main: 30 commits; the branch leaves it at the 10th and has 40 commits; a second root that shares nothing. */
beforeAll(async () => {
  mkdirSync(origin, { recursive: true });
  run(folder, "init", "--quiet", "--bare", "--initial-branch=main", origin);
  const stream = [
    ...history("refs/heads/main", 30, null),
    ...history("refs/heads/change", 40, ":10"),
    ...history("refs/heads/unrelated", 1, null),
  ].join("\n");
  execFileSync("git", ["--git-dir", origin, "fast-import", "--quiet"], { input: `${stream}\n`, env: environment() });
  [base = "", head = "", orphan = ""] = run(origin, "rev-parse", "main", "change", "unrelated").split("\n");
  run(origin, "update-ref", "refs/pull/1/head", head);
  server = await startGitServer(join(folder, "served"));
  closed = await startGitServer(join(folder, "served"), { authorization });
});
afterAll(async () => {
  await Promise.all([server.close(), closed.close()]);
  rmSync(folder, { recursive: true, force: true });
});

describe("a shallow clone", () => {
  test.each([
    { says: "of the branch", ref: "change", depth: 1 },
    { says: "of the base", ref: "main", depth: 1 },
    { says: "that ends inside the change", ref: "change", depth: 20 },
    { says: "that ends one commit before base and head meet", ref: "change", depth: 39 },
  ])("$says gets the whole range", async ({ ref, depth }) => {
    const repository = await clone(ref, depth);
    await deepen(repository, remote(), { base, head, others: [] });
    expect(await range(repository)).toEqual({ meet: run(origin, "merge-base", base, head), commits: "40" });
    expect(existsSync(join(repository.gitDir, "FETCH_HEAD"))).toBe(false);
  });

  test("keeps to few fetches: one when the change is small", async () => {
    const repository = await clone("change", 1);
    const before = server.requests.length;
    await deepen(repository, remote(), { base, head, others: [] }, { commits: 50, rounds: 1 });
    expect(server.requests.slice(before).filter(({ line }) => line.startsWith("GET"))).toHaveLength(1);
  });

  test("gets further commits without their history", async () => {
    const repository = await clone("change", 1);
    await deepen(repository, remote(), { base, head, others: [orphan, base] });
    expect(await gitText(repository, ["cat-file", "-t", orphan])).toBe("commit");
  });
});

test.each([
  { says: "a whole clone", depth: 0 },
  { says: "a shallow clone that reaches behind the meeting point", depth: 60 },
])("$says reaches nowhere", async ({ depth }) => {
  const repository = await clone("change", depth, ["main:refs/heads/main", "change:refs/heads/again"]);
  await deepen(repository, { url: "http://127.0.0.1:9/nobody/there", token: "" }, { base, head, others: [] });
  expect(await range(repository)).toMatchObject({ commits: "40" });
});

describe("says what to do", () => {
  const small: DeepenBudget = { commits: 8, rounds: 2 };

  test("when the budget does not suffice (row 40)", async () => {
    const repository = await clone("change", 1);
    const deepening = deepen(repository, remote(), { base, head, others: [] }, small);
    await expect(deepening).rejects.toThrow("do not meet within 8 commits");
    await expect(deepening).rejects.toThrow("fetch-depth: 0");
    expect(await isShallow(repository)).toBe(true);
  });

  test.each([
    {
      says: "a commit that is gone",
      commit: "d".repeat(40),
      url: () => server.url,
      fix: "run the workflow of the newest push",
    },
    { says: "a server that refuses", commit: "d".repeat(40), url: () => closed.url, fix: "fetch-depth: 0" },
    {
      says: "a server that is not there",
      commit: "d".repeat(40),
      url: () => "http://127.0.0.1:9",
      fix: "fetch-depth: 0",
    },
    { says: "a server that is no address", commit: "d".repeat(40), url: () => "github", fix: "GITHUB_SERVER_URL" },
    { says: "a server by another way", commit: "d".repeat(40), url: () => "ext::sh -c x", fix: "GITHUB_SERVER_URL" },
  ])("for $says", async ({ commit, url, fix }) => {
    const repository = await clone("change", 1);
    const deepening = deepen(
      repository,
      { url: `${url()}/octo/orders`, token: "" },
      { base: commit, head, others: [] },
    );
    await expect(deepening).rejects.toThrow(Problem);
    await expect(deepening).rejects.toThrow(fix);
  });
});

describe("the token", () => {
  test("opens a private repository, once, whatever the clone's configuration sends", async () => {
    const repository = await clone("change", 1);
    run(repository.gitDir, "config", `http.${closed.url}/.extraheader`, "AUTHORIZATION: basic b2xk");
    await deepen(repository, { url: `${closed.url}/octo/orders`, token }, { base, head, others: [] });
    expect(new Set(closed.requests.slice(-2).map((request) => request.authorization))).toEqual(
      new Set([authorization]),
    );
    expect(readFileSync(join(repository.gitDir, "config"), "utf8")).not.toContain(authorization);
  });

  test.each([
    { says: "a proxy", key: () => "http.proxy", value: () => server.url },
    { says: "a proxy for the server", key: () => `http.${closed.url}/.proxy`, value: () => server.url },
    { says: "a rewritten address", key: () => `url.${server.url}/.insteadOf`, value: () => `${closed.url}/` },
  ])("is not sent where the clone's configuration leads: $says", async ({ key, value }) => {
    const repository = await clone("change", 1);
    const url = `${closed.url}/octo/orders`;
    run(repository.gitDir, "config", key(), value());
    const before = server.requests.length;
    await deepen(repository, { url, token }, { base, head, others: [] });
    expect(await readRemoteBranch(repository, { url, token }, "main")).toBe(base);
    expect(server.requests.slice(before)).toEqual([]);
  });

  test.each(["sslVerify=false", "sslCAInfo=cert.pem"])(
    "is not sent to a server that only the clone's configuration trusts (%s)",
    async (setting) => {
      const tls = await startTlsServer();
      const [name = "", value = ""] = setting.split("=");
      const repository = await clone("change", 1);
      run(repository.gitDir, "config", `http.${tls.url}/.${name}`, value.replace("cert.pem", tls.certificate));
      const remote = { url: `${tls.url}/octo/orders`, token };
      await expect(deepen(repository, remote, { base, head, others: [] })).rejects.toThrow("certificate");
      await expect(readRemoteBranch(repository, remote, "main")).rejects.toThrow("certificate");
      await tls.close();
      expect(tls.requests).toBe(0);
    },
  );

  test("goes with no helper of the clone's configuration, and no hook runs", async () => {
    const repository = await clone("change", 1);
    const canary = join(folder, "canary");
    const hook = join(repository.gitDir, "hooks/reference-transaction");
    mkdirSync(join(repository.gitDir, "hooks"), { recursive: true });
    writeFileSync(hook, `#!/bin/sh\ntouch '${canary}'\n`, { mode: 0o755 });
    run(repository.gitDir, "config", "credential.helper", `!touch '${canary}'; false`);
    await expect(
      deepen(repository, { url: `${closed.url}/octo/orders`, token: "" }, { base, head, others: [] }),
    ).rejects.toThrow("could not");
    await deepen(repository, remote(), { base, head, others: [] });
    expect(readdirSync(folder)).not.toContain("canary");
  });
});

describe("the tip of a branch", () => {
  test("is read from the server", async () => {
    expect(await readRemoteBranch(await clone("change", 1), remote(), "main")).toBe(base);
  });

  test.each(["gone", "mai", "--upload-pack=touch x"])("is a clear error when there is none (%s)", async (branch) => {
    await expect(readRemoteBranch(await clone("change", 1), remote(), branch)).rejects.toThrow("has no branch");
  });
});

/** A server with a certificate that nobody vouches for. */
async function startTlsServer() {
  const [key, certificate] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
  const subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "2"];
  const files = ["-keyout", key, "-out", certificate];
  execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", ...files, ...subject], { stdio: "ignore" });
  const counted = { requests: 0 };
  const https = createServer({ key: readFileSync(key), cert: readFileSync(certificate) }, (_, response) => {
    counted.requests += 1;
    response.writeHead(404).end();
  });
  await new Promise<void>((done) => https.listen(0, "127.0.0.1", done));
  const { port } = https.address() as AddressInfo;
  const close = () => new Promise((done) => https.close(done));
  return Object.assign(counted, { url: `https://127.0.0.1:${port}`, certificate, close });
}

function remote() {
  return { url: `${server.url}/octo/orders`, token: "" };
}

async function clone(ref: string, depth: number, refspecs: string[] = []): Promise<GitRepository> {
  const path = join(folder, `clone-${(clones += 1)}`);
  run(folder, "init", "--quiet", path);
  const flags = ["--quiet", "--no-tags", "--no-write-fetch-head", ...(depth === 0 ? [] : [`--depth=${depth}`])];
  const wanted = [`refs/heads/${ref}:refs/remotes/origin/${ref}`, ...refspecs];
  // Not synchronously: the server is in this process.
  await promisify(execFile)("git", ["fetch", ...flags, `${server.url}/octo/orders`, ...wanted], {
    cwd: path,
    env: environment(),
  });
  return openRepository(path);
}

async function range(repository: GitRepository) {
  const meet = await gitText(repository, ["merge-base", base, head]);
  return { meet, commits: await gitText(repository, ["rev-list", "--count", `${base}..${head}`]) };
}

/** A fast-import stream of commits on one ref, marks 1, 2 … for the first. */
function* history(ref: string, count: number, from: string | null): Generator<string> {
  for (let number = 1; number <= count; number += 1) {
    yield `commit ${ref}`;
    if (from === null && ref === "refs/heads/main") yield `mark :${number}`;
    yield `committer Mona <mona@example.com> ${1_700_000_000 + number} +0000`;
    yield `data ${ref.length}\n${ref}`;
    if (number === 1 && from !== null) yield `from ${from}`;
    yield `M 644 inline ${ref.slice(11)}.txt\ndata ${String(number).length}\n${number}\n`;
  }
}

function run(cwd: string, ...args: string[]): string {
  return execFileSync("git", args, {
    cwd,
    env: environment(),
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  }).trim();
}

function environment(): NodeJS.ProcessEnv {
  return { PATH: process.env["PATH"], GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: "/dev/null", HOME: folder };
}
