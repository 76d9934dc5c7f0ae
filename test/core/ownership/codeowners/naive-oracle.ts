/**
 * Whether a CODEOWNERS pattern matches a path, told in the plainest way: by trying everything. Exponential, and written
 * from the documentation alone, for small patterns without escapes.
 */
export function naiveMatch(pattern: string, path: string): boolean {
  const bound = pattern.slice(0, -1).includes("/");
  const folder = pattern.endsWith("/") && pattern !== "/";
  const body = (folder ? pattern.slice(0, -1) : pattern).replace(/^\//, "");
  const names = body.split("/");
  const wanted = bound ? names : ["**", ...names];
  const parts = path.split("/");
  const last = names.at(-1) ?? "";
  // Every beginning of the path that the whole pattern fits, and whether something must, may or must not follow it.
  return parts.some((_name, index) => {
    const head = parts.slice(0, index + 1);
    const rest = parts.length - head.length;
    if (last === "**") return rest >= 0 && fits(wanted, head);
    if (!fits(wanted, head)) return false;
    if (folder) return rest > 0;
    return last === "*" ? rest === 0 : true;
  });
}

function fits(wanted: readonly string[], names: readonly string[]): boolean {
  const [first, ...others] = wanted;
  if (first === undefined) return names.length === 0;
  // At the end it stands for something, elsewhere for any number of folders.
  if (first === "**" && others.length === 0) return names.length > 0;
  if (first === "**") return names.some((_name, index) => fits(others, names.slice(index))) || fits(others, []);
  const [name, ...more] = names;
  return name !== undefined && fitsName(Array.from(first), Array.from(name)) && fits(others, more);
}

function fitsName(wanted: readonly string[], name: readonly string[]): boolean {
  const [first, ...others] = wanted;
  if (first === undefined) return name.length === 0;
  if (first === "*") return fitsName(others, name) || (name.length > 0 && fitsName(wanted, name.slice(1)));
  return name.length > 0 && (first === "?" || first === name[0]) && fitsName(others, name.slice(1));
}
