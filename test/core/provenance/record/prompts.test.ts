import { expect, test } from "vitest";
import { promptsOf } from "../../../../core/provenance/record/prompts.ts";
import { sampleSha } from "../../../builders.ts";

const one = `sha256:${"1".repeat(64)}`;
const two = `hmac-sha256:team:${"2".repeat(64)}`;
const prompt = (value: string, key = "AI-Prompt") => ({ key, value });

test.each([
  { says: "its own", own: [prompt(one)], later: [], prompts: [one] },
  {
    says: "without the template, in any case of the key",
    own: [prompt(` ${one} tpl=fix@2`, "ai-prompt")],
    later: [],
    prompts: [one],
  },
  {
    says: "those of a later commit that speaks for it, too",
    own: [prompt(one)],
    later: [prompt(two)],
    prompts: [one, two],
  },
  { says: "each once", own: [prompt(one), prompt(`${one} tpl=fix@2`)], later: [prompt(one)], prompts: [one] },
  { says: "not what is malformed", own: [prompt("sha256:0"), prompt("make it so")], later: [], prompts: [] },
  { says: "not under another key", own: [prompt(one, "Prompt")], later: [], prompts: [] },
])("the prompts of a commit: $says", ({ own, later, prompts }) => {
  const remediations = later.length === 0 ? [] : [{ commit: sampleSha("later"), trailers: later }];
  expect(promptsOf({ trailers: own, remediations })).toEqual(prompts);
});
