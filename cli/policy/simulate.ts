import { Command } from "commander";
import { resolve } from "node:path";
import { readReviewedTrees } from "../../adapters/git/read-reviewed-trees.ts";
import { openRepository } from "../../adapters/git/run-git.ts";
import type { Facts } from "../../core/facts.ts";
import { jsonText } from "../../core/json-text.ts";
import type { Decision } from "../../core/policy/index.ts";
import { Problem } from "../../core/problem.ts";
import { renderSimulation } from "../../core/report/index.ts";
import { plainStage } from "../../core/stage.ts";
import { asIfKinds, parseAsIf, supposeFacts, type AsIf } from "../../core/trial/as-if.ts";
import type { GivenPolicy } from "../../core/trial/given-policy.ts";
import { compareDecisions, hasChanged } from "../../core/trial/compare-decisions.ts";
import { inertJson } from "../../core/untrusted/index.ts";
import { exitCodes, type ExitCode } from "../../gate/exit-code.ts";
import { replay } from "../../gate/run-gate.ts";
import type { Io } from "../io.ts";
import { terminalOptions } from "../print-review.ts";
import { readFactsFor, withReadingOptions, type ReadingOptions } from "../reading.ts";
import { readGivenPolicy } from "./surroundings.ts";

interface SimulateOptions extends ReadingOptions {
  asIf?: string[];
  json?: boolean;
}

/** `countersign policy simulate`: what the decision would be if a few things were otherwise. */
export function policySimulateCommand(io: Io, finish: (code: ExitCode) => void): Command {
  return withReadingOptions(new Command("simulate"))
    .description("say what would be decided if somebody approved, pushed, retargeted …")
    .option("--facts <file>", "take the change from saved facts, without a repository")
    .option("--as-if <what...>", "what to suppose, one after the other; the list is below")
    .option("--json", "print JSON")
    .addHelpText("after", help)
    .action(async (options: SimulateOptions) => {
      const suppositions = parsed(options.asIf ?? []);
      const read = await readFactsFor(readingOf(options, suppositions), io, plainStage);
      const facts = options.facts === undefined ? await withTreesOf(suppositions, read, options, io) : read;
      const supposed = supposeFacts(facts, suppositions, await givenPolicies(suppositions, options, io));
      const before = (await replay(facts, { stage: plainStage })).review.decision;
      const after = (await replay(supposed.facts, { stage: plainStage })).review.decision;
      const compared = compareDecisions(before, after);
      const simulation = {
        suppositions: options.asIf ?? [],
        assumed: supposed.assumed,
        before: compared.before,
        after: compared.after,
        rules: compared.rules.map((rule) => ({ ...rule, changed: hasChanged(rule) })),
        summary: after.summary,
        nextSteps: after.nextSteps,
      };
      io.stdout(
        options.json === true
          ? inertJson(
              jsonText({
                version: 1,
                ...simulation,
                reviewers: after.reviewers,
                evaluations: evaluations(before, after),
              }),
            )
          : renderSimulation(simulation, terminalOptions(io)),
      );
      finish(exitCodes.pass);
    });
}

/** What each decision was made by and from, so that both can be told from any other. */
function evaluations(before: Decision, after: Decision): { before: Evaluation; after: Evaluation } {
  const of = ({ engine, policy, factsDigest, evaluationId }: Decision) => ({
    engine,
    policy,
    factsDigest,
    evaluationId,
  });
  return { before: of(before), after: of(after) };
}

type Evaluation = Pick<Decision, "engine" | "policy" | "factsDigest" | "evaluationId">;

const kinds = Object.values(asIfKinds).map(({ form, says }) => `  ${form.padEnd(33)} ${says}`);

const help = `
What --as-if takes
${kinds.join("\n")}

Examples
  countersign policy simulate --facts facts.json --as-if approve:ann
  countersign policy simulate --base origin/main --as-if base:release date:2027-01-15
  countersign policy simulate --facts facts.json --as-if approve:ann --as-if push:README.md --json`;

function parsed(texts: readonly string[]): AsIf[] {
  if (texts.length > 0) return texts.map(parseAsIf);
  throw new Problem(
    "Nothing is supposed: `policy simulate` compares what is with what would be.",
    "Name at least one `--as-if`, such as `--as-if approve:ann`; `--help` lists them all.",
  );
}

/** Saved facts hold the floors of their own policy: those that are named beside them are of one that is supposed. */
function readingOf({ floor, fetchFloors, ...options }: SimulateOptions, suppositions: readonly AsIf[]): ReadingOptions {
  const ofSupposed = options.facts !== undefined && suppositions.some(({ kind }) => kind === "policy");
  if (ofSupposed) return options;
  return {
    ...options,
    ...(floor === undefined ? {} : { floor }),
    ...(fetchFloors === undefined ? {} : { fetchFloors }),
  };
}

/** The facts with what the change was at the commits that are supposed to be approved: nobody may have reviewed those yet. */
async function withTreesOf(asIfs: readonly AsIf[], facts: Facts, { repo }: SimulateOptions, io: Io): Promise<Facts> {
  const { change, reviewedTrees } = facts;
  const named = asIfs.flatMap((asIf) => (asIf.kind === "approve" && asIf.commit !== null ? [asIf.commit] : []));
  const known = new Set([change.head.sha, ...reviewedTrees.map(({ commit }) => commit)]);
  const commits = change.commits
    .map(({ sha }) => sha)
    .filter((sha) => !known.has(sha) && named.some((prefix) => sha.startsWith(prefix)));
  if (commits.length === 0) return facts;
  const repository = await openRepository(resolve(io.cwd, repo ?? "."));
  const trees = await readReviewedTrees({ repository, base: change.base }, commits, null);
  return { ...facts, reviewedTrees: [...reviewedTrees, ...trees] };
}

async function givenPolicies(
  suppositions: readonly AsIf[],
  options: SimulateOptions,
  io: Io,
): Promise<Map<string, GivenPolicy>> {
  const files = suppositions.flatMap((asIf) => (asIf.kind === "policy" ? [asIf.file] : []));
  const read = await Promise.all(files.map(async (file) => [file, await readGivenPolicy(file, options, io)] as const));
  return new Map(read);
}
