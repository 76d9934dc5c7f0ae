/**
 * True for one word of a machine: a session id, a fingerprint, an address, `as-is`. Whatever else a change says is read by
 * agents where it is published, and could be an instruction to them.
 */
export function isMachineWord(text: string): boolean {
  return text.length <= longestWord && /^[A-Za-z0-9._:/@+#=-]*$/.test(text);
}

/** As long as the vocabulary's longest value, `hmac-sha256:<key id>:<64 hex digits>`, with a key id of a line. */
const longestWord = 160;
