import { describe, expect, test } from "vitest";
import { sampleFinding } from "../../../builders.ts";
import { firstRule, fixes, sentences } from "../../../subjects.ts";

const policy = "rules: [{ id: r, when: { paths: [src/**] }, require: { secrets: none } }]";
const secret = (path: string, severity: "error" | "notice" = "error") =>
  sampleFinding({ rule: "secret-shaped-text", severity, place: { kind: "lines", path, start: 7, end: 7 } });
const files = [{ path: "src/a.ts" }, { path: "test/a.ts" }];

describe("credential-shaped text on the rule's files", () => {
  test.each([
    { says: "none", findings: [], is: "satisfied" },
    { says: "one", findings: [secret("src/a.ts")], is: "unsatisfied" },
    { says: "one of little weight", findings: [secret("src/a.ts", "notice")], is: "unsatisfied" },
    { says: "one elsewhere", findings: [secret("test/a.ts")], is: "satisfied" },
    {
      says: "another finding",
      findings: [sampleFinding({ place: { kind: "file", path: "src/a.ts" } })],
      is: "satisfied",
    },
  ])("$says: $is", ({ findings, is }) => expect(firstRule(policy, { files, findings }).state).toBe(is));
});

test("the reason has the place, never the text", () => {
  const result = firstRule(policy, { files, findings: [secret("src/a.ts")] });
  expect(sentences(result).at(-1)).toBe("no: src/a.ts:7 looks like a credential (secret-shaped-text)");
  expect(fixes(result)[0]).toMatch(/^Revoke the credential/);
});

test("a file that nobody could look into may hold one", () => {
  const notAnalysed = [{ path: "src/a.ts", reason: "binary" }];
  expect(firstRule(policy, { files, notAnalysed }).decision).toBe("warn");
  const sensitive = `areas: { core: { paths: [src/**], tier: 1 } }\n${policy}`;
  expect(firstRule(sensitive, { files, notAnalysed }).decision).toBe("undecided");
});
