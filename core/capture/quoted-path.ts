/**
 * A path as git prints it with `core.quotePath=true`: in quotes, odd bytes as escapes, when it holds a control
 * character, a quote, a backslash or anything that is not ASCII; else as it is. So one path is one line.
 * https://git-scm.com/docs/git-config#Documentation/git-config.txt-corequotePath
 */
export function quotedPath(path: string): string {
  const bytes = [...Buffer.from(path, "utf8")];
  if (bytes.every((byte) => byte >= 0x20 && byte < 0x7f && byte !== quote && byte !== backslash)) return path;
  return `"${bytes.map(escaped).join("")}"`;
}

const quote = 0x22;
const backslash = 0x5c;
const letters = new Map<number, string>([
  ...([
    [7, "a"],
    [8, "b"],
    [9, "t"],
    [10, "n"],
    [11, "v"],
    [12, "f"],
    [13, "r"],
  ] as const),
  ...([
    [quote, '"'],
    [backslash, "\\"],
  ] as const),
]);

function escaped(byte: number): string {
  const letter = letters.get(byte);
  if (letter !== undefined) return `\\${letter}`;
  if (byte >= 0x20 && byte < 0x7f) return String.fromCharCode(byte);
  return `\\${byte.toString(8).padStart(3, "0")}`;
}
