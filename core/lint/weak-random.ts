import type { Call, SourceFile, SyntaxNode } from "../syntax/index.ts";
import { calledName, originsOf } from "./origins.ts";

/** Whether a call draws from a generator whose next number can be told from those before. */
export function isWeakRandom(file: SourceFile, call: Call): boolean {
  switch (file.language) {
    case "javascript":
      return call.name === "random" && call.receiver?.text === "Math";
    case "python":
      return isPythonRandom(file, call);
    case "go":
      return isGoRandom(file, call);
    case "java":
      return isJavaRandom(file, call);
  }
}

const pythonDraws =
  /^(?:random|randint|randrange|randbytes|getrandbits|choice|choices|sample|shuffle|uniform|triangular|rand|integers|bytes)$/;

function isPythonRandom(file: SourceFile, call: Call): boolean {
  const called = calledName(file, call);
  if (/^(?:random|numpy\.random)\.\w+$/.test(called))
    return pythonDraws.test(called.slice(called.lastIndexOf(".") + 1));
  if (call.receiver === null || !pythonDraws.test(call.name)) return false;
  return originsOf(file, call.receiver).some((origin) =>
    /^(?:random\.Random|numpy\.random\.(?:default_rng|RandomState))$/.test(origin),
  );
}

function isGoRandom(file: SourceFile, call: Call): boolean {
  if (call.receiver === null || !/^(?:Int|Uint|Float|Perm|Shuffle|Read|N$|Norm|Exp)/.test(call.name)) return false;
  if (/^math\/rand(?:\/v2)?\.\w+$/.test(calledName(file, call))) return true;
  return originsOf(file, call.receiver).some((origin) => /^math\/rand(?:\/v2)?\.(?:New|Rand)$/.test(origin));
}

function isJavaRandom(file: SourceFile, call: Call): boolean {
  const { name, receiver } = call;
  if (receiver === null) return false;
  if (name === "random") return receiver.text === "Math";
  if (/^random\w*$/.test(name) && receiver.text === "RandomStringUtils") return true;
  if (!/^(?:next\w*|ints|longs|doubles)$/.test(name)) return false;
  const origins = originsOf(file, receiver);
  if (origins.some((origin) => origin.includes("SecureRandom"))) return false;
  return origins.some((origin) => /(?:^|\.)(?:Random|SplittableRandom|ThreadLocalRandom(?:\.current)?)$/.test(origin));
}

/**
 * Whether what is drawn becomes something that nobody may guess, by the name nearest to it: what it is assigned to, the key
 * that it stands under, or the function that makes it.
 */
export function isForSecret(file: SourceFile, call: Call): boolean {
  const nearest = nearestName(file, call.node);
  if (nearest !== null && saysSecret(nearest)) return true;
  if (nearest !== null && saysHarmless(nearest)) return false;
  const made = functionName(file, call.node);
  return made !== null && saysSecret(made) && !startsOtherwise.test(made);
}

const startsOtherwise =
  /^(?:is|has|on|handle|validate|verify|check|test|mock|fake|use|render|fetch|refresh|login|auth|authenticate|count|estimate)(?:[A-Z_]|$)/;

function nearestName(file: SourceFile, node: SyntaxNode): string | null {
  let inner = node;
  for (let at = node.parent, step = 0; at !== null && step < 40; inner = at, at = at.parent, step += 1) {
    if (file.dialect.assignments.has(at.type) || at.type === "variable_declarator" || at.type === "named_expression") {
      const target = at.part("left") ?? at.part("name") ?? at.named[0];
      if (target !== undefined && target !== inner) return target.text.slice(0, 100);
    }
    if (file.dialect.entries.has(at.type) && at.type !== "shorthand_property_identifier") {
      const key = at.part("key") ?? at.part("name") ?? at.named[0];
      if (key !== undefined && key !== inner) return key.text.slice(0, 100);
    }
    if (at.type === "field_definition" || at.type === "public_field_definition")
      return (at.part("property") ?? at.part("name"))?.text.slice(0, 100) ?? null;
    if (/^(?:function_declaration|method_definition|method_declaration|function_definition|class_body)$/.test(at.type))
      return null;
    if (at.type === "statement_block" && at.parent?.type !== "arrow_function") return null;
    if (/^(?:set|add|with)[A-Z]\w*$/.test(calledMethod(file, at))) return calledMethod(file, at);
  }
  return null;
}

function calledMethod(file: SourceFile, node: SyntaxNode): string {
  return file.callAt(node)?.name ?? "";
}

/** Of the innermost function that has a name; `const newToken = () => …` has one. */
function functionName(file: SourceFile, node: SyntaxNode): string | null {
  for (
    let at = node.above(file.dialect.functions), step = 0;
    at !== null && step < 6;
    at = at.above(file.dialect.functions), step += 1
  ) {
    const { name } = file.dialect.readFunction(at);
    if (name !== null) return name;
  }
  return null;
}

function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/);
}

/** Whether a name is one of something that must not be guessed. */
export function saysSecret(name: string): boolean {
  const words = wordsOf(name);
  if (words.some((word) => harmless.has(word))) return false;
  if (words.some((word) => secrets.has(word))) return true;
  const hasKey = words.includes("key") || words.includes("code") || words.includes("id");
  return hasKey && words.some((word) => secretKinds.has(word));
}

function saysHarmless(name: string): boolean {
  return wordsOf(name).some((word) => harmless.has(word));
}

const secrets = new Set(
  (
    "token secret password passwd passwort pwd passcode passphrase pass otp totp pin nonce salt iv csrf xsrf apikey credential " +
    "credentials jwt sessionid sid authtoken accesstoken resettoken sessiontoken captcha"
  ).split(" "),
);
const secretKinds = new Set(
  (
    "api secret private encryption encrypt signing sign access crypto session auth verification verify activation confirm " +
    "confirmation reset login mfa 2fa recovery invite invitation voucher coupon security aes hmac license backup"
  ).split(" "),
);
const harmless = new Set(
  (
    "jitter delay backoff timeout interval wait sleep count size length len index idx ttl expiry ms seconds seed mock fake test " +
    "sample color colour probability chance percent rate ratio weight position offset temperature tokens number num max min " +
    "pool price score cost usage"
  ).split(" "),
);
