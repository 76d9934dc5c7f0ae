import fc from "fast-check";
import { expect, test } from "vitest";
import { Attribution } from "../../../../core/provenance/attribution/attribution.ts";
import { readGitAi } from "../../../../core/provenance/index.ts";
import { keyForms, noteModels, printNote, readEveryWay } from "./notes.ts";
import { at, bytesOf } from "./samples.ts";

test.each(keyForms)("what is written with keys of the form %s is read back", (keyForm) => {
  fc.assert(
    fc.property(noteModels, (model) => {
      expect(readGitAi(bytesOf(printNote(model, keyForm)), at)).toEqual({
        ...at,
        source: "git-ai",
        files: model.files,
        totals: null,
        unread: [],
      });
    }),
    { numRuns: 60 },
  );
});

test("whatever the bytes, something that fits the shape comes out", () => {
  const pieces = fc.constantFrom(
    "---\n",
    "\n",
    "  ",
    "{",
    "}",
    '"files"',
    ":",
    "[",
    "]",
    ",",
    "a.ts",
    "s_11::t_2 ",
    "1-9",
    "\r",
    "\0",
    "null",
  );
  const soup = fc
    .array(fc.oneof(pieces, fc.string({ unit: "binary", maxLength: 4 })), { maxLength: 40 })
    .map((parts) => bytesOf(parts.join("")));
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), soup), (bytes) => {
      for (const read of readEveryWay(bytes)) Attribution.parse(read);
    }),
    { numRuns: 300 },
  );
});

test("whatever the JSON, something that fits the shape comes out", () => {
  const names = fc.constantFrom(
    ...["files", "lines", "path", "source", "type", "conversations", "ranges", "contributor", "start_line", "end_line"],
    ...[
      "vcs",
      "revision",
      "authors",
      "author",
      "session",
      "initial_attribution",
      "agent_lines",
      "generator",
      "aiChars",
    ],
    ...["__proto__", "constructor", "toString", "a.ts"],
  );
  const json = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.constantFrom<unknown>(null, true, 0, 1, 3, -1, 1.5, 1e308, "git", "ai", "AI", at.commit, "Cursor", ""),
      fc.array(tie("value"), { maxLength: 4 }),
      fc.array(fc.tuple(names, tie("value")), { maxLength: 6 }).map((fields) => Object.fromEntries(fields)),
    ),
  })).value;
  fc.assert(
    fc.property(json, (value) => {
      const text = JSON.stringify(value);
      for (const read of readEveryWay(bytesOf(text))) Attribution.parse(read);
      Attribution.parse(readGitAi(bytesOf(`a.ts\n  s_11 1\n  ab72 2\n---\n${text}`), at));
    }),
    { numRuns: 500 },
  );
});
