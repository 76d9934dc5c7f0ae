import { inertText } from "../../core/untrusted/index.ts";
import type { Given } from "./given-settings.ts";
import { readSecret } from "./identity.ts";
import type { Tell } from "./settings.ts";
import type { SettingName } from "./table.ts";

/** How much the App takes on at a time. */
export interface Limits {
  /** The largest delivery, in bytes. */
  bodyBytes: number;
  bodiesAtOnce: number;
  evaluationsAtOnce: number;
  /** All mirrors of repositories together, in bytes. */
  mirrorBytes: number;
}

/** What people may have otherwise. */
export interface Choices {
  /** What a scraper of the metrics has to send; null: nothing. */
  metricsToken: string | null;
  /** Whether a comment on the pull request is kept up to date. */
  comment: boolean;
  labels: Labels;
}

/** The names of our labels. */
export interface Labels {
  aiAssisted: string;
  aiAuthored: string;
  provenanceMissing: string;
  needsOwnerApproval: string;
}

/** The limits, each with its default; what is no number in its range is told. */
export function readLimits(given: Given, tell: Tell): Limits {
  const number = (name: SettingName, standard: number, least: number, most: number): number =>
    readNumber(given, name, { standard, least, most }, tell);
  return {
    bodyBytes: number("COUNTERSIGN_BODY_LIMIT_MB", 25, 1, 25) * megabyte,
    bodiesAtOnce: number("COUNTERSIGN_BODIES_AT_ONCE", 300, 1, 1_000),
    evaluationsAtOnce: number("COUNTERSIGN_EVALUATIONS_AT_ONCE", 4, 1, 64),
    mirrorBytes: number("COUNTERSIGN_MIRROR_LIMIT_MB", 10_000, 100, 1_000_000) * megabyte,
  };
}

/** GitHub's 25 MB are 25 × 2^20 bytes or fewer; the larger reading loses nothing. */
const megabyte = 1024 * 1024;

/** A whole number in its range; what is another is told, and the default stands in for it. */
export function readNumber(
  given: Given,
  name: SettingName,
  { standard, least, most }: { standard: number; least: number; most: number },
  tell: Tell,
): number {
  const text = given.get(name);
  if (text === undefined) return standard;
  const value = Number(text);
  if (/^\d{1,9}$/.test(text) && value >= least && value <= most) return value;
  const got = text === "" ? "is empty" : `is ${inertText(text, { maxGraphemes: 40 })}`;
  tell(
    `${name} ${got}, and has to be a number from ${least} to ${most}.`,
    `Write \`${name}=${standard}\`, which is the default, or take it away.`,
  );
  return standard;
}

/** What people chose; what does not fit is told. */
export function readChoices(given: Given, tell: Tell): Choices {
  const metricsToken = given.has("COUNTERSIGN_METRICS_TOKEN")
    ? readSecret(given, "COUNTERSIGN_METRICS_TOKEN", tell)
    : null;
  const comment = given.get("COUNTERSIGN_COMMENT") ?? "off";
  if (comment !== "on" && comment !== "off")
    tell(`COUNTERSIGN_COMMENT is ${inertText(comment)}.`, "Write `on` or `off`.");
  return { metricsToken, comment: comment === "on", labels: readLabels(given, tell) };
}

const ownLabels = ["ai-assisted", "ai-authored", "provenance-missing", "needs-owner-approval"];

function readLabels(given: Given, tell: Tell): Labels {
  const names = given
    .get("COUNTERSIGN_LABELS")
    ?.split(",")
    .map((name) => name.trim());
  if (names !== undefined && !areLabels(names))
    tell(
      "COUNTERSIGN_LABELS does not hold four different names of 1 to 50 characters.",
      `Write \`COUNTERSIGN_LABELS=${ownLabels.join(",")}\`, with your own names in this order, or take it away.`,
    );
  const [aiAssisted = "", aiAuthored = "", provenanceMissing = "", needsOwnerApproval = ""] = names ?? ownLabels;
  return { aiAssisted, aiAuthored, provenanceMissing, needsOwnerApproval };
}

/** GitHub tells labels apart without regard to capitals, and takes no more than 50 characters. */
function areLabels(names: readonly string[]): boolean {
  const folded = new Set(names.map((name) => name.toLowerCase()));
  const fits = (name: string): boolean => name !== "" && name.length <= 50 && inertText(name) === name;
  return names.length === ownLabels.length && folded.size === names.length && names.every(fits);
}
