import type { Call, SourceFile, SyntaxNode } from "../../syntax/index.ts";
import { isHarmless } from "../harmless-values.ts";
import { declaredType } from "../declared-type.ts";
import type { Pattern, Report } from "../pattern.ts";
import { originOf } from "../request-data.ts";
import { fileName, isTestFile } from "../test-files.ts";

/** A text becomes a part of a page without what it holds being escaped. */
export const htmlInjection: Pattern = {
  rule: {
    id: "html-injection",
    title: "A value goes into a page as markup",
    help: "Set it as text, or let a template escape it; where it must be markup, clean it first.",
    confidence: "medium",
    severity: { human: "warning", aiEdited: "error", aiAsIs: "error" },
  },
  languages: ["javascript", "python", "go", "java"],
  trigger:
    /innerHTML|outerHTML|srcdoc|insertAdjacentHTML|document|createContextualFragment|HTMLUnsafe|dangerouslySetInnerHTML|bypassSecurityTrust|\.(?:send|write|end|html|println|print|append|Write|WriteString|format|printf)\b|new Response|mark_safe|Safe(?:String|Text|Unicode|Bytes)|Markup|format_html|HttpResponse|make_response|return|template\.|Fprint|io\.WriteString/,
  find(file, report) {
    if (isTestFile(fileName(file.path))) return;
    for (const call of file.calls) {
      const markup = markupOf(file, call);
      if (markup !== null && !isClean(file, markup))
        report(call.node, "A value that may hold markup goes into the page unescaped.");
      else if (markup === null && answersWithRequest(file, call))
        report(call.node, "What a request brings is sent back as a page, unescaped.");
    }
    if (file.language === "javascript") reportAssigned(file, report);
    else reportReturned(file, report);
  },
};

/** Constants, numbers, what has been cleaned, and what a tag has made. */
function isClean(file: SourceFile, node: SyntaxNode): boolean {
  const value = file.valueOf(node);
  if (value.type === "call_expression" && value.part("arguments")?.type === "template_string") return true;
  return isEmptyName(file, value) || isHarmless(file, node, "html");
}

/** `let html; element.innerHTML = html`: nothing was ever given to it. */
function isEmptyName(file: SourceFile, value: SyntaxNode): boolean {
  const binding = file.bindingOf(value);
  return (
    binding !== null &&
    binding.values.length === 0 &&
    binding.declarations.every(({ kind, value: given, isPart }) => kind === "variable" && given === null && !isPart)
  );
}

/** What a call takes as markup, whoever gives it. */
function markupOf(file: SourceFile, call: Call): SyntaxNode | null {
  const { name, receiver, args } = call;
  const first = args[0]?.value ?? null;
  if (file.language === "javascript") {
    if (call.node.part("arguments")?.type === "template_string") return null;
    if (name === "insertAdjacentHTML") return args[1]?.value ?? null;
    if (/^(?:createContextualFragment|setHTMLUnsafe|parseHTMLUnsafe)$/.test(name)) return first;
    if (
      /^write(?:ln)?$/.test(name) &&
      /(?:(?:^|\.)document\w*|Document\([^()]{0,40}\))$/.test(receiver?.text.slice(-40) ?? "")
    )
      return args.map(({ value }) => value).find((value) => !isClean(file, value)) ?? null;
    if (/^bypassSecurityTrust(?:Html|Script|Style|Url|ResourceUrl)$/.test(name)) return first;
    return null;
  }
  if (file.language === "python") return pythonMarkup(file, call);
  if (file.language === "go")
    return receiver?.text === "template" && /^(?:HTML|JS|CSS|URL|HTMLAttr|JSStr|Srcset)$/.test(name) ? first : null;
  return null;
}

function pythonMarkup(file: SourceFile, call: Call): SyntaxNode | null {
  const { name, args } = call;
  const first = args.find((argument) => argument.name === null)?.value;
  if (first === undefined) return null;
  if (/^(?:mark_safe|SafeString|SafeText|SafeUnicode|SafeBytes)$/.test(name)) return first;
  if (name === "Markup") return first;
  // `format_html` escapes what it is given, and not what stands in its format already.
  return name === "format_html" && file.textOf(first, false) !== null && !isHarmless(file, first, "html")
    ? first
    : null;
}

const htmlMembers = /^(?:innerHTML|outerHTML|srcdoc)$/;

/** `element.innerHTML = …`, `<div dangerouslySetInnerHTML={{ __html: … }}>`. */
function reportAssigned(file: SourceFile, report: Report): void {
  for (const { node, target, value, operator } of file.assignments) {
    const member = file.dialect.readMember(target);
    if (member === null || !htmlMembers.test(member.name) || !["=", "+=", "||=", "??=", "&&="].includes(operator))
      continue;
    if (!isClean(file, value)) report(node, "A value that may hold markup goes into the page unescaped.");
  }
  for (const { node, key, value } of file.entries) {
    if (key !== "__html" || isClean(file, value) || isOfJson(file, value)) continue;
    report(node, "A value that may hold markup goes into the page unescaped.");
  }
}

