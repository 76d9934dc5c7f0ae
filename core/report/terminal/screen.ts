import { plain } from "../text.ts";

/** What a report is drawn on: how wide it is, and how it shows emphasis and signs. */
export interface Screen {
  /** In columns, 40 to 200. */
  width: number;
  /** Any text, cleaned: one harmless line without secrets, in the characters that the terminal has. */
  say: (text: string, maxGraphemes?: number) => string;
  /** Clean text in a style; the same text where colour is off. */
  paint: (style: Style, text: string) => string;
  signs: Signs;
}

export interface TerminalOptions {
  /** Columns of the terminal; held between 40 and 200. */
  width: number;
  color: boolean;
  /** False for terminals that only show ASCII. */
  unicode: boolean;
}

export function openScreen({ width, color, unicode }: TerminalOptions): Screen {
  const columns = Number.isFinite(width) ? Math.trunc(width) : 80;
  return {
    width: Math.min(200, Math.max(40, columns)),
    say: unicode ? plain : (text, maxGraphemes) => inAscii(plain(text, maxGraphemes)),
    paint: color ? paint : (_style, text) => text,
    signs: unicode ? unicodeSigns : asciiSigns,
  };
}

export type Style = keyof typeof codes;

export type Signs = Record<keyof typeof unicodeSigns, string>;

/** SGR codes (ECMA-48, 8.3.117): what opens each style, and what closes it. Colours a reader's theme may redefine. */
const codes = {
  strong: [1, 22],
  quiet: [2, 22],
  good: [32, 39],
  bad: [31, 39],
  caution: [33, 39],
  ai: [35, 39],
  plain: [39, 39],
  goodBadge: ["1;7;32", "22;27;39"],
  badBadge: ["1;7;31", "22;27;39"],
  cautionBadge: ["1;7;33", "22;27;39"],
} as const;

const unicodeSigns = {
  yes: "✓",
  no: "✗",
  warn: "!",
  unknown: "?",
  to: "→",
  from: "←",
  dot: "·",
  rule: "─",
  full: "█",
  empty: "░",
  more: "…",
  dash: "–",
  minus: "−",
  plusMinus: "±",
  bullet: "•",
};

const asciiSigns: Signs = {
  yes: "+",
  no: "x",
  warn: "!",
  unknown: "?",
  to: "->",
  from: "<-",
  dot: "-",
  rule: "-",
  full: "#",
  empty: ".",
  more: "...",
  dash: "-",
  minus: "-",
  plusMinus: "+/-",
  bullet: "*",
};

/** Our own signs have a twin in ASCII; any other character is shown as `?`, as a terminal without it would. */
const asciiTwins = new Map([
  ...Object.entries(unicodeSigns).map(([name, sign]) => [sign, asciiSigns[name as keyof Signs]] as const),
]);

function inAscii(text: string): string {
  return Array.from(text, (character) => (character <= "~" ? character : (asciiTwins.get(character) ?? "?"))).join("");
}

function paint(style: Style, text: string): string {
  const [open, close] = codes[style];
  return text === "" ? "" : `\u001b[${open}m${text}\u001b[${close}m`;
}
