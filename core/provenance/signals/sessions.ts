import { isMachineWord } from "../../untrusted/index.ts";
import type { Attribution } from "../attribution/attribution.ts";
import { toolOfLink } from "./footers.ts";
import type { MessageReading } from "./message-signals.ts";
import type { Trailer } from "../provenance.ts";
import { tools } from "../tools/tools.ts";

/** The sessions that a message names: under a tool's key, in git's block or elsewhere, or as a link. */
export function sessionsOfMessage({ reading, embedded, signals }: MessageReading): string[] {
  if (!signals.some(({ kind, source }) => kind === "session" || source === replit)) return [];
  const isReplit = signals.some(({ source }) => source === replit);
  const named = [...reading.trailers, ...embedded].flatMap((trailer) => sessionOfTrailer(trailer, isReplit));
  const linked = signals.filter(({ kind }) => kind === "session").flatMap(({ raw }) => linksIn(raw));
  return eachSession([...named, ...linked]);
}

/** The sessions that tools' records of a commit name. */
export function sessionsOfAttributions(attributions: readonly Attribution[]): string[] {
  return eachSession(
    attributions.flatMap(({ files, totals }) => [
      totals?.session ?? "",
      ...files.flatMap(({ lines }) => lines.map(({ session }) => session ?? "")),
    ]),
  );
}

/** Each once, in order, the first hundred: what is no single word of a machine goes, because it could carry instructions. */
export function eachSession(sessions: readonly string[]): string[] {
  return [...new Set(sessions)].filter((session) => session !== "" && isMachineWord(session)).slice(0, mostSessions);
}

const mostSessions = 100;
const replit = "replit-agent";

/** A deployment has such an id too, and is no session of an agent. */
function sessionOfTrailer({ key, value }: Trailer, isReplit: boolean): string[] {
  const lower = key.toLowerCase();
  if (lower === "https" && value.startsWith("//")) return linksIn(`https:${value}`);
  return sessionKeys.has(lower) || (isReplit && lower === "replit-commit-session-id") ? [value] : [];
}

function linksIn(text: string): string[] {
  return text.split(" ").filter((word) => word.startsWith("https://") && toolOfLink(word) !== null);
}

const sessionKeys: ReadonlySet<string> = new Set([
  "ai-session",
  ...tools
    .flatMap(({ trailers = [] }) => trailers)
    // A harness names the skill that ran, which is no session's id.
    .filter(({ key, kind = "session" }) => kind === "session" && key !== "Harness-Run")
    .map(({ key }) => key.toLowerCase()),
]);
