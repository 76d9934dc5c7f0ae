import type { Call, SourceFile, SyntaxNode } from "../../syntax/index.ts";
import { argument, callNames, CallTable, passesOn, reportKnownCalls, spotOf } from "../known-calls.ts";
import { hasWeakCipher, isOldProtocol, isWeakSuite, oldProtocols } from "../old-tls.ts";
import { dottedName, originsOf } from "../origins.ts";
import type { Pattern, Report } from "../pattern.ts";
import { elementsOf, flag, lowerText, settingsOf, type Setting } from "../settings.ts";
import { soleStatement } from "../sole-statement.ts";
import { fileName, isTestFile } from "../test-files.ts";

/** Whom a connection reaches is not checked, or what it says can be read on the way. */
export const tlsOff: Pattern = {
  rule: {
    id: "tls-off",
    title: "A connection is not protected by TLS",
    help: "Leave the checks on, and name the authority that is trusted (`ca`, `verify=path`, `RootCAs`); use TLS 1.2 or later.",
    confidence: "high",
    severity: { human: "error", aiEdited: "error", aiAsIs: "error" },
  },
  languages: ["javascript", "python", "go", "java"],
  trigger:
    /reject_?unauthorized|ssl|tls|verify|certificate|cert_?req|check_?hostname|trust_?manager|trustall|hostname_?verifier|ignorehttpserrors|insecure|host_?key|known_?hosts|telnet|ftp|snmp|UsmUserData|CommunityData/i,
  find(file, report) {
    if (isTestFile(fileName(file.path))) return;
    for (const setting of settingsOf(file, keys)) {
      const message = judge(file, setting);
      if (message !== null) report(setting.node, message);
    }
    reportKnownCalls(file, table, report);
    if (file.language === "python") reportDefaults(file, report);
    if (file.language === "go") reportSuites(file, report);
    if (file.language === "java") reportTrust(file, report);
  },
};

const unchecked = "Whom this connection reaches is not checked.";
const hostUnchecked = "This connection takes any certificate's name for the host's.";
const oldVersion = "This allows a protocol before TLS 1.2.";
const weakCipher = "This allows a cipher that no longer protects.";
const noHostKey = "This takes any host key: whoever answers is trusted.";
const clearText = "This protocol sends everything, passwords too, in clear text.";

type Judge = (file: SourceFile, setting: Setting) => string | null;

const whenFalse =
  (message: string): Judge =>
  (file, { value }) =>
    flag(file, value) === false ? message : null;
const whenTrue =
  (message: string): Judge =>
  (file, { value }) =>
    flag(file, value) === true ? message : null;
const whenOld: Judge = (file, { value }) => (isOldProtocol(file, value) ? oldVersion : null);
const whenOff =
  (off: RegExp): Judge =>
  (file, { value }) =>
    off.test(lowerText(file, value) || file.valueOf(value).text) ? unchecked : null;
const whenCertNone: Judge = (file, { value }) => (isCertNone(file, value) ? unchecked : null);

