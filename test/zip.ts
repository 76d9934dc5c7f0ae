import { crc32, deflateRawSync } from "node:zlib";

/** A file of an archive, and what is lied about it. */
export interface ZipFile {
  name: string;
  content: Buffer;
  flags?: number;
  /** As in `external attributes`: `0o120777` is a symbolic link. */
  mode?: number;
  unpacked?: number;
  crc?: number;
  extra?: Buffer;
  /** Where the directory says that it begins. */
  offset?: number;
}

/** An archive with the numbers in front, written plainly, so that each row can lie about one of them. */
export function zipOf(files: readonly ZipFile[], entries = files.length): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const file of files) {
    const { name, content, extra = Buffer.alloc(0), flags = 0, mode = 0o100644 } = file;
    const packed = deflateRawSync(content);
    const numbers = Buffer.alloc(26);
    numbers.writeUInt16LE(20, 0);
    numbers.writeUInt16LE(flags, 2);
    numbers.writeUInt16LE(8, 4);
    numbers.writeUInt32LE(file.crc ?? crc32(content), 10);
    numbers.writeUInt32LE(packed.length, 14);
    numbers.writeUInt32LE(file.unpacked ?? content.length, 18);
    numbers.writeUInt16LE(Buffer.byteLength(name), 22);
    numbers.writeUInt16LE(extra.length, 24);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), numbers, Buffer.from(name), extra, packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE((mode << 16) >>> 0, 6);
    rest.writeUInt32LE(file.offset ?? at, 10);
    directory.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x03"), numbers, rest, Buffer.from(name), extra]));
    parts.push(local);
    at += local.length;
  }
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries, 4);
  end.writeUInt16LE(entries, 6);
  end.writeUInt32LE(Buffer.concat(directory).length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...parts, ...directory, Buffer.from("PK\x05\x06"), end]);
}
