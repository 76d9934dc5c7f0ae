/** Which byte ends a record: a NUL, a newline, or whichever of them comes first. */
export type RecordEnd = "nul" | "newline" | "either";

/**
 * Cuts a stream into records, whatever the chunks it comes in. Which byte ends a record may differ from one to the
 * next, and depends on the record's first byte.
 */
export function recordSplitter(
  ends: (firstByte: number) => RecordEnd,
  take: (record: Buffer, endedBy: number | null) => void,
): { write(chunk: Buffer): void; end(): void } {
  // The parts of a record that has not ended: joined once, so that one line of 100 MB costs 100 MB.
  let parts: Buffer[] = [];
  return {
    write(chunk) {
      for (let start = 0; start < chunk.length;) {
        const end = findEnd(chunk, start, ends(parts[0]?.[0] ?? chunk[start]!));
        if (end === -1) return void parts.push(chunk.subarray(start));
        const last = chunk.subarray(start, end);
        const record = parts.length === 0 ? last : Buffer.concat([...parts, last]);
        parts = [];
        take(record, chunk[end] ?? null);
        start = end + 1;
      }
    },
    end() {
      if (parts.length > 0) take(Buffer.concat(parts), null);
      parts = [];
    },
  };
}

const newline = 0x0a;
const nul = 0x00;

function findEnd(chunk: Buffer, start: number, ends: RecordEnd): number {
  if (ends === "newline") return chunk.indexOf(newline, start);
  if (ends === "nul") return chunk.indexOf(nul, start);
  for (let index = start; index < chunk.length; index += 1) {
    if (chunk[index] === newline || chunk[index] === nul) return index;
  }
  return -1;
}
