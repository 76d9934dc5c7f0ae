import { describe, expect, test } from "vitest";
import { firstRule, type FileSketch } from "../../subjects.ts";

const tier = (number: number) => `
provenance: { counts_as_code: { tests: false, iac: false, migrations: false } }
areas: { auth: { paths: ["**/auth/**"], tier: ${number} } }
forbid: [{ agents: [copilot] }, { agents: [copilot], paths: ["lib/**"] }, { agents: [copilot], kinds: [binary] }]
rules:
  - { id: r, when: { ai: true }, require: { secrets: none } }
  - { id: s, require: { forbid: { agents: [copilot], paths: ["pkg/**"], kinds: [generated] } } }`;

const rows: { says: string; file: FileSketch; counts: boolean }[] = [
  { says: "a test does not count as AI", file: { path: "test/a.ts", status: "added" }, counts: false },
  { says: "nor does infrastructure", file: { path: "ops/main.tf", status: "added" }, counts: false },
  { says: "nor does a migration", file: { path: "db/migrations/1.sql", status: "added" }, counts: false },
  { says: "nor does a generated file that was one before", file: { path: "src/a.pb.go" }, counts: false },
  { says: "nor does one that is deleted", file: { path: "gen/a.ts", status: "deleted" }, counts: false },
  { says: "nor does one that moves", file: { path: "gen/b.ts", previousPath: "gen/a.ts" }, counts: false },
  { says: "a new file counts, whatever its name", file: { path: "src/x.gen.ts", status: "added" }, counts: true },
  { says: "so does one in a folder so called", file: { path: "dist/x.ts", status: "added" }, counts: true },
  { says: "so does a link that becomes a file", file: { path: "gen/x.ts", status: "type-changed" }, counts: true },
  { says: "code that becomes generated counts", file: { path: "gen/a.ts", previousPath: "src/a.ts" }, counts: true },
  { says: "code that becomes a test counts", file: { path: "test/a.ts", previousPath: "src/a.ts" }, counts: true },
  { says: "what only looks like a test counts", file: { path: "t\u0435st/a.ts" }, counts: true },
  { says: "a test in an area counts", file: { path: "test/auth/a.ts" }, counts: true },
  { says: "a generated file in an area counts", file: { path: "src/auth/a.gen.ts" }, counts: true },
  { says: "infrastructure in an area counts", file: { path: "auth/main.tf" }, counts: true },
  { says: "a migration in an area counts", file: { path: "auth/migrations/1.sql" }, counts: true },
  { says: "a generated file within a boundary counts", file: { path: "lib/a.gen.ts" }, counts: true },
  { says: "within a boundary by its kind too", file: { path: "gen/logo.ts", kind: "binary" }, counts: true },
  { says: "within a boundary of a rule too", file: { path: "pkg/a.gen.ts" }, counts: true },
  { says: "all of a boundary's place must hold", file: { path: "pkg/a.test.ts" }, counts: false },
];

describe.each([1, 2, 3])("with an area of tier %i", (number) => {
  test.each(rows)("$says", ({ file, counts }) => {
    const sketch = { commits: [{ name: "a", verdict: "agent-authored" as const }], files: [file] };
    expect(firstRule(tier(number), sketch).files).toEqual(counts ? [file.path] : []);
  });
});

test("generated files count where the policy says so", () => {
  const policy = `
provenance: { counts_as_code: { generated: true } }
rules: [{ id: r, when: { ai: true }, require: { secrets: none } }]`;
  const sketch = { commits: [{ name: "a", verdict: "agent-authored" as const }], files: [{ path: "gen/a.ts" }] };
  expect(firstRule(policy, sketch).files).toEqual(["gen/a.ts"]);
});
