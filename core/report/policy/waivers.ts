import type { ListedWaiver } from "../../policy/index.ts";
import { count } from "../numbers.ts";
import { paragraph, type Span } from "../terminal/layout.ts";
import { pageText } from "../terminal/page-text.ts";
import { openScreen, type Screen, type Style, type TerminalOptions } from "../terminal/screen.ts";

/** The page of `countersign policy waivers`, those that end first on top. */
export function renderWaivers(waivers: readonly ListedWaiver[], day: string, options: TerminalOptions): string {
  const screen = openScreen(options);
  if (waivers.length === 0) return pageText(paragraph(screen, 0, [{ text: "The policy has no waivers." }]));
  const of = (state: ListedWaiver["state"]) => waivers.filter((waiver) => waiver.state === state).length;
  const counts = `${of("active")} active, ${of("ending")} ending within 14 days, ${of("expired")} expired`;
  return pageText([
    ...paragraph(screen, 0, [{ text: `${count(waivers.length, "waiver")} on ${day}: ${counts}` }]),
    ...waivers.flatMap((waiver) => ["", ...lines(screen, waiver)]),
  ]);
}

const styles: Readonly<Record<ListedWaiver["state"], Style>> = { active: "good", ending: "caution", expired: "bad" };

function lines(screen: Screen, waiver: ListedWaiver): string[] {
  const { id, floor, rule, finding, paths, owner, reason, expires, daysLeft, state, exempts } = waiver;
  const head: Span[] = [
    { text: floor === null ? id : `${id} (${floor})`, style: "strong" },
    { text: "  " },
    { text: state, style: styles[state] },
    { text: state === "expired" ? `, ended with ${expires}` : `, until ${expires}, ${count(daysLeft, "day")} left` },
  ];
  const what = rule === null ? `findings of ${finding ?? "?"}` : `rule ${rule}`;
  const where = paths === null ? "everywhere" : `on ${paths.join(", ")}`;
  const detail = (text: string) => paragraph(screen, 2, [{ text, max: 1_000 }]);
  return [
    ...paragraph(screen, 0, head),
    ...detail(`${what}, ${where}`),
    ...detail(`${reason} (owner: ${owner})`),
    ...(exempts === null ? [] : detail(exemptWords(exempts, state))),
  ];
}

function exemptWords(exempts: readonly string[], state: ListedWaiver["state"]): string {
  if (state === "expired") return "exempts nothing any more";
  return exempts.length === 0 ? "exempts nothing in this change" : `exempts here: ${exempts.join(", ")}`;
}