/** Structured data for search engines is written so, and JSON is no markup. */
function isOfJson(file: SourceFile, value: SyntaxNode): boolean {
  return /^JSON\.stringify\(/.test(file.valueOf(value).text.slice(0, 20));
}

/** `res.send("<p>" + req.query.name)`: what a request brings is a part of the answer, and the answer is a page. */
function answersWithRequest(file: SourceFile, call: Call): boolean {
  const page = answerOf(file, call);
  if (page === null) return false;
  return page.some((part) => mayBeMarkup(file, part) && originOf(file, part, "html") === "request");
}

/** An answer of which the text is plain to see is a page only when it holds a tag. */
function mayBeMarkup(file: SourceFile, node: SyntaxNode): boolean {
  const value = file.valueOf(node);
  if (/^(?:object|array|dictionary|list|composite_literal)$/.test(value.type)) return false;
  const call = file.callAt(value);
  if (call !== null && /^(?:stringify|dumps|jsonify|Marshal|encode)$/.test(call.name)) return false;
  const parts = file.textOf(value);
  return parts === null || parts.some((part) => part.kind === "written" && /<[a-z!/]/i.test(part.text));
}

/** The texts that a call answers a request with. */
function answerOf(file: SourceFile, { name, receiver, args, isNew }: Call): SyntaxNode[] | null {
  const values = args.map(({ value }) => value);
  const owner = receiver?.text.slice(-60) ?? "";
  switch (file.language) {
    case "javascript":
      if (isNew && name === "Response")
        return /text\/html/.test(args[1]?.value.text.slice(0, 300) ?? "") ? values.slice(0, 1) : null;
      if (
        /^(?:send|write|end)$/.test(name) &&
        /^(?:res|response|reply|resp)(?:\.|$)/.test(receiver?.text.slice(0, 20) ?? "")
      )
        return /\.type\(|json/.test(owner) ? null : values.slice(0, 1);
      return name === "html" && /^(?:c|ctx|context)$/.test(owner) ? values.slice(0, 1) : null;
    case "python":
      return /^(?:HttpResponse|make_response|HTMLResponse|Response)$/.test(name) &&
        !/json|text\/plain/i.test(
          args
            .slice(1)
            .map(({ value }) => value.text.slice(0, 60))
            .join(),
        )
        ? values.slice(0, 1)
        : null;
    case "go":
      return goAnswer(file, name, owner, values);
    case "java": {
      if (!/^(?:println|print|write|append|printf|format)$/.test(name) || receiver === null) return null;
      return /\.getWriter\(\)$|\.getOutputStream\(\)$/.test(file.valueOf(receiver).text.slice(-30)) ? values : null;
    }
  }
}

function goAnswer(file: SourceFile, name: string, owner: string, values: SyntaxNode[]): SyntaxNode[] | null {
  const isWriter = (node: SyntaxNode | undefined) =>
    node !== undefined && /\bResponseWriter$/.test(declaredType(file, node) ?? "");
  if (owner === "fmt" && name.startsWith("Fprint"))
    return isWriter(values[0]) && isPage(file, values.slice(1)) ? values.slice(1) : null;
  if (owner === "io" && name === "WriteString") return isWriter(values[0]) ? values.slice(1) : null;
  if (name !== "Write" && name !== "WriteString") return null;
  return file
    .functionAround(values[0]!)
    ?.parameters.some(
      (parameter) => parameter.name === owner && /\bResponseWriter$/.test(parameter.type?.text ?? ""),
    ) === true
    ? values
    : null;
}

/** A format that says it is a page, or nothing but the value. */
function isPage(file: SourceFile, values: readonly SyntaxNode[]): boolean {
  const text = values[0] === undefined ? null : file.constantText(values[0]);
  return text === null || /<[a-z!/]|^\s*%[sv]\s*$/i.test(text);
}

/** `return "<p>" + name` of a handler. */
function reportReturned(file: SourceFile, report: Report): void {
  if (file.language === "go") return;
  for (const statement of file.nodes("return_statement")) {
    const value = statement.named[0];
    if (value === undefined) continue;
    const parts = file.textOf(file.valueOf(value));
    if (parts === null || !parts.some((part) => part.kind === "written" && /<[a-z!]/i.test(part.text))) continue;
    if (originOf(file, value, "html") === "request")
      report(statement, "What a request brings is sent back as a page, unescaped.");
  }
}
