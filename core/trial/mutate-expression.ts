/** One way to write an expression otherwise. */
export interface ExpressionMutant {
  text: string;
  /** `== → !=`. */
  says: string;
  /** Where in the expression it differs, in UTF-16 code units. */
  at: number;
}

/**
 * Expressions that differ in one operator, one `true`, one number, one text or one item of a list. A linear scan; whether a
 * mutant is still an expression is for its compiler to say.
 */
export function mutateExpression(text: string): ExpressionMutant[] {
  const tokens = tokensOf(text);
  return tokens.flatMap(({ token, at }, index) => {
    const written = (other: string) => text.slice(0, at) + other + text.slice(at + token.length);
    const others = othersOf(token).map((other) => {
      return { text: written(other), says: `${token} → ${other === "" ? "nothing" : other}`, at };
    });
    return [...others, ...withoutItem(text, tokens, index)];
  });
}

interface Token {
  token: string;
  at: number;
}

/** Everything but white space. */
function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length;) {
    const token = quotedLength(text, at) > 0 ? text.slice(at, at + quotedLength(text, at)) : tokenAt(text, at);
    if (token.trim() !== "") tokens.push({ token, at });
    at += token.length;
  }
  return tokens;
}

/** The list without this item, where it is one of several that are each one token. */
function withoutItem(text: string, tokens: readonly Token[], index: number): ExpressionMutant[] {
  const [before, item, after] = [tokens[index - 1], tokens[index], tokens[index + 1]];
  if (item === undefined || !isLiteral(item.token) || !isInList(tokens, index)) return [];
  const says = `without ${item.token}`;
  const rest = item.at + item.token.length;
  const until = tokens[index + 2];
  if (before?.token === "[" && after?.token === "," && until !== undefined)
    return [{ text: text.slice(0, item.at) + text.slice(until.at), says, at: item.at }];
  if (before?.token === "," && (after?.token === "," || after?.token === "]"))
    return [{ text: text.slice(0, before.at) + text.slice(rest), says, at: item.at }];
  return [];
}

function isLiteral(token: string): boolean {
  return /^["'0-9]/.test(token);
}

/** Whether the innermost bracket around it is one of a list: the commas of a call part arguments. */
function isInList(tokens: readonly Token[], index: number): boolean {
  let closed = 0;
  for (let at = index - 1; at >= 0; at -= 1) {
    const { token = "" } = tokens[at] ?? {};
    if (token === ")" || token === "]") closed += 1;
    if (token !== "(" && token !== "[") continue;
    if (closed === 0) return token === "[";
    closed -= 1;
  }
  return false;
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
  // Long enough for a text to be one that nothing is.
  if (/^(?:"[^]*"|'[^]*')$/.test(token) && token.length > 2) return [`${token.slice(0, -1)}-${token.slice(-1)}`];
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
