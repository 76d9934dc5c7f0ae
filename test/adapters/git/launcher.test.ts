import { setTimeout as pause } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import type { Launch } from "../../../adapters/git/launch.ts";
import { launchHere } from "../../../adapters/git/launch.ts";
import { launcher } from "../../../adapters/git/launcher.ts";
import { git, openRepository, tryGit, type GitRepository } from "../../../adapters/git/run-git.ts";
import { runBundled } from "../../bundle.ts";
import { createRepository, newFolder, removeRepositories } from "../../git-repository.ts";
import { rejection } from "./read-range.ts";

afterAll(removeRepositories);

const repository = createRepository();
const big = "0123456789abcde\n".repeat(500_000);
repository.commit({ files: { a: "a\n", big } });

/** Both ways to start git answer alike. */
describe.each([
  { from: "this process", launch: launchHere },
  { from: "a small process", launch: launcher() },
])("git that is started from $from", ({ launch }) => {
  const open = async (): Promise<GitRepository> => ({ ...(await openRepository(repository.path)), launch });

  test("prints what it was given, byte for byte", async () => {
    const input = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    const id = (await git(await open(), ["hash-object", "-w", "--stdin"], { input })).toString().trim();
    expect(await git(await open(), ["cat-file", "blob", id])).toEqual(input);
  });

  test("is given text as UTF-8, and none where there is none", async () => {
    expect(String(await git(await open(), ["stripspace"], { input: "ä\n\n\n" }))).toBe("ä\n");
    expect(String(await git(await open(), ["stripspace"]))).toBe("");
  });

  test("says why it failed, and with which code", async () => {
    const { code, stderr } = await tryGit(await open(), ["cat-file", "blob", "no-such-name"]);
    expect([code, stderr]).toEqual([128, "fatal: Not a valid object name no-such-name\n"]);
  });

  test("gets the environment that it is given, and none of ours", async () => {
    const [named, all] = [["var", "GIT_AUTHOR_IDENT"], { GIT_AUTHOR_NAME: "Mona", GIT_AUTHOR_EMAIL: "m@example.com" }];
    expect(String(await git(await open(), named, { environment: all }))).toContain("Mona <m@example.com>");
    const unset = { environment: { ...all, GIT_AUTHOR_NAME: undefined } };
    expect(String(await git(await open(), named, unset).catch(String))).not.toContain("Mona");
  });

  test("many at once answer each for itself", async () => {
    const opened = await open();
    const inputs = Array.from({ length: 40 }, (_, index) => `${index}\n`);
    const outputs = await Promise.all(inputs.map((input) => git(opened, ["stripspace"], { input })));
    expect(outputs.map(String)).toEqual(inputs);
  });

  test("is read whole by a slow reader", async () => {
    const sizes: number[] = [];
    const consume = async (output: AsyncIterable<Buffer>): Promise<void> => {
      for await (const chunk of output) {
        sizes.push(chunk.length);
        if (sizes.length % 20 === 0) await pause(5);
      }
    };
    await git(await open(), ["cat-file", "blob", "HEAD:big"], { consume });
    expect(sizes.reduce((sum, size) => sum + size)).toBe(big.length);
  });

  test("ends when its reader stops", async () => {
    const consume = async (output: AsyncIterable<Buffer>): Promise<void> => {
      for await (const chunk of output) if (chunk.length > 0) return;
    };
    // By the signal of a closed pipe, or because it saw that for itself.
    const { code, stderr } = await tryGit(await open(), ["cat-file", "blob", "HEAD:big"], { consume });
    expect([-1, 128]).toContain(code);
    expect(stderr).toMatch(/ended by SIGPIPE|unable to stream/);
  });

  test("an error of its reader ends it, and comes through", async () => {
    const error = new Error("no more");
    const consume = (): Promise<void> => Promise.reject(error);
    expect(await rejection(git(await open(), ["cat-file", "blob", "HEAD:big"], { consume }))).toBe(error);
  });

  test("takes as long as it may, and no longer", async () => {
    const fifo = `${newFolder()}/fifo`;
    const { code, stderr } = await tryGit(await open(), waiting(fifo), { timeoutMs: 300 });
    expect([code, stderr]).toEqual([-1, "(ended by SIGTERM)"]);
  });

  test("is ended by a signal, before and after it began", async () => {
    const stop = new AbortController();
    const running = rejection(tryGit(await open(), waiting(`${newFolder()}/fifo`), { signal: stop.signal }));
    await pause(100);
    stop.abort(new Error("stopping"));
    expect(await running).toMatchObject({ name: "AbortError", code: "ABORT_ERR" });
    const late = rejection(tryGit(await open(), ["version"], { signal: stop.signal }));
    expect(await late).toMatchObject({ name: "AbortError", code: "ABORT_ERR" });
  });

  test("is not there", async () => {
    const opened = await open();
    const problem = await rejection(tryGit(opened, ["version"], { environment: { PATH: newFolder() } }));
    expect(String(problem)).toContain("git was not found");
  });
});

/** A git that waits for input which never comes: the credential helper of a shell that reads a pipe. */
function waiting(fifo: string): string[] {
  return ["-c", `alias.wait=!mkfifo ${fifo} && exec cat ${fifo}`, "wait"];
}

describe("the small process", () => {
  test("is found in a bundle, and keeps nobody up who has nothing to ask of it", async () => {
    const contents = `
      const { launchAway: launch } = await import("./adapters/git/launcher.ts");
      const { git, openRepository } = await import("./adapters/git/run-git.ts");
      const opened = { ...(await openRepository(process.argv[2])), launch };
      console.log(String(await git(opened, ["cat-file", "blob", "HEAD:a"])));`;
    expect(await runBundled(contents, repository.path)).toBe("a\n\n");
  });

  test("killed: what it ran fails, and the next command has another", async () => {
    const launch = launcher();
    const opened = { ...(await openRepository(repository.path)), launch };
    const pid = await smallProcessOf(launch);
    const running = rejection(tryGit(opened, waiting(`${newFolder()}/fifo`)));
    await pause(200);
    process.kill(pid, "SIGKILL");
    expect(String(await running)).toBe("Error: The process that starts git is gone: it ended with SIGKILL.");
    expect((await tryGit(opened, ["version"])).code).toBe(0);
    expect(await smallProcessOf(launch)).not.toBe(pid);
  });

  test.runIf(process.platform === "linux")("knows nothing of our environment", async () => {
    process.env["COUNTERSIGN_TEST_SECRET"] = "hunter2";
    const said = await printed(
      launcher(),
      "!tr '\\0' '\\n' < /proc/$PPID/environ; tr '\\0' '\\n' < /proc/$(ps -o ppid= $PPID | tr -d ' ')/environ",
    );
    expect(said).toContain("COUNTERSIGN_LAUNCHER=1");
    expect(said).not.toContain("hunter2");
  });
});

/** What starts git is the parent of git, which is that of the alias's shell. */
async function smallProcessOf(launch: Launch): Promise<number> {
  return Number(await printed(launch, "!ps -o ppid= $PPID"));
}

async function printed(launch: Launch, alias: string): Promise<string> {
  const opened = { ...(await openRepository(repository.path)), launch };
  return String(await git(opened, ["-c", `alias.say=${alias}`, "say"]));
}
