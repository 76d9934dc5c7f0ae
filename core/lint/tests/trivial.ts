import type { SourceFile, SyntaxNode } from "../../syntax/index.ts";
import type { Assertion } from "./assertions.ts";

/** Holds whatever the code does: it looks at a literal, or at the same thing twice. */
export function isTrivial(file: SourceFile, { subject, matcher, expected }: Assertion): boolean {
  if (subject === null) return false;
  const what = file.bare(subject);
  const word = matcher.replace(/^(?:assert\.|to\.|be\.)+/, "");
  if (/\bnot\b|\.not\./.test(matcher)) return what.type === "false" && /true|ok/i.test(word);
  if (isTautology(file, what)) return word === "" ? false : holds(file, "true", word, expected);
  if (isLiteral(what) && expected === null) return holds(file, what.text, word, null);
  if (isLiteral(what) && expected !== null) {
    const other = file.bare(expected);
    if (
      /^(?:toBe|toEqual|toStrictEqual|equals?|eql|eq|strictEqual|deepEqual|deepStrictEqual|is|same|assertEquals?|assertSame|assertIs|isEqualTo|isSameAs|Equal|EqualValues|Same|==|===|is)$/.test(
        word,
      ) ||
      /(?:^|\.)(?:equal|eql|eq)$/.test(word)
    )
      return other.text === what.text;
    return isText(other) && holds(file, what.text, word, null);
  }
  return isSame(file, what, word, expected) || isCount(what, word, expected);
}

/** What this literal alone makes true. */
function holds(file: SourceFile, text: string, word: string, expected: SyntaxNode | null): boolean {
  const isFalsy = /^(?:false|False|0|null|None|nil|undefined|""|'')$/.test(text);
  if (/^(?:assertTrue|assert_|assert|ok|isTrue|isOk|truthy|true|toBeTruthy|toBeTrue|be\.true|be\.ok|True)$/.test(word))
    return !isFalsy && !(expected !== null && !isText(file.bare(expected)));
  if (/^(?:assertFalse|isFalse|falsy|false|toBeFalsy|toBeFalse|be\.false|False)$/.test(word)) return isFalsy;
  if (/^(?:assertNotNull|assertIsNotNone|isNotNull|toBeDefined|exist|exists|NotNil|NotNull)$/.test(word))
    return !isFalsy || text === "0" || /^[Ff]alse$/.test(text);
  return /^(?:assertNull|assertIsNone|isNull|toBeNull|Nil)$/.test(word) && /^(?:null|None|nil)$/.test(text);
}

function isLiteral({ type }: SyntaxNode): boolean {
  return (
    /^(?:true|false|number|integer|float|string|none|null|undefined|nil|\w+_literal|null_literal)$/.test(type) &&
    type !== "composite_literal" &&
    type !== "func_literal"
  );
}

function isText({ type }: SyntaxNode): boolean {
  return type === "string" || type.endsWith("string_literal") || type === "template_string";
}

/** `a == a`, `true || a`, `1 == 1`. */
function isTautology(file: SourceFile, node: SyntaxNode): boolean {
  if (node.type !== "binary_expression" && node.type !== "comparison_operator" && node.type !== "boolean_operator")
    return false;
  const [left, right] = node.named;
  const operator = (node.part("operator") ?? node.part("operators"))?.text ?? "";
  if (left === undefined || right === undefined || node.named.length !== 2) return false;
  if (/^(?:\|\||or)$/.test(operator)) return [left, right].some((side) => /^(?:true|True)$/.test(file.bare(side).text));
  return /^={2,3}$/.test(operator) && isLiteral(left) && left.text === right.text;
}

/** The same name on both sides; a test of equality itself does so, and says so. */
function isSame(file: SourceFile, what: SyntaxNode, word: string, expected: SyntaxNode | null): boolean {
  if (
    expected === null ||
    !/^(?:toBe|toEqual|toStrictEqual|equals?|strictEqual|deepEqual|deepStrictEqual|is|assertEquals?|assertSame|isEqualTo|Equal|==|===)$/.test(
      word,
    )
  )
    return false;
  if (!/^[\w$.]{1,80}$/.test(what.text) || what.text !== file.bare(expected).text) return false;
  let around = file.functionAround(what);
  for (let step = 0; around !== null && step < 5; step += 1) {
    const title = around.node.parent?.named[0]?.text ?? "";
    if (
      /equal|reflex|same|ident|hash|self|nan|stable|cach|singleton|memo/i.test(
        `${around.name ?? ""} ${title.slice(0, 200)}`,
      )
    )
      return false;
    around = file.functionAround(around.node);
  }
  return true;
}

/** A length is never below zero. */
function isCount(what: SyntaxNode, word: string, expected: SyntaxNode | null): boolean {
  if (
    expected?.text !== "0" ||
    !/^(?:toBeGreaterThanOrEqual|assertGreaterEqual|GreaterOrEqual|isGreaterThanOrEqualTo|>=)$/.test(word)
  )
    return false;
  return /\.length$|^len\(.*\)$|\.size\(\)$/.test(what.text.slice(0, 200));
}
