/** Logins, teams, labels and the like compare without case, as on GitHub. */
export function isSameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
