import { CallTable, reportKnownCalls, spotOf } from "../known-calls.ts";
import { dottedName } from "../origins.ts";
import type { Pattern } from "../pattern.ts";
import { fileName, isTestFile } from "../test-files.ts";
import { unverifiedTokens } from "../unverified-tokens.ts";
import { weakCiphers } from "../weak-ciphers.ts";
import { weakHashes } from "../weak-hashes.ts";
import { isForSecret, isWeakRandom } from "../weak-random.ts";

/** What is meant to keep a secret, or to tell a forgery, can be broken with what everyone knows. */
export const weakCrypto: Pattern = {
  rule: {
    id: "weak-crypto",
    title: "Cryptography that can be broken",
    help: "Use SHA-256, AES-GCM with a fresh nonce, a password hash, keys of 2048 bits or more, the system's secure random source.",
    confidence: "medium",
    severity: { human: "warning", aiEdited: "error", aiAsIs: "error" },
  },
  languages: ["javascript", "python", "go", "java"],
  trigger:
    /hash|crypt|md[245]|sha-?1|\bdes\b|rc4|cipher|random|\brand\b|\brsa\b|\bdsa\b|jwt|jsonwebtoken|digest|KeySpec|ParameterSpec|KeyPairGenerator|generate_private_key|generateKeyPair|fernet|\bnone\(/i,
  find(file, report) {
    if (isTestFile(fileName(file.path))) return;
    reportKnownCalls(file, table, report);
    for (const call of file.calls)
      if (isWeakRandom(file, call) && isForSecret(file, call))
        report(spotOf(call), "What is drawn here can be guessed: this source of chance is not made for secrets.");
    if (file.language === "go")
      for (const node of file.nodes("selector_expression"))
        if (
          /^github\.com\/(?:golang-jwt|dgrijalva)\/jwt\S*\.(?:SigningMethodNone|UnsafeAllowNoneSignatureType)$/.test(
            dottedName(file, node),
          )
        )
          report(node, "This takes a token without a signature for a valid one.");
  },
};

const table = new CallTable([
  ...weakHashes,
  ...weakCiphers,
  ...unverifiedTokens,
  {
    names: ["crypto.pseudoRandomBytes"],
    message: "What is drawn here can be guessed: this source of chance is not made for secrets.",
  },
]);
