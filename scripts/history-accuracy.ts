import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import * as z from "zod";
import { isByTool, Verdict, verdicts } from "../core/change/authorship.ts";
import { inertText } from "../core/untrusted/index.ts";

/*
 * What `countersign history` says of a real repository, held against two things that do not share its code: words that
 * speak of tools in the commits that it did not recognise, and git-ai's records of who wrote which line, where there are any.
 *
 *   node scripts/history-accuracy.ts <repository> [--list] [--sample 50] [--seed 1]
 *
 * `--list` prints the commits that may have been missed, `--sample` that many recognised ones: both are for reading.
 */

/** One line of `countersign history --ndjson`, as far as it is looked at here. */
const HistoryLine = z.object({
  commit: z.string(),
  verdict: Verdict,
  signals: z.array(z.object({ class: z.string(), verdict: Verdict, source: z.string(), raw: z.string() })),
  notes: z.array(
    z.object({
      source: z.string(),
      aiLines: z.number(),
      mixedLines: z.number(),
      humanLines: z.number(),
      unread: z.array(z.unknown()),
    }),
  ),
});
type HistoryLine = z.infer<typeof HistoryLine>;

/** Reads one repository and prints what was found. */
async function main(): Promise<void> {
  const { path, list, sample, seed } = readArguments();
  const commits = await readHistory(path);
  const candidates = await readCandidates(path);
  const missed = commits.filter(({ commit, spoken }) => spoken === "undeclared" && candidates.has(commit));
  const recognised = commits.filter(({ spoken }) => isByTool(spoken));
  const count = (verdict: Verdict) => commits.filter(({ spoken }) => spoken === verdict).length;
  print(
    `| commits | recognised | ${verdicts.join(" | ")} | candidates left |`,
    `| ${[commits.length, recognised.length, ...verdicts.map(count), missed.length].join(" | ")} |`,
  );
  printAttested(commits);
  if (list) for (const { commit } of missed) print(`${commit} ${(candidates.get(commit) ?? []).join(" ¦ ")}`);
  for (const { commit, spoken, marks } of sampled(recognised, sample, seed))
    print(`${commit} ${spoken}: ${marks.join(" ¦ ")}`);
}

function readArguments(): { path: string; list: boolean; sample: number; seed: number } {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { list: { type: "boolean" }, sample: { type: "string" }, seed: { type: "string" } },
  });
  const [path] = positionals;
  if (path === undefined) throw new Error("Name a repository: node scripts/history-accuracy.ts <path>");
  return { path, list: values.list ?? false, sample: Number(values.sample ?? 0), seed: Number(values.seed ?? 1) };
}

/** A commit as its own words show it: records beside it are left out, so that the two can be compared. */
interface Spoken {
  commit: string;
  spoken: Verdict;
  marks: string[];
  /** By git-ai's record: some line is a tool's; none is; or there is no record that was read whole. */
  attested: "ai" | "free" | "unknown";
}

async function readHistory(path: string): Promise<Spoken[]> {
  const cli = join(import.meta.dirname, "../cli/main.ts");
  const lines = linesOf(process.execPath, [cli, "history", "--repo", path, "--ndjson", "--no-lines"]);
  const commits: Spoken[] = [];
  for await (const line of lines) commits.push(spokenOf(HistoryLine.parse(JSON.parse(line))));
  return commits;
}

function spokenOf({ commit, signals, notes }: HistoryLine): Spoken {
  const own = signals.filter((signal) => signal.class !== "note");
  const spoken = verdicts.find((verdict) => own.some((signal) => signal.verdict === verdict)) ?? "undeclared";
  const record = notes.find(({ source }) => source === "git-ai");
  const ai = record !== undefined && record.aiLines + record.mixedLines > 0;
  const free = record !== undefined && !ai && record.unread.length === 0;
  const marks = own.map(({ source, raw }) => `${source}: ${shown(raw)}`);
  return { commit, spoken, marks, attested: ai ? "ai" : free ? "free" : "unknown" };
}

function printAttested(commits: readonly Spoken[]): void {
  for (const kind of ["ai", "free"] as const) {
    const of = commits.filter(({ attested }) => attested === kind);
    if (of.length === 0) continue;
    const marked = of.filter(({ spoken }) => isByTool(spoken)).length;
    const what = kind === "ai" ? "attested to hold lines of a tool" : "whose record names no line of a tool";
    print(
      `${of.length} commits ${what}: ${marked} (${((marked / of.length) * 100).toFixed(1)} %) bear a mark in their own words`,
    );
  }
}

/** Lines of each commit that speak of a tool as if it had taken part, by a few rough patterns: many are about something else. */
async function readCandidates(path: string): Promise<Map<string, string[]>> {
  const format = "%x02%H%n%an <%ae>%n%cn <%ce>%n%B";
  const found = new Map<string, string[]>();
  let commit = "";
  let at = 0;
  for await (const line of linesOf("git", ["-C", path, "log", `--format=${format}`])) {
    if (line.startsWith("\u0002")) {
      commit = line.slice(1);
      at = 0;
    } else if (isCandidate(line, ++at <= 2)) found.set(commit, [...(found.get(commit) ?? []), shown(line)]);
  }
  return found;
}

const names =
  /\b(claude|anthropic|copilot|codex|openai|chatgpt|gpt|devin|jules|gemini|aider|openhands|opencode|windsurf|codeium|kiro|junie|replit|qwen|mistral|deepseek|kimi|glm|grok|llm|ai|opus|sonnet|haiku|fable|agent|cursor|amp|crush|droid)\b/i;
const signature =
  /^\W*((generated|created|written|made|implemented|authored|coded|built|drafted|developed) (mostly |largely |primarily |partly )?(with|by|using|via)\b|(co-?(authored|developed)|assisted|generated|made|agent|model|session|prompt|thread|tool)[\w-]{0,16}: |🤖)|(help|assistance) (of|from) |\b(pr|commit|patch|code|change) (was|is) .{0,30}\b(generated|written|made|created) (with|by|using)\b/i;
const roleAccount = /\[bot\]|agent\b/i;

function isCandidate(line: string, isIdentity: boolean): boolean {
  if (line.length > 400) return false;
  return isIdentity ? roleAccount.test(line) : signature.test(line) && names.test(line);
}

/** The same commits for the same seed: a linear congruential generator is random enough to choose what to read. */
function sampled<T>(from: readonly T[], count: number, seed: number): T[] {
  const left = [...from];
  const chosen: T[] = [];
  for (let state = seed; chosen.length < count && left.length > 0;) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    chosen.push(...left.splice(state % left.length, 1));
  }
  return chosen;
}

async function* linesOf(command: string, args: readonly string[]): AsyncGenerator<string> {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] });
  yield* createInterface({ input: child.stdout, crlfDelay: Infinity });
  const code = child.exitCode ?? (await new Promise<number | null>((resolve) => child.once("exit", resolve)));
  if (code !== 0) throw new Error(`${command} ended with ${code}`);
}

function shown(text: string): string {
  return inertText(text, { maxGraphemes: 120 });
}

function print(...lines: readonly string[]): void {
  process.stdout.write(`${lines.join("\n")}\n`);
}

await main();
