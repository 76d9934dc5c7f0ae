import type { Call, SourceFile, SyntaxNode } from "../../syntax/index.ts";
import { isGuarded } from "../guards.ts";
import type { Pattern, Report } from "../pattern.ts";
import { originOf } from "../request-data.ts";
import { fileName, isTestFile } from "../test-files.ts";

/** Where the program turns, or where it sends its user, is what a request says. */
export const urlInjection: Pattern = {
  rule: {
    id: "url-injection",
    title: "A request says which address is used",
    help: "Choose the host from a list that is written in the program, and take only the path or a key from the request.",
    confidence: "medium",
    severity: { human: "warning", aiEdited: "error", aiAsIs: "error" },
  },
  languages: ["javascript", "python", "go", "java"],
  trigger:
    /fetch|axios|got|request|superagent|needle|undici|ky|http|urlopen|urlretrieve|edirect|location|RestTemplate|WebClient|openConnection|URL/,
  find(file, report) {
    if (isTestFile(fileName(file.path))) return;
    for (const call of file.calls) {
      const target = requestedBy(file, call);
      if (target !== null && isChosenOutside(file, target) && !isGuarded(file, call.node, checks))
        report(call.node, "The address of an outgoing request is what a request says.");
      const place = redirectedBy(file, call);
      if (place !== null && isChosenOutside(file, place) && !isGuarded(file, call.node, checks))
        report(call.node, redirected);
    }
    if (file.language === "javascript") reportLocation(file, report);
    if (file.language === "java") reportView(file, report);
  },
};

const redirected = "Where the user is sent is what a request says.";

/** What a request brings decides the host: a text that begins with a host of its own does not let it. */
function isChosenOutside(file: SourceFile, node: SyntaxNode): boolean {
  const value = file.valueOf(node);
  if (value.type === "object") {
    const url = value.named
      .map((pair) => file.dialect.readEntry(pair))
      .find((entry) => entry !== null && /^(?:url|uri|baseURL|host|hostname)$/.test(entry.key));
    return url !== undefined && url !== null && isChosenOutside(file, url.value);
  }
  const parts = file.textOf(value);
  const [first, second] = parts ?? [];
  if (first?.kind === "written" && !leavesHostOpen(first.text, second)) return false;
  const deciding =
    first?.kind === "put-in"
      ? first.node
      : first?.kind === "written" && second?.kind === "put-in"
        ? second.node
        : value;
  return originOf(file, deciding, "url") === "request";
}

function leavesHostOpen(text: string, next: { kind: string } | undefined): boolean {
  if (next === undefined || next.kind !== "put-in") return false;
  return /^(?:https?:)?\/\/[\w.-]{0,100}(?:@|:)?$/i.test(text) && !/\.[a-z]{2,}$/i.test(text);
}

function requestedBy(file: SourceFile, call: Call): SyntaxNode | null {
  const { name, receiver, args, isNew } = call;
  const first = args.find((argument) => argument.name === "url")?.value ?? args[0]?.value ?? null;
  const owner = receiver?.text.slice(0, 60) ?? "";
  switch (file.language) {
    case "javascript":
      if (receiver === null)
        return /^(?:fetch|axios|got|request|needle|ky|superagent|\$fetch|ofetch|nodeFetch|node_fetch)$/.test(name)
          ? first
          : null;
      if (
        /^(?:axios|got|request|superagent|needle|ky|undici|instance|httpClient|this\.httpService|httpService)$/.test(
          owner,
        )
      )
        return /^(?:get|post|put|patch|delete|head|request|stream|fetch)$/.test(name) ? first : null;
      return /^(?:https?)$/.test(file.qualifiedName(receiver).slice(0, 20)) && /^(?:get|request)$/.test(name)
        ? first
        : null;
    case "python":
      if (/^(?:urlopen|urlretrieve)$/.test(name)) return first;
      if (!/^(?:get|post|put|patch|delete|head|options|request|stream)$/.test(name)) return null;
      if (
        !/^(?:requests|httpx|aiohttp|session|self\.session|client|http|async_client|urllib3|self\.client|s)$/.test(
          owner,
        )
      )
        return null;
      return name === "request"
        ? (args.find((argument) => argument.name === "url")?.value ?? args[1]?.value ?? null)
        : first;
    case "go":
      if (/^(?:http|client|httpClient|c\.client|http\.DefaultClient|s\.client)$/.test(owner)) {
        if (/^(?:Get|Post|PostForm|Head)$/.test(name)) return first;
        if (name === "NewRequest") return args[1]?.value ?? null;
        return name === "NewRequestWithContext" ? (args[2]?.value ?? null) : null;
      }
      return null;
    case "java":
      if (isNew) return /^(?:URL|HttpGet|HttpPost|HttpPut|HttpDelete)$/.test(name) ? first : null;
      if (/^(?:getForObject|getForEntity|postForObject|postForEntity|exchange)$/.test(name)) return first;
      if (name === "create" && owner === "URI") return first;
      return /^(?:uri|url)$/.test(name) && args.length === 1 ? first : null;
  }
}

