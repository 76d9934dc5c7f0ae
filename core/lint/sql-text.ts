import type { TextPart } from "../syntax/index.ts";

/** Stands in a text where something is put in. */
export const putInMark = "\u0001";

/** A text that is put together as one line, with a mark for each thing that is put in. Enough of it to tell what it is. */
export function outline(parts: readonly TextPart[]): string {
  let text = "";
  for (const part of parts) {
    text += part.kind === "written" ? part.text : putInMark;
    if (text.length > longestOutline) break;
  }
  return flat(text);
}

const longestOutline = 6000;

/** Without escapes for spaces, comments and runs of spaces. */
function flat(text: string): string {
  return text
    .slice(0, longestOutline)
    .replace(/\\[nrt]/g, " ")
    .replace(/--[^\n]*/g, " ")
    .replace(/\s+/g, " ")
    .replace(/^[\s(;"']+/, "")
    .replace(/^\/\*[^*]*\*\/\s?/, "");
}

/** How sure it is that a text is SQL: of itself, or only because it is given to what runs SQL. */
export type SqlKind = "statement" | "if-run" | "clause";

/**
 * What of SQL an outline is. A statement reads as SQL wherever it stands; English that begins with the same words, as in
 * `Select a file from …`, is only taken for SQL where it is run as such.
 */
export function sqlKind(text: string): SqlKind | null {
  const [lead = ""] = /^[A-Za-z]+/.exec(text) ?? [];
  const verb = lead.toLowerCase();
  const rest = text.slice(lead.length);
  const statement = statements.get(verb);
  if (statement === undefined || !/^[\s(*\u0001"]/.test(rest)) return isClause(text) ? "clause" : null;
  const isLoud = lead === lead.toUpperCase();
  return statement(rest, isLoud, lead !== verb && !isLoud) ? "statement" : "if-run";
}

type IsStatement = (rest: string, isLoud: boolean, isTitle: boolean) => boolean;

const statements: ReadonlyMap<string, IsStatement> = new Map([
  ["select", isSelect],
  ["with", (rest, isLoud) => /\bas \(/i.test(rest) && (isLoud || /\bselect\b/i.test(rest))],
  ["insert", isInsert],
  ["replace", isInsert],
  ["update", isUpdate],
  ["delete", isDelete],
  ["merge", (rest, isLoud) => isLoud && /^ INTO \S+/.test(rest) && rest.includes("USING")],
  ...["exec", "execute", "call"].map((verb): [string, IsStatement] => [verb, isProcedure]),
  ...["create", "drop", "alter", "truncate"].map((verb): [string, IsStatement] => [verb, isDefinition]),
  ...["explain", "show", "describe", "pragma", "grant", "revoke", "lock", "vacuum", "attach", "copy", "set", "use"].map(
    (verb): [string, IsStatement] => [verb, () => false],
  ),
]);

/** Words that come after `from` or `into` in a sentence, and never in SQL. */
const inSentences =
  /^(?:the|a|an|your|our|my|this|that|these|those|any|all|active|each|every|its|their|one|list|here|there|which|some)$/i;

function isSelect(rest: string, isLoud: boolean, isTitle: boolean): boolean {
  const from = rest.search(/\bfrom\b/i);
  if (from === -1) return false;
  const columns = rest.slice(0, from).trim();
  const table = /^from[\s(]*(\S*)/i.exec(rest.slice(from))?.[1] ?? "";
  if (isLoud && /\bFROM\b/.test(rest)) return columns !== "";
  const hasMore = /\bwhere\b|\*|=|;|\border by\b|\bgroup by\b|\bjoin\b|\blimit\b/i.test(rest);
  if (columns === "" || inSentences.test(table)) return false;
  return isTitle ? hasMore && !isSentence(columns) : hasMore || !isSentence(columns);
}

/** `a file`: several words that neither a comma nor a bracket makes a list of columns. */
function isSentence(columns: string): boolean {
  const words = columns.split(" ");
  if (inSentences.test(words[0] ?? "")) return true;
  return words.length > 1 && !/[,()*]|\bas\b|^distinct\b/i.test(columns);
}

function isInsert(rest: string, isLoud: boolean, isTitle: boolean): boolean {
  const into = /^ (?:ignore |or \w+ )?(?:into )?([^\s(]+)\s*(\(|values\b|select\b|set\b|default values|\S+ = )?/i.exec(
    rest,
  );
  if (into === null || inSentences.test(into[1]!)) return false;
  const hasInto = /^ (?:ignore |or \w+ )?into /i.test(rest);
  if (isLoud) return hasInto ? / INTO /.test(rest) : /\bVALUES\b|\bSELECT\b/.test(rest);
  return !isTitle && /\bvalues\b|\bselect\b.*\bfrom\b/i.test(rest) && into[2] !== undefined;
}

function isUpdate(rest: string, isLoud: boolean, isTitle: boolean): boolean {
  const set = /^ (\S+) (?:as )?(?:\S+ )?set (\S*)(.?)(.?)/i.exec(rest);
  if (set === null) return false;
  if (isLoud) return rest.includes(" SET ");
  return !isTitle && /=/.test(rest.slice(rest.search(/ set /i)));
}

function isDelete(rest: string, isLoud: boolean, isTitle: boolean): boolean {
  const table = /^ (?:\S+ )?from (\S*)/i.exec(rest)?.[1];
  if (table === undefined || inSentences.test(table)) return false;
  if (isLoud) return rest.includes(" FROM");
  return /where\b.*[=<>\u0001]|\bwhere\b.{0,80}\b(?:in|like|is)\b/i.test(rest) && !isTitle;
}

function isProcedure(rest: string, isLoud: boolean): boolean {
  return isLoud && /^ (?:sp_|xp_|dbo\.)/i.test(rest);
}

function isDefinition(rest: string, isLoud: boolean): boolean {
  const of =
    /^ (?:OR REPLACE |TEMP(?:ORARY)? |UNIQUE |EXTERNAL )*(?:TABLE|VIEW|DATABASE|SCHEMA|INDEX|TRIGGER|USER|ROLE|SEQUENCE) /;
  return isLoud && of.test(rest);
}

/** A part of a statement, or a statement in a language like it: `from User where name = …`. */
function isClause(text: string): boolean {
  return (
    /^(?:from|where|and|or|order by|group by|having|values|set|join|left join|inner join|limit)\b/i.test(text) ||
    isCondition(text)
  );
}

/** `user.name = …`. */
function isCondition(text: string): boolean {
  return /^["`[]?[\w.\u0001]{1,60}["`\]]? (?:=|<>|!=|<|>|<=|>=|like|ilike|in|between|is) /i.test(`${text} `);
}
