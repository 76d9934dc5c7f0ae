import { describe, expect, test } from "vitest";
import { cutTexts } from "../../../core/policy/cut-texts.ts";
import { readYaml } from "../../../core/policy/read-yaml.ts";

function told(text: string): string[] {
  const { root } = readYaml(text);
  if (root === null) throw new Error("the text can be read");
  return cutTexts(root).map(({ code, path, what, fix }) => `${code} ${path.join(".")}: ${what}. ${fix}`);
}

describe("a text for people that a comment cuts off", () => {
  const cut = "the text ends before ` #`, which begins a comment. Quote the whole text:";
  const [long, shown] = ["x".repeat(120), "x".repeat(99)];
  test.each([
    { text: "title: As in #12", are: [`CS111 title: ${cut} \`"As in #12"\`.`] },
    { text: "reason: As in #12", are: [`CS111 reason: ${cut} \`"As in #12"\`.`] },
    { text: "rules:\n  - title: a #b c", are: [`CS111 rules.0.title: ${cut} \`"a #b c"\`.`] },
    { text: "title: it's #Z", are: [`CS111 title: ${cut} \`"it's #Z"\`.`] },
    { text: "title: 'say \"a\"' #1", are: [`CS111 title: ${cut} \`'say "a" #1'\`.`] },
    { text: "title: '' #12", are: [`CS111 title: ${cut} \`"#12"\`.`] },
    { text: `title: ${long} #12`, are: [`CS111 title: ${cut} \`"${shown}…"\`.`] },
    { text: "title: a # 12", are: [] },
    { text: "title: a #", are: [] },
    { text: "title: a", are: [] },
    { text: "title: a#12", are: [] },
    { text: "title: 5 #12", are: [] },
    { text: "id: a #12", are: [] },
    { text: "a: { b: c } #12", are: [] },
  ])("$text", ({ text, are }) => expect(told(text)).toEqual(are));
});
