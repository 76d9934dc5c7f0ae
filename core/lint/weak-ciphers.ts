import type { Call, SourceFile, SyntaxNode } from "../syntax/index.ts";
import { fixedSources } from "./fixed-bytes.ts";
import { argument, type KnownCalls } from "./known-calls.ts";
import { dottedName } from "./origins.ts";
import { lowerText, optionsOf } from "./settings.ts";

const weakCipher = "This cipher or its mode is broken: what it hides can be read.";
const sameVector = "The same vector or nonce is used each time, which shows what is the same in what it hides.";
const sameSalt = "The same salt is used each time: equal passwords have equal hashes.";
const fixedKey = "This key stands in the code: who reads it can decrypt.";
const smallKey = "This key is too small: it can be broken.";

const pycrypto = (...names: readonly string[]) =>
  ["Crypto", "Cryptodome"].flatMap((library) => names.map((name) => `${library}.${name}`));
const algorithms = (...names: readonly string[]) =>
  ["primitives", "decrepit"].flatMap((part) =>
    names.map((name) => `cryptography.hazmat.${part}.ciphers.algorithms.${name}`),
  );

/** Java's checkers point at the text itself; those of other languages at the call that it is given to. */
const isFixedAt = (name: string | null, at: number) => (call: Call, file: SourceFile) => {
  const value = argument(call, name, at);
  const sources = value === null ? [] : fixedSources(file, value);
  return file.language === "java" ? sources : sources.length > 0;
};
const isFixed = (file: SourceFile, value: SyntaxNode | null | undefined) =>
  value !== null && value !== undefined && fixedSources(file, value).length > 0;
const isWeakAt = (at: number) => (call: Call, file: SourceFile) => isWeakCipher(lowerText(file, call.args[at]?.value));
const isBelow = (name: string | null, at: number, least: number) => (call: Call, file: SourceFile) => {
  const value = argument(call, name, at);
  const size = sizeOf(file, value);
  return size !== null && size < least && value !== null && value;
};

function sizeOf(file: SourceFile, node: SyntaxNode | null): number | null {
  if (node === null) return null;
  const value = file.valueOf(node);
  return file.dialect.numbers.has(value.type) && /^\d{1,6}$/.test(value.text) ? Number(value.text) : null;
}

/** `DES/CBC/PKCS5Padding`, `aes-128-ecb`, `rc4`; in Java `AES` alone means its ECB mode. */
function isWeakCipher(name: string): boolean {
  return (
    (/^(?:des|desede|3des|des3|des-|des-ede|rc2|rc4|arc4|arcfour|blowfish|bf|cast5?|idea|seed|aes$|tripledes)(?:[-/]|$|\d*-)/.test(
      name,
    ) ||
      /(?:^|[-/])ecb(?:\d*)(?:[-/]|$)/.test(name)) &&
    !/^rsa/.test(name)
  );
}

/** In JavaScript the name of an algorithm always has its mode. */
const isWeakNode = (call: Call, file: SourceFile) => {
  const name = lowerText(file, call.args[0]?.value);
  return name !== "aes" && isWeakCipher(name);
};

