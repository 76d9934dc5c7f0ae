import type { Call, SourceFile, SyntaxNode } from "../syntax/index.ts";
import { declaredType } from "./declared-type.ts";
import { escapes, type Purpose } from "./sanitisers.ts";
import { growthOf } from "./text-growth.ts";

/**
 * Whether a value can bring nothing of its own into a text: it is written in this file, or is a number, or has been
 * escaped, or is chosen among such. Names are followed to all that they ever get; what cannot be seen is not harmless.
 */
export function isHarmless(file: SourceFile, node: SyntaxNode, purpose: Purpose = "sql"): boolean {
  return judge({ file, purpose, left: mostSteps, asked: new Set() }, node, 0);
}

interface Judgement {
  file: SourceFile;
  purpose: Purpose;
  left: number;
  /** Nodes that are being judged: a name that gets itself, and more, is as harmless as the more. */
  asked: Set<SyntaxNode>;
}

const mostSteps = 150;
const deepest = 12;

function judge(state: Judgement, node: SyntaxNode, depth: number): boolean {
  const { file, asked } = state;
  const plain = file.bare(node);
  if (asked.has(plain)) return true;
  state.left -= 1;
  if (state.left < 0 || depth > deepest) return false;
  asked.add(plain);
  const is = isNumber(file, plain) || isNamedLikeConstant(state, plain) || judgeParts(state, plain, depth + 1);
  if (!is) asked.delete(plain);
  return is;
}

function judgeParts(state: Judgement, node: SyntaxNode, depth: number): boolean {
  const { file } = state;
  const all = (nodes: readonly SyntaxNode[]) => nodes.every((inner) => judge(state, inner, depth));
  if (file.dialect.names.has(node.type)) return judgeName(state, node, depth);
  const call = file.callAt(node);
  const parts = file.dialect.readText(node, call);
  if (parts !== null)
    return parts.every(
      (part) => part.kind === "written" || isNumberPlace(part.place) || judge(state, part.node, depth),
    );
  if (call !== null) return judgeCall(state, call, depth);
  const choices = choicesOf(node);
  if (choices !== null) return all(choices);
  // In Python `["?"] * n` and `"?" * n` repeat what they hold.
  if (node.type === "binary_operator" && node.part("operator")?.type === "*") return all(node.named);
  if (lists.has(node.type)) return all(elementsOf(node));
  if (node.type === "subscript_expression" || node.type === "subscript" || indexes.has(node.type)) {
    const holder = node.part("object") ?? node.part("value") ?? node.part("operand") ?? node.part("array");
    return holder !== null && (isNamedLikeConstant(state, holder) || judge(state, holder, depth));
  }
  const member = file.dialect.readMember(node);
  if (member !== null) {
    const holder = file.valueOf(member.object);
    return lists.has(holder.type) && judge(state, holder, depth);
  }
  return false;
}

/** Everything that a name is ever given, where all of it can be seen. */
function judgeName(state: Judgement, name: SyntaxNode, depth: number): boolean {
  const { file } = state;
  const binding = file.bindingOf(name);
  if (binding === null || binding.declarations.length + binding.values.length > mostValues) return false;
  if (state.purpose === "sql" && isOwnPartOfQuery(file, name)) return true;
  if (isEmbedded(file, binding.declarations[0]?.name)) return true;
  for (const { kind, value, isPart, name: declared } of binding.declarations) {
    if (kind !== "variable" && kind !== "constant") return false;
    if (value === null) {
      if (isLoopName(declared)) return false;
      continue;
    }
    if (isPart && !isElementOf(state, declared, value, depth)) return false;
    if (!isPart && !judge(state, value, depth)) return false;
  }
  const grown = growthOf(file, binding);
  if (binding.values.length === 0 && grown.length === 0 && binding.declarations.every(({ value }) => value === null))
    return false;
  if (grown.length > mostValues) return false;
  return (
    binding.values.every(({ value }) => judge(state, value, depth)) &&
    grown.every(({ value }) => judge(state, value, depth))
  );
}

