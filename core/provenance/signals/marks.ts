import { readAddresses } from "../tools/address-list.ts";
import { toolOfLink } from "./footers.ts";
import { isPlaceholder, readAssistedBy } from "../tools/assisted-by.ts";
import { isScriptPath } from "./script-path.ts";
import { namesAnalysers, namesGenerators } from "../tools/code-tools.ts";
import { readDeclaration } from "./declaration.ts";
import { parseIdentity, toolOfIdentity } from "../tools/identities.ts";
import { foldLookAlikes, plainPunctuation } from "./look-alikes.ts";
import { mark, strongestOf, type Mark } from "./mark.ts";
import { coAuthorMark, identityMark } from "./signers.ts";
import { readToolName, toolNamed } from "../tools/tool-names.ts";
import { tools, type Tool, type ToolTrailer } from "../tools/tools.ts";
import { vocabulary, vocabularyKey } from "../trailers/vocabulary.ts";

/**
 * The mark that a trailer is, or null when it says nothing about tools: an unknown key, or a person as co-author.
 * Keys are compared in either case, as git does. A declaration that no tool was used gives the verdict `human`.
 */
export function markOf(key: string, written: string): Mark | null {
  const lower = key.toLowerCase();
  const value = plainPunctuation(written);
  const reader = readers.get(lower);
  if (reader !== undefined) return reader.read(value);
  return toolTrailerMark(lower, value) ?? recordMark(lower, value);
}

/** True when some value under this key can be a mark. */
export function isMarkKey(key: string): boolean {
  const lower = key.toLowerCase();
  return readers.has(lower) || toolTrailers.has(lower) || isRecordKey(lower);
}

/** The key that is meant when its words are joined otherwise: `CoAuthoredBy`, `Co.authored.by`, `Coauthored-by`; or null. */
export function respelledKey(key: string): string | null {
  return byLetters.get(lettersOf(key)) ?? null;
}

/** The usual spelling of a key that can be a mark, whose letters are given in either case. */
export function spelledKey(key: string): string {
  const lower = key.toLowerCase();
  return vocabularyKey(lower) ?? readers.get(lower)?.key ?? toolTrailers.get(lower)?.[0]?.trailer.key ?? lower;
}

interface KeyReader {
  key: string;
  read: (value: string) => Mark | null;
}

/** Keys that several tools write, with what their values say. A key that one tool writes stands in its row of the table. */
const keyReaders: readonly KeyReader[] = [
  { key: "Co-authored-by", read: coAuthorMark },
  // The kernel's key for the same.
  { key: "Co-developed-by", read: coAuthorMark },
  { key: "Assisted-by", read: assistedMark },
  { key: "Co-authored-by-AI", read: assistedMark },
  { key: "Generated-by", read: generatedMark },
  { key: "Commit-generated-by", read: generatedMark },
  { key: "Made-with", read: namedToolMark },
  { key: "Agent", read: namedToolMark },
  { key: "Model", read: namedModelMark },
  { key: "AI-Model", read: (value) => namedModelMark(value) ?? (isPlaceholder(value) ? null : unknownModel) },
  { key: "AI-Assisted", read: declarationMark },
  // It says for which other commit the trailers beside it speak, and nothing itself.
  { key: "AI-Declares", read: () => null },
  // `Author:` heads each commit in the message that `git merge --squash` prepares. `Authored-by:` credits people in
  // many projects (every Spark merge has one), so it counts for a tool and never as a person's declaration.
  { key: "Author", read: (value) => identityMark(value, "author", "agent-authored") },
  { key: "Authored-by", read: (value) => identityMark(value, "author", "agent-authored") },
  // `git log --pretty=full` has the committer there.
  { key: "Commit", read: (value) => identityMark(value, "committer", "agent-assisted") },
  { key: "Signed-off-by", read: (value) => identityMark(value, "tool-trailer", "agent-assisted") },
];
const readers: ReadonlyMap<string, KeyReader> = new Map(keyReaders.map((reader) => [reader.key.toLowerCase(), reader]));

const unknownModel = mark("tool-trailer", "AI-Model", "agent-assisted", {});

function assistedMark(value: string): Mark | null {
  return ofEachName(value, (name) => {
    if (isPlaceholder(name) || namesAnalysers(name) || isAutomation(name)) return null;
    const { agent, model, person } = readAssistedBy(name);
    return person ? null : mark("assisted-by", agent ?? "Assisted-by", "agent-assisted", { agent, model });
  });
}

