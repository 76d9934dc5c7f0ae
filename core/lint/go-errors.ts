import type { Call, SourceFile, SyntaxNode } from "../syntax/index.ts";

/** Where an error stands among the results of what a Go call gives. */
export type ErrorResult = "only" | "last" | "none";

/**
 * Says of Go calls whether they return an error, without types: functions and methods of the file by how they are declared,
 * well-known ones by name. Whatever is not known counts as `none`.
 */
export function errorResults(file: SourceFile): (call: Call) => ErrorResult {
  const declared = declaredResults(file);
  return (call) => {
    const { receiver, name } = call;
    if (receiver === null) return declared.get(name) ?? "none";
    if (isOwnReceiver(receiver, file)) return declared.get(`.${name}`) ?? "none";
    const qualified = receiver.type === "identifier" ? `${file.qualifiedName(receiver)}.${name}` : "";
    return wellKnown.get(qualified) ?? methodResult(call, file);
  };
}

/** By name; of a method by its name behind a dot, when every method of that name in the file says the same. */
function declaredResults(file: SourceFile): Map<string, ErrorResult> {
  const results = new Map<string, ErrorResult>();
  for (const node of file.nodes("function_declaration", "method_declaration")) {
    const name = node.part("name")?.text;
    if (name === undefined) continue;
    const key = node.type === "method_declaration" ? `.${name}` : name;
    const result = resultOf(node);
    results.set(key, results.has(key) && results.get(key) !== result ? "none" : result);
  }
  return results;
}

/** What a declared function says of its results. */
export function resultOf(functionNode: SyntaxNode): ErrorResult {
  const result = functionNode.part("result");
  if (result === null) return "none";
  if (result.type !== "parameter_list") return result.text === "error" ? "only" : "none";
  const all = result.named;
  if (all.at(-1)?.part("type")?.text !== "error") return "none";
  return all.length === 1 && (all[0]?.parts("name").length ?? 0) < 2 ? "only" : "last";
}

/** Whether what is returned is nothing and no error: `nil`, `"", nil`, `Order{}, nil`. */
export function givesNothing(results: readonly SyntaxNode[]): boolean {
  const isEmpty = (value: SyntaxNode) =>
    nothings.has(value.text.slice(0, 6)) ||
    (value.type === "composite_literal" && (value.part("body")?.named.length ?? 0) === 0);
  return results.at(-1)?.type === "nil" && results.every(isEmpty);
}

const nothings = new Set(["nil", '""', "``", "0", "-1", "0.0", "false"]);

/** The receiver of the method around: of its type the file may hold the methods. */
function isOwnReceiver(receiver: SyntaxNode, file: SourceFile): boolean {
  const method = receiver.type === "identifier" ? receiver.above(new Set(["method_declaration"])) : null;
  const own = method?.part("receiver")?.named[0]?.part("name");
  return own?.text === receiver.text && file.bindingOf(receiver)?.declarations[0]?.name === own;
}

function listed(module: string, result: ErrorResult, names: string): [string, ErrorResult][] {
  return names.split(" ").map((name) => [`${module}.${name}`, result]);
}

