/** Reads a text in bytes, line by line, without making a string of each: a large report has a million lines. */
export class ByteCursor {
  readonly bytes: Uint8Array;
  /** Where the next byte is read. */
  at = 0;
  readonly #text: Buffer;

  constructor(bytes: Uint8Array) {
    // A view of one fixed kind: reads stay fast whatever kind of array the caller has.
    this.bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  atEnd(): boolean {
    return this.at >= this.bytes.length;
  }

  /** Moves over `byte` when it is next. */
  skip(byte: number): boolean {
    if (this.bytes[this.at] !== byte) return false;
    this.at += 1;
    return true;
  }

  /** Moves over `bytes` when they are next. */
  skipAll(bytes: readonly number[]): boolean {
    for (let index = 0; index < bytes.length; index++) {
      if (this.bytes[this.at + index] !== bytes[index]) return false;
    }
    this.at += bytes.length;
    return true;
  }

  /** A whole number in decimal digits, or -1 when there is none or it is above `largest`. Moves behind its last digit. */
  wholeNumber(largest: number): number {
    const { bytes } = this;
    const start = this.at;
    let at = start;
    let value = 0;
    for (; at < bytes.length; at++) {
      const digit = bytes[at]! - 48;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
      if (value > largest) return -1;
    }
    this.at = at;
    return at === start ? -1 : value;
  }

  /** Whether nothing but white space is left on this line. */
  atLineEnd(): boolean {
    const { bytes } = this;
    let at = this.at;
    while (bytes[at] === 32 || bytes[at] === 9 || bytes[at] === 13) at += 1;
    return at >= bytes.length || bytes[at] === 10;
  }

  /** Where this line ends, without its line break (`\n` or `\r\n`). */
  lineEnd(): number {
    const found = this.bytes.indexOf(10, this.at);
    const end = found === -1 ? this.bytes.length : found;
    return end > this.at && this.bytes[end - 1] === 13 ? end - 1 : end;
  }

  /** Moves to the start of the next line. */
  toNextLine(): void {
    if (this.skip(10)) return;
    const found = this.bytes.indexOf(10, this.at);
    this.at = found === -1 ? this.bytes.length : found + 1;
  }

  /** The text from here to the end of this line, without white space at its end. */
  restOfLine(): string {
    return this.textTo(this.lineEnd()).trimEnd();
  }

  /** The text from here to `end`; bytes that are not UTF-8 become U+FFFD. */
  textTo(end: number): string {
    return this.#text.toString("utf8", this.at, end);
  }
}
