import { describe, expect, test } from "vitest";
import { defaultPolicy, defaultPolicyText } from "../../../core/policy/default-policy.ts";
import { loadPolicy } from "../../../core/policy/index.ts";
import { sampleLintRules } from "../../subjects.ts";

describe("the policy that applies where none was found", () => {
  test("observes, and is what its file says", () => {
    const loaded = loadPolicy(defaultPolicyText, { file: "observe.yml", lintRules: sampleLintRules });
    expect(defaultPolicy(sampleLintRules)).toMatchObject({ version: 1, mode: "observe" });
    expect(loaded.ok && loaded.policy).toEqual(defaultPolicy(sampleLintRules));
    expect(defaultPolicy([]).rules.map(({ id }) => id)).toEqual(
      defaultPolicy(sampleLintRules).rules.map(({ id }) => id),
    );
  });
});
