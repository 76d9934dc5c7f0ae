import type { FunctionParts, SourceFile, SyntaxNode } from "../syntax/index.ts";

/**
 * How many values a caller must put in the right order. What is named at the call does not count (one object, keywords
 * after `*`), nor what a framework hands in, nor `self`; a signature that is given by another declaration counts as none.
 */
export function parameterCount({ node, parameters }: FunctionParts, file: SourceFile): number {
  if (parameters.length === 0 || isGivenFrom(node, file)) return 0;
  const list = node.part("parameters");
  if (list === null) return 1;
  if (file.language === "go") return list.named.reduce((sum, { children }) => sum + namesAmong(children), 0);
  const counted = list.named.filter((parameter) => !uncounted.has(parameter.type));
  if (file.language !== "python") return counted.length;
  const keywords = list.named.findIndex(({ type }) => type === "keyword_separator" || type === "list_splat_pattern");
  const ordered = keywords === -1 ? counted : counted.filter((parameter) => list.named.indexOf(parameter) < keywords);
  return ordered.filter((parameter) => !isReceiver(parameter) && !isHandedIn(parameter)).length;
}

const uncounted = new Set([
  ...["keyword_separator", "positional_separator", "dictionary_splat_pattern", "list_splat_pattern"],
  "receiver_parameter",
]);

/** `a, b int` are two; a type alone is one. */
function namesAmong(children: readonly SyntaxNode[]): number {
  return Math.max(1, children.filter(({ field }) => field === "name").length);
}

function isReceiver(parameter: SyntaxNode): boolean {
  return /^(?:self|cls|_\w*)$/.test(parameter.text);
}

/** `limit: int = Query(10)`, `db=Depends(connect)`: nobody calls such a function by hand. */
function isHandedIn(parameter: SyntaxNode): boolean {
  return parameter.part("value")?.type === "call";
}

/** An override has the parameters of what it overrides, and a constructor for injection those that it is given. */
function isGivenFrom(node: SyntaxNode, { language }: SourceFile): boolean {
  if (language === "java") {
    const annotations = node.childOf("modifiers")?.named ?? [];
    return annotations.some(({ text }) =>
      /^@(?:Override|Autowired|Inject|JsonCreator|ConstructorBinding)\b/.test(text),
    );
  }
  if (node.has("override")) return true;
  const parent = node.parent;
  if (parent?.type !== "decorated_definition") return isConstructorOfProperties(node);
  return parent.named.some(
    ({ type, text }) =>
      type === "decorator" && /^@(?:\w+\.)*(?:override|fixture|parametrize|command|option|callback)\b/.test(text),
  );
}

/** In TypeScript a constructor that is handed services declares them as its properties. */
function isConstructorOfProperties(node: SyntaxNode): boolean {
  if (node.type !== "method_definition" || node.part("name")?.text !== "constructor") return false;
  return (
    node.part("parameters")?.named.some((parameter) => parameter.childOf("accessibility_modifier") !== null) ?? false
  );
}
