import { prose } from "./markdown/words.ts";
import { withoutWorkflowCommands } from "../untrusted/index.ts";
import { buttons } from "./buttons.ts";
import { longestTitle, type Publication } from "./publication.ts";
import { cutToLength, plain } from "./text.ts";

/**
 * What should be visible where there is no review: a change that could not be judged, or something that should not have
 * happened. A failure, with why and what to do; never an old verdict.
 */
export function publishFault({
  what,
  fix,
  isAlarm = false,
}: {
  what: string;
  fix: string;
  isAlarm?: boolean;
}): Publication {
  const heading = isAlarm ? "Alarm" : "Not judged";
  return {
    conclusion: "failure",
    title: cutToLength(withoutWorkflowCommands(plain(`${heading}: ${what}`)), longestTitle),
    summary: `## ${isAlarm ? "❌" : "❔"} ${heading}\n\n**Why:** ${prose(what, 1_000)}  \n**What to do:** ${prose(fix, 1_000)}\n`,
    ...{ annotations: [], labels: [], requests: [], buttons },
  };
}