function generatedMark(value: string): Mark | null {
  return ofEachName(value, (name) => {
    if (isPlaceholder(name)) return null;
    const { agent, model, person } = readAssistedBy(name);
    if (person) return null;
    const isScript = agent === null && model === null && isScriptPath(name);
    if (isScript || namesGenerators(name) || isAutomation(name))
      return mark("automation", "Generated-by", "automation", {});
    return mark("generated-by", agent ?? "Generated-by", "agent-authored", { agent, model });
  });
}

/** What the value says, or where it names several, what each of them does; behind the addresses only known tools count. */
function ofEachName(value: string, read: (name: string) => Mark | null): Mark | null {
  const { identities, rest } = readAddresses(value);
  const whole = identities.length === 1 ? [value] : identities.map(({ name, email }) => `${name} <${email}>`);
  const names = rest === "" ? whole : [...whole, ...knownIn(rest)];
  return strongestOf(names.map(read));
}

function knownIn(rest: string): string[] {
  const { tool, model } = readToolName(rest);
  return tool === null && model === null ? [] : [rest];
}

/** A robot that moves things about, by its account or mailbox. */
function isAutomation(value: string): boolean {
  return toolOfIdentity(parseIdentity(value))?.tool.kind === "automation";
}

function namedToolMark(value: string): Mark | null {
  const { tool, model } = readToolName(value);
  return tool === null ? null : mark("tool-trailer", tool.id, "agent-assisted", { agent: tool.id, model });
}

function namedModelMark(value: string): Mark | null {
  const { tool, model } = readToolName(value);
  if (model === null) return null;
  return mark("tool-trailer", tool?.id ?? "AI-Model", "agent-assisted", { agent: tool?.id ?? null, model });
}

function declarationMark(value: string): Mark | null {
  const said = readDeclaration(value);
  return said === null ? null : mark("declaration", "AI-Assisted", said.verdict, said);
}

function toolTrailerMark(key: string, value: string): Mark | null {
  const entry = toolTrailers.get(key)?.find(({ trailer }) => fits(trailer, value));
  if (entry === undefined) return null;
  const { tool, trailer } = entry;
  const kind = trailer.kind ?? "session";
  const said = tool.kind === "recorder" || kind === "generated-by" ? readToolName(value) : null;
  const agent = tool.kind === "recorder" ? (toolNamed(value) ?? said?.tool)?.id : tool.id;
  return mark(kind, tool.id, verdicts[kind], { agent: agent ?? null, model: said?.model ?? null });
}

const verdicts = {
  session: "agent-assisted",
  "tool-trailer": "agent-assisted",
  "generated-by": "agent-authored",
  automation: "automation",
} as const;

function fits(trailer: ToolTrailer, value: string): boolean {
  if (trailer.positive) return Number.parseFloat(value) > 0;
  if (trailer.parts !== undefined) return trailer.parts.some((part) => value.toLowerCase().includes(part));
  return trailer.values?.includes(foldLookAlikes(value).trim()) ?? value.trim() !== "";
}

/** Our own `AI-…` keys say that a tool took part, whether or not the value is well formed. */
function recordMark(key: string, value: string): Mark | null {
  const ours = vocabularyKey(key);
  if (ours === null || !isRecordKey(key) || isPlaceholder(value)) return null;
  const agent = toolOfLink(value)?.id ?? null;
  return mark(key === "ai-session" || key === "ai-trace" ? "session" : "tool-trailer", ours, "agent-assisted", {
    agent,
  });
}

function isRecordKey(key: string): boolean {
  return key.startsWith("ai-") && vocabularyKey(key) !== null;
}

const toolTrailers: ReadonlyMap<string, { tool: Tool; trailer: ToolTrailer }[]> = Map.groupBy(
  tools.flatMap((tool) => (tool.trailers ?? []).map((trailer) => ({ tool, trailer }))),
  ({ trailer }) => trailer.key.toLowerCase(),
);

/** Keys of two words and more by their letters alone, and a shorter name that people give one. */
const byLetters: ReadonlyMap<string, string> = new Map([
  ["coauthor", "co-authored-by"],
  ...[...readers.keys(), ...toolTrailers.keys(), ...vocabulary.map(({ key }) => key.toLowerCase())]
    .filter((key) => key.includes("-") && isMarkKey(key))
    .map((key): [string, string] => [lettersOf(key), key]),
]);

function lettersOf(key: string): string {
  return key.replace(/[-_. ]/g, "");
}
