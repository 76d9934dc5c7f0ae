import { describe, expect, test } from "vitest";
import * as z from "zod";
import { fittingFixes, withoutMissingKeys } from "../../../core/policy/fitting-fixes.ts";
import { readYaml } from "../../../core/policy/read-yaml.ts";
import { worded } from "../../../core/policy/wording.ts";

const schema = z.strictObject({
  text: z.string().optional(),
  truth: z.boolean().optional(),
  day: z
    .string()
    .regex(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/)
    .optional(),
  number: z.number().optional(),
  small: worded(z.number().max(5), { says: "A number.", expects: "a number up to 5", example: 3 }).optional(),
  word: worded(z.enum(["a", "b"]), { says: "A word.", expects: "`a` or `b`", example: "b" }).optional(),
  map: z.record(z.string(), z.number()).optional(),
});

function fixes(text: string): string[] {
  const { root, problems } = readYaml(text);
  if (root === null) throw new Error("the text can be read");
  return fittingFixes(problems, schema, root).map(({ code, fix }) => `${code} ${fix}`);
}

describe("advice fits the key that a word stands at", () => {
  const or = (text: string) => `, or quote it when the text is meant: \`"${text}"\`.`;
  test.each([
    { text: "text: on", are: ['CS014 Quote it: `"on"`.'] },
    { text: "text: 012", are: ['CS014 Quote it: `"012"`.'] },
    { text: "text: 2027-1-5", are: ['CS015 Quote it: `"2027-1-5"`.'] },
    { text: "truth: ON", are: ["CS014 Write `true`."] },
    { text: "truth: n", are: ["CS014 Write `false`."] },
    { text: "truth: 012", are: ["CS014 Write `truth: null`."] },
    { text: "day: 2027-1-5", are: ['CS015 Quote the day: `"2027-01-05"`.'] },
    { text: "number: 2027-01-15", are: ["CS015 Write `number: null`."] },
    { text: "number: 1_000", are: [`CS014 Write it in plain digits${or("1_000")}`] },
    { text: "number: 012", are: [`CS014 Write \`12\`${or("012")}`] },
    { text: "small: 012", are: ["CS014 Write `small: 3`."] },
    { text: "small: yes", are: ["CS014 Write `small: 3`."] },
    { text: "word: yes", are: ["CS014 Write `word: b`."] },
    { text: "other: yes", are: [`CS014 Write \`true\`${or("yes")}`] },
    { text: "on: 1", are: ['CS014 Quote it: `"on"`.'] },
    { text: "map: { y: 1 }", are: ['CS014 Quote it: `"y"`.'] },
    { text: "text: a\ny: b", are: ['CS014 Quote it: `"y"`.'] },
    { text: "text: [*a]", are: ['CS007 Quote a glob: `"*a"`; write a repeated value out.'] },
  ])("$text", ({ text, are }) => expect(fixes(text)).toEqual(are));
});

describe("a mapping whose keys could not all be read is not blamed for one that is missing", () => {
  const problem = (code: "CS010" | "CS011" | "CS012" | "CS018" | "CS014", ...path: string[]) => ({
    ...{ offset: 0, code, path, what: "", fix: "" },
  });
  const found = [problem("CS010", "a"), problem("CS011", "a"), problem("CS012", "a"), problem("CS011", "b")];
  test.each([
    { says: "where its key is none", unread: [problem("CS018", "a")], left: ["CS010 a", "CS011 b"] },
    {
      says: "and not where another problem stands",
      unread: [problem("CS014", "a")],
      left: ["CS010 a", "CS011 a", "CS012 a", "CS011 b"],
    },
    { says: "nor where there is none", unread: [], left: ["CS010 a", "CS011 a", "CS012 a", "CS011 b"] },
  ])("$says", ({ unread, left }) =>
    expect(withoutMissingKeys(found, unread).map(({ code, path }) => `${code} ${path.join(".")}`)).toEqual(left),
  );
});
