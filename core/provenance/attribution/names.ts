import { digits, isMadeOf, lowerLetters } from "../signals/characters.ts";
import { modelName } from "../tools/models.ts";
import { toolNamed } from "../tools/tool-names.ts";

/** The known tool that a record names, as an id of ours, or null: `claude`, `Claude Code` and `github-copilot` are known. */
export function agentOf(name: unknown): string | null {
  if (typeof name !== "string" || name.length > longestName) return null;
  const tool = toolNamed(name) ?? toolNamed(name.replaceAll("-", " ").replaceAll("_", " "));
  return tool?.id ?? null;
}

/** The model's name when the closed list knows it. `unknown`, `default` and `<synthetic>`, which tools write, are none. */
export function modelOf(name: unknown): string | null {
  return typeof name === "string" && name.length <= longestName ? modelName(name) : null;
}

/**
 * A session's id or address when it is one word of a machine, else null: free text in its place could be an instruction.
 * A file's address names a folder on somebody's machine, and is none either.
 */
export function sessionOf(id: unknown): string | null {
  if (typeof id !== "string" || id === "" || id.length > longestSession) return null;
  return isMadeOf(id, machineLetters) && !id.toLowerCase().startsWith("file:") ? id : null;
}

const longestName = 200;
/** As reports repeat it: see `repeatableText`. */
const longestSession = 160;
const machineLetters = `${lowerLetters}${lowerLetters.toUpperCase()}${digits}._:/@+#=-`;
