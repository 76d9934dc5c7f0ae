import { jsonText } from "../../core/json-text.ts";
import { count, plain } from "../../core/report/index.ts";
import { inertJson, withoutWorkflowCommands } from "../../core/untrusted/index.ts";
import type { Advice } from "./advice.ts";
import type { DoctorFacts } from "./doctor-facts.ts";

type About = Pick<DoctorFacts, "repository" | "branch">;

const signs: Record<Advice["level"], string> = { error: "✗", warning: "!", unread: "?", sound: "✓" };

/** The doctor's word for people: by topic, each with what, why and the fix, and a count at the end. */
export function renderDoctor(advice: readonly Advice[], { repository, branch }: About): string {
  const head = `Countersign doctor: ${plain(repository)}, ${plain(branch)}`;
  const lines = [head, "", ...advice.flatMap(linesOf), "", counts(advice)];
  return `${withoutWorkflowCommands(lines.join("\n"))}\n`;
}

function linesOf({ level, topic, what, why, fix }: Advice): string[] {
  const more = [why, fix === "" ? "" : `→ ${fix}`].filter((text) => text !== "");
  return [`${signs[level]} ${topic}: ${plain(what, 1_000)}`, ...more.map((text) => `    ${plain(text, 1_000)}`)];
}

function counts(advice: readonly Advice[]): string {
  const of = (level: Advice["level"]) => advice.filter((each) => each.level === level).length;
  return `${count(of("error"), "error")}, ${count(of("warning"), "warning")}, ${of("unread")} not read, ${of("sound")} sound`;
}

/** The same for machines. */
export function renderDoctorJson(advice: readonly Advice[], { repository, branch }: About): string {
  return inertJson(jsonText({ version: 1, repository, branch, advice }));
}
