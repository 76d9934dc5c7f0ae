/** One way to write an expression otherwise. */
export interface ExpressionMutant {
  text: string;
  /** `== → !=`. */
  says: string;
}

/**
 * Expressions that differ in one operator, one `true` or one number. A linear scan that knows texts in quotes; whether a
 * mutant is still an expression is for its compiler to say.
 */
export function mutateExpression(text: string): ExpressionMutant[] {
  const mutants: ExpressionMutant[] = [];
  for (let at = 0; at < text.length;) {
    const length = quotedLength(text, at);
    if (length > 0) {
      at += length;
      continue;
    }
    const token = tokenAt(text, at);
    for (const other of othersOf(token)) {
      const written = text.slice(0, at) + other + text.slice(at + token.length);
      mutants.push({ text: written, says: `${token} → ${other === "" ? "nothing" : other}` });
    }
    at += token.length;
  }
  return mutants;
}

/** How long the text in quotes is that begins here; 0 where none does. */
function quotedLength(text: string, at: number): number {
  const quote = text.charAt(at);
  if (quote !== '"' && quote !== "'") return 0;
  for (let end = at + 1; end < text.length; end += 1) {
    if (text.charAt(end) === "\\") end += 1;
    else if (text.charAt(end) === quote) return end - at + 1;
  }
  return text.length - at;
}

const operators: Readonly<Record<string, readonly string[]>> = {
  "==": ["!="],
  "!=": ["=="],
  "<=": ["<", ">"],
  ">=": [">", "<"],
  "<": ["<=", ">="],
  ">": [">=", "<="],
  "&&": ["||"],
  "||": ["&&"],
  "!": [""],
};

function tokenAt(text: string, at: number): string {
  const two = text.slice(at, at + 2);
  if (Object.hasOwn(operators, two)) return two;
  let end = at;
  while (end < text.length && isWordOrNumber(text.charAt(end))) end += 1;
  return text.slice(at, Math.max(end, at + 1));
}

function isWordOrNumber(char: string): boolean {
  return /[A-Za-z0-9_.]/.test(char);
}

function othersOf(token: string): readonly string[] {
  if (Object.hasOwn(operators, token)) return operators[token] ?? [];
  if (token === "true") return ["false"];
  if (token === "false") return ["true"];
  const number = /^[0-9]/.test(token) ? Number(token) : NaN;
  if (!Number.isFinite(number)) return [];
  // 0.25 stays a number with a point: an expression tells the two kinds apart.
  const [, decimals] = token.split(".");
  const step = decimals === undefined ? 1 : 10 ** -decimals.length;
  const shown = (value: number) => value.toFixed(decimals?.length ?? 0);
  return number - step < 0 ? [shown(number + step)] : [shown(number - step), shown(number + step)];
}
