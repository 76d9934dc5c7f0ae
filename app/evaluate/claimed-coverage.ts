import { readReportText } from "../../adapters/github/read-report-text.ts";
import type { CoverageReport } from "../../core/coverage/report.ts";
import { absent, type Evidence } from "../../core/evidence.ts";
import { parseFacts } from "../../core/facts-file.ts";
import type { Facts } from "../../core/facts.ts";
import { Problem } from "../../core/problem.ts";
import { redactFacts } from "../../gate/redact-facts.ts";
import { asksAbout, policyOf } from "../../gate/wanted-people.ts";
import type { Case } from "./judge.ts";

/**
 * The facts with the coverage that the Action's report on the head claims, where the policy asks for any. Nothing else is
 * taken from a report: what it says of the change, of people or of the policy is read by the App itself.
 */
export async function withClaimedCoverage(
  { place, headRepository }: Pick<Case, "place" | "headRepository">,
  facts: Facts,
): Promise<Facts> {
  if (!asksForCoverage(facts)) return facts;
  const { client, named, id } = place;
  const { owner, name } = named;
  const of = { repository: { id, owner, name }, head: facts.change.head.sha, from: [id, headRepository ?? id] };
  // Those at the base: a change can bring a workflow of its own, and have its run leave an artifact of our name.
  const text = await readReportText({ client, ...of, workflows: facts.gateWorkflows });
  if (text.state === "absent") return without(facts, text.reason);
  const claimed = parsed(text.value);
  if (claimed === null) return without(facts, "the report of a run was refused: it does not hold facts");
  const wrong = contradiction(facts, claimed);
  if (wrong !== null) return without(facts, `the report of a run was refused: ${wrong}`);
  const { coverage, lineMaps } = claimed;
  const tested = treesOf(coverage);
  const used = lineMaps.filter(({ from, to }) => tested.includes(from) && to === facts.change.head.sha);
  return redactFacts({ ...facts, coverage, lineMaps: used });
}

function asksForCoverage({ change, policy, floors }: Facts): boolean {
  const used = policyOf(change, { policy, floors });
  if (used === null) return false;
  return [used, ...used.floors.map((floor) => floor.policy)].some((each) => asksAbout(each, "coverage"));
}

/** Unknown is neither 0 nor all of it. */
function without(facts: Facts, reason: string): Facts {
  return { ...facts, coverage: { head: absent(reason), base: absent(reason) }, lineMaps: [] };
}

function parsed(text: string): Facts | null {
  try {
    return parseFacts(text, "facts.json");
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}

/** Why a report is not of this change, or cannot be true; null: nothing stands against it. */
function contradiction({ change }: Facts, claimed: Facts): string | null {
  const { head, mergeBase, repository } = claimed.change;
  if (head.sha !== change.head.sha) return "it is of another commit";
  if (mergeBase !== change.mergeBase) return "it was made on another merge base";
  if (!isSame(repository, change.repository)) return "it is of another repository";
  const mapped = claimed.lineMaps.filter(({ to }) => to === head.sha).map(({ from }) => from);
  if (new Set(mapped).size < mapped.length) return "it maps a tree twice";
  if (!isPlaced(claimed.coverage.head, [head.sha, ...mapped])) return "it does not say how the tested tree became this";
  if (!isPlaced(claimed.coverage.base, [mergeBase, ...mapped])) return "its base is of another tree";
  const reports = [claimed.coverage.head, claimed.coverage.base];
  return reports.every((report) => report.state === "absent" || isInOrder(report.value))
    ? null
    : "its coverage is out of order";
}

function isSame(claimed: Facts["change"]["repository"], real: Facts["change"]["repository"]): boolean {
  const named = (each: Facts["change"]["repository"]) =>
    each === null ? null : `${each.host}/${each.owner}/${each.name}`.toLowerCase();
  return named(claimed) === named(real);
}

function isPlaced(report: Evidence<CoverageReport>, trees: readonly string[]): boolean {
  return report.state === "absent" || trees.includes(report.value.tree);
}

function treesOf({ head, base }: Facts["coverage"]): string[] {
  return [head, base].flatMap((report) => (report.state === "present" ? [report.value.tree] : []));
}

/** As our own readers leave a report: each path once, each line once, and hits for each line. */
function isInOrder({ files }: CoverageReport): boolean {
  return (
    ascends(files.map(({ path }) => path)) &&
    files.every(({ lines }) => ascends(lines.numbers) && lines.numbers.length === lines.hits.length)
  );
}

function ascends(values: readonly (string | number)[]): boolean {
  return values.every((value, index) => {
    const before = values[index - 1];
    return before === undefined || before < value;
  });
}
