import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { modelInTranscript, parsePayload, patchedPaths, quotedPath } from "../../../core/capture/index.ts";
import { createRepository, removeRepositories } from "../../git-repository.ts";

afterAll(removeRepositories);

describe("quotedPath", () => {
  test("is what git prints, for every byte that a path of a text can have", () => {
    const paths = [
      ...Array.from({ length: 0x7f }, (_, byte) => `p${String.fromCharCode(byte + 1)}q`).filter(
        (path) => !path.includes("/"),
      ),
      ...["größe", "日本.ts", "🙂", "a b", " a", "a ", "-x", '"', "\\"],
    ];
    const repository = createRepository();
    repository.commit({ files: paths.map((path) => [path, "x"] as const) });
    const shown = repository.text(["-c", "core.quotePath=true", "ls-tree", "--name-only", "HEAD"]).split("\n");
    expect(paths.map(quotedPath).toSorted()).toEqual(shown.toSorted());
  });
});

describe("patchedPaths", () => {
  test.each([
    {
      says: "each kind",
      patch:
        "*** Begin Patch\n*** Add File: a\n+x\n*** Update File: b\n*** Move to: c\n@@\n*** Delete File: d\n*** End Patch",
      paths: ["a", "b", "c", "d"],
    },
    { says: "each path once", patch: "*** Update File: a\n*** Update File: a\n", paths: ["a"] },
    { says: "carriage returns", patch: "*** Begin Patch\r\n*** Update File: a\r\n", paths: ["a"] },
    { says: "no end", patch: "*** Update File: a b", paths: ["a b"] },
    {
      says: "content that looks alike is marked by its sign",
      patch: "*** Update File: a\n+*** Update File: b\n",
      paths: ["a"],
    },
    { says: "nothing", patch: "", paths: [] },
    { says: "a name of nothing", patch: "*** Add File: \n", paths: [] },
  ])("$says", ({ patch, paths }) => expect(patchedPaths(patch)).toEqual(paths));

  test("any text ends, with paths that stand in it", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("*** ", "Add File: ", "a", "\n", "+", "*") }), (text) => {
        for (const path of patchedPaths(text)) expect(text).toContain(path);
      }),
    );
  });
});

describe("modelInTranscript", () => {
  test.each([
    { says: "the last answer's", text: '\n{"message":{"model":"a"}}\n{"message":{"model":"b"}}\n', model: "b" },
    { says: "a line that begins before the end does", text: 'model":"x"}}\n{"message":{"model":"b"}}\n', model: "b" },
    { says: "only such a line", text: '{"message":{"model":"x"}}', model: null },
    {
      says: "an answer of no model",
      text: '\n{"message":{"model":"a"}}\n{"message":{"model":"<synthetic>"}}\n',
      model: "a",
    },
    { says: "words of a prompt", text: '\n{"message":{"content":"\\"model\\":\\"x\\""}}\n', model: null },
    { says: "a broken line", text: '\n{"message":{"model":"a"}}\n{"model":\n', model: "a" },
    { says: "nothing", text: "", model: null },
  ])("$says", ({ text, model }) => expect(modelInTranscript(text)).toBe(model));
});

test("parsePayload takes objects only, however broken the text", () => {
  expect(parsePayload('{"a":1}')).toEqual({ a: 1 });
  for (const text of ["", "1", "[]", "null", "{", "[".repeat(100_000)]) expect(parsePayload(text)).toBeNull();
});
