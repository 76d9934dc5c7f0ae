import { execFileSync, spawn, spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Runs commands, one after another, from a small process beside this one. To start a process is to copy the tables of
 * one's own memory, and a process that runs tests is large: of ten milliseconds for a `git rev-parse` it takes eight. This
 * file is both ends: requests go through one named pipe, answers through another, so that whoever asks can wait.
 */
export interface Command {
  command: string;
  args: readonly string[];
  cwd: string;
  env: Readonly<Record<string, string>>;
  input: string | Buffer;
}

export interface Ended {
  status: number | null;
  stdout: Buffer;
  stderr: Buffer;
  /** Why it did not start; empty: it did. */
  fault: string;
}

let pipes: { asks: number; answers: number } | null = null;

export function runSmall(asked: Command): Ended {
  if (process.platform === "win32") return runHere(asked);
  pipes ??= startSmall();
  const { input, ...rest } = asked;
  send(pipes.asks, [Buffer.from(JSON.stringify(rest)), Buffer.from(input)]);
  const [said, stdout, stderr] = receive(pipes.answers);
  if (said === undefined || stdout === undefined || stderr === undefined) throw new Error("the small process is gone");
  const { status, fault } = JSON.parse(said.toString()) as Pick<Ended, "status" | "fault">;
  return { status, stdout, stderr, fault };
}

function startSmall(): { asks: number; answers: number } {
  const folder = mkdtempSync(join(tmpdir(), "countersign-small-"));
  const names = ["asks", "answers"].map((name) => join(folder, name));
  execFileSync("mkfifo", names);
  const [asks = "", answers = ""] = names;
  const stdio: ["ignore", "ignore", "inherit"] = ["ignore", "ignore", "inherit"];
  spawn(process.execPath, [import.meta.filename, asks, answers], { stdio, env: {} }).unref();
  // Both ends open them in the same order, and each waits for the other.
  return { asks: openSync(asks, "w"), answers: openSync(answers, "r") };
}

function runHere({ command, args, ...options }: Command): Ended {
  const { status, stdout, stderr, error } = spawnSync(command, args, { ...options, maxBuffer: 1024 * 1024 * 1024 });
  if (error === undefined) return { status, stdout, stderr, fault: "" };
  return { status, stdout: Buffer.alloc(0), stderr: Buffer.alloc(0), fault: error.message };
}

/** A count, the lengths, and then the parts. */
function send(pipe: number, parts: readonly Buffer[]): void {
  const head = Buffer.alloc(4 + 8 * parts.length);
  head.writeUInt32LE(parts.length);
  parts.forEach((part, index) => head.writeBigUInt64LE(BigInt(part.length), 4 + 8 * index));
  for (const part of [head, ...parts]) {
    for (let sent = 0; sent < part.length;) sent += writeSync(pipe, part, sent);
  }
}

/** Nothing at the end of the pipe. */
function receive(pipe: number): Buffer[] {
  const count = read(pipe, 4)?.readUInt32LE() ?? 0;
  const lengths = read(pipe, 8 * count);
  if (lengths === null) return [];
  return Array.from({ length: count }, (_, index) => read(pipe, Number(lengths.readBigUInt64LE(8 * index)))).flatMap(
    (part) => part ?? [],
  );
}

function read(pipe: number, length: number): Buffer | null {
  const bytes = Buffer.alloc(length);
  for (let got = 0; got < length;) {
    const more = readSync(pipe, bytes, got, length - got, null);
    if (more === 0) return null;
    got += more;
  }
  return bytes;
}

/** The other end: until whoever asks is gone. */
function serve(asksPath: string, answersPath: string): void {
  const [asks, answers] = [openSync(asksPath, "r"), openSync(answersPath, "w")];
  for (let [said, input] = receive(asks); said !== undefined; [said, input] = receive(asks)) {
    const asked = JSON.parse(said.toString()) as Omit<Command, "input">;
    const { status, stdout, stderr, fault } = runHere({ ...asked, input: input ?? "" });
    send(answers, [Buffer.from(JSON.stringify({ status, fault })), stdout, stderr]);
  }
  closeSync(answers);
}

if (import.meta.main) serve(process.argv[2] ?? "", process.argv[3] ?? "");
