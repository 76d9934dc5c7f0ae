import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { verdicts } from "../../core/change/authorship.ts";
import { absent } from "../../core/evidence.ts";
import { changeProvenance, checkTrailer, trailerReport, vocabulary } from "../../core/provenance/index.ts";

const page = readFileSync(join(import.meta.dirname, "../../docs/trailers.md"), "utf8");

/** The cells of every table row, without their padding. */
const rows = page
  .split("\n")
  .filter((line) => line.startsWith("| "))
  .map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

test("the table of keys is the vocabulary, in its order", () => {
  const start = rows.findIndex(([first]) => first === "Key") + 2;
  const written = rows.slice(start, start + vocabulary.length).map(([key, takes]) => ({ key, takes }));
  expect(written).toEqual(vocabulary.map(({ key, takes }) => ({ key: `\`${key}\``, takes })));
});

test("its examples are well formed", () => {
  for (const { key } of vocabulary) {
    const example = rows.find(([first]) => first === `\`${key}\``)?.[2]?.replaceAll("`", "") ?? "";
    // A fingerprint is too long for a table.
    const value = example.endsWith("…") ? `${example.slice(0, -1)}${"0".repeat(44)}` : example;
    expect(checkTrailer(key, value), key).toEqual({ known: true, wellFormed: true });
  }
});

test("every verdict is explained", () => {
  expect(verdicts.filter((verdict) => !rows.some(([first]) => first === `\`${verdict}\``))).toEqual([]);
});

test("the sample message says what the page says", () => {
  const message = page.split("```text\n")[1]?.split("```")[0] ?? "";
  const report = trailerReport({ message });
  expect(report.trailers).toHaveLength(6);
  expect(report).toMatchObject({ verdict: "agent-assisted", embedded: [], nearMisses: [] });
  expect(report.signals).toContainEqual(expect.objectContaining({ agent: "claude-code", model: "claude-opus-4-5" }));
});

test("the declaring commit's message declares for the commit that the page names", () => {
  const message = page.split("```text\n")[2]?.split("```")[0] ?? "";
  const { trailers, nearMisses, verdict } = trailerReport({ message });
  expect({ nearMisses, verdict }).toEqual({ nearMisses: [], verdict: "agent-assisted" });
  const id = trailers.find(({ key }) => key === "AI-Declares")?.value ?? "";
  expect(page).toContain(`\n${id.slice(0, 12)} fix(payments): `);
  const ann = { name: "Ann Example", email: "ann@example.com" };
  const commits = [
    { sha: id, author: ann, committer: ann, message: "fix(payments): retry a failed charge once\n" },
    { sha: "0".repeat(40), author: ann, committer: ann, message },
  ];
  const unread = absent("not read");
  const { commits: judged } = changeProvenance({ commits, branch: unread, pullRequest: unread });
  expect(judged[0]).toMatchObject({ verdict: "agent-assisted", acceptance: "edited", model: "claude-opus-4-5" });
});
