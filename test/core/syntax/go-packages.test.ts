import { expect, test } from "vitest";
import { loadParser } from "../../../adapters/sandbox/parser.ts";
import { SourceFile } from "../../../core/syntax/index.ts";

const parse = await loadParser(["go"]);

function calledIn(text: string): string[] {
  const parsed = parse(text, "go");
  if ("reason" in parsed) throw new Error(parsed.reason);
  const file = new SourceFile("a.go", parsed.tree);
  return file.calls.map((call) => file.calleeName(call));
}

test.each([
  { says: "the last part of the path", path: "crypto/md5", used: "md5", name: "crypto/md5.New" },
  { says: "the part before a version", path: "math/rand/v2", used: "rand", name: "math/rand/v2.New" },
  { says: "without the version after a dot", path: "gopkg.in/yaml.v3", used: "yaml", name: "gopkg.in/yaml.v3.New" },
  { says: "without what names a repository", path: "a.b/go-sqlite3", used: "sqlite3", name: "a.b/go-sqlite3.New" },
  { says: "a version alone is a name", path: "v2", used: "v2", name: "v2.New" },
  { says: "another package's name is no import", path: "crypto/md5", used: "sha1", name: "sha1.New" },
])("a Go package is called by $says", ({ path, used, name }) => {
  expect(calledIn(`package a\n\nimport "${path}"\n\nvar _ = ${used}.New()\n`)).toEqual([name]);
});

test("a package under a name of its own is called by that alone", () => {
  expect(calledIn('package a\n\nimport r "math/rand"\n\nvar _, _ = r.Int(), rand.Int()\n')).toEqual([
    "math/rand.Int",
    "rand.Int",
  ]);
});
