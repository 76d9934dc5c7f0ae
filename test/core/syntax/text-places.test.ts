import { expect, test } from "vitest";
import { loadParser } from "../../../adapters/sandbox/parser.ts";
import { grammars, SourceFile, type Grammar } from "../../../core/syntax/index.ts";

const parse = await loadParser(grammars);

test.each<{ says: string; path: string; grammar: Grammar; text: string; type: string; places: (string | undefined)[] }>(
  [
    {
      says: "a format keeps how each place is named",
      path: "a.go",
      grammar: "go",
      text: 'package a\nvar a = fmt.Sprintf("x %d y %s", b, c)\n',
      type: "call_expression",
      places: ["%d", "%s"],
    },
    {
      says: "so does %",
      path: "a.py",
      grammar: "python",
      text: 'a = "x %d" % b\n',
      type: "binary_operator",
      places: ["%d"],
    },
    {
      says: "what is put in without a format has none",
      path: "a.py",
      grammar: "python",
      text: 'a = "x" + b\n',
      type: "binary_operator",
      places: [undefined],
    },
  ],
)("$says", ({ path, grammar, text, type, places }) => {
  const parsed = parse(text, grammar);
  if ("reason" in parsed) throw new Error(parsed.reason);
  const file = new SourceFile(path, parsed.tree);
  const [node] = file.nodes(type);
  const putIn = (file.textOf(node!) ?? []).filter((part) => part.kind === "put-in");
  expect(putIn.map(({ place }) => place)).toEqual(places);
});
