/**
 * Whether a comment says why, in words of its own: three words or more that are not only a name for doing nothing, a
 * directive, or a note of work to come.
 */
export function givesReason(comment: string): boolean {
  const text = comment.replace(/^[\s/*#-]+|[\s*/]+$/g, "").slice(0, 1000);
  if (/^(?:todo|fixme|xxx|hack)\b/i.test(text)) return false;
  const words = text.toLowerCase().match(/[a-z']{2,}/g) ?? [];
  return words.filter((word) => !emptyWords.has(word)).length >= 2 && words.length >= 3;
}

const emptyWords = new Set(
  (
    "ignore ignored ignoring swallow swallowed noop no op nothing to do here pass empty catch block exception exceptions " +
    "error errors intentionally intentional deliberately left blank the this that and it is on purpose silently silent " +
    "do not handle handled just skip eslint disable noqa nosec all any"
  ).split(" "),
);
