import { promisify } from "node:util";
import { crc32, inflateRaw } from "node:zlib";

/**
 * One file out of an archive as `@actions/artifact` writes them, into memory alone. The archive is a stranger's: whatever
 * that writer never writes is refused, and with it the whole archive. Throws `BadArchive`.
 */
export async function unzipOne(archive: Buffer, wanted: string, limits: ZipLimits = zipLimits): Promise<Buffer> {
  const directory = directoryOf(archive, limits);
  const entries = readDirectory(archive, directory);
  refuseNames(entries);
  refuseSizes(entries, limits);
  const bodies = bodiesOf(archive, entries, directory.offset);
  const found = entries.findIndex(({ name }) => name === wanted);
  const [entry, body] = [entries[found], bodies[found]];
  if (entry === undefined || body === undefined) throw new BadArchive("it does not hold the file");
  return unpack(entry, body);
}

/** What is wrong with an archive, in words of ours alone. */
export class BadArchive extends Error {}

/** How much of an archive is worth looking at. */
export interface ZipLimits {
  entries: number;
  /** Of all its files together, unpacked. */
  unpackedBytes: number;
  /** How many times as large a file may be as what is packed. */
  ratio: number;
}

export const zipLimits: ZipLimits = { entries: 20, unpackedBytes: 64 * 2 ** 20, ratio: 200 };

interface Directory {
  entries: number;
  offset: number;
  end: number;
}

interface Entry {
  name: string;
  flags: number;
  method: number;
  crc: number;
  packed: number;
  unpacked: number;
  offset: number;
}

const marks = { local: 0x04034b50, descriptor: 0x08074b50, central: 0x02014b50, end: 0x06054b50 };
const lengths = { local: 30, descriptor: 16, central: 46, end: 22 };

/** Numbers are written behind the file: its writer did not know them before. */
const numbersBehind = 0x0008;
const namesInUtf8 = 0x0800;
const deflated = 8;

/** The end must be the last thing: without a comment, without anything behind it. */
function directoryOf(archive: Buffer, limits: ZipLimits): Directory {
  const end = archive.length - lengths.end;
  if (end < 0 || archive.readUInt32LE(end) !== marks.end)
    throw new BadArchive("it is cut off, or something follows it");
  const [disk, firstDisk] = [archive.readUInt16LE(end + 4), archive.readUInt16LE(end + 6)];
  const [here, entries] = [archive.readUInt16LE(end + 8), archive.readUInt16LE(end + 10)];
  const [length, offset] = [archive.readUInt32LE(end + 12), archive.readUInt32LE(end + 16)];
  if (disk !== 0 || firstDisk !== 0 || here !== entries || archive.readUInt16LE(end + 20) !== 0)
    throw new BadArchive("it has several parts or a comment");
  if (entries === 0xffff || length === 0xffffffff || offset === 0xffffffff) throw new BadArchive("it is a zip64");
  if (entries > limits.entries) throw new BadArchive(`it has more than ${limits.entries} files`);
  if (offset + length !== end) throw new BadArchive("its directory is not where it should be");
  return { entries, offset, end };
}

function readDirectory(archive: Buffer, { entries, offset, end }: Directory): Entry[] {
  const found: Entry[] = [];
  let at = offset;
  for (let count = 0; count < entries; count += 1) {
    if (at + lengths.central > end || archive.readUInt32LE(at) !== marks.central)
      throw new BadArchive("its directory is damaged");
    const nameLength = archive.readUInt16LE(at + 28);
    const next = at + lengths.central + nameLength;
    if (next > end) throw new BadArchive("its directory is damaged");
    if (archive.readUInt16LE(at + 30) !== 0 || archive.readUInt16LE(at + 32) !== 0)
      throw new BadArchive("a file of it has extra fields or a comment");
    if (archive.readUInt16LE(at + 34) !== 0) throw new BadArchive("it has several parts or a comment");
    const kind = archive.readUInt16LE(at + 40) & 0xf000;
    if (kind !== 0 && kind !== 0x8000) throw new BadArchive("it holds a link, a folder or a device");
    found.push(entryAt(archive, at, nameLength));
    at = next;
  }
  if (at !== end) throw new BadArchive("its directory is damaged");
  return found;
}

