import { expect, test } from "vitest";
import { loadParser } from "../../../adapters/sandbox/parser.ts";
import { SourceFile } from "../../../core/syntax/index.ts";

const parse = await loadParser(["go"]);

function handledIn(condition: string): (string | null)[] {
  const parsed = parse(`package a\n\nfunc f() {\n\tif ${condition} {\n\t}\n}\n`, "go");
  if ("reason" in parsed) throw new Error(parsed.reason);
  return new SourceFile("a.go", parsed.tree).handlers.map(({ name }) => name);
}

test.each([
  { says: "an error that is there", condition: "err != nil", names: ["err"] },
  { says: "the other way round", condition: "nil != err", names: ["err"] },
  { says: "in parentheses", condition: "(err != nil)", names: ["err"] },
  { says: "with a statement before", condition: "err := save(); err != nil", names: ["err"] },
  { says: "a field", condition: "s.closeErr != nil", names: ["s.closeErr"] },
  { says: "a stream, which is no error", condition: "cmd.Stderr != nil", names: [] },
  { says: "no error", condition: "err == nil", names: [] },
  { says: "anything else that is there", condition: "order != nil", names: [] },
])("what an if of Go handles: $says", ({ condition, names }) => {
  expect(handledIn(condition)).toEqual(names);
});