const wellKnown = new Map<string, ErrorResult>([
  ...listed("os", "only", "Remove RemoveAll Mkdir MkdirAll Chdir Chmod Chown Chtimes Rename WriteFile Setenv Unsetenv"),
  ...listed("os", "only", "Symlink Link Truncate CopyFS"),
  ...listed(
    "os",
    "last",
    "Open OpenFile Create ReadFile ReadDir Stat Lstat Getwd Hostname Executable MkdirTemp CreateTemp",
  ),
  ...listed("os", "last", "UserHomeDir UserConfigDir UserCacheDir Readlink Pipe FindProcess"),
  ...listed("io/ioutil", "only", "WriteFile"),
  ...listed("io/ioutil", "last", "ReadFile ReadAll ReadDir TempDir TempFile"),
  ...listed("io", "last", "Copy CopyN CopyBuffer ReadAll ReadFull ReadAtLeast WriteString"),
  ...listed("encoding/json", "only", "Unmarshal Indent Compact"),
  ...listed("encoding/json", "last", "Marshal MarshalIndent"),
  ...listed("encoding/xml", "only", "Unmarshal"),
  ...listed("encoding/xml", "last", "Marshal MarshalIndent"),
  ...listed("encoding/binary", "only", "Read Write"),
  ...listed("encoding/hex", "last", "DecodeString"),
  ...listed("gopkg.in/yaml.v3", "only", "Unmarshal"),
  ...listed("gopkg.in/yaml.v3", "last", "Marshal"),
  ...listed("gopkg.in/yaml.v2", "only", "Unmarshal"),
  ...listed("gopkg.in/yaml.v2", "last", "Marshal"),
  ...listed("strconv", "last", "Atoi ParseInt ParseUint ParseFloat ParseBool Unquote"),
  ...listed("net/url", "last", "Parse ParseRequestURI ParseQuery QueryUnescape PathUnescape"),
  ...listed("net/http", "last", "Get Head Post PostForm NewRequest NewRequestWithContext"),
  ...listed("net/http", "only", "ListenAndServe ListenAndServeTLS Serve ServeTLS"),
  ...listed("net", "last", "Dial DialTimeout Listen LookupHost LookupIP ParseCIDR"),
  ...listed("path/filepath", "only", "Walk WalkDir"),
  ...listed("path/filepath", "last", "Abs Rel EvalSymlinks Glob"),
  ...listed("time", "last", "Parse ParseInLocation ParseDuration LoadLocation"),
  ...listed("regexp", "last", "Compile MatchString"),
  ...listed("text/template", "last", "New().Parse"),
  ...listed("database/sql", "last", "Open"),
  ...listed("crypto/rsa", "last", "GenerateKey"),
  ...listed("crypto/x509", "last", "ParseCertificate ParsePKIXPublicKey ParsePKCS1PrivateKey ParsePKCS8PrivateKey"),
  ...listed("syscall", "only", "Kill Chmod Mkdir Setuid Setgid Unlink Mount"),
  ...listed("github.com/joho/godotenv", "only", "Load"),
  ...listed("github.com/spf13/viper", "only", "ReadInConfig Unmarshal WriteConfig"),
]);

/** Methods whose name and arguments leave no doubt: `row.Scan(&id)`, `json.NewDecoder(r).Decode(&value)`, `tx.Commit()`. */
function methodResult({ name, receiver, args }: Call, file: SourceFile): ErrorResult {
  const takesAddress = args.some(
    ({ value }) => value.type === "unary_expression" && value.part("operator")?.type === "&",
  );
  if (name === "Scan" || name === "Decode" || name === "Unmarshal" || name === "ShouldBindJSON")
    return takesAddress ? "only" : "none";
  const made = receiver === null ? null : file.callAt(file.valueOf(receiver));
  const from = made === null ? "" : file.calleeName(made);
  if (name === "Encode") return /\bNewEncoder$/.test(from) && !from.includes("base64") ? "only" : "none";
  if (["Run", "Start", "Wait"].includes(name)) return /^os\/exec\.Command(?:Context)?$/.test(from) ? "only" : "none";
  if (["Output", "CombinedOutput"].includes(name))
    return /^os\/exec\.Command(?:Context)?$/.test(from) ? "last" : "none";
  const of = receiver?.type === "selector_expression" ? receiver.part("field")?.text : receiver?.text;
  if (name === "Commit") return of === "tx" && args.length === 0 ? "only" : "none";
  if (/^(?:Exec|Query)(?:Context)?$/.test(name)) return /^(?:db|tx|stmt|conn|DB)$/.test(of ?? "") ? "last" : "none";
  if (name === "Execute" || name === "ExecuteTemplate")
    return /^(?:t|tmpl|tpl|template|templates)$/.test(of ?? "") ? "only" : "none";
  return "none";
}
