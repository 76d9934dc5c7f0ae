/** Bytes as text, and what was odd about them: a sentence about "the message", or null. */
export interface DecodedText {
  text: string;
  problem: string | null;
}

/**
 * Decodes bytes by the name that a commit's `encoding` header gives; what cannot be decoded so is read as UTF-8 and
 * named. Encodings in which ASCII does not stand for itself (UTF-16, UTF-7) are never believed: they could turn a
 * trailer that everybody sees into one that nobody finds, and the other way round.
 */
export function decodeText(bytes: Uint8Array, encoding: string): DecodedText {
  const decoder = findDecoder(encoding);
  if (decoder === null)
    return { text: lenient.decode(bytes), problem: "the message names an encoding that is not read" };
  try {
    return { text: decoder.decode(bytes), problem: null };
  } catch {
    const problem =
      decoder === strict ? "the message is not valid UTF-8" : "the message is not in the encoding that it names";
    return { text: lenient.decode(bytes), problem };
  }
}

type Decoder = InstanceType<typeof TextDecoder>;

const strict: Decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const lenient: Decoder = new TextDecoder("utf-8", { ignoreBOM: true });

function findDecoder(encoding: string): Decoder | null {
  if (encoding.toLowerCase() === "utf-8") return strict;
  try {
    const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
    if (decoder.encoding === "utf-8") return strict;
    return decoder.encoding.startsWith("utf-16") ? null : decoder;
  } catch {
    return null;
  }
}