/** Ciphers, modes, vectors, salts and sizes of keys. */
export const weakCiphers: readonly KnownCalls[] = [
  { names: ["crypto.createCipher", "crypto.createDecipher"], message: sameVector },
  { names: ["crypto.createCipheriv", "crypto.createDecipheriv"], message: weakCipher, when: isWeakNode },
  { names: ["crypto.createCipheriv"], message: sameVector, when: isFixedAt(null, 2) },
  { names: ["crypto.createCipheriv", "crypto.createDecipheriv"], message: fixedKey, when: isFixedAt(null, 1) },
  {
    names: ["crypto.pbkdf2", "crypto.pbkdf2Sync", "crypto.scrypt", "crypto.scryptSync"],
    message: sameSalt,
    when: isFixedAt(null, 1),
  },
  {
    names: ["CryptoJS", "crypto-js"].flatMap((library) =>
      ["DES", "TripleDES", "RC4", "RC4Drop", "Rabbit", "Blowfish"].map((cipher) => `${library}.${cipher}.encrypt`),
    ),
    message: weakCipher,
  },
  {
    names: ["CryptoJS.AES.encrypt", "crypto-js.AES.encrypt"],
    message: weakCipher,
    when: (call, file) => {
      const options = call.args[2] === undefined ? null : optionsOf(file, call.args[2].value);
      return /\.ECB$/.test(options?.values.get("mode")?.text ?? "");
    },
  },
  {
    names: ["crypto.generateKeyPair", "crypto.generateKeyPairSync"],
    message: smallKey,
    when: (call, file) => {
      const options = call.args[1] === undefined ? null : optionsOf(file, call.args[1].value);
      const value = options?.values.get("modulusLength") ?? null;
      const size = sizeOf(file, value);
      return size !== null && size < 2048 && value !== null && value;
    },
  },
  {
    names: pycrypto("ARC2", "ARC4", "Blowfish", "DES", "DES3", "XOR", "CAST").map(
      (name) => name.replace(".", ".Cipher.") + ".new",
    ),
    message: weakCipher,
  },
  {
    names: algorithms("ARC4", "Blowfish", "IDEA", "CAST5", "SEED", "TripleDES", "RC2"),
    message: weakCipher,
  },
  {
    names: ["cryptography.hazmat.primitives.ciphers.modes.ECB"],
    message: weakCipher,
  },
  {
    names: pycrypto("Cipher.AES.new"),
    message: weakCipher,
    when: (call, file) => dottedName(file, argument(call, "mode", 1) ?? call.callee).endsWith("MODE_ECB"),
  },
  {
    names: pycrypto("Cipher.AES.new"),
    message: sameVector,
    when: (call, file) => [argument(call, "iv", 2), argument(call, "nonce")].some((value) => isFixed(file, value)),
  },
  { names: pycrypto("Cipher.AES.new"), message: fixedKey, when: isFixedAt("key", 0) },
  { names: ["cryptography.fernet.Fernet"], message: fixedKey, when: isFixedAt("key", 0) },
  {
    names: ["CBC", "CTR", "OFB", "CFB", "CFB8", "GCM"].map(
      (mode) => `cryptography.hazmat.primitives.ciphers.modes.${mode}`,
    ),
    message: sameVector,
    when: (call, file) => isFixed(file, call.args[0]?.value),
  },
  { names: ["hashlib.pbkdf2_hmac"], message: sameSalt, when: isFixedAt("salt", 2) },
  { names: ["hashlib.scrypt"], message: sameSalt, when: isFixedAt("salt", 1) },
  {
    names: ["cryptography.hazmat.primitives.asymmetric.rsa.generate_private_key"],
    message: smallKey,
    when: isBelow("key_size", 1, 2048),
  },
  {
    names: ["cryptography.hazmat.primitives.asymmetric.dsa.generate_private_key"],
    message: smallKey,
    when: isBelow("key_size", 0, 2048),
  },
  {
    names: ["cryptography.hazmat.primitives.asymmetric.ec.generate_private_key"],
    message: smallKey,
    when: (call, file) => {
      const curve = argument(call, "curve", 0);
      const made = curve === null ? null : (file.callAt(file.valueOf(curve))?.callee ?? file.valueOf(curve));
      return made !== null && /\.(?:SECP192R1|SECT163[KR][12])$/.test(dottedName(file, made));
    },
  },
  {
    names: pycrypto("PublicKey.RSA.generate", "PublicKey.DSA.generate"),
    message: smallKey,
    when: isBelow("bits", 0, 2048),
  },
  { names: ["crypto/rsa.GenerateKey"], message: smallKey, when: isBelow(null, 1, 2048) },
  {
    names: [
      ...["crypto/des.NewCipher", "crypto/des.NewTripleDESCipher", "crypto/rc4.NewCipher"],
      ...[
        "golang.org/x/crypto/blowfish.NewCipher",
        "golang.org/x/crypto/blowfish.NewSaltedCipher",
        "golang.org/x/crypto/cast5.NewCipher",
      ],
    ],
    message: weakCipher,
  },
  {
    names: ["NewCBCEncrypter", "NewCTR", "NewOFB", "NewCFBEncrypter"].map((mode) => `crypto/cipher.${mode}`),
    message: sameVector,
    when: isFixedAt(null, 1),
  },
  {
    names: ["NewGCM", "NewGCMWithNonceSize", "NewGCMWithTagSize", "AEAD"].map((made) => `crypto/cipher.${made}#Seal`),
    message: sameVector,
    when: isFixedAt(null, 1),
  },
  { names: ["Cipher.getInstance"], message: weakCipher, when: isWeakAt(0) },
  {
    names: ["KeyGenerator.getInstance", "SecretKeyFactory.getInstance"],
    message: weakCipher,
    when: (call, file) =>
      isWeakCipher(lowerText(file, call.args[0]?.value)) && lowerText(file, call.args[0]?.value) !== "aes",
  },
  { names: ["NullCipher"], message: weakCipher, when: ({ isNew }) => isNew },
  { names: ["IvParameterSpec"], message: sameVector, when: isFixedAt(null, 0) },
  { names: ["GCMParameterSpec"], message: sameVector, when: isFixedAt(null, 1) },
  { names: ["PBEParameterSpec"], message: sameSalt, when: isFixedAt(null, 0) },
  { names: ["PBEKeySpec"], message: sameSalt, when: isFixedAt(null, 1) },
  { names: ["SecretKeySpec"], message: fixedKey, when: isFixedAt(null, 0) },
  { names: ["KeyPairGenerator.getInstance#initialize"], message: smallKey, when: isSmallPair },
];

/** Keys on curves are small by nature: only what RSA, DSA and DH make is measured. */
function isSmallPair(call: Call, file: SourceFile): SyntaxNode | boolean {
  const made = call.receiver === null ? null : file.callAt(file.valueOf(call.receiver));
  const kind = made === null ? "" : lowerText(file, made.args[0]?.value);
  return /^(?:rsa|dsa|dh|diffiehellman)$/.test(kind) && isBelow(null, 0, 2048)(call, file);
}