function redirectedBy(file: SourceFile, { name, receiver, args }: Call): SyntaxNode | null {
  const owner = receiver?.text.slice(0, 60) ?? "";
  const last = args.at(-1)?.value ?? null;
  switch (file.language) {
    case "javascript":
      if (name !== "redirect" && name !== "sendRedirect")
        return /^(?:assign|replace)$/.test(name) && /(?:^|\.)location$/.test(owner) ? last : null;
      if (receiver === null && name === "sendRedirect") return args[1]?.value ?? null;
      // `res.redirect(301, url)` and `context.redirect(url, 301)`.
      return args.map(({ value }) => value).find((value) => !/^(?:number|object)$/.test(value.type)) ?? null;
    case "python":
      return /^(?:redirect|HttpResponseRedirect|HttpResponsePermanentRedirect|RedirectResponse|HTTPFound)$/.test(name)
        ? (args[0]?.value ?? null)
        : null;
    case "go":
      if (name !== "Redirect" && name !== "RedirectTo") return null;
      return owner === "http"
        ? (args[2]?.value ?? null)
        : (args.map(({ value }) => value).find((value) => !/int_literal|selector/.test(value.type)) ?? null);
    case "java":
      return /^(?:sendRedirect|redirect)$/.test(name) || (name === "RedirectView" && args.length > 0)
        ? (args[0]?.value ?? null)
        : null;
  }
}

/** `window.location = …`, `location.href = …`. */
function reportLocation(file: SourceFile, report: Report): void {
  for (const { node, target, value } of file.assignments) {
    if (!/^(?:(?:window|document|self|top|parent)\.)?location(?:\.href)?$/.test(target.text.slice(0, 60))) continue;
    if (isChosenOutside(file, value) && !isOwnAddress(file, value) && !isGuarded(file, node, checks))
      report(node, redirected);
  }
}

/** Going to the address that the page already has, or to a part of it, leads nowhere else. */
function isOwnAddress(file: SourceFile, value: SyntaxNode): boolean {
  return /^(?:window\.|document\.)?location\b/.test(file.bare(value).text.slice(0, 40));
}

/** Of Spring: `return "redirect:" + address`. */
function reportView(file: SourceFile, report: Report): void {
  for (const statement of file.nodes("return_statement")) {
    const value = statement.named[0];
    const parts = value === undefined ? null : file.textOf(value);
    const [first, second] = parts ?? [];
    if (first?.kind !== "written" || first.text !== "redirect:" || second?.kind !== "put-in") continue;
    if (originOf(file, second.node, "url") === "request" && !isGuarded(file, statement, checks))
      report(statement, redirected);
  }
}

/** A function that compares the address, or its host, is taken to check it. */
const checks =
  /allow|whitelist|\bALLOW|permitted|trusted|(?:starts[wW]ith|HasPrefix)\(|host_and_scheme|is_safe_url|isSafe|is_safe|\.host(?:name)?\b ?(?:!|=|in\b|not in\b)|\.(?:includes|has|contains)\((?!["'])|netloc|validate\w*(?:Url|URL|_url|Redirect)/i;
