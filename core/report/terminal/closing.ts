import { count } from "../numbers.ts";
import type { Review } from "../review.ts";
import { plainPath } from "../text.ts";
import { heading, paragraph } from "./layout.ts";
import type { Screen } from "./screen.ts";

/** What a reader should know that decides nothing, and what could not be looked at. */
export function notes(screen: Screen, review: Review): string[] {
  const lines = [
    ...review.change.incomplete.flatMap((text) => note(screen, `Incomplete: ${text}`)),
    ...review.notes.slice(0, 20).flatMap((text) => note(screen, text)),
    ...notAnalysed(screen, review),
    ...unmatched(screen, review),
  ];
  return lines.length === 0 ? [] : [...heading(screen, "Notes"), ...lines];
}

/** The end of the report, where a reader's eye is when it has scrolled by. */
export function nextSteps(screen: Screen, review: Review): string[] {
  const steps = review.decision.nextSteps;
  const width = String(steps.length).length + 1;
  const lines = steps.flatMap((text, index) =>
    paragraph(screen, 2, [{ text, max: 1_500 }], { text: `${index + 1}.`.padStart(width), style: "strong" }),
  );
  return [
    ...heading(screen, "What to do next"),
    ...(lines.length === 0 ? paragraph(screen, 2, [{ text: nothing }]) : lines),
  ];
}

const nothing = "Nothing needs doing.";

function note(screen: Screen, text: string): string[] {
  return paragraph(screen, 2, [{ text, max: 600 }], { text: screen.signs.bullet, style: "quiet" });
}

function notAnalysed(screen: Screen, { notAnalysed }: Review): string[] {
  const shown = notAnalysed
    .slice(0, 5)
    .flatMap(({ path, reason }) => note(screen, `Not analysed: ${plainPath(path)}, ${reason}`));
  const left = notAnalysed.length - 5;
  return left > 0 ? [...shown, ...note(screen, `Not analysed: ${count(left, "more file")}, see report.json`)] : shown;
}

function unmatched(screen: Screen, { coverage }: Review): string[] {
  const { unmatched } = coverage;
  if (unmatched.length === 0) return [];
  const named = unmatched.slice(0, 3).map(plainPath).join(", ");
  const more = unmatched.length > 3 ? ` and ${count(unmatched.length - 3, "more path")}` : "";
  return note(screen, `The coverage reports name paths that fit no single file: ${named}${more}`);
}
