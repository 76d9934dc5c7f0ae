import { hasBlank } from "../trailers/grammars.ts";
import { readToolName } from "../tools/tool-names.ts";

/**
 * True for the path of a script under `Generated-by`, which is no tool that writes code: OpenStack writes
 * `openstack/project-config:roles/…`. It loosens what is asked of a commit, so what could name a tool is none:
 * `GitHub Copilot / VS Code`, `Claude/Cursor`, `some-vendor/some-agent`.
 */
export function isScriptPath(value: string): boolean {
  const path = value.trim();
  if (path.length > longestPath || hasBlank(path) || !path.includes("/") || path.includes("://")) return false;
  return hasPathShape(path) && !path.split(separators).some(namesTool);
}

const longestPath = 500;
const separators = /[/:]/;

/** A role behind a colon, a script's ending, or folders in folders. */
function hasPathShape(path: string): boolean {
  const folders = path.split("/");
  const ending = folders.at(-1)?.toLowerCase().split(".") ?? [];
  return folders.length > 2 || path.includes(":") || (ending.length > 1 && scriptEndings.has(ending.at(-1) ?? ""));
}

const scriptEndings = new Set([
  ...["bash", "bat", "cjs", "cmake", "go", "gradle", "groovy", "java", "js", "kts", "lua", "mjs", "mk", "php", "pl"],
  ...["ps1", "py", "rake", "rb", "rs", "sh", "tcl", "toml", "ts", "yaml", "yml", "zsh"],
]);

/** A known tool or model, alone or as a word of the part; or a word that only such tools are called by. */
function namesTool(part: string): boolean {
  return [part, ...part.split(/[-_.]/)].some((name) => {
    const { tool, model } = readToolName(name);
    return tool !== null || model !== null || agentWords.has(name.toLowerCase());
  });
}

const agentWords = new Set(["ai", "gpt", "llm"]);