/** In Go a file of the program's own may be a name's value. */
function isEmbedded(file: SourceFile, name: SyntaxNode | undefined): boolean {
  if (file.language !== "go" || name === undefined || name.line < 2) return false;
  return file.tree
    .line(name.line - 1)
    .trimStart()
    .startsWith("//go:embed");
}

/** `table, clause := tablesFor(kind)`: names for parts of a query that a function of the program's own gives. */
function isOwnPartOfQuery(file: SourceFile, name: SyntaxNode): boolean {
  if (!partOfQuery.test(name.text)) return false;
  const { declarations = [], values = [] } = file.bindingOf(name) ?? {};
  if (file.language === "go" && declarations.every(({ kind }) => kind === "parameter")) return true;
  const given = [...declarations.map(({ value }) => value), ...values.map(({ value }) => value)].filter(
    (value) => value !== null,
  );
  return (
    given.length > 0 &&
    given.every((value) => file.isConstant(value) || file.callAt(file.bare(value))?.receiver === null)
  );
}

const partOfQuery = /(?:^|_|[a-z])(?:[tT]able|[cC]lause|[cC]olumn|[sS]chema|[eE]xpr)s?(?:_?[nN]ames?|SQL|Sql)?$/;

const mostValues = 40;

function isLoopName(name: SyntaxNode): boolean {
  return /^(?:enhanced_for|catch|for_in)/.test(name.parent?.type ?? "");
}

/** `for x of ["a", "b"]`, and `number, err := strconv.Atoi(x)`. */
function isElementOf(state: Judgement, name: SyntaxNode, value: SyntaxNode, depth: number): boolean {
  const { file } = state;
  const call = file.callAt(file.bare(value));
  if (call !== null && givesNumber(file, call)) return true;
  const parent = name.parent?.type === "expression_list" ? name.parent.parent : name.parent;
  if (
    lists.has(file.bare(value).type) &&
    /^(?:pattern_list|tuple_pattern|array_pattern)$/.test(name.parent?.type ?? "")
  )
    return judge(state, value, depth);
  const isLoop = /(?:^for_|_for_|range_clause|for_in_clause|lexical_declaration)/.test(parent?.type ?? "");
  // `for (const [a, b] of pairs)`: the names lie deeper.
  const isDeep = /pattern/.test(parent?.type ?? "") && name.above(loopTypes) !== null;
  if (!isLoop && !isDeep) return false;
  if (file.language === "go" && parent?.part("left")?.named[0] === name && (parent.part("left")?.named.length ?? 0) > 1)
    return true;
  return judge(state, value, depth);
}

const loopTypes = new Set(["for_statement", "for_in_statement", "for_in_clause"]);

/** `status.ACTIVE`, `TABLE_NAME`: what others read as a constant is one, wherever it stands. */
function isNamedLikeConstant({ file, purpose }: Judgement, node: SyntaxNode): boolean {
  const isName = file.dialect.names.has(node.type);
  const name = isName ? node.text : (file.dialect.readMember(node)?.name ?? "");
  // In Go a name that the file does not declare is one of the package, and what is a package's own is mostly a constant.
  if (file.language === "go" && isName && file.bindingOf(node) === null) return true;
  if (purpose === "sql" && !isName && configured.test(name) && !requestLike.test(node.text.slice(0, 60))) return true;
  if (!/^_{0,2}[A-Z][A-Z0-9_]+$/.test(name)) return false;
  const binding = file.bindingOf(node);
  return binding === null || binding.declarations.every(({ kind, value }) => kind === "import" || value === null);
}

/** `this.tableName`, `options.schema`: what is set where the program is set up. */
const configured = /^_?(?:\w*_)?(?:\w*(?:table|schema|column|collection|database|view|index))s?(?:_?names?)?$/i;
const requestLike = /^(?:req|request|ctx|body|query|params|input|data|event|args|props)\b/i;

