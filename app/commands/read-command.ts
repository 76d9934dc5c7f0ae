import { readAssistedBy } from "../../core/provenance/index.ts";
import { inertText, redact } from "../../core/untrusted/index.ts";
import type { Command } from "./command.ts";
import { linesOfTheAuthor } from "./lines.ts";

/**
 * The first command of a comment, or null when it has none. A command begins a line, with at most three spaces before it,
 * and ends with that line; what is quoted, shown as code or hidden in an HTML comment is no command. Reads each character once.
 */
export function readCommand(comment: string): Command | null {
  for (const line of linesOfTheAuthor(comment.slice(0, longestComment))) {
    const words = afterPrefix(line);
    if (words !== null) return commandOf(words);
  }
  return null;
}

/** The most that GitHub takes. */
const longestComment = 65_536;
const prefix = "/countersign";

function afterPrefix(line: string): string | null {
  const text = line.trim();
  if (text.slice(0, prefix.length).toLowerCase() !== prefix) return null;
  const rest = text.slice(prefix.length);
  // `/countersignature` is another word.
  return rest === "" || /^\s/.test(rest) ? rest.trim() : null;
}

function commandOf(text: string): Command {
  const [verb, rest] = firstWord(text);
  const reader = Object.hasOwn(readers, verb.toLowerCase()) ? readers[verb.toLowerCase()] : undefined;
  return reader === undefined ? mistake(`There is no such command. ${usage}`) : reader(rest);
}

/** What can be written, for whoever wrote something else. */
const usage =
  "Write one of: `/countersign explain`, `/countersign recheck`, `/countersign declare <commit> <tool>:<model>`, " +
  "`/countersign clear <commit> <reason>`, `/countersign override <reason>`.";

const readers: Readonly<Record<string, (rest: string) => Command>> = {
  explain: () => ({ verb: "explain" }),
  recheck: () => ({ verb: "recheck" }),
  declare: readDeclare,
  clear: readClear,
  override: readOverride,
};

function readDeclare(rest: string): Command {
  const [id, what] = firstWord(rest);
  const commit = commitId(id);
  if (commit === null || what === "") return mistake(`It lacks a commit, or what wrote it. ${declareUsage}`);
  if (what.toLowerCase() === "human") return { verb: "declare", commit, verdict: "human", agent: null, model: null };
  const [how, named] = firstWord(what);
  const byAgent = how.toLowerCase() === "generated-by";
  // Names come from closed lists, so that no word of a comment gets into a verdict.
  const { agent, model } = readAssistedBy(byAgent || how.toLowerCase() === "assisted-by" ? named : what);
  if (agent === null && model === null) return mistake(`It names no tool or model that is known. ${declareUsage}`);
  return { verb: "declare", commit, verdict: byAgent ? "agent-authored" : "agent-assisted", agent, model };
}

const declareUsage =
  "Write `/countersign declare <commit> <tool>:<model>`, `/countersign declare <commit> generated-by <tool>:<model>`, " +
  "or `/countersign declare <commit> human`.";

function readClear(rest: string): Command {
  const [id, words] = firstWord(rest);
  const [commit, reason] = [commitId(id), reasonOf(words)];
  if (commit !== null && reason !== "") return { verb: "clear", commit, reason };
  return mistake("It lacks a commit or a reason. Write `/countersign clear <commit> <reason>`.");
}

function readOverride(rest: string): Command {
  const reason = reasonOf(rest);
  if (reason !== "") return { verb: "override", reason };
  return mistake("It lacks a reason. Write `/countersign override <reason>`.");
}

/** A reason is kept and shown: as one inert line, and without what has the shape of a secret. */
function reasonOf(text: string): string {
  return inertText(redact(text), { maxGraphemes: 500 }).trim();
}

/** At least as many digits as `git log --oneline` shows; which commit it is says the change. */
function commitId(word: string): string | null {
  const id = word.toLowerCase();
  return /^[0-9a-f]{7,64}$/.test(id) ? id : null;
}

function mistake(says: string): Command {
  return { verb: "mistake", says };
}

function firstWord(text: string): [string, string] {
  const end = text.search(/\s/);
  return end === -1 ? [text, ""] : [text.slice(0, end), text.slice(end).trim()];
}
