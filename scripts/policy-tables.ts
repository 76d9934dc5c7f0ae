import {
  answerFacts,
  changeEvents,
  eventsOf,
  exampleOf,
  factsOfKeys,
  firstEvents,
  policyKeys,
  problemCodes,
  type ChangeEvent,
  type Fact,
  type PolicyKey,
} from "../core/policy/index.ts";
import { caseKeys } from "../core/trial/case-schema.ts";

/** Every problem code of the policy loader as a Markdown table. */
export function problemCodeTable(): string {
  const rows = Object.entries(problemCodes).map(
    ([code, { means, instead }]) => `| ${code} | ${cell(means)} | ${cell(instead)} |`,
  );
  return ["| Code | What is wrong | What to write |", "| --- | --- | --- |", ...rows].join("\n");
}

/** Every key of a policy as a Markdown list: the sentences are too long for a table. */
export function policyKeyList(): string {
  return policyKeys().map(keyItem).join("\n");
}

/** The example is written as the loader reads it: a date in quotes. */
function keyItem({ path, says, example }: PolicyKey): string {
  return `- \`${path}\`: ${says} Example: \`${exampleOf([], example)}\`.`;
}

/** Every key of a file of cases as a Markdown list. What was told before is only named. */
export function caseKeyList(): string {
  return caseKeys()
    .map((key) => (key.sameAs === null ? keyItem(key) : `- \`${key.path}\`: as \`${key.sameAs}\`.`))
    .join("\n");
}

/** What each key of `when` and `require` reads, and after which events it is asked again; then each fact and each event. */
export function answerTables(): string {
  return [keyTable(), factTable(), eventTable()].join("\n\n");
}

function keyTable(): string {
  const rows = factsOfKeys().map(({ path, facts }) => {
    const key = path.replace("rules[].", "");
    // What an expression reads depends on what it asks.
    if (key === "when.if") return `| \`${key}\` | what its fields read | |`;
    return `| \`${key}\` | ${codes(facts)} | ${codes(laterEvents(facts))} |`;
  });
  return ["| Key | Reads | Asked again after |", "| --- | --- | --- |", ...rows].join("\n");
}

function laterEvents(names: readonly Fact[]): ChangeEvent[] {
  return eventsOf(names).filter((event) => firstEvents.every((first) => first !== event));
}

function factTable(): string {
  const rows = Object.entries(answerFacts).map(
    ([name, { says, events }]) => `| \`${name}\` | ${says} | ${codes(events)} |`,
  );
  return ["| Fact | What it is | May be another after |", "| --- | --- | --- |", ...rows].join("\n");
}

function eventTable(): string {
  const rows = Object.entries(changeEvents).map(
    ([name, { says, github }]) => `| \`${name}\` | ${says} | ${codes(github)} |`,
  );
  return ["| Event | What has happened | GitHub sends |", "| --- | --- | --- |", ...rows].join("\n");
}

function codes(names: readonly string[]): string {
  if (names.length === 0) return "nothing";
  return names.map((name) => `\`${name}\``).join(" ");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
