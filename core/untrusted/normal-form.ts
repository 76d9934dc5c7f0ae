/** Whether a text is in Unicode's composed form (NFC). A text too long to be a path counts as not. */
export function isNfc(text: string): boolean {
  return isAscii(text) || (isBounded(text) && text.normalize("NFC") === text);
}

/** The text in composed form, or as it is when it is too long to be a path. */
export function nfc(text: string): string {
  return isBounded(text) ? text.normalize("NFC") : text;
}

/** The text with compatible characters made plain (`ａ`, `𝐚` and `ª` are `a`), or as it is when too long to be a path. */
export function nfkc(text: string): string {
  return isBounded(text) ? text.normalize("NFKC") : text;
}

export function isAscii(text: string): boolean {
  return !/[^\0-\x7F]/.test(text);
}

/** Normalising takes time quadratic in a run of combining marks. A path ends at 4,096 bytes on every common system. */
function isBounded(text: string): boolean {
  return text.length <= 8_192;
}
