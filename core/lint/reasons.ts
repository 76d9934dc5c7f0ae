/**
 * Whether a comment says why, in words of its own: three words or more that are not only a name for doing nothing, a
 * directive, or a note of work to come.
 */
export function givesReason(comment: string): boolean {
  const text = afterDirective(comment.replace(/^[\s/*#-]+|[\s*/]+$/g, "").slice(0, 1000));
  if (/^(?:todo|fixme|xxx|hack)\b/i.test(text)) return false;
  const words = text.toLowerCase().match(/[a-z']{2,}/g) ?? [];
  return words.filter((word) => !emptyWords.has(word)).length >= 2 && words.length >= 3;
}

/** A directive speaks to a tool; what stands behind its ` -- ` speaks to people. */
function afterDirective(text: string): string {
  if (
    !/^(?:eslint-|@ts-|biome-|oxlint-|noqa|nosec|nolint|pylint|type:|pyright:|istanbul|c8 |v8 |NOSONAR|NOPMD)/i.test(
      text,
    )
  )
    return text;
  const dashes = text.indexOf("--");
  return dashes === -1 ? "" : text.slice(dashes + 2);
}

const emptyWords = new Set(
  (
    "ignore ignored ignoring swallow swallowed noop no op nothing to do here pass empty catch block exception exceptions " +
    "error errors intentionally intentional deliberately left blank the this that and it is on purpose silently silent " +
    "do not handle handled just skip eslint disable noqa nosec all any"
  ).split(" "),
);
