import fc from "fast-check";
import { expect, test } from "vitest";
import { readPath, unquotedName } from "../../../core/change/path-name.ts";

test.each([
  { says: "a plain path", bytes: Array.from("src/a.ts", code), path: "src/a.ts", validUtf8: true },
  { says: "36: a composed letter stays composed", bytes: [0xc3, 0xa9], path: "\u00e9", validUtf8: true },
  { says: "36: a decomposed letter stays decomposed", bytes: [0x65, 0xcc, 0x81], path: "e\u0301", validUtf8: true },
  {
    says: "36: a byte order mark is part of the path",
    bytes: [0xef, 0xbb, 0xbf, 0x61],
    path: "\ufeffa",
    validUtf8: true,
  },
  { says: "36: a lone byte is shown", bytes: [0x61, 0xff, 0x2e], path: "a\\xff.", validUtf8: false },
  { says: "36: an overlong slash is no slash", bytes: [0xc0, 0xaf], path: "\\xc0\\xaf", validUtf8: false },
  {
    says: "36: half a surrogate pair is not UTF-8",
    bytes: [0xed, 0xa0, 0x80],
    path: "\\xed\\xa0\\x80",
    validUtf8: false,
  },
  {
    says: "36: a letter beside a bad byte is shown as bytes too",
    bytes: [0xc3, 0xa9, 0xff],
    path: "\\xc3\\xa9\\xff",
    validUtf8: false,
  },
  {
    says: "36: a backslash beside a bad byte is told from one",
    bytes: [0x5c, 0xff],
    path: "\\x5c\\xff",
    validUtf8: false,
  },
  { says: "a backslash in a good path stays", bytes: [0x5c, 0x78, 0x66, 0x66], path: "\\xff", validUtf8: true },
])("$says", ({ bytes, path, validUtf8 }) => expect(readPath(Uint8Array.from(bytes))).toEqual({ path, validUtf8 }));

test("two different paths read alike only when one is UTF-8 and the other is not", () => {
  const byte = fc.constantFrom(0x5c, 0x78, 0x66, 0x61, 0xff, 0xfa, 0xc3, 0xa9);
  const bytes = fc.array(byte, { maxLength: 8 });
  fc.assert(
    fc.property(bytes, bytes, (a, b) => {
      const [one, other] = [readPath(Uint8Array.from(a)), readPath(Uint8Array.from(b))];
      const same = Buffer.from(a).equals(Buffer.from(b));
      if (one.validUtf8 === other.validUtf8) expect(one.path === other.path).toBe(same);
    }),
    { numRuns: 500 },
  );
});

function code(letter: string): number {
  return letter.charCodeAt(0);
}

test.each([
  { says: "a plain name as it is", name: "src/a b.ts", unquoted: "src/a b.ts" },
  { says: "quotes and backslashes", name: String.raw`"a\"b\\c"`, unquoted: 'a"b\\c' },
  { says: "control characters by their letters", name: String.raw`"\a\b\t\n\v\f\r"`, unquoted: "\x07\b\t\n\v\f\r" },
  { says: "bytes in octal", name: String.raw`"\303\244"`, unquoted: "\u00e4" },
  { says: "an octal byte before a digit", name: String.raw`"\0011"`, unquoted: "\x011" },
])("a name that git quotes: $says", ({ name, unquoted }) => {
  expect(new TextDecoder().decode(unquotedName(Buffer.from(name)))).toBe(unquoted);
});
