import { beforeAll, expect, test } from "vitest";
import type { Facts } from "../../core/facts.ts";
import { Problem } from "../../core/problem.ts";
import { plainStage, type Stage } from "../../core/stage.ts";
import { documents } from "../../gate/documents.ts";
import { engine } from "../../gate/engine.ts";
import { replay } from "../../gate/run-gate.ts";
import { exampleFacts } from "../example-facts.ts";

let facts: Facts;
beforeAll(async () => {
  facts = await exampleFacts();
});

test("old facts are decided by this version, and the review says so", async () => {
  const old = { ...facts, engine: { name: "countersign" as const, version: "0.0.1" } };
  const { review, facts: kept } = await replay(old, { stage: plainStage });
  expect(review.engine).toEqual(engine);
  expect(kept.engine.version).toBe("0.0.1");
});

test("a lint rule that is gone is a mistake in the facts, and no fault of ours", async () => {
  const [finding] = facts.rawFindings;
  const odd = { ...facts, rawFindings: [{ ...finding!, rule: "no-such-rule\u001b[31m" }] };
  const error = await replay(odd, { stage: plainStage }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Problem);
  expect((error as Problem).what).toBe(
    "The facts hold findings of a lint rule that this version does not have: no-such-rule[31m.",
  );
});

test("deciding is one stage, with the change's id", async () => {
  const stages: unknown[] = [];
  const stage: Stage = (name, run, attributes) => {
    stages.push({ name, ...attributes });
    return Promise.resolve().then(run);
  };
  await replay(facts, { stage });
  expect(stages).toEqual([{ name: "decide", "countersign.change.id": facts.change.id }]);
});

test("a server that gives no notes is a line in the report, and the change is judged without", async () => {
  const without = await exampleFacts({ url: "http://127.0.0.1:9/octo/orders", token: "ghs_test" });
  const { review } = await replay(without, { stage: plainStage });
  const expected = await replay(facts, { stage: plainStage });
  expect(review.decision.state).toBe(expected.review.decision.state);
  const more = review.notes.filter((note) => !expected.review.notes.includes(note));
  const note =
    /^Records of this change do not count: the notes beside the commits were not fetched: .*Failed to connect/;
  expect(more).toEqual([expect.stringMatching(note) as string]);
  expect(JSON.stringify(without)).not.toContain("ghs_test");
});

test("the report folder has five files", async () => {
  const files = documents(await replay(facts, { stage: plainStage }));
  expect(files.map(({ name }) => name)).toEqual([
    "report.json",
    "summary.md",
    "report.sarif",
    "facts.json",
    "record.json",
  ]);
  for (const { text } of files) expect(text.endsWith("\n")).toBe(true);
});