function judgeCall(state: Judgement, call: Call, depth: number): boolean {
  const { file } = state;
  if (givesNumber(file, call) || escapes(file, call, state.purpose) || makesPlaceholders(file, call)) return true;
  const { name, receiver, args } = call;
  // What is made empty brings nothing; what is put into it later is looked at with the name.
  if (
    (name === "make" && receiver === null) ||
    (call.isNew && args.length === 0) ||
    (name === "list" && args.length === 0)
  )
    return true;
  if (receiver !== null && keepers.has(name) && args.every(({ value }) => isPlain(file, value)))
    return judge(state, receiver, depth);
  if (name === "join" || name === "Join" || name === "map" || name === "format" || name === "Sprintf")
    return [...(receiver === null ? [] : [receiver]), ...args.map(({ value }) => value)]
      .filter((part) => !/^(?:String|strings|fmt|Collectors)$/.test(part.text))
      .every((part) => judge(state, bodyOf(file, part), depth));
  if (wrappers.has(name) && args.length > 0) return args.every(({ value }) => judge(state, value, depth));
  return false;
}

const keepers = new Set(
  (
    "trim toUpperCase toLowerCase upper lower strip keys values items entries toString String slice substring concat filter sort " +
    "reverse rstrip lstrip flat replace"
  ).split(" "),
);
const wrappers = new Set(
  "enumerate sorted list tuple set reversed String str keys values entries of asList".split(" "),
);

/** An argument that says how, not what: a number, a literal, a function. */
function isPlain(file: SourceFile, node: SyntaxNode): boolean {
  return (
    file.dialect.functions.has(node.type) || file.isConstant(node) || isNumber(file, node) || node.type === "regex"
  );
}

/** Of a function that only gives a value, the value. */
function bodyOf(file: SourceFile, node: SyntaxNode): SyntaxNode {
  if (!file.dialect.functions.has(node.type)) return node;
  const body = node.part("body");
  return body === null ? node : file.bare(body);
}

/** `ids.map(() => "?").join(",")`, `"?,".repeat(n)`, `",".join(["%s"] * n)`, `strings.Repeat("?,", n)`. */
function makesPlaceholders(file: SourceFile, { name, receiver, args }: Call): boolean {
  const [first] = args;
  if (/^(?:repeat|ljust|zfill)$/i.test(name)) {
    const repeated =
      receiver !== null && name === "repeat" && !/^\w*(?:strings|String\w*)$/.test(receiver.text)
        ? receiver
        : first?.value;
    return repeated !== undefined && file.isConstant(repeated);
  }
  if (name === "nCopies") return args[1] !== undefined && file.isConstant(args[1].value);
  if (name === "fill") return first !== undefined && file.isConstant(first.value);
  if (name !== "map" && name !== "from") return false;
  const made = args.find(({ value }) => file.dialect.functions.has(value.type))?.value.part("body");
  return made !== undefined && made !== null && isPlaceholder(file, made);
}

/** A literal, or a literal and a count: `$${i + 1}`. */
function isPlaceholder(file: SourceFile, body: SyntaxNode): boolean {
  const parts = file.textOf(body);
  if (parts === null) return false;
  return parts.every(
    (part, index) =>
      part.kind === "written" ||
      isNumber(file, part.node) ||
      isAfterMark(parts.slice(0, index).map((before) => (before.kind === "written" ? before.text : ""))),
  );
}

function isAfterMark(before: readonly string[]): boolean {
  return endsWithMark(before.at(-1) ?? "");
}

