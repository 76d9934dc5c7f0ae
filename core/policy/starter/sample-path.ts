/** A path that a pattern of a preset matches: `src/auth/example` for `auth` anywhere, `src/example.tf` for any `.tf`. */
export function samplePath(pattern: string): string {
  const parts = pattern.split("/");
  return parts.map((part, at) => (part === "**" && at < parts.length - 1 ? "src" : samplePart(part))).join("/");
}

function samplePart(part: string): string {
  return part === "**" ? "example" : part.replace("*", "example");
}
