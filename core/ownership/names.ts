import { inertText } from "../untrusted/index.ts";

/** Logins and team names compare without regard to case, and with or without the `@` that CODEOWNERS writes. */
export function nameKey(name: string): string {
  return (name.startsWith("@") ? name.slice(1) : name).toLowerCase();
}

/** Each name once, in the order of their keys. Of two spellings the one that sorts first stays. */
export function sortedNames(names: Iterable<string>): string[] {
  const byKey = new Map<string, string>();
  for (const name of [...names].sort()) if (!byKey.has(nameKey(name))) byKey.set(nameKey(name), name);
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, name]) => name);
}

/** A name for a sentence. */
export function shownName(name: string): string {
  return inertText(name, { maxGraphemes: 100 });
}

/** `ann`, `ann and bob`, `ann, bob and 3 more`. */
export function listedNames(names: readonly string[], most = 5, last = "and"): string {
  const shown = names.slice(0, most).map(shownName);
  const more = names.length > most ? [`${names.length - most} more`] : [];
  const all = [...shown, ...more];
  return all.length < 2 ? (all[0] ?? "") : `${all.slice(0, -1).join(", ")} ${last} ${all.at(-1) ?? ""}`;
}
