import type { Call, SourceFile, SyntaxNode } from "../syntax/index.ts";
import { argument, type KnownCalls } from "./known-calls.ts";
import { dottedName } from "./origins.ts";
import { flag, lowerText } from "./settings.ts";

const message = "This hash is broken: other data with the same one can be made.";

/** `MD5`, `sha-1`, `md5WithRSAEncryption`; of SHA-1 in an HMAC nothing is known to break. */
const weakNames = /^(?:md2|md4|md5|md5-sha1|sha|sha-?1|sha-?0|ripemd-?(?:128|160)?|rmd160|rsa-md[45]|rsa-sha1?)$/;

const isWeakAt = (name: string | null, at: number) => (call: Call, file: SourceFile) =>
  weakNames.test(lowerText(file, argument(call, name, at))) && isForSecurity(file, call);

/** Hashes that no longer tell one text from another. What names itself a checksum or a key of a cache is not meant. */
export const weakHashes: readonly KnownCalls[] = [
  { names: ["crypto.createHash", "createHash", "crypto-browserify.createHash"], message, when: isWeakAt(null, 0) },
  { names: ["crypto.hash"], message, when: isWeakAt(null, 0) },
  {
    names: ["crypto.createHmac"],
    message,
    when: (call, file) => /^md[245]$/.test(lowerText(file, call.args[0]?.value)),
  },
  { names: ["crypto.createSign", "crypto.createVerify"], message, when: isWeakAt(null, 0) },
  {
    names: ["crypto.subtle.digest", "window.crypto.subtle.digest", "globalThis.crypto.subtle.digest"],
    message,
    when: isWeakAt(null, 0),
  },
  {
    names: ["CryptoJS.MD5", "CryptoJS.SHA1", "crypto-js.MD5", "crypto-js.SHA1", "crypto-js/md5", "crypto-js/sha1"],
    message,
    when: forSecurity,
  },
  {
    names: ["md5", "blueimp-md5", "js-md5", "js-md5.md5", "sha1", "js-sha1", "ts-md5.Md5.hashStr"],
    message,
    when: isImported,
  },
  { names: ["hashlib.md5", "hashlib.sha1", "hashlib.sha", "hashlib.md4"], message, when: forSecurity },
  { names: ["hashlib.new"], message, when: isWeakAt("name", 0) },
  {
    names: ["Crypto", "Cryptodome"].flatMap((library) =>
      ["MD2", "MD4", "MD5", "SHA", "SHA1", "RIPEMD", "RIPEMD160"].map((hash) => `${library}.Hash.${hash}.new`),
    ),
    message,
    when: forSecurity,
  },
  {
    names: ["MD5", "SHA1"].map((hash) => `cryptography.hazmat.primitives.hashes.${hash}`),
    message,
    when: forSecurity,
  },
  {
    names: ["crypt.crypt", "crypt.mksalt"],
    message: "Passwords that are hashed like this are found by trying.",
    when: (call, file) => {
      const method = argument(call, "salt", call.name === "mksalt" ? 0 : 1) ?? argument(call, "method");
      return method !== null && /\.METHOD_(?:CRYPT|MD5|BLOWFISH)$/.test(dottedName(file, method));
    },
  },
  {
    names: [
      ...["crypto/md5", "crypto/sha1", "golang.org/x/crypto/md4", "golang.org/x/crypto/ripemd160"].flatMap((module) => [
        ...[`${module}.New`, `${module}.Sum`],
      ]),
    ],
    message,
    when: forSecurity,
  },
  { names: ["MessageDigest.getInstance"], message, when: isWeakAt(null, 0) },
  {
    names: [
      ...["md2", "md2Hex", "md5", "md5Hex", "sha", "shaHex", "sha1", "sha1Hex", "getMd5Digest", "getSha1Digest"].map(
        (method) => `DigestUtils.${method}`,
      ),
      ...["Hashing.md5", "Hashing.sha1", "DigestUtils.md5DigestAsHex", "DigestUtils.md5Digest"],
    ],
    message,
    when: forSecurity,
  },
];

function forSecurity(call: Call, file: SourceFile): boolean {
  return isForSecurity(file, call);
}

/** `md5(x)` of a package that is called so; a function of this file may be anything. */
function isImported(call: Call, file: SourceFile): boolean {
  const binding = file.bindingOf(call.callee);
  const isImport = binding?.declarations.some(({ kind }) => kind === "import") ?? call.receiver !== null;
  return file.language === "javascript" && isImport && isForSecurity(file, call);
}

/** `usedforsecurity=False` says it; so do the names around, unless they name a secret as well. */
function isForSecurity(file: SourceFile, call: Call): boolean {
  const used = argument(call, "usedforsecurity");
  if (used !== null && flag(file, used) === false) return false;
  const around = surroundings(file, call.node);
  return secret.test(around) || !harmless.test(around);
}

/** The statement, what it is in, and the comment that stands at it or just above. */
function surroundings(file: SourceFile, node: SyntaxNode): string {
  const line = file.tree.line(node.line);
  const above = node.line > 1 ? file.tree.line(node.line - 1) : "";
  const note = /^\s*(?:#|\/\/|\*|\/\*)/.test(above) ? above : "";
  const around = node.above(file.dialect.functions);
  const name = around === null ? "" : (file.dialect.readFunction(around).name ?? "");
  return `${name} ${line} ${note}`.slice(0, 600);
}

const secret = /passw|pwd|secret|token|sign(?:ature|ed|ing)?\b|credential|auth|hmac|certificate/i;
const harmless =
  /check_?sum|e_?tag|cach|finger_?print|dedup|content_?(?:hash|md5|digest|id)|file_?(?:hash|id|md5|digest)|hash_?(?:of_?)?(?:file|content|key)|md5_?(?:sum|file)|integrity|gravatar|avatar|\bgit\b|git_?(?:sha|hash|blob|object)|blob|bucket|shard|partition|websocket|258EAFA5|short_?(?:id|hash)|uuid|version|non-?crypto|not (?:for |used for )?(?:security|crypto)|stable_?id|seed|content-md5|s3\b|unique_?(?:id|name|key)|legacy|change_?detect|digest_?key|filename|file_?name/i;
