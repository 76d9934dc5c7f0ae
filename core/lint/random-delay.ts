import type { SourceFile, SyntaxNode } from "../syntax/index.ts";
import { nodesIn } from "./caught-errors.ts";

const random =
  /rand|jitter|uniform|nextInt|nextDouble|nextLong|noise|retry_?-?after|secrets\.|crypto|uuid|entropy|fuzz|spread|full_?jitter/i;

/**
 * Whether a delay may differ between clients: something random stands in it, in what its names hold, or in the function of
 * the file that gives it. What another file's function gives is not known, and counts as random.
 */
export function mayBeRandom(delay: SyntaxNode, file: SourceFile): boolean {
  const seen = new Set<SyntaxNode>();
  const left = [delay];
  for (let node = left.pop(); node !== undefined && seen.size < 40; node = left.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    if (random.test(node.text.slice(0, 2000))) return true;
    for (const part of nodesIn(node, file, 300)) {
      const call = file.callAt(part);
      if (call !== null && !isPlain(call.name, call.receiver)) {
        const made = file.bindingOf(call.callee)?.declarations[0]?.value;
        if (made == null || !file.dialect.functions.has(made.type)) return true;
        left.push(made.part("body") ?? made);
      }
      if (!file.dialect.names.has(part.type)) continue;
      const binding = file.bindingOf(part);
      for (const { value, kind } of binding?.declarations.slice(0, mostValues) ?? [])
        if (value !== null && kind !== "function" && kind !== "class") left.push(value);
      for (const { value } of binding?.values.slice(0, mostValues) ?? []) left.push(value);
    }
  }
  return false;
}

/** A name that gets more values than this is followed no further. */
const mostValues = 10;

/** Arithmetic and units. */
function isPlain(name: string, receiver: SyntaxNode | null): boolean {
  const of = receiver?.text.slice(0, 40) ?? "";
  if (
    /^(?:Math|math|time|Duration|TimeUnit\.\w{1,20}|Number|Integer|Long|datetime|asyncio|strconv|os\.environ|process\.env)$/.test(
      of,
    )
  )
    return true;
  if (/^(?:toMillis|toNanos|getSeconds|seconds|total_seconds|Milliseconds|toFixed|get|getOrDefault)$/.test(name))
    return true;
  return (
    receiver === null &&
    /^(?:int|float|min|max|pow|abs|round|Number|parseInt|parseFloat|timedelta|Duration|int64|float64|uint|range|len|iter)$/.test(
      name,
    )
  );
}
