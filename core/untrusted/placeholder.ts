/** What stands where a secret stood: `(redacted:github-token)`. */
export function placeholder(kind: string): string {
  return `(redacted:${kind})`;
}

/** Whether a value is nothing but what a redaction left. */
export function isPlaceholder(value: string): boolean {
  return /^\(redacted:[a-z0-9-]{1,40}\)$/.test(value);
}
