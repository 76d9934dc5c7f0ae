import { Command } from "commander";
import { jsonText } from "../../core/json-text.ts";
import { closest, explainRules, type ExplainedRule } from "../../core/policy/index.ts";
import { Problem } from "../../core/problem.ts";
import { renderExplanation } from "../../core/report/index.ts";
import { subjectOf } from "../../core/review-change.ts";
import { vocabulary } from "../../core/vocabulary.ts";
import { plainStage } from "../../core/stage.ts";
import { inertJson, inertText } from "../../core/untrusted/index.ts";
import { exitCodes, type ExitCode } from "../../gate/exit-code.ts";
import { replay } from "../../gate/run-gate.ts";
import type { Io } from "../io.ts";
import { terminalOptions } from "../print-review.ts";
import { readFactsFor, withReadingOptions, type ReadingOptions } from "../reading.ts";

interface ExplainOptions extends ReadingOptions {
  rule?: string[];
  json?: boolean;
}

/** `countersign policy explain`: why the decision is what it is, rule by rule, and who can unblock it. */
export function policyExplainCommand(io: Io, finish: (code: ExitCode) => void): Command {
  return withReadingOptions(new Command("explain"))
    .description("say why the decision is what it is, who can unblock it, why an approval does not count")
    .option("--facts <file>", "take the change from saved facts, without a repository")
    .option("--rule <id...>", "explain these rules alone")
    .option("--json", "print JSON")
    .addHelpText("after", examples)
    .action(async (options: ExplainOptions) => {
      const facts = await readFactsFor(options, io, plainStage);
      const { decision } = (await replay(facts, { stage: plainStage })).review;
      const rules = explainRules(decision, { ...subjectOf(facts), vocabulary });
      const explanation = { decision, rules: chosen(rules, options.rule) };
      io.stdout(
        options.json === true
          ? inertJson(
              jsonText({ version: 1, decision: { ...decision, rules: undefined }, rules: explanation.rules }, 12),
            )
          : renderExplanation(explanation, terminalOptions(io)),
      );
      finish(exitCodes.pass);
    });
}

const examples = `
Examples
  countersign policy explain --base origin/main
  countersign policy explain --facts facts.json --rule sensitive-ai-needs-owner --json`;

function chosen(rules: readonly ExplainedRule[], ids: readonly string[] | undefined): readonly ExplainedRule[] {
  if (ids === undefined) return rules;
  const known = [...new Set(rules.map(({ id }) => id))];
  const unknown = ids.find((id) => !known.includes(id));
  if (unknown === undefined) return rules.filter(({ id }) => ids.includes(id));
  const meant = closest(unknown, known);
  throw new Problem(
    `No rule has the id ${inertText(unknown, { maxGraphemes: 100 })}.`,
    meant === null ? `The rules: ${known.join(", ")}.` : `Did you mean ${meant}? The rules: ${known.join(", ")}.`,
  );
}
