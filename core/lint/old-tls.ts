import type { SourceFile, SyntaxNode } from "../syntax/index.ts";
import { dottedName } from "./origins.ts";
import { elementsOf, lowerText } from "./settings.ts";

/** Whether a value names a protocol version before TLS 1.2: as a text, as a constant, as the number on the wire. */
export function isOldProtocol(file: SourceFile, node: SyntaxNode): boolean {
  const value = file.valueOf(node);
  if (file.language === "go" && /^0x030[0-2]$/i.test(value.text)) return true;
  const constant = dottedName(file, value);
  const last = constant.slice(constant.lastIndexOf(".") + 1);
  if (constant.includes(".") && oldConstants.test(last)) return true;
  return oldNames.test(lowerText(file, value).trim());
}

/** `TLSv1_method` and `SSLv23_METHOD` are OpenSSL's; the latter still takes SSL 3 where that is built in. */
const oldConstants =
  /^(?:PROTOCOL_(?:SSLv2|SSLv3|SSLv23|TLSv1|TLSv1_1)|(?:SSLv2|SSLv3|SSLv23|TLSv1|TLSv1_1)_METHOD|Version(?:SSL30|TLS10|TLS11)|(?:SSLv2|SSLv3|TLSv1|TLSv1_1)|TLS_1_[01]|SSL_3_0)$/;
const oldNames =
  /^(?:ssl|sslv2|sslv3|sslv23|tlsv1|tlsv1\.0|tlsv1\.1|(?:sslv2|sslv3|sslv23|tlsv1|tlsv1_1)_(?:client_|server_)?method)$/;

/** The elements of a list of versions that are too old. */
export function oldProtocols(file: SourceFile, node: SyntaxNode): SyntaxNode[] {
  return elementsOf(file, node).filter((element) => isOldProtocol(file, element));
}

/** Whether a list of ciphers, as OpenSSL reads it, lets in one that does not protect. */
export function hasWeakCipher(list: string): boolean {
  return list.split(/[:, ]/).some((part) => {
    const name = part.replace(/^\+/, "").toUpperCase();
    if (/^[!-]/.test(name)) return false;
    return (
      /^(?:A?NULL|ENULL|EXPORT\d*|EXP|LOW|RC4|DES|3DES|MD5|ADH|AECDH|ALL:.*|COMPLEMENTOFALL)$/.test(name) ||
      /SECLEVEL=0|(?:^|[-_])(?:RC4|NULL|DES|3DES|DES3|EXPORT\d*|EXP)(?:[-_]|$)/.test(name)
    );
  });
}

/** Whether a constant of Go names a suite without forward secrecy, or with a cipher that is broken. */
export function isWeakSuite(name: string): boolean {
  return /^crypto\/tls\.TLS_(?:RSA_WITH_|\w*_(?:RC4_128|3DES_EDE|NULL)_)/.test(name);
}