/** What a setting means where it is set, whatever it belongs to: the names leave no doubt. */
const settings = new Map<string, { languages: readonly string[]; judge: Judge }>([
  ...row(["javascript"], ["rejectUnauthorized", "strictSSL", "sslVerify", "verifySsl"], whenFalse(unchecked)),
  ...row(["javascript"], ["NODE_TLS_REJECT_UNAUTHORIZED"], whenOff(/^["']?(?:0|false)["']?$/)),
  ...row(["javascript"], ["ignoreHTTPSErrors", "acceptInsecureCerts"], whenTrue(unchecked)),
  ...row(["javascript"], ["checkServerIdentity"], (file, { value }) =>
    givesNothing(file, value) ? hostUnchecked : null,
  ),
  ...row(["javascript"], ["secureProtocol", "minVersion", "maxVersion"], whenOld),
  ...row(["javascript", "python"], ["ciphers"], (file, { value }) =>
    hasWeakCipher(file.constantText(value) ?? "") ? weakCipher : null,
  ),
  ...row(["javascript", "python"], ["GIT_SSL_NO_VERIFY"], whenOff(/^["']?(?:1|true)["']?$/)),
  ...row(["python"], ["PYTHONHTTPSVERIFY"], whenOff(/^["']?0["']?$/)),
  ...row(
    ["python"],
    ["verify_ssl", "verify_certs", "ssl_verify", "verify_peer", "validate_certs"],
    whenFalse(unchecked),
  ),
  ...row(["python"], ["check_hostname", "assert_hostname", "ssl_assert_hostname"], whenFalse(hostUnchecked)),
  ...row(["python"], ["verify_mode", "cert_reqs", "ssl_cert_reqs"], whenCertNone),
  ...row(["python"], ["minimum_version", "maximum_version", "ssl_version"], whenOld),
  ...row(["python"], ["verify"], judgeVerify),
  ...row(["python"], ["ssl"], judgeSsl),
  ...row(["python"], ["_create_default_https_context"], (file, { value }) =>
    dottedName(file, value) === "ssl._create_unverified_context" ? unchecked : null,
  ),
  ...row(["go"], ["InsecureSkipVerify"], whenTrue(unchecked)),
  ...row(["go"], ["MinVersion", "MaxVersion"], whenOld),
]);

function row(languages: readonly string[], names: readonly string[], judge: Judge) {
  return names.map((name) => [name, { languages, judge }] as const);
}

const keys = new Set(settings.keys());

function judge(file: SourceFile, setting: Setting): string | null {
  const known = settings.get(setting.key);
  return known?.languages.includes(file.language) === true ? known.judge(file, setting) : null;
}

function isCertNone(file: SourceFile, node: SyntaxNode): boolean {
  return (
    /(?:^|\.)(?:CERT_NONE|VERIFY_NONE)$/.test(dottedName(file, file.valueOf(node))) ||
    lowerText(file, node) === "cert_none"
  );
}

/** `() => undefined`, `() => {}`, `() => null`: no error is what says that the name is right. */
function givesNothing(file: SourceFile, node: SyntaxNode): boolean {
  const sole = soleStatement(file, node);
  return sole === "empty" || (sole !== null && /^(?:undefined|null|true|void 0)$/.test(sole.text));
}

/** `verify=False` is said to many: to whom it is said must look like an HTTP client. */
function judgeVerify(file: SourceFile, { node, value, owner }: Setting): string | null {
  if (flag(file, value) !== false || (owner === null && node.type !== "keyword_argument")) return null;
  if (owner !== null) return isClient(file, owner) ? unchecked : null;
  const call = callAround(file, node);
  if (call === null) return null;
  const isHttpName =
    /^(?:get|post|put|patch|delete|head|options|request|send|stream|urlopen|\w*(?:Client|Session|Transport))$/;
  const isHttp = callNames(file, call).some((name) => /^(?:requests|httpx|niquests|boto3|hvac|aiohttp)\b/.test(name));
  return isHttp || (isHttpName.test(call.name) && (call.receiver === null || isClient(file, call.receiver)))
    ? unchecked
    : null;
}

function isClient(file: SourceFile, node: SyntaxNode): boolean {
  return (
    /(?:session|client|requests|http|api|conn)\w*$/i.test(node.text.slice(-60)) ||
    originsOf(file, node).some((origin) => /^(?:requests|httpx|niquests)\b/.test(origin))
  );
}

/** `ssl=False` of aiohttp: there it is no choice between protocols, but the check that is left out. */
function judgeSsl(file: SourceFile, { node, value, owner }: Setting): string | null {
  const call = owner === null && node.type === "keyword_argument" ? callAround(file, node) : null;
  if (call === null || flag(file, value) !== false) return null;
  const isAiohttp = callNames(file, call).some((name) => name.startsWith("aiohttp."));
  const isRequest = /^(?:get|post|put|patch|delete|head|options|request|ws_connect)$/.test(call.name);
  return isAiohttp || (isRequest && call.receiver !== null && isClient(file, call.receiver)) ? unchecked : null;
}

function callAround(file: SourceFile, node: SyntaxNode): Call | null {
  const around = node.parent?.parent;
  return around === null || around === undefined ? null : file.callAt(around);
}

const isOldAt = (name: string | null, at: number) => (call: Call, file: SourceFile) => {
  const value = argument(call, name, at);
  return value !== null && isOldProtocol(file, value);
};
const firstText = (pattern: RegExp) => (call: Call, file: SourceFile) =>
  pattern.test(lowerText(file, call.args[0]?.value));
const givesTrue = (call: Call, file: SourceFile) => {
  const [verifier] = call.args;
  const sole = verifier === undefined ? null : soleStatement(file, verifier.value);
  return sole !== null && sole !== "empty" && sole.type === "true";
};

const table = new CallTable([
  {
    names: ["app.commandLine.appendSwitch", "electron.app.commandLine.appendSwitch"],
    message: unchecked,
    when: firstText(/^(?:ignore-certificate-errors|allow-insecure-localhost)$/),
  },
  { names: ["ssl._create_unverified_context"], message: unchecked },
  { names: ["ssl.SSLContext"], message: oldVersion, when: isOldAt("protocol", 0) },
  { names: ["OpenSSL.SSL.Context"], message: oldVersion, when: isOldAt("method", 0) },
  {
    names: ["ssl.wrap_socket"],
    message: "Without a version, this takes whatever protocol the other side wants.",
    when: (call) => argument(call, "ssl_version", 5) === null && !passesOn(call),
  },
  {
    names: ["paramiko.SSHClient", "paramiko.client.SSHClient"].map((made) => `${made}#set_missing_host_key_policy`),
    message: noHostKey,
    when: isTrustingPolicy,
  },
  {
    names: ["asyncssh.connect", "asyncssh.create_connection"],
    message: noHostKey,
    when: (call) => argument(call, "known_hosts")?.type === "none",
  },
  { names: ["telnetlib.Telnet", "ftplib.FTP"], message: clearText },
  ...snmpRows(),
  { names: ["golang.org/x/crypto/ssh.InsecureIgnoreHostKey"], message: noHostKey },
  { names: ["SSLContext.getInstance"], message: oldVersion, when: isOldAt(null, 0) },
  {
    names: ["SSLSocket", "SSLServerSocket", "SSLEngine"].map((type) => `${type}#setEnabledProtocols`),
    message: oldVersion,
    when: (call, file) => call.args.some(({ value }) => oldProtocols(file, value).length > 0),
  },
  {
    names: ["NoopHostnameVerifier", "AllowAllHostnameVerifier"],
    message: hostUnchecked,
    when: ({ isNew }) => isNew,
  },
  {
    names: ["TrustAllStrategy", "TrustSelfSignedStrategy"],
    message: unchecked,
    when: ({ isNew }) => isNew,
  },
]);

/** A client that is passed in is known by its type alone, so the policy must be one of paramiko's own. */
function isTrustingPolicy(call: Call, file: SourceFile): boolean {
  const policy = argument(call, "policy", 0);
  const made = policy === null ? null : (file.callAt(policy)?.callee ?? policy);
  return made !== null && /^paramiko\.(?:client\.)?(?:AutoAddPolicy|WarningPolicy)$/.test(dottedName(file, made));
}

/** SNMP 1 and 2c have no keys at all, and version 3 only with the two that are given. */
function snmpRows() {
  const layers = ["", ".asyncio", ".v1arch", ".v1arch.asyncio", ".v3arch", ".v3arch.asyncio", ".auth"];
  const paths = [...layers, ".v1arch.asyncio.auth", ".v3arch.asyncio.auth", ".asyncore", ".asyncio.auth"];
  const named = (name: string) => paths.map((path) => `pysnmp.hlapi${path}.${name}`);
  return [
    {
      names: named("CommunityData"),
      message: clearText,
      when: (call: Call) => /^[01]$/.test(argument(call, "mpModel", 2)?.text ?? ""),
    },
    {
      names: named("UsmUserData"),
      message: clearText,
      when: (call: Call) => call.args.length > 0 && call.args.length < 3 && !passesOn(call),
    },
  ];
}

/** `def connect(version=ssl.PROTOCOL_SSLv3)`. */
function reportDefaults(file: SourceFile, report: Report): void {
  for (const node of file.nodes("default_parameter", "typed_default_parameter")) {
    const value = node.part("value");
    if (value !== null && /^(?:attribute|identifier)$/.test(value.type) && isOldProtocol(file, value))
      report(value, oldVersion);
  }
}

function reportSuites(file: SourceFile, report: Report): void {
  for (const { value } of settingsOf(file, new Set(["CipherSuites"])))
    for (const suite of elementsOf(file, value)) if (isWeakSuite(dottedName(file, suite))) report(suite, weakCipher);
}

/** What Java's code brings to be trusted by: verifiers and managers that find nothing wrong with anyone. */
function reportTrust(file: SourceFile, report: Report): void {
  for (const call of file.calls)
    if (/^(?:set(?:Default|SSL)?HostnameVerifier|hostnameVerifier)$/.test(call.name) && givesTrue(call, file))
      report(spotOf(call), hostUnchecked);
  for (const { node, name, body, parameters } of file.functions) {
    const isEmpty = body !== null && file.statements(body).length === 0;
    if (name === "checkServerTrusted" && isEmpty) report(declarationOf(node), unchecked);
    const isVerifier = name === "verify" && parameters.some(({ type }) => type?.text === "SSLSession");
    const sole = isVerifier ? soleStatement(file, node) : null;
    if (sole !== null && sole !== "empty" && sole.type === "true") report(declarationOf(node), hostUnchecked);
  }
  for (const node of file.nodes("field_access")) if (trustsAll.test(node.text.slice(-60))) report(node, unchecked);
}

const trustsAll =
  /(?:^|\.)(?:(?:NoopHostnameVerifier|InsecureTrustManagerFactory|TrustAllStrategy)\.INSTANCE|ALLOW_ALL_HOSTNAME_VERIFIER)$/;

/** A method's head, from its name on: the annotations above it are not what is meant. */
function declarationOf(node: SyntaxNode): { start: number; end: number } {
  return { start: node.part("name")?.start ?? node.start, end: node.end };
}
