import type { CodeownersOwner } from "./codeowners.ts";

/**
 * An owner as GitHub writes them: `@user`, `@org/team` or an e-mail address; or a sentence on what is wrong with it.
 * Whether there is such an owner is not known here.
 */
export function readOwner(word: string): CodeownersOwner | { wrong: string } {
  if (!word.startsWith("@")) return isEmail(word) ? { kind: "email", name: word } : { wrong: adviceFor(word) };
  const name = word.slice(1);
  const [account = "", team, ...more] = name.split("/");
  if (more.length === 0 && team === undefined && isName(account)) return { kind: "user", name };
  if (more.length === 0 && team !== undefined && isName(account) && isName(team)) return { kind: "team", name };
  return { wrong: "An owner is written `@user`, `@org/team` or as an e-mail address." };
}

function adviceFor(word: string): string {
  if (word.includes("@")) return "An owner is written `@user`, `@org/team` or as an e-mail address.";
  if (word.split("/").every(isName)) return `Did you mean \`@${word}\`?`;
  return "An owner is written `@user`, `@org/team` or as an e-mail address. A blank in a pattern is written `\\ `.";
}

/** Letters, digits, `-`, and the `_` of managed users and of teams. Source: GitHub's rules for names of accounts and teams. */
function isName(text: string): boolean {
  return text !== "" && Array.from(text).every((character) => isWordCharacter(character) || character === "_");
}

/** Loose: one `@` with a name before it and a domain of at least two labels behind it. */
function isEmail(text: string): boolean {
  const [local = "", domain = "", ...more] = text.split("@");
  const labels = domain.split(".");
  return (
    more.length === 0 &&
    local !== "" &&
    Array.from(local).every((character) => isWordCharacter(character) || "._%+'".includes(character)) &&
    labels.length > 1 &&
    labels.every((label) => label !== "" && Array.from(label).every(isWordCharacter))
  );
}

function isWordCharacter(character: string): boolean {
  return (
    (character >= "a" && character <= "z") ||
    (character >= "A" && character <= "Z") ||
    (character >= "0" && character <= "9") ||
    character === "-"
  );
}
