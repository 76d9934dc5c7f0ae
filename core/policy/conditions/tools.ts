import { z } from "zod";
import { isByTool } from "../../change/authorship.ts";
import { inertText } from "../../untrusted/index.ts";
import { commitEvents, type Condition } from "../condition.ts";
import { commitsTouching } from "../expression/index.ts";
import type { Answer, JudgedChange, JudgedFile } from "../judged.ts";
import { asList, oneOrMore } from "../schemas.ts";
import { worded } from "../wording.ts";

const tool = worded(z.string().min(1).max(100), {
  says: "A tool, by its id in reports or by what people call it.",
  expects: "the name of a tool",
  example: "claude-code",
});

const schema = oneOrMore(tool, {
  says: "The file was written with this tool, or with one of these, as far as the evidence names tools.",
  expects: "the name of a tool, or a list of names",
  example: ["claude-code", "copilot"],
});

/** Whether the evidence about a file names one of the tools. A tool's work without its name may be any tool's. */
export const tools: Condition<string | string[], readonly string[]> = {
  schema,
  scope: "file",
  facts: ["provenance", "authorship", "files"],
  events: [...commitEvents, "labeled", "unlabeled"],
  resolve: (written) => asList(written),
  says: (names) => `was written with ${names.join(" or ")}`,
  holds: (names, change, file) =>
    file === null ? { state: "no", says: "no file is changed" } : answer(names, change, file),
};

function answer(names: readonly string[], change: JudgedChange, file: JudgedFile): Answer {
  const found = agentsOf(file, change);
  const named = found.filter((agent) =>
    names.some((name) => agent !== null && change.vocabulary.sameAgent(name, agent)),
  );
  if (named.length > 0) return { state: "yes", says: `${file.shown} was written with ${inertText(named.join(", "))}` };
  if (file.subject.verdicts.length === 0)
    return { state: "unknown", says: `no commit is known to have touched ${file.shown}` };
  if (found.includes(null)) return { state: "unknown", says: `a tool wrote in ${file.shown}, and nothing names it` };
  return { state: "no", says: `nothing says that ${file.shown} was written with it` };
}

/** Tools that commits, lines and signals of the file name; null for a tool's work that names none. */
function agentsOf(file: JudgedFile, change: JudgedChange): (string | null)[] {
  const commits = commitsTouching(file, change);
  const writers = (change.subject.authorship.files.get(file.subject.file.path) ?? []).map(({ writer }) => writer);
  const signals = [...commits.flatMap((commit) => commit.signals), ...change.subject.provenance.signals];
  const named = signals.flatMap(({ agent }) => agent ?? []);
  const wrote = [...commits, ...writers].filter(({ verdict }) => isByTool(verdict)).map(({ agent }) => agent);
  return [...new Set([...named, ...wrote])];
}
