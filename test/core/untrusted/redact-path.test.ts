import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { redact, redactPath } from "../../../core/untrusted/index.ts";
import { canaries, secretPart } from "../../untrusted-canaries.ts";

const token = canaries.find(({ kind }) => kind === "github-token")?.value ?? "";

test.each([
  { says: "an ordinary path stays", path: "src/auth/login.ts", redacted: "src/auth/login.ts", whole: true },
  {
    says: "a token in a name",
    path: `src/auth/${token}.ts`,
    redacted: "src/auth/(redacted:github-token).ts",
    whole: true,
  },
  {
    says: "a token that is a folder",
    path: `src/${token}/x.ts`,
    redacted: "src/(redacted:github-token)/x.ts",
    whole: true,
  },
  {
    says: "the extension stays where a value would take it",
    path: "deploy/token=Abc12345.env",
    redacted: "deploy/token=(redacted:assigned-secret).env",
    whole: true,
  },
  {
    says: "a value that goes on over folders hides them, and that is said",
    path: "x/password=Abc12345/auth/login.ts",
    redacted: "x/(redacted:assigned-secret)/(redacted:assigned-secret)/(redacted:assigned-secret)",
    whole: false,
  },
])("$says", ({ path, redacted, whole }) => expect(redactPath(path)).toEqual({ path: redacted, whole }));

describe("every canary, as a name and as folders", () => {
  test.each(
    canaries.map(({ kind, value }, index) => ({
      name: `${index} ${kind}`,
      value,
      secret: secretPart({ kind, value }),
    })),
  )("$name", ({ value, secret }) => {
    for (const path of [`src/auth/${value}.ts`, `${value}/auth/x.ts`, `a/${value.replaceAll("\n", "/")}/auth/x.ts`]) {
      const { path: redacted, whole } = redactPath(path);
      expect(redacted).not.toContain(secret.slice(-12));
      expect(redact(redacted)).toBe(redacted);
      if (whole) expect(redacted.split("/").length).toBe(path.split("/").length);
      if (whole) expect(redacted.endsWith(".ts")).toBe(true);
    }
  });
});

test("any path: redacting twice changes nothing, and a path without secrets stays", () => {
  const part = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom(token, "password=Abc12345", "auth", "..", "x.ts"),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
      const path = parts.join("/");
      const once = redactPath(path);
      expect(redact(once.path)).toBe(once.path);
      if (redact(path) === path) expect(once).toEqual({ path, whole: true });
    }),
    { numRuns: 200 },
  );
});
