/**
 * The e-mail addresses of the co-authors that a commit message names, in lines `Co-authored-by: Name <mail>` and the lines
 * that are folded under them. Every such line counts, not only those where git finds trailers, and every address of it,
 * in brackets or bare: a co-author too many approves nothing, one too few approves their own work.
 */
export function coAuthorEmails(message: string): string[] {
  return coAuthors(message).flat();
}

/** The addresses of each co-author that a commit message names; none of one who is named without. */
export function coAuthors(message: string): string[][] {
  const named: string[][] = [];
  let isNamed = false;
  for (const line of message.split("\n")) {
    const isFolded: boolean = isNamed && (line.startsWith(" ") || line.startsWith("\t"));
    const value: string | null = isFolded ? line : coAuthorsIn(line);
    isNamed = value !== null;
    if (value === null) continue;
    if (isFolded) named.at(-1)?.push(...addressesIn(value));
    else named.push(addressesIn(value));
  }
  return named;
}

function coAuthorsIn(line: string): string | null {
  const colon = line.indexOf(":");
  const isCoAuthor = colon >= 0 && line.slice(0, colon).trim().toLowerCase() === "co-authored-by";
  return isCoAuthor ? line.slice(colon + 1) : null;
}

const around = new Set(["<", ">", ",", ";", "(", ")", '"', " ", "\t", "\r"]);

/** Whatever holds an `@` between blanks and brackets. */
function addressesIn(text: string): string[] {
  const words: string[] = [];
  let word = "";
  for (const character of text) {
    if (!around.has(character)) word += character;
    else {
      words.push(word);
      word = "";
    }
  }
  return [...words, word].filter((each) => each.slice(1, -1).includes("@"));
}
