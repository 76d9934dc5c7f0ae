import { describe, expect, test } from "vitest";
import { loadPolicy } from "../../../core/policy/index.ts";
import { policyKeys } from "../../../core/policy/schema.ts";
import { sampleLintRules } from "../../subjects.ts";

const words = ["no", "n", "off", "none", "false", "never", "disabled", '"0"', '"no"', '"false"', '"Off"'];

/** A policy that has nothing but this key, and what is said of it there. */
function fixesAt(path: string, word: string): string[] {
  const parts = path.split(".").map((part) => part.replace("<name>", "n"));
  const text = parts.reduceRight((inner, part) => {
    return part.endsWith("[]") ? `{ ${part.slice(0, -2)}: [${inner}] }` : `{ ${part}: ${inner} }`;
  }, word);
  const loaded = loadPolicy(`{ version: 1, ${text.slice(2)}`, { file: "p.yml", lintRules: sampleLintRules });
  const place = parts.join(".").replaceAll("[]", "[0]");
  return loaded.ok ? [] : loaded.problems.filter((problem) => problem.path === place).map(({ fix }) => fix);
}

/** Texts that a policy must have where they stand, and none of which asks for anything or lets anybody in. */
const needed = new Set([
  ...["version", "extends[].preset", "extends[].repo", "extends[].path", "extends[].ref", "extends[].digest"],
  ...["rules[].id", "waivers[].reason", "waivers[].owner", "waivers[].id", "waivers[].expires", "break_glass.max_age"],
]);

/** What may be said for a "no": what leaves it out, what means no, and the word itself where any text may stand. */
function isRefusal(fix: string): boolean {
  const proposed = fix.split("`").filter((_part, index) => index % 2 === 1);
  if (fix.startsWith("Leave ")) return true;
  if (fix.startsWith("Quote it: ")) return words.some((word) => fix.includes(`"${word.replaceAll('"', "")}"`));
  if (fix.startsWith("Write `secrets: none` where")) return fix.includes("leave the key out");
  const means = ["false", "0", "allow", "human", "observe", "never", '"off"'];
  return fix.startsWith("Write ")
    ? proposed.every((text) => means.includes(text.slice(text.indexOf(": ") + 1).trim()))
    : fix === "Did you mean `NONE`?" || /^(Remove|Lint rules:|Name it|Known:|Compare|`countersign tools`)/.test(fix);
}

describe("no key answers a no by asking for what was refused, or by granting it", () => {
  const keys = policyKeys().filter(({ path }) => !needed.has(path));
  test.each(keys)("$path", ({ path }) => {
    const wrong = words.flatMap((word) =>
      fixesAt(path, word)
        .filter((fix) => !isRefusal(fix))
        .map((fix) => `${word}: ${fix}`),
    );
    expect(wrong).toEqual([]);
  });

  test("and there is something to answer", () => {
    const answered = keys.filter(({ path }) => words.some((word) => fixesAt(path, word).length > 0));
    expect(answered.length).toBeGreaterThan(keys.length * 0.9);
  });
});

describe("what a no is answered by", () => {
  const asked = "Leave the key out: what is not written is not asked for.";
  test.each([
    { path: "rules[].require.second_human", word: "no", is: asked },
    { path: "rules[].require.second_human", word: "off", is: asked },
    { path: "rules[].require.second_human", word: '"false"', is: asked },
    { path: "rules[].require.disclosure", word: "no", is: asked },
    { path: "rules[].require.disclosure", word: "optional", is: asked },
    { path: "rules[].require.secrets", word: "off", is: asked },
    { path: "rules[].require.size.max_files", word: '"0"', is: "Write `max_files: 0`." },
    { path: "rules[].when.ai", word: "never", is: "Write `ai: false`." },
    { path: "rules[].enforce_after", word: "never", is: "Leave the key out." },
    { path: "break_glass", word: "off", is: "Leave the key out." },
    { path: "break_glass.who", word: "none", is: "Leave `break_glass` out." },
    { path: "accept", word: "no", is: "Leave the key out." },
    { path: "provenance.sensitive_undeclared", word: "no", is: "Write `sensitive_undeclared: human`." },
    { path: "provenance.detected_without_trailer", word: "no", is: "Write `detected_without_trailer: allow`." },
    { path: "mode", word: "never", is: "Write `mode: observe`." },
    { path: "comment", word: "none", is: 'Write `comment: "off"`.' },
    { path: "rules[].when.association", word: "none", is: "Did you mean `NONE`?" },
    { path: "waivers[].expires", word: "never", is: 'Write "2027-01-15".' },
  ])("$path: $word", ({ path, word, is }) => expect(fixesAt(path, word)).toEqual([is]));

  test("an item of a list", () => {
    const text = "version: 1\nrules: [{ id: r, require: { disclosure: [required, none] } }]";
    const loaded = loadPolicy(text, { file: "p.yml", lintRules: sampleLintRules });
    expect(loaded.ok ? [] : loaded.problems.map(({ fix }) => fix)).toEqual(["Leave the item out."]);
  });
});
