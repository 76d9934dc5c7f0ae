import { expect, test } from "vitest";
import { firstRule } from "../../subjects.ts";

const policy = `
provenance: { counts_as_code: { tests: false } }
areas: { auth: { paths: ["**/auth/**"], tier: 1 } }
rules: [{ id: r, when: { ai: true }, require: { secrets: none } }]`;

test.each([
  { says: "a test does not count as AI", path: "test/a.ts", is: [] },
  { says: "generated files do not by default", path: "src/a.pb.go", is: [] },
  { says: "other kinds do", path: "db/migrations/1.sql", is: ["db/migrations/1.sql"] },
  { says: "a test on a sensitive area counts", path: "test/auth/a.ts", is: ["test/auth/a.ts"] },
  { says: "code that becomes a test counts", path: "test/a.ts", previousPath: "src/a.ts", is: ["test/a.ts"] },
  { says: "what only looks like a test counts", path: "t\u0435st/a.ts", is: ["t\u0435st/a.ts"] },
])("$says", ({ path, previousPath, is }) => {
  const file = previousPath === undefined ? { path } : { path, previousPath };
  const sketch = { commits: [{ name: "a", verdict: "agent-authored" as const }], files: [file] };
  expect(firstRule(policy, sketch).files).toEqual(is);
});
