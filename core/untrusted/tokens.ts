/** A stretch of a text, in UTF-16 code units; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Finds stretches of a text in one linear pass: spans in order of `start`. */
export type Finder = (text: string) => Span[];

/** How a token is written: a fixed prefix, then at least so many characters of one set. */
export interface TokenShape {
  readonly prefixes: readonly string[];
  /** The characters after the prefix, as the inside of a RegExp class. Alphanumeric unless told. */
  readonly body?: string;
  /**
   * The fewest characters after the prefix. Often less than the vendor's length, since a log line may end early,
   * and half a token must not be shown either.
   */
  readonly atLeast: number;
  /** Whether the prefix counts only where no letter or digit stands before it. For prefixes that are parts of words. */
  readonly ownWord?: boolean;
  /** Whether the prefix is a name that stays readable (`AccountKey=`) and only the rest is the secret. */
  readonly keepPrefix?: boolean;
}

/**
 * A finder for tokens with a fixed prefix.
 * Linear: the expression is a literal and one open-ended set with nothing after it, so an attempt either fails within
 * `atLeast` characters or takes all it has read, but for the few characters that may begin the next token.
 */
export function tokens(shape: TokenShape): Finder {
  const before = shape.ownWord ? "(?<![A-Za-z0-9])" : "";
  const prefix = shape.prefixes.map((text) => text.replace(/[^A-Za-z0-9_]/g, "\\$&")).join("|");
  const longestPrefix = Math.max(...shape.prefixes.map((text) => text.length));
  const pattern = new RegExp(`${before}(${prefix})[${shape.body ?? "A-Za-z0-9"}]{${shape.atLeast},}`, "g");
  return (text) => {
    if (!shape.prefixes.some((start) => text.includes(start))) return [];
    const spans: Span[] = [];
    pattern.lastIndex = 0;
    for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
      const end = match.index + match[0].length;
      spans.push({ start: match.index + (shape.keepPrefix ? (match[1]?.length ?? 0) : 0), end });
      // The beginning of the next token's prefix may look like the end of this one: `…/rk_live_…`.
      pattern.lastIndex = Math.max(match.index + 1, end - longestPrefix);
    }
    return spans;
  };
}

/**
 * A finder for a shape with an inner structure. `needle` is a literal that every match contains, so that most texts
 * are answered without running the expression. The expression must be global, and each attempt of it bounded: every
 * repetition but the last has an upper limit.
 */
export function shaped(needle: string, pattern: RegExp): Finder {
  return (text) => {
    if (!text.includes(needle)) return [];
    return Array.from(text.matchAll(pattern), (match) => ({ start: match.index, end: match.index + match[0].length }));
  };
}

/**
 * JSON Web Tokens (RFC 7519) in compact form: dot-separated base64url parts, the first of which starts with `eyJ`,
 * which is `{"` encoded.
 */
export function findWebTokens(text: string): Span[] {
  const spans: Span[] = [];
  let start = text.indexOf("eyJ");
  while (start !== -1) {
    const header = partEnd(text, start);
    const payload = text.charAt(header) === "." ? partEnd(text, header + 1) : header;
    const found = header - start >= 10 && payload - header > 8;
    const end = found ? lastPartEnd(text, payload) : header;
    if (found) spans.push({ start, end });
    // A later `eyJ` in the same part would end at the same dot, so the part is read once.
    start = text.indexOf("eyJ", end);
  }
  return spans;
}

function lastPartEnd(text: string, payloadEnd: number): number {
  let end = payloadEnd;
  while (text.charAt(end) === "." && partEnd(text, end + 1) > end + 1) end = partEnd(text, end + 1);
  return end;
}

function partEnd(text: string, start: number): number {
  let end = start;
  while (end < text.length && isBase64Url(text.charCodeAt(end))) end++;
  return end;
}

function isBase64Url(code: number): boolean {
  const isLetter = (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
  return isLetter || (code >= 48 && code <= 57) || code === 45 || code === 95;
}
