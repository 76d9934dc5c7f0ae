import { readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { unzipOne, zipLimits } from "../../../adapters/github/unzip.ts";
import { newFolder, removeRepositories } from "../../git-repository.ts";
import { zipOf, type ZipFile } from "../../zip.ts";

afterAll(removeRepositories);

const facts: ZipFile = { name: "facts.json", content: Buffer.from('{"version":1}') };
const named = (name: string): ZipFile => ({ name, content: Buffer.from("x") });
const whole = zipOf([facts]);

/** The whole archive with a number of its end written over. */
function ended(at: number, value: number): Buffer {
  const changed = Buffer.from(whole);
  changed.writeUInt16LE(value, changed.length - 22 + at);
  return changed;
}

const bomb = Buffer.alloc(20 * 2 ** 20);

const hostile: [name: string, archive: Buffer, reason: string][] = [
  ["57.1 a name that climbs out", zipOf([facts, named("../../evil.txt")]), "a name that no report has"],
  ["57.2 an absolute name", zipOf([facts, named("/abs")]), "a name that no report has"],
  ["57.2 a name with a drive", zipOf([facts, named("C:evil")]), "a name that no report has"],
  ["57.3 a backslash", zipOf([facts, named("a\\..\\b")]), "a name that no report has"],
  ["57.4 a symbolic link", zipOf([{ ...facts, mode: 0o120777 }]), "a link"],
  ["57.5 two of one name", zipOf([facts, { ...facts, content: Buffer.from("{}") }]), "two files of one name"],
  ["57.6 two that differ in case", zipOf([facts, named("FACTS.json")]), "two files of one name"],
  ["57.7 zip64 in an extra field", zipOf([{ ...facts, extra: Buffer.from([1, 0, 0, 0]) }]), "extra fields"],
  ["57.7 zip64 by its end", ended(8, 0xffff), "several parts"],
  ["57.7 zip64 by both counts", zipOf([facts], 0xffff), "zip64"],
  ["57.8 larger than it says", zipOf([{ ...facts, unpacked: 3 }]), "cannot be unpacked to the size"],
  ["57.8 smaller than it says", zipOf([{ ...facts, unpacked: 900 }]), "not as large as it says"],
  ["57.9 files that overlap", zipOf([facts, { ...named("b"), offset: 0 }]), "overlap"],
  ["57.9 a bomb", zipOf([{ ...facts, content: bomb }]), "more than 200 times"],
  ["57.9 a bomb of many", zipOf([facts, { ...named("b"), unpacked: 0xfffffffe }]), "more than 64 MB"],
  ["57.10 an archive in it", zipOf([{ name: "facts.zip", content: whole }]), "does not hold the file"],
  ["57.11 very many files", zipOf([facts], 0xfffe), "more than 20 files"],
  ["57.12 encrypted", zipOf([{ ...facts, flags: 1 }]), "encrypted"],
  ["a wrong checksum", zipOf([{ ...facts, crc: 7 }]), "checksum"],
  ["something behind it", Buffer.concat([whole, Buffer.from("x")]), "something follows it"],
  ["something before it", Buffer.concat([Buffer.from("x"), whole]), "directory is not where"],
  ["a comment", ended(20, 1), "a comment"],
  ["58. cut off", whole.subarray(0, -5), "cut off"],
  ["58. nothing at all", Buffer.alloc(0), "cut off"],
  ["no file at all", zipOf([]), "does not hold the file"],
];

test.each(hostile)("%s is refused, and nothing is written", async (_name, archive, reason) => {
  const folder = newFolder("unzip");
  const before = process.cwd();
  process.chdir(folder);
  try {
    await expect(unzipOne(archive, "facts.json")).rejects.toThrow(reason);
  } finally {
    process.chdir(before);
  }
  expect(readdirSync(folder)).toEqual([]);
});

test("every byte that is changed is noticed, or changes nothing of the file", async () => {
  for (let at = 0; at < whole.length; at += 1) {
    const changed = Buffer.from(whole);
    changed[at] = (changed[at] ?? 0) ^ 0x41;
    const read = await unzipOne(changed, "facts.json").catch(() => null);
    if (read !== null) expect(read, `byte ${at}`).toEqual(facts.content);
  }
});

test("what the Action's own client packs is read", async () => {
  const { createZipUploadStream } = await import("../../../node_modules/@actions/artifact/lib/internal/upload/zip.js");
  const folder = newFolder("report");
  const files = ["facts.json", "report.sarif", "summary.md"].map((name) => {
    const sourcePath = join(folder, name);
    writeFileSync(sourcePath, `${name} `.repeat(5000));
    return { sourcePath, destinationPath: name, stats: statSync(sourcePath) };
  });
  const parts: Buffer[] = [];
  for await (const part of await createZipUploadStream(files)) parts.push(Buffer.from(part as Uint8Array));
  const read = await unzipOne(Buffer.concat(parts), "facts.json", { ...zipLimits, ratio: 1000 });
  expect(read.toString()).toBe("facts.json ".repeat(5000));
});