/** `$`, `:`, `@p`, `?`: what comes next is the number or the name of a placeholder. */
export function endsWithMark(text: string): boolean {
  return /(?:[$?]|[\s(,=]:|[\s(,=]@)[pP]?$|^[$?:@][pP]?$/.test(text.slice(-20));
}

/** Formats that take numbers alone. */
export function isNumberPlace(place: string | undefined): boolean {
  return (
    place !== undefined &&
    /^%(?:\[\d+\]|\d+\$|\(\w{1,40}\))?[-+ #0,]{0,5}\d{0,4}(?:\.\d{0,4})?[dioxXfeEgGtcbU]$/.test(place)
  );
}

const numberOperators = new Set(["-", "*", "/", "%", "**", "//", "|", "&", "^", "<<", ">>", ">>>"]);
const truthOperators = new Set(["==", "===", "!=", "!==", "<", ">", "<=", ">=", "in", "instanceof"]);

/** A number or a truth value, whatever its value. */
export function isNumber(file: SourceFile, node: SyntaxNode): boolean {
  const plain = file.bare(node);
  if (file.dialect.numbers.has(plain.type)) return true;
  if (["not_operator", "comparison_operator", "update_expression"].includes(plain.type)) return true;
  if (plain.type === "unary_expression" || plain.type === "unary_operator")
    return ["-", "+", "!", "~"].some((operator) => plain.has(operator));
  if (plain.type === "binary_expression" || plain.type === "binary_operator") return isSum(file, plain);
  const call = file.callAt(plain);
  if (call !== null) return givesNumber(file, call);
  const member = file.dialect.readMember(plain);
  if (member !== null) return /^(?:length|size|rowCount|byteLength|pid|ppid|port)$/.test(member.name);
  const type = declaredType(file, plain);
  return (type !== null && isNumberType(type)) || isCounter(file, plain);
}

function isSum(file: SourceFile, node: SyntaxNode): boolean {
  const operator = node.part("operator")?.type ?? "";
  if (truthOperators.has(operator)) return true;
  const left = node.part("left");
  const right = node.part("right");
  if (left === null || right === null) return false;
  // In Python `%` and `*` are for texts, too.
  const isText = file.language === "python" && (operator === "%" || operator === "*");
  if (numberOperators.has(operator)) return !isText || (isNumber(file, left) && isNumber(file, right));
  return operator === "+" && isNumber(file, left) && isNumber(file, right);
}

/** `for (let i = 0; …; i++)`, `let n = 1; n += 1`. */
function isCounter(file: SourceFile, node: SyntaxNode): boolean {
  const binding = file.bindingOf(node);
  if (binding === null || binding.declarations.length === 0) return false;
  if (binding.declarations.length + binding.values.length > mostValues) return false;
  const isCounted = ({ value, isPart, kind }: (typeof binding.declarations)[number]) =>
    !isPart && kind !== "parameter" && value !== null && isNumberLiteral(file, value);
  return binding.declarations.every(isCounted) && binding.values.every(({ value }) => isNumberLiteral(file, value));
}

function isNumberLiteral(file: SourceFile, node: SyntaxNode): boolean {
  const plain = file.bare(node);
  if (file.dialect.numbers.has(plain.type)) return true;
  const call = file.callAt(plain);
  if (call !== null) return givesNumber(file, call);
  const member = file.dialect.readMember(plain);
  if (member !== null) return member.name === "length";
  return (
    (plain.type === "binary_expression" || plain.type === "binary_operator") &&
    numberOperators.has(plain.part("operator")?.type ?? "") &&
    file.language !== "python"
  );
}

export function isNumberType(type: string): boolean {
  const plain = type
    .replace(/^[:\s*]+|\s+$/g, "")
    .replace(/^(?:Optional\[(.{1,40})\])$/, "$1")
    .replace(/\s*\|\s*(?:None|null|undefined)$/, "");
  return numberTypes.has(plain);
}

const numberTypes = new Set(
  (
    "int long short byte float double char boolean bool number bigint Integer Long Short Byte Float Double Boolean BigDecimal " +
    "BigInteger UUID uuid.UUID Instant LocalDate LocalDateTime Date time.Time time.Duration int8 int16 int32 int64 uint uint8 " +
    "uint16 uint32 uint64 float32 float64 rune datetime datetime.datetime datetime.date date timedelta Decimal"
  ).split(" "),
);

/** Calls of which the result is a number, or as harmless as one. */
export function givesNumber(file: SourceFile, call: Call): boolean {
  const { name, receiver } = call;
  if (receiver === null) return numberMakers.has(name) || (file.language !== "javascript" && numberTypes.has(name));
  if (numberMethods.has(name)) return true;
  return (
    numberFunctions.has(`${receiver.text.slice(0, 40)}.${name}`) || receiver.text === "Math" || receiver.text === "math"
  );
}

const numberMakers = new Set(
  "Number parseInt parseFloat BigInt Boolean int float len bool round abs ord cap".split(" "),
);
const numberMethods = new Set(
  (
    "length size indexOf lastIndexOf getTime toFixed valueOf_number intValue longValue doubleValue isoformat toISOString randomUUID " +
    "toEpochMilli hashCode ordinal parseInt parseLong parseDouble parseFloat nextInt Unix UnixNano getInt getLong count nextval"
  ).split(" "),
);
const numberFunctions = new Set(
  (
    "Date.now performance.now strconv.Itoa strconv.Atoi strconv.FormatInt strconv.ParseInt strconv.ParseUint strconv.FormatUint strconv.ParseFloat " +
    "strconv.FormatBool strconv.ParseBool Integer.valueOf Long.valueOf Integer.toString Long.toString Number.parseInt Number.parseFloat " +
    "time.time uuid.uuid4 UUID.fromString uuid.UUID System.currentTimeMillis System.nanoTime uuid.New crypto.randomUUID"
  ).split(" "),
);

/** `x ? a : b`, `a || b`, `a if x else b`: the values that may come out. Null when it is no choice. */
export function choicesOf(node: SyntaxNode): SyntaxNode[] | null {
  if (node.type === "ternary_expression")
    return [node.part("consequence"), node.part("alternative")].filter((choice) => choice !== null);
  if (node.type === "conditional_expression")
    return [node.named[0], node.named[2]].filter((choice) => choice !== undefined);
  if (node.type === "boolean_operator" || node.type === "binary_expression") {
    const operator = node.part("operator")?.type ?? "";
    if (!["||", "??", "&&", "or", "and"].includes(operator)) return null;
    const right = node.part("right");
    const left = node.part("left");
    if (operator === "&&" || operator === "and") return right === null ? [] : [right];
    return [left, right].filter((choice) => choice !== null);
  }
  if (
    node.type === "await_expression" ||
    node.type === "await" ||
    node.type === "spread_element" ||
    /^(?:list|dictionary)_splat$/.test(node.type)
  )
    return node.named.slice(0, 1);
  return null;
}

const lists = new Set([
  ...["array", "list", "tuple", "set", "object", "dictionary", "array_initializer", "array_creation_expression"],
  ...["composite_literal", "literal_value", "generator_expression", "list_comprehension", "expression_list"],
]);
const indexes = new Set(["index_expression", "array_access", "slice_expression"]);

/** The elements of a list, and the values of an object. */
function elementsOf(node: SyntaxNode): SyntaxNode[] {
  const body = node.part("body");
  if (node.type === "generator_expression" || node.type === "list_comprehension") return body === null ? [] : [body];
  const held =
    node.type === "composite_literal"
      ? (body?.named ?? [])
      : node.type === "array_creation_expression"
        ? (node.part("value")?.named ?? [])
        : node.named;
  return held.map((element) => {
    if (element.type === "pair" || element.type === "keyed_element")
      return element.part("value") ?? element.named.at(-1) ?? element;
    return element.type === "literal_element" ? (element.named[0] ?? element) : element;
  });
}
