export const digits = "0123456789";
export const hexDigits = "0123456789abcdef";
export const lowerLetters = "abcdefghijklmnopqrstuvwxyz";

/** True when the text is not empty and holds no other characters than these. */
export function isMadeOf(text: string, characters: string): boolean {
  return text !== "" && runEnd(text, 0, characters) === text.length;
}

/** Where the run of these characters that begins at `start` ends; `start` itself when there is none. */
export function runEnd(text: string, start: number, characters: string): number {
  let at = start;
  while (at < text.length && characters.includes(text.charAt(at))) at++;
  return at;
}

/** How many of these characters the text holds. */
export function countOf(text: string, characters: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) if (characters.includes(text.charAt(at))) count++;
  return count;
}
