/**
 * JSON text that is harmless on a terminal and in a job's log, and still parses to the same strings: invisible and control
 * characters, and the marker of the old form of a workflow command, are written as escapes.
 */
export function inertJson(json: string): string {
  // None of these can stand outside a string, and in one an escape means the same.
  return json.replaceAll("##[", "##\\u005b").replace(invisible, escaped);
}

const invisible = /[\u007F-\u009F\u2028\u2029\uFFF9-\uFFFB]|\p{Default_Ignorable_Code_Point}/gu;

function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, index) => escapedUnit(character.charCodeAt(index))).join("");
}

function escapedUnit(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, "0")}`;
}
