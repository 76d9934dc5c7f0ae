import { closest } from "../../core/policy/index.ts";
import { Problem } from "../../core/problem.ts";
import { inertText, showPath } from "../../core/untrusted/index.ts";
import { settingRows, type SettingName } from "./table.ts";

/** A settings file as it was read. */
export interface SettingsFile {
  path: string;
  text: string;
}

/** What somebody gave, by name; an empty text is given, too. The environment goes before the file. */
export type Given = ReadonlyMap<SettingName, string>;

/** What the environment and the settings file give, and every mistake in the shape of both. */
export function givenSettings(
  environment: Readonly<Record<string, string | undefined>>,
  file: SettingsFile | null,
): { given: Given; problems: Problem[] } {
  const ofFile = file === null ? { given: new Map<SettingName, string>(), problems: [] } : readFile(file);
  const given = new Map(ofFile.given);
  for (const name of names) {
    const value = environment[name];
    if (value !== undefined) given.set(name, value);
  }
  return { given, problems: [...ofFile.problems, ...unknownInEnvironment(environment)] };
}

const names: readonly SettingName[] = settingRows.map((row) => row.name);

function isName(name: string): name is SettingName {
  return settingRows.some((row) => row.name === name);
}

function readFile({ path, text }: SettingsFile): { given: Map<SettingName, string>; problems: Problem[] } {
  const given = new Map<SettingName, string>();
  const problems: Problem[] = [];
  const place = showPath(path);
  const read = parsed(text);
  if (read === null)
    problems.push(new Problem(`${place} is no JSON object.`, 'Write one like `{"APP_ID": 12345}`, or take it away.'));
  for (const [name, value] of Object.entries(read ?? {})) {
    if (!isName(name)) problems.push(unknown(name, `${place} has the setting`));
    else if (typeof value === "string" || typeof value === "number") given.set(name, String(value));
    else problems.push(new Problem(`${name} in ${place} is neither a text nor a number.`, "Write it in quotes."));
  }
  if (given.delete("COUNTERSIGN_SETTINGS"))
    problems.push(
      new Problem(`${place} names a settings file.`, "Give COUNTERSIGN_SETTINGS in the environment, or not at all."),
    );
  return { given, problems };
}

function parsed(text: string): object | null {
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === "object" && read !== null && !Array.isArray(read) ? read : null;
  } catch {
    // What JSON.parse says would quote the text, which may hold a secret.
    return null;
  }
}

/** Names of ours for other doors, which may be set where the App runs. */
const othersPrefixes = ["COUNTERSIGN_PROMPT_", "COUNTERSIGN_CAPTURE_"];

/** A slip in a name of ours would quietly leave the default; the environment's other names are not ours to judge. */
function unknownInEnvironment(environment: Readonly<Record<string, string | undefined>>): Problem[] {
  return Object.keys(environment)
    .filter((name) => name.startsWith("COUNTERSIGN_") && !isName(name))
    .filter((name) => !othersPrefixes.some((prefix) => name.startsWith(prefix)))
    .map((name) => unknown(name, "The environment has"));
}

function unknown(name: string, where: string): Problem {
  const near = closest(name, names);
  const shown = inertText(name, { maxGraphemes: 60 });
  return new Problem(
    `${where} ${shown}, which does not exist.`,
    near === null ? "docs/operations.md lists all settings." : `Did you mean ${near}?`,
  );
}
