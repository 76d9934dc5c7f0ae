import { devNull } from "node:os";
import { delimiter, isAbsolute } from "node:path";

/** Only what git needs to run: nothing of the caller's GIT_* settings, no pager, no prompt, no system configuration. */
export function safeEnvironment(): Record<string, string> {
  const kept = ["SystemRoot", "TMPDIR", "TEMP", "TMP", "HOME"].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(kept),
    PATH: absoluteFolders(process.env.PATH ?? ""),
    LC_ALL: "C",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: devNull,
    GIT_ATTR_NOSYSTEM: "1",
    GIT_GRAFT_FILE: devNull,
    GIT_TERMINAL_PROMPT: "0",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_NO_LAZY_FETCH: "1",
    GIT_LITERAL_PATHSPECS: "1",
    GIT_PAGER: "cat",
  };
}

/** A relative entry (`./node_modules/.bin`) would be looked up where git runs: a change could bring a `git` of its own. */
function absoluteFolders(path: string): string {
  return path
    .split(delimiter)
    .filter((folder) => isAbsolute(folder))
    .join(delimiter);
}

/** Finding a repository: only one with files is found by looking, so that a planted bare one never is. */
export const discoverySettings = ["safe.bareRepository=explicit", "safe.directory=*", "core.fsmonitor=false"];

/** What stands against a repository's configuration. `folders` may belong to another user, as in a job container. */
export function safeSettings(folders: readonly string[]): string[] {
  return [
    "safe.bareRepository=explicit",
    ...folders.map((folder) => `safe.directory=${folder}`),
    `core.hooksPath=${devNull}`,
    "core.fsmonitor=false",
    `core.attributesFile=${devNull}`,
    // Nothing that only reads may reach the network: not a partial clone's lazy fetch, not a submodule.
    "protocol.allow=never",
    "log.mailmap=false",
    "log.showSignature=false",
    "submodule.recurse=false",
    "gc.auto=0",
    "maintenance.auto=false",
  ];
}

/** Settings as environment, for names and values that may hold any character. They give way to `-c`. Source: git-config(1). */
export function asConfiguration(settings: readonly (readonly [name: string, value: string])[]): Record<string, string> {
  const variables = settings.flatMap(([name, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, name] as const,
    [`GIT_CONFIG_VALUE_${index}`, value] as const,
  ]);
  return { GIT_CONFIG_COUNT: String(settings.length), ...Object.fromEntries(variables) };
}
