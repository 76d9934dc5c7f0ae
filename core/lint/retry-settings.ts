import type { Call, SourceFile, SyntaxNode } from "../syntax/index.ts";
import { occursIn } from "./file-text.ts";

/** A retry of a library that is set up without something random in its delay, or without an end. */
export interface RetrySetting {
  node: SyntaxNode;
  lacks: "jitter" | "end";
}

/** What is known of the libraries that people retry with. Settings that cannot be seen count as right. */
export function retrySettings(file: SourceFile): RetrySetting[] {
  const judge = { javascript: inJavaScript, python: inPython, go: inGo, java: inJava }[file.language];
  return [...file.calls.flatMap((call) => judge(call, file)), ...annotations(file)];
}

function lack(lacks: RetrySetting["lacks"], node: SyntaxNode | undefined | null, isLacking: boolean): RetrySetting[] {
  return isLacking && node != null ? [{ node, lacks }] : [];
}

interface Settings {
  /** What holds them is seen as a whole. */
  isKnown: boolean;
  get: (key: string) => string | null;
  has: (...keys: string[]) => boolean;
}

function objectSettings(call: Call, file: SourceFile): Settings {
  const objects = call.args.map(({ value }) => file.valueOf(value)).filter((value) => value.type === "object");
  const pairs = new Map<string, string>();
  let isKnown = call.args.every(({ value }) => value.type !== "spread_element");
  const last = call.args.at(-1);
  const plain = last === undefined ? null : file.valueOf(last.value);
  if (objects.length === 0 && plain !== null && call.args.length > 1 && !file.dialect.functions.has(plain.type))
    isKnown = false;
  for (const object of objects)
    for (const part of object.named) {
      if (part.type === "spread_element") isKnown = false;
      const key = (part.part("key") ?? part.part("name") ?? part).text.replace(/["']/g, "").slice(0, 60);
      pairs.set(key, part.part("value")?.text.slice(0, 500) ?? part.text.slice(0, 500));
    }
  return settingsOf(pairs, isKnown);
}

function settingsOf(pairs: ReadonlyMap<string, string>, isKnown: boolean): Settings {
  return { isKnown, get: (key) => pairs.get(key) ?? null, has: (...keys) => keys.some((key) => pairs.has(key)) };
}

const random = /rand|jitter/i;

/** p-retry, promise-retry and retry wait equally long unless `randomize` is set; async-retry and got do not. */
function inJavaScript(call: Call, file: SourceFile): RetrySetting[] {
  if (!/retry|operation|backOff|ConstantBackoff/i.test(call.name) && call.name !== "timeouts") return [];
  const root = file.bindingOf(call.receiver ?? call.callee);
  if (root?.declarations[0]?.kind !== "import") return [];
  const of = file.calleeName(call);
  const settings = objectSettings(call, file);
  if (!settings.isKnown) return [];
  const isEndless =
    settings.get("forever") === "true" ||
    /Infinity/.test(settings.get("retries") ?? settings.get("numOfAttempts") ?? "");
  switch (of) {
    case "p-retry":
    case "promise-retry":
    case "retry.operation":
    case "retry.timeouts":
      return [...lack("jitter", call.node, settings.get("randomize") !== "true"), ...lack("end", call.node, isEndless)];
    case "async-retry":
      return [
        ...lack("jitter", call.node, settings.get("randomize") === "false"),
        ...lack("end", call.node, isEndless),
      ];
    case "axios-retry": {
      const delay = settings.get("retryDelay") ?? "";
      const isGood = /exponentialDelay/.test(delay) || random.test(delay) || /^\w+$/.test(delay);
      return [...lack("jitter", call.node, !isGood), ...lack("end", call.node, isEndless)];
    }
    case "exponential-backoff.backOff":
      return [
        ...lack("jitter", call.node, !/full/.test(settings.get("jitter") ?? "")),
        ...lack("end", call.node, isEndless),
      ];
    case "@lifeomic/attempt.retry":
      return lack("jitter", call.node, settings.get("jitter") !== "true");
    case "cockatiel.ConstantBackoff":
      return lack("jitter", call.node, true);
    case "rxjs.retry":
    case "rxjs/operators.retry": {
      const delay = settings.get("delay") ?? "";
      return [
        ...lack("jitter", call.node, /^[\w.]+$/.test(delay)),
        ...lack("end", call.node, call.args.length === 0 || (settings.has("delay") && !settings.has("count"))),
      ];
    }
    default:
      return [];
  }
}

function inPython(call: Call, file: SourceFile): RetrySetting[] {
  if (!pythonNames.has(call.name)) return [];
  const of = file.calleeName(call);
  const given = new Map(call.args.flatMap(({ name, value }) => (name === null ? [] : [[name, value] as const])));
  if (call.args.some(({ value }) => value.type === "dictionary_splat")) return [];
  const text = (key: string) => given.get(key)?.text.slice(0, 500) ?? "";
  const has = (...keys: string[]) => keys.some((key) => given.has(key));
  if (/^tenacity\.(?:retry|Retrying|AsyncRetrying)$/.test(of)) {
    const wait = given.get("wait");
    const isFixed =
      wait !== undefined &&
      !random.test(wait.text.slice(0, 500)) &&
      /wait_(?:fixed|exponential|incrementing|chain|none)\b/.test(wait.text.slice(0, 500));
    return [
      ...lack("jitter", wait, isFixed),
      ...lack("end", call.node, !has("stop") || text("stop").endsWith("stop_never")),
    ];
  }
  if (/^backoff\.on_(?:exception|predicate)$/.test(of))
    return [
      ...lack("jitter", call.node, text("jitter") === "None"),
      ...lack("end", call.node, !has("max_tries", "max_time") && !/runtime/.test(call.args[0]?.value.text ?? "")),
    ];
  if (of === "retrying.retry")
    return [
      ...lack(
        "jitter",
        call.node,
        has("wait_fixed", "wait_exponential_multiplier") &&
          !has("wait_random_min", "wait_random_max", "wait_jitter_max"),
      ),
      ...lack("end", call.node, !has("stop_max_attempt_number", "stop_max_delay", "stop_func")),
    ];
  if (/^retry\.(?:retry|api\.retry|retry_call|api\.retry_call)$/.test(of))
    return [
      ...lack("jitter", call.node, has("delay") && !has("jitter")),
      ...lack(
        "end",
        call.node,
        (!has("tries") && call.args.filter(({ name }) => name === null).length < 2) || text("tries") === "-1",
      ),
    ];
  if (
    /^(?:urllib3(?:\.util(?:\.retry)?)?|requests\.packages\.urllib3\.util\.retry|requests\.adapters)\.Retry$/.test(of)
  )
    return [
      ...lack("jitter", call.node, has("backoff_factor") && text("backoff_factor") !== "0" && !has("backoff_jitter")),
      ...lack("end", call.node, text("total") === "None"),
    ];
  return [];
}

const pythonNames = new Set([
  "retry",
  "Retrying",
  "AsyncRetrying",
  "on_exception",
  "on_predicate",
  "retry_call",
  "Retry",
]);

function inGo(call: Call, file: SourceFile): RetrySetting[] {
  const { name, receiver, node, args } = call;
  if (receiver === null || !goNames.test(name)) return [];
  const of = file.calleeName(call).replace(/\/v\d+(?=\.)/, "");
  const around = (pattern: RegExp) => occursIn(file, pattern);
  switch (of) {
    case "github.com/hashicorp/go-retryablehttp.NewClient":
      return lack("jitter", node, !around(/JitterBackoff|\.Backoff\s*=/));
    case "github.com/cenkalti/backoff.NewConstantBackOff":
      return [
        ...lack("jitter", node, true),
        ...lack("end", node, !around(/WithMaxRetries|WithContext|WithMaxTries|WithMaxElapsedTime/)),
      ];
    case "github.com/sethvargo/go-retry.NewConstant":
    case "github.com/sethvargo/go-retry.NewExponential":
    case "github.com/sethvargo/go-retry.NewFibonacci":
      return [
        ...lack("jitter", node, !around(/WithJitter/)),
        ...lack("end", node, !around(/WithMaxRetries|WithMaxDuration|WithTimeout|WithDeadline/)),
      ];
    case "github.com/avast/retry-go.DelayType":
      return lack(
        "jitter",
        node,
        /(?:Fixed|BackOff)Delay$/.test(args[0]?.value.text ?? "") && !/Combine|Random/.test(args[0]?.value.text ?? ""),
      );
    case "github.com/avast/retry-go.Attempts":
      return lack("end", node, args[0]?.value.text === "0");
    default:
      return [];
  }
}

const goNames = /^(?:NewClient|NewConstantBackOff|NewConstant|NewExponential|NewFibonacci|DelayType|Attempts)$/;

function inJava(call: Call, file: SourceFile): RetrySetting[] {
  const { name, receiver, node, args, isNew } = call;
  if (!javaNames.has(name)) return [];
  const of = receiver?.text.slice(0, 60) ?? "";
  const first = args[0]?.value.text ?? "";
  switch (name) {
    case "ofExponentialBackoff":
      return lack("jitter", node, of === "IntervalFunction");
    case "of":
      return lack("jitter", node, of === "IntervalFunction");
    case "waitDuration":
      return lack("jitter", node, /RetryConfig/.test(of) && !occursIn(file, /intervalFunction\(/));
    case "fixedDelay":
      return lack("jitter", node, of === "Retry" && !isFollowedBy(node, "jitter"));
    case "jitter":
      return lack("jitter", node, /Retry\./.test(of) && /^0(?:\.0)?[dfDF]?$/.test(first));
    case "fixedWait":
    case "exponentialWait":
    case "fibonacciWait":
      return lack("jitter", node, of === "WaitStrategies");
    case "fixedBackoff":
      return lack("jitter", node, /RetryTemplate/.test(of));
    case "exponentialBackoff":
      return lack("jitter", node, /RetryTemplate/.test(of) && args[3]?.value.text !== "true");
    case "FixedBackOffPolicy":
    case "ExponentialBackOffPolicy":
      return lack("jitter", node, isNew);
    case "withBackoff":
    case "withDelay":
      return lack("jitter", node, /RetryPolicy/.test(of) && !occursIn(file, /withJitter\(/) && args.length > 0);
    case "neverStop":
      return lack("end", node, of === "StopStrategies");
    case "AlwaysRetryPolicy":
      return lack("end", node, isNew);
    case "indefinitely":
      return lack("end", node, of === "Retry");
    case "infiniteRetry":
      return lack("end", node, true);
    default:
      return lack("end", node, first === "-1" && /RetryPolicy|RetryConfig/.test(of));
  }
}

const javaNames = new Set(
  (
    "ofExponentialBackoff of waitDuration fixedDelay jitter fixedWait exponentialWait fibonacciWait fixedBackoff exponentialBackoff " +
    "FixedBackOffPolicy ExponentialBackOffPolicy withBackoff withDelay neverStop AlwaysRetryPolicy indefinitely infiniteRetry " +
    "withMaxRetries withMaxAttempts"
  ).split(" "),
);

function isFollowedBy(node: SyntaxNode, name: string): boolean {
  let at: SyntaxNode | null = node.parent;
  for (let step = 0; step < 20 && at?.type === "method_invocation"; step += 1, at = at.parent)
    if (at.part("name")?.text === name) return true;
  return false;
}

/** Decorators without arguments, and what Java says in annotations. */
function annotations(file: SourceFile): RetrySetting[] {
  if (file.language === "python")
    return file.nodes("decorator").flatMap((node) => {
      const [name] = node.named;
      return lack(
        "end",
        node,
        name !== undefined &&
          name.type !== "call" &&
          /^(?:tenacity|retrying|retry)\.retry$/.test(file.qualifiedName(name)),
      );
    });
  if (file.language !== "java") return [];
  return file.nodes("annotation", "marker_annotation").flatMap((node) => {
    const name = node.part("name")?.text;
    const text = node.text.slice(0, 1000);
    if (name === "Retryable") return lack("jitter", node, !/\brandom\s*=\s*true|interceptor\s*=|[jJ]itter/.test(text));
    if (name !== "Retry") return [];
    return [
      ...lack("jitter", node, /\bjitter\s*=\s*0\b/.test(text)),
      ...lack("end", node, /\bmaxRetries\s*=\s*-1\b/.test(text) && !/maxDuration\s*=\s*[1-9]/.test(text)),
    ];
  });
}
