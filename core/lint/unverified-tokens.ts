import type { Call, SourceFile } from "../syntax/index.ts";
import { argument, type KnownCalls } from "./known-calls.ts";
import { elementsOf, flag, lowerText, optionsOf } from "./settings.ts";

const unsigned = "This takes a token without a signature for a valid one.";
const notVerified = "Nothing checks the signature of this token before it is believed.";

const algorithmsAt = (at: number) => (call: Call, file: SourceFile) => {
  const options = call.args[at] === undefined ? null : optionsOf(file, call.args[at].value);
  return [options?.values.get("algorithms"), options?.values.get("algorithm")].some(
    (value) => value !== undefined && elementsOf(file, value).some((name) => lowerText(file, name) === "none"),
  );
};

/** JSON web tokens that anybody can write. */
export const unverifiedTokens: readonly KnownCalls[] = [
  {
    names: ["jsonwebtoken.verify", "jwt.verify", "jsonwebtoken.sign", "jwt.sign"],
    message: unsigned,
    when: algorithmsAt(2),
  },
  {
    names: ["jsonwebtoken.decode"],
    message: notVerified,
    when: (_, file) => !/\.verify\(|\bverify\b/.test(file.text),
  },
  {
    names: ["jwt-simple.decode"],
    message: notVerified,
    when: (call, file) => call.args[2] !== undefined && flag(file, call.args[2].value) === true,
  },
  { names: ["jwt.decode", "jose.jwt.decode"], message: notVerified, when: isUnverifiedPython },
  {
    names: ["jwt.encode", "jose.jwt.encode"],
    message: unsigned,
    when: (call, file) => file.language === "python" && /^none$/.test(lowerText(file, argument(call, "algorithm", 2))),
  },
  {
    names: ["jose.jwt.get_unverified_claims", "jose.jws.get_unverified_claims"],
    message: notVerified,
  },
  {
    names: ["", "/v4", "/v5"].flatMap((version) =>
      ["Parser#ParseUnverified", "NewParser#ParseUnverified"].map(
        (method) => `github.com/golang-jwt/jwt${version}.${method}`,
      ),
    ),
    message: notVerified,
  },
  { names: ["Algorithm.none"], message: unsigned },
  {
    names: ["Jwts.parser#parse", "Jwts.parser#parseClaimsJwt", "Jwts.parserBuilder#parseClaimsJwt"],
    message: unsigned,
    when: ({ name }) => name === "parseClaimsJwt",
  },
];

function isUnverifiedPython(call: Call, file: SourceFile): boolean {
  if (file.language !== "python") return false;
  const verify = argument(call, "verify");
  if (verify !== null && flag(file, verify) === false) return true;
  const options = argument(call, "options");
  const signature = options === null ? undefined : optionsOf(file, options)?.values.get("verify_signature");
  if (signature !== undefined && flag(file, signature) === false) return true;
  const algorithms = argument(call, "algorithms", 2);
  return algorithms !== null && elementsOf(file, algorithms).some((name) => lowerText(file, name) === "none");
}
