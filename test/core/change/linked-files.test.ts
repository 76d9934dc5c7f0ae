import { expect, test } from "vitest";
import { linkedFiles } from "../../../core/change/linked-files.ts";
import { treeFile, type FileAt } from "../../ownership-facts.ts";
import { cpuTime } from "../../cpu-time.ts";

const link = (path: string, symlinkTarget: string, more: object = {}): FileAt => ({
  ...{ path, kind: "symlink", symlinkTarget },
  ...more,
});

test.each<{ says: string; files: FileAt[]; at: string; names: string[] | undefined }>([
  { says: "no link", files: ["x/k.ts"], at: "x/k.ts", names: undefined },
  { says: "a link to it", files: [link("src/a.ts", "../x/k.ts"), "x/k.ts"], at: "x/k.ts", names: ["src/a.ts"] },
  { says: "a link to its folder", files: [link("src/a", "../x"), "x/y/k.ts"], at: "x/y/k.ts", names: ["src/a/y/k.ts"] },
  { says: "a link in another case", files: [link("src/a", "../X/K.ts"), "x/k.ts"], at: "x/k.ts", names: ["src/a"] },
  { says: "a link to its folder in another case", files: [link("a", "X"), "x/Y/k"], at: "x/Y/k", names: ["a/Y/k"] },
  { says: "a link composed otherwise", files: [link("a", "e\u0301"), "\u00e9/K"], at: "\u00e9/K", names: ["a/K"] },
  { says: "a link beside it", files: [link("src/a", "../x/l.ts"), "x/k.ts"], at: "x/k.ts", names: undefined },
  { says: "a link to a name that it begins with", files: [link("l", "x/k"), "x/k.ts"], at: "x/k.ts", names: undefined },
  { says: "a link to the root", files: [link("src/a", ".."), "x/k.ts"], at: "x/k.ts", names: ["src/a/x/k.ts"] },
  {
    says: "a link to its former path",
    files: [link("src/a", "../x/k.ts"), { path: "y/k.ts", previousPath: "x/k.ts" }],
    at: "y/k.ts",
    names: ["src/a"],
  },
  {
    says: "a renamed link",
    files: [link("src/a", "../x/k.ts", { previousPath: "lib/a" }), "x/k.ts"],
    at: "x/k.ts",
    names: ["src/a", "lib/a"],
  },
  {
    says: "a link to a link",
    files: [link("src/a", "../b"), link("b", "x"), "x/k.ts"],
    at: "x/k.ts",
    names: ["b/k.ts", "src/a/k.ts"],
  },
  {
    says: "links in a circle",
    files: [link("a/b", "."), link("a/c", "."), "a/k.ts"],
    at: "a/k.ts",
    names: ["a/b/k.ts", "a/c/k.ts"],
  },
  {
    says: "more links than are followed",
    files: ["x/k.ts", ...Array.from({ length: 21 }, (_, index) => link(`l${index}`, "x"))],
    at: "x/k.ts",
    names: [".."],
  },
  {
    says: "256 parts deep, which is looked at",
    files: [link("l", "x"), `x/${"d/".repeat(254)}k.ts`],
    at: `x/${"d/".repeat(254)}k.ts`,
    names: [`l/${"d/".repeat(254)}k.ts`],
  },
  {
    says: "257 parts deep, where it may have any name",
    files: [link("l", "y"), `x/${"d/".repeat(255)}k.ts`],
    at: `x/${"d/".repeat(255)}k.ts`,
    names: [".."],
  },
  {
    says: "257 parts deep, without a link in the change",
    files: [`x/${"d/".repeat(255)}k.ts`],
    at: `x/${"d/".repeat(255)}k.ts`,
    names: undefined,
  },
])("the names of a file through links: $says", ({ files, at, names }) => {
  expect(linkedFiles(files.map(treeFile)).find(({ path }) => path === at)?.alsoAt).toEqual(names);
});

test("where a link led before counts too", () => {
  const [, file] = linkedFiles([{ ...treeFile(link("src/a", "../y")), alsoAt: ["x"] }, treeFile("x/k.ts")]);
  expect(file?.alsoAt).toEqual(["src/a/k.ts"]);
});

test("3,000 files under 3,000 links take no second", () => {
  const links = Array.from({ length: 3_000 }, (_, index) => treeFile(link(`l${index}`, "x")));
  const files = Array.from({ length: 3_000 }, (_, index) => treeFile(`x/${index}`));
  const spent = cpuTime();
  linkedFiles([...links, ...files]);
  expect(spent()).toBeLessThan(1_000);
});
