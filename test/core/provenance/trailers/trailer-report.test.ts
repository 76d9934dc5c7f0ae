import fc from "fast-check";
import { expect, test } from "vitest";
import { trailerReport } from "../../../../core/provenance/trailers/trailer-report.ts";
import { renderTrailers } from "../../../../core/provenance/trailers/trailer-text.ts";

const message = `feat: retry

    Co-authored-by: Cursor <cursoragent@cursor.com>

AI_Model: gpt-5

Assisted-by: claude-code:claude-opus-4-5
Reviewed-by: Bob Example <bob@example.com>
`;

test("what git reads, what stands elsewhere, what is recognised, what is almost there", () => {
  const report = trailerReport({ message });
  expect(report.trailers).toEqual([
    { key: "Assisted-by", value: "claude-code:claude-opus-4-5" },
    { key: "Reviewed-by", value: "Bob Example <bob@example.com>" },
  ]);
  expect(report.embedded).toEqual([
    { key: "Co-authored-by", value: "Cursor <cursoragent@cursor.com>", line: 3 },
    { key: "AI_Model", value: "gpt-5", line: 5 },
  ]);
  expect(report.signals.map(({ agent, model, class: kind }) => [agent, model, kind])).toEqual([
    ["cursor", null, "embedded"],
    [null, "gpt-5", "embedded"],
    ["claude-code", "claude-opus-4-5", "trailer"],
  ]);
  expect(report.verdict).toBe("agent-assisted");
  expect(report.nearMisses.map(({ line, kind }) => [line, kind])).toEqual([
    [3, "place"],
    [5, "key"],
  ]);
});

test("identities count where they are known", () => {
  const author = { name: "Claude", email: "noreply@anthropic.com" };
  expect(trailerReport({ message: "Fix\n", author, committer: author }).verdict).toBe("agent-authored");
  expect(trailerReport({ message: "Fix\n" }).verdict).toBe("undeclared");
});

test("as text", () => {
  expect(renderTrailers(trailerReport({ message }))).toMatchInlineSnapshot(`
    "Trailers, as git reads them:
      Assisted-by: claude-code:claude-opus-4-5
      Reviewed-by: Bob Example <bob@example.com>

    Elsewhere in the message (labels, but satisfies no rule):
      line 3: Co-authored-by: Cursor <cursoragent@cursor.com>
      line 5: AI_Model: gpt-5

    Recognised:
      agent-assisted: cursor (co-author, line 3)
      agent-assisted: AI-Model, gpt-5 (tool-trailer, line 5)
      agent-assisted: claude-code, claude-opus-4-5 (assisted-by, line 7)

    Almost a trailer:
      line 3: \`Co-authored-by:\` is no trailer here: it is indented, quoted or in a list. Start it in the first column of the last paragraph.
      line 5: \`AI_Model:\` is no trailer: keys hold letters, digits and hyphens. Write \`AI-Model:\`.

    Verdict: agent-assisted
    "
  `);
  expect(renderTrailers(trailerReport({ message: "" }))).toMatchInlineSnapshot(`
    "Trailers, as git reads them:
      none

    Recognised:
      nothing

    Verdict: undeclared
    "
  `);
});

test("the text is harmless, whatever the message holds", () => {
  const hostile = "\u001b[31m\u202e::error::x\u200b";
  const text = renderTrailers(trailerReport({ message: `Fix\n\nAssisted-by: ${hostile}\nA: ${hostile}\n` }));
  expect(text).not.toMatch(/[\u001b\u202e\u200b]/u);
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (value) => {
      const shown = renderTrailers(trailerReport({ message: `Fix\n\nAssisted-by: ${value}\nA: ${value}\n` }));
      expect(shown).not.toMatch(/[^\P{Cc}\n]/u);
      for (const line of shown.split("\n")) expect(line.trimStart().startsWith("::")).toBe(false);
    }),
  );
});

test("ten thousand trailers are shown in part, with their number", () => {
  const text = renderTrailers(trailerReport({ message: `Fix\n\n${"A: 1\n".repeat(10_000)}` }));
  expect(text).toContain("  and 9960 more\n");
});
