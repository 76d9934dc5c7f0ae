import { closest, showValue, type KeyPath } from "../policy/index.ts";
import type { CaseMistake } from "./case-problem.ts";
import { impossibleFiles } from "./impossible-files.ts";
import type { WrittenCase } from "./written-case.ts";

/** What one case is called and goes on from, as far as that can be read. */
export interface NamedCase {
  name: string | null;
  like: string | null;
}

/** What is wrong with the names of cases, and with what they go on from; in the order of the cases. */
export function namingMistakes(cases: readonly NamedCase[]): CaseMistake[] {
  return [...nameMistakes(cases), ...likeMistakes(cases)];
}

/** What of a case no change can have, whatever its policy is. */
export function fileMistakes({ change, push, events = [] }: WrittenCase, at: KeyPath): CaseMistake[] {
  return [
    ...impossibleFiles(change?.files ?? [], [...at, "change", "files"]),
    ...impossibleFiles(push?.files ?? [], [...at, "push", "files"]),
    ...events.flatMap((event, index) =>
      impossibleFiles(event.push?.files ?? [], [...at, "events", index, "push", "files"]),
    ),
  ];
}

export function repositoryMistakes(repository: string | undefined): CaseMistake[] {
  if (repository === undefined || /^[^/\s]+\/[^/\s]+$/.test(repository)) return [];
  const what = `${showValue(repository)} is not \`owner/name\``;
  return [{ code: "CT005", at: ["repository"], what, fix: "Write `repository: acme/app`." }];
}

function nameMistakes(cases: readonly NamedCase[]): CaseMistake[] {
  return cases.flatMap(({ name }, index): CaseMistake[] => {
    const first = cases.findIndex((other) => other.name === name);
    if (name === null || first === index) return [];
    const what = `the name ${showValue(name)} is taken by cases[${first}]`;
    return [{ code: "CT003", at: ["cases", index, "name"], what, fix: "Give each case a name of its own." }];
  });
}

function likeMistakes(cases: readonly NamedCase[]): CaseMistake[] {
  const names = cases.map(({ name }) => name);
  return cases.flatMap(({ name, like }, index): CaseMistake[] => {
    if (like === null) return [];
    const at = ["cases", index, "like"];
    if (!names.includes(like)) {
      const known = names.filter((other) => other !== null);
      const meant = closestName(like, known);
      const fix = meant === null ? "Write the name of a case, letter for letter." : `Did you mean ${showValue(meant)}?`;
      return [{ code: "CT001", at, what: `there is no case ${showValue(like)}`, fix }];
    }
    const circle = name === null ? null : circleFrom(name, cases);
    // Told once, at the first of them.
    if (circle === null || circle.some((other) => names.indexOf(other) < index)) return [];
    const what = `this case goes on from itself: ${circle.map(showValue).join(" is like ")}`;
    return [{ code: "CT002", at, what, fix: "Let one of them stand without `like`." }];
  });
}

/** Names of cases are sentences: beyond the length that `closest` compares, the same beginning will do. */
function closestName(wanted: string, names: readonly string[]): string | null {
  const start = wanted.slice(0, 20).toLowerCase();
  return closest(wanted, names) ?? names.find((name) => name.slice(0, 20).toLowerCase() === start) ?? null;
}

function circleFrom(name: string, cases: readonly NamedCase[]): string[] | null {
  const trail = [name];
  for (;;) {
    const next = cases.find((one) => one.name === trail.at(-1))?.like ?? null;
    if (next === null) return null;
    if (next === name) return [...trail, name];
    // A circle that this case only leads to is told at the cases in it.
    if (trail.includes(next)) return null;
    trail.push(next);
  }
}
