import { randomBytes } from "node:crypto";
import { describe, expect, test, vi } from "vitest";
import { changeLimits } from "../../../adapters/git/read-change.ts";
import { counted, countedByGit, useMirrored } from "./mirrored-github.ts";

/** Fault 33: large changes over HTTP through the mirror are read whole, or say what was not read. */
const mirrored = useMirrored();

// Many megabytes go through several processes of git; on busy cores that takes a while.
vi.setConfig({ testTimeout: 240_000 });

const files = (count: number, content: (file: number) => string) =>
  Array.from({ length: count }, (_, file) => [`${file % 200}/${file}.ts`, content(file)] as const);

describe("33.", () => {
  test("3,001 files of one commit", async () => {
    const [head = ""] = mirrored.push([{ files: files(3_001, (file) => `${file}\n`.repeat(3)) }]);
    const told = counted(await mirrored.read(head));
    expect(told).toEqual(countedByGit(mirrored.orders, head));
    expect(told).toMatchObject({ commits: 1, files: 3_001, added: 9_003 });
  });

  test("one commit and one file more than is read: the reading says what it left out", async () => {
    const empty = Array.from({ length: changeLimits.commits }, () => ({}));
    const head = mirrored.push([...empty, { files: files(changeLimits.files + 1, () => "") }]).at(-1)!;
    expect((await mirrored.read(head)).incomplete).toEqual([
      "the change has 10001 commits; the newest 10000 were read",
      "the change has 50001 files; the first 50000 by path were judged",
    ]);
  });

  test("a diff of 100 MB, and 12 MB that do not pack", async () => {
    const line = `${"0123456789".repeat(999)}\n`;
    const [head = ""] = mirrored.push([
      { files: { "data.txt": line.repeat(10_000), "noise.bin": randomBytes(12_000_000) } },
    ]);
    let bytes = 0;
    const count = (text: Buffer) => (bytes += text.length + 1);
    const change = await mirrored.read(head, { onAddedLine: (_path, _line, text) => void count(text) });
    expect(counted(change)).toMatchObject({ files: 2, added: 10_000, incomplete: [] });
    expect(bytes).toBe(line.length * 10_000);
    const short = mirrored.read(head, {}, { blobBytes: 10_000_000 });
    await expect(short).rejects.toThrow("it takes more than 10 MB");
  });
});
