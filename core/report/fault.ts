import { prose } from "./markdown/words.ts";
import { withoutWorkflowCommands } from "../untrusted/index.ts";
import { buttons } from "./buttons.ts";
import { longestTitle, type Publication } from "./publication.ts";
import { cutToLength, plain } from "./text.ts";

/** What should be visible of a change that could not be judged: a failure, with why and what to do. Never an old verdict. */
export function publishFault(what: string, fix: string): Publication {
  return {
    conclusion: "failure",
    title: cutToLength(withoutWorkflowCommands(plain(`Not judged: ${what}`)), longestTitle),
    summary: `## ❔ Not judged\n\n**Why:** ${prose(what, 1_000)}  \n**What to do:** ${prose(fix, 1_000)}\n`,
    ...{ annotations: [], labels: [], requests: [], buttons },
  };
}
