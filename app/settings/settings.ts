import { isAbsolute, join, resolve } from "node:path";
import { Problem } from "../../core/problem.ts";
import { givenSettings, type Given, type SettingsFile } from "./given-settings.ts";
import { readAppSettings, type AppIdentity } from "./identity.ts";
import { settingRows } from "./table.ts";
import { readChoices, readLimits, type Choices, type Limits } from "./limits.ts";
import { readPlaces, type Places } from "./places.ts";

/** Everything that the App is told from outside. Holds secrets: never logged, stored or put into facts. */
export interface Settings extends Places {
  app: AppIdentity;
  /** The one that is in force first, then the one before it during a rotation. */
  webhookSecrets: readonly [string, ...string[]];
  choices: Choices;
  limits: Limits;
}

/** What the set-up page needs, when there is no App yet. */
export type SetUpSettings = Places;

/** `app`: all is there. `set-up`: nothing of an App is given at all. `refused`: every mistake, each with what to write. */
export type SettingsReading =
  | { state: "app"; settings: Settings }
  | { state: "set-up"; settings: SetUpSettings }
  | { state: "refused"; problems: readonly Problem[] };

/** Where settings come from: the environment, the file that `settingsPath` names, and a reader for `PRIVATE_KEY_PATH`. */
export interface SettingsSources {
  environment: Readonly<Record<string, string | undefined>>;
  /** The current folder, from where relative paths are meant. */
  folder: string;
  file: SettingsFile | null;
  /** The text of a file; null when it cannot be read. */
  readText: (path: string) => string | null;
}

/** Where the settings file is expected. */
export function settingsPath({ environment, folder }: Pick<SettingsSources, "environment" | "folder">): string {
  const named = environment["COUNTERSIGN_SETTINGS"];
  return named ? resolve(folder, named) : join(dataFolderOf(environment["COUNTERSIGN_DATA"], folder), "settings.json");
}

/**
 * Reads all settings, and collects every mistake before it says one. As soon as anything of an App is given, be it empty,
 * all that an App needs must be there and sound: a webhook secret has no default.
 */
export function readSettings(sources: SettingsSources): SettingsReading {
  const { given, problems } = givenSettings(sources.environment, sources.file);
  const tell = (what: string, fix: string): void => void problems.push(new Problem(what, fix));
  const dataFolder = dataFolderOf(given.get("COUNTERSIGN_DATA"), sources.folder);
  const places = readPlaces(given, dataFolder, tell);
  const choices = readChoices(given, tell);
  const limits = readLimits(given, tell);
  const isApp = settingRows.some(({ name, kind }) => (kind === "app" || kind === "secret") && given.has(name));
  const identity = isApp ? readAppSettings(given, readKeyFile(given, sources), tell) : null;
  if (problems.length > 0) return { state: "refused", problems };
  if (identity === null) return { state: "set-up", settings: places };
  return { state: "app", settings: { ...places, ...identity, choices, limits } };
}

/** Tells one mistake: what is wrong, and what to write. */
export type Tell = (what: string, fix: string) => void;

function dataFolderOf(named: string | undefined, folder: string): string {
  return named ? resolve(folder, named) : join(folder, "countersign-data");
}

/** The text of the file that `PRIVATE_KEY_PATH` names; null without one, or when it cannot be read. */
function readKeyFile(given: Given, { folder, readText }: SettingsSources): string | null {
  const path = given.get("PRIVATE_KEY_PATH");
  return path ? readText(isAbsolute(path) ? path : join(folder, path)) : null;
}