function entryAt(archive: Buffer, at: number, nameLength: number): Entry {
  const flags = archive.readUInt16LE(at + 8);
  const method = archive.readUInt16LE(at + 10);
  if ((flags & ~(numbersBehind | namesInUtf8)) !== 0) throw new BadArchive("it is encrypted, or of another kind");
  if (method !== 0 && method !== deflated) throw new BadArchive("it is packed in another way");
  return {
    ...{ flags, method, crc: archive.readUInt32LE(at + 16) },
    ...{ packed: archive.readUInt32LE(at + 20), unpacked: archive.readUInt32LE(at + 24) },
    offset: archive.readUInt32LE(at + 42),
    name: archive.toString("latin1", at + lengths.central, at + lengths.central + nameLength),
  };
}

/** A report has files side by side, of plain names. */
function refuseNames(entries: readonly Entry[]): void {
  if (!entries.every(({ name }) => isPlain(name))) throw new BadArchive("a file of it has a name that no report has");
  const names = new Set(entries.map(({ name }) => name.toLowerCase()));
  if (names.size < entries.length) throw new BadArchive("it holds two files of one name");
}

function isPlain(name: string): boolean {
  return name.length <= 100 && /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name);
}

function refuseSizes(entries: readonly Entry[], { unpackedBytes, ratio }: ZipLimits): void {
  const total = entries.reduce((sum, { unpacked }) => sum + unpacked, 0);
  if (total > unpackedBytes) throw new BadArchive(`it unpacks to more than ${unpackedBytes / 2 ** 20} MB`);
  if (entries.some(({ packed, unpacked }) => unpacked > packed * ratio + 1024))
    throw new BadArchive(`a file of it unpacks to more than ${ratio} times its size`);
}

/** What is packed of each file: one behind the other, from the first byte to the directory, with nothing between. */
function bodiesOf(archive: Buffer, entries: readonly Entry[], end: number): Buffer[] {
  let at = 0;
  const bodies = entries.map((entry) => {
    if (entry.offset !== at) throw new BadArchive("its files overlap, or something lies between them");
    const start = at + lengths.local + entry.name.length;
    const behind = (entry.flags & numbersBehind) === 0 ? 0 : lengths.descriptor;
    at = start + entry.packed + behind;
    if (at > end) throw new BadArchive("its files overlap, or something lies between them");
    refuseOtherHeader(archive, entry);
    if (behind > 0) refuseOtherNumbers(archive, entry, at - behind);
    return archive.subarray(start, start + entry.packed);
  });
  if (at !== end) throw new BadArchive("its files overlap, or something lies between them");
  return bodies;
}

/** Readers differ in which of the two headers they believe. */
function refuseOtherHeader(archive: Buffer, { offset, name, flags, method, crc, packed, unpacked }: Entry): void {
  const numbers = (flags & numbersBehind) === 0 ? [crc, packed, unpacked] : [0, 0, 0];
  const isSame =
    archive.readUInt32LE(offset) === marks.local &&
    archive.readUInt16LE(offset + 6) === flags &&
    archive.readUInt16LE(offset + 8) === method &&
    numbers.every((number, index) => archive.readUInt32LE(offset + 14 + index * 4) === number) &&
    archive.readUInt16LE(offset + 26) === name.length &&
    archive.readUInt16LE(offset + 28) === 0 &&
    archive.toString("latin1", offset + lengths.local, offset + lengths.local + name.length) === name;
  if (!isSame) throw new BadArchive("a file of it contradicts the directory");
}

function refuseOtherNumbers(archive: Buffer, { crc, packed, unpacked }: Entry, at: number): void {
  const numbers = [marks.descriptor, crc, packed, unpacked];
  if (!numbers.every((number, index) => archive.readUInt32LE(at + index * 4) === number))
    throw new BadArchive("a file of it contradicts the directory");
}

async function unpack({ method, crc, unpacked }: Entry, body: Buffer): Promise<Buffer> {
  const content = method === deflated ? await inflated(body, unpacked) : body;
  if (content.length !== unpacked) throw new BadArchive("the file is not as large as it says");
  if (crc32(content) !== crc) throw new BadArchive("the file's checksum is wrong");
  return content;
}

const inflate = promisify(inflateRaw);

async function inflated(body: Buffer, most: number): Promise<Buffer> {
  try {
    return await inflate(body, { maxOutputLength: Math.max(most, 1) });
  } catch {
    throw new BadArchive("the file cannot be unpacked to the size that it says");
  }
}
