/**
 * True for an answer that no tool was used, and for none at all: `none.`, `(n/a)`, `no AI used`, `human only`. Every word
 * must be from a closed list, so that a denial which names a tool is read for the tool: `none (Claude Code)`.
 */
export function isDenial(value: string): boolean {
  if (value.length > longestDenial) return false;
  const words = value
    .toLowerCase()
    .split(/[\s.,;:!()[\]"'`*_]/)
    .filter((word) => word !== "");
  if (words.length === 0 || words.join(" ") === "by hand") return true;
  const [first = "", ...rest] = words;
  return (
    (denials.has(first) && rest.every((word) => denials.has(word) || aboutTools.has(word))) ||
    (people.has(first) && rest.every((word) => people.has(word) || aboutPeople.has(word)))
  );
}

const longestDenial = 100;
const denials = new Set([
  ...["-", "no", "none", "not", "nobody", "no-one", "nothing", "never", "zero", "n/a", "na", "nil", "null", "false"],
  ...["without"],
]);
const aboutTools = new Set([
  ...[
    "ai",
    "llm",
    "llms",
    "genai",
    "tool",
    "tools",
    "agent",
    "agents",
    "one",
    "any",
    "applicable",
    "available",
    "help",
  ],
  ...["assistance", "assistant", "use", "used", "was", "were", "at", "all", "involved"],
]);
const people = new Set([
  "human",
  "humans",
  "person",
  "people",
  "me",
  "myself",
  "manually",
  "hand-written",
  "handwritten",
]);
const aboutPeople = new Set(["only", "was", "were", "involved", "work"]);
