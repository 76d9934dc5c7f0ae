import { expect, test } from "vitest";
import { samplePath } from "../../../../core/policy/starter/sample-path.ts";

test.each([
  { pattern: "**/auth/**", path: "src/auth/example" },
  { pattern: "**/*.tf", path: "src/example.tf" },
  { pattern: "**/Dockerfile.*", path: "src/Dockerfile.example" },
  { pattern: "**/Jenkinsfile", path: "src/Jenkinsfile" },
  { pattern: ".github/**", path: ".github/example" },
  { pattern: ".gitlab-ci.yml", path: ".gitlab-ci.yml" },
])("$pattern matches $path", ({ pattern, path }) => expect(samplePath(pattern)).toBe(path));
