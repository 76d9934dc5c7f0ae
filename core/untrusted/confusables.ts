/**
 * The text with every letter, dash, dot or slash of another script that passes for an ASCII one replaced by that one,
 * in lower case. Two texts that look the same have the same skeleton, as far as the table below goes: it holds the
 * close look-alikes of Unicode's security data (UTS #39, confusables) from Cyrillic, Greek, Armenian and extended
 * Latin. Full-width and mathematical letters are left to NFKC, which the caller applies first.
 */
export function skeleton(text: string): string {
  // Both before and after: `В` looks like `B`, yet its lower case `в` looks like nothing in ASCII.
  return replaceLookalikes(replaceLookalikes(text).toLowerCase());
}

/** The ASCII character that this one passes for, if any. */
export function lookalikeOf(character: string): string | undefined {
  return lookalikes.get(character);
}

function replaceLookalikes(text: string): string {
  return text.replace(/[^\0-\x7F]/gu, (character) => lookalikes.get(character) ?? character);
}

const table: Readonly<Record<string, string>> = {
  a: "аɑα",
  A: "АΑ",
  b: "Ьƅ",
  B: "ВΒ",
  c: "сϲ",
  C: "СϹ",
  d: "ԁ",
  e: "еҽ",
  E: "ЕΕ",
  f: "ք",
  g: "ɡց",
  G: "Ԍ",
  h: "һհ",
  H: "НΗ",
  i: "іıι",
  I: "ІΙӀİ",
  j: "јյ",
  J: "ЈͿ",
  k: "кκ",
  K: "КΚ",
  l: "ӏլ",
  L: "Լ",
  M: "МΜ",
  n: "ոռ",
  N: "Ν",
  o: "оοօ",
  O: "ОΟՕ",
  p: "рρ",
  P: "РΡ",
  q: "ԛզ",
  Q: "Ԛ",
  r: "г",
  s: "ѕ",
  S: "ЅՏ",
  T: "ТΤ",
  u: "սυ",
  U: "Ս",
  v: "ѵν",
  V: "Ѵ",
  w: "ԝա",
  W: "Ԝ",
  x: "хχ",
  X: "ХΧ",
  y: "уγү",
  Y: "ҮΥУ",
  Z: "Ζ",
  "-": "‐‑‒–—−",
  ".": "․",
  "/": "⁄∕",
};

const lookalikes: ReadonlyMap<string, string> = new Map(
  Object.entries(table).flatMap(([ascii, others]) => Array.from(others, (other): [string, string] => [other, ascii])),
);
