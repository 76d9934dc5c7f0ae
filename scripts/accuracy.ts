import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import * as z from "zod";
import { isByTool, Verdict, verdicts } from "../core/change/authorship.ts";
import { absent, present } from "../core/evidence.ts";
import { changeSignals, commitProvenance, parseIdentity } from "../core/provenance/index.ts";

/** One labelled row: what was written, and what a careful reader says of it. */
export const LabelledRow = z.strictObject({
  says: z.string().optional(),
  message: z.string(),
  author: z.string().default("Ann Example <ann@example.com>"),
  committer: z.string().optional(),
  branch: z.string().optional(),
  pullRequest: z.string().optional(),
  /** The account that opened the pull request. */
  account: z.string().optional(),
  labels: z.array(z.string()).optional(),
  expect: Verdict,
  agent: z.string().nullable().default(null),
  model: z.string().nullable().default(null),
  from: z.enum(["public history", "documentation", "made up"]),
  /** Why the product gets this row wrong, where it does: such a row stays, and counts. */
  known: z.string().optional(),
});
export type LabelledRow = z.infer<typeof LabelledRow> & { place: string };

/** A row and what the product says of it. */
export interface JudgedRow {
  row: LabelledRow;
  verdict: Verdict;
  agent: string | null;
  model: string | null;
}

/** The share of what was said that is right, and of what is right that was said; 1 where there was nothing to say. */
export interface Score {
  right: number;
  said: number;
  expected: number;
  precision: number;
  recall: number;
}

export interface Accuracy {
  rows: number;
  byVerdict: Record<Verdict, Score>;
  /** Of "a tool wrote it, helped with it or suggested it". */
  isAi: Score;
  /** Verdict, agent or model is not what the row says, and the row does not say why. */
  wrong: JudgedRow[];
  /** Wrong, with its reason in the row. */
  known: JudgedRow[];
  /** Right by now, although the row says that it is not. */
  mended: JudgedRow[];
}

/** The least that "is AI" may come to, known misses included. */
export const floors = { precision: 0.98, recall: 0.95 };

export const labelledFolder = join(import.meta.dirname, "../test/fixtures/provenance/labelled");

/** The rows of every file of the folder, by file name, in their order. A row that is not of the form is an error. */
export function readRows(folder = labelledFolder): LabelledRow[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".yml"))
    .toSorted()
    .flatMap((name) =>
      z
        .array(LabelledRow)
        .parse(parse(readFileSync(join(folder, name), "utf8")))
        .map((row, index) => ({ ...row, place: `${name} row ${index + 1}` })),
    );
}

/** What the product says of the rows, and how that compares with what they say. */
export function accuracyOf(rows: readonly LabelledRow[]): Accuracy {
  const judged = rows.map(judge);
  const wrong = judged.filter((one) => !isRight(one));
  return {
    rows: rows.length,
    byVerdict: Object.fromEntries(
      verdicts.map((verdict) => [verdict, score(judged, (said) => said === verdict)]),
    ) as Record<Verdict, Score>,
    isAi: score(judged, isByTool),
    wrong: wrong.filter(({ row }) => row.known === undefined),
    known: wrong.filter(({ row }) => row.known !== undefined),
    mended: judged.filter((one) => one.row.known !== undefined && isRight(one)),
  };
}

/** True when nothing is wrong without a reason, no reason is out of date, and the floors hold. */
export function isGoodEnough({ isAi: { precision, recall }, wrong, mended }: Accuracy): boolean {
  return wrong.length === 0 && mended.length === 0 && precision >= floors.precision && recall >= floors.recall;
}

/** The figures as a page. */
export function renderAccuracy(accuracy: Accuracy): string {
  const { rows, byVerdict, isAi: ai, wrong, known, mended } = accuracy;
  const line = (name: string, { right, said, expected, precision, recall }: Score) =>
    `${name.padEnd(16)} ${percent(precision)} ${percent(recall)}   ${right} right, ${said} said, ${expected} expected`;
  return [
    `${rows} labelled rows`,
    "",
    `${"".padEnd(16)} precision   recall`,
    line("is AI", ai),
    ...verdicts.map((verdict) => line(verdict, byVerdict[verdict])),
    ...list("Wrong", wrong),
    ...list("Wrong, and known to be", known),
    ...list("Right by now: take `known` out of the row", mended),
    "",
  ].join("\n");
}

function judge(row: LabelledRow): JudgedRow {
  const { branch, pullRequest, account, labels, message } = row;
  const hasPullRequest = pullRequest !== undefined || account !== undefined || labels !== undefined;
  const bot = account !== undefined && (account.endsWith("[bot]") || account === "Copilot");
  const marks = {
    author: account ?? "ann",
    authorType: bot ? "Bot" : "User",
    body: pullRequest ?? "",
    labels: labels ?? [],
  };
  const others = changeSignals({
    branch: branch === undefined ? absent("not given") : present(branch),
    pullRequest: hasPullRequest ? present(marks) : absent("not given"),
  });
  const author = parseIdentity(row.author);
  const committer = row.committer === undefined ? author : parseIdentity(row.committer);
  const { verdict, agent, model } = commitProvenance({ sha: "0".repeat(40), author, committer, message }, others);
  return { row, verdict, agent, model };
}

function isRight({ row, verdict, agent, model }: JudgedRow): boolean {
  return row.expect === verdict && row.agent === agent && row.model === model;
}

function score(judged: readonly JudgedRow[], belongs: (verdict: Verdict) => boolean): Score {
  const said = judged.filter(({ verdict }) => belongs(verdict));
  const expected = judged.filter(({ row }) => belongs(row.expect)).length;
  const right = said.filter(({ row }) => belongs(row.expect)).length;
  return {
    right,
    said: said.length,
    expected,
    precision: said.length === 0 ? 1 : right / said.length,
    recall: expected === 0 ? 1 : right / expected,
  };
}

function percent(ratio: number): string {
  return `${(ratio * 100).toFixed(1)} %`.padStart(8);
}

function list(title: string, judged: readonly JudgedRow[]): string[] {
  if (judged.length === 0) return [];
  const lines = judged.map(({ row, verdict, agent, model }) => {
    const [subject = ""] = row.message.split("\n");
    const expected = [row.expect, row.agent ?? "–", row.model ?? "–"].join(", ");
    const said = [verdict, agent ?? "–", model ?? "–"].join(", ");
    return `  ${row.place} (${row.says ?? subject}): expected ${expected}; said ${said}${row.known === undefined ? "" : `\n    ${row.known}`}`;
  });
  return ["", `${title}:`, ...lines];
}

if (import.meta.main && process.argv[2] === "lint") {
  const { lintAccuracy } = await import("./lint-accuracy/run.ts");
  process.exitCode = (await lintAccuracy(process.argv.slice(3))) ? 0 : 1;
} else if (import.meta.main) {
  const accuracy = accuracyOf(readRows());
  process.stdout.write(renderAccuracy(accuracy));
  process.exitCode = isGoodEnough(accuracy) ? 0 : 1;
}
