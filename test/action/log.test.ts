import { afterEach, expect, test, vi } from "vitest";
import { fail, say, warn } from "../../action/log.ts";

const token = ["npm", "lYNzBHgu5PodsDbtH5mZomWKmlzfDqDxYrh2"].join("_");

afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

test.each([
  { says: "a branch", text: `The repository has no branch b/${token}.` },
  { says: "a file", text: `coverage/${token}.info cannot be used` },
  { says: "one that an invisible character cuts", text: `no ${token.slice(0, 9)}\u200b${token.slice(9)}` },
])("a secret in $says is printed by nothing", ({ text }) => {
  const printed: string[] = [];
  vi.spyOn(process.stdout, "write").mockImplementation((chunk) => printed.push(String(chunk)) > 0);
  for (const print of [say, warn, fail]) print(text);
  const output = printed.join("");
  expect(output.replaceAll("\u200b", "")).not.toContain(token.slice(9));
  expect(output.match(/\(redacted:/g)).toHaveLength(3);
});
