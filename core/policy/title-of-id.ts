/** Words that are not written as they stand in an id. */
const spellings: Readonly<Record<string, string>> = {
  ai: "AI",
  api: "API",
  ci: "CI",
  codeowners: "CODEOWNERS",
  iac: "IaC",
  sbom: "SBOM",
  sql: "SQL",
};

/** The title of a rule that has none of its own: `ai-commits-say-how` is "AI commits say how". */
export function titleOfId(id: string): string {
  const words = id.split("-").map((word) => (Object.hasOwn(spellings, word) ? spellings[word] : word));
  const title = words.join(" ");
  return `${title.charAt(0).toUpperCase()}${title.slice(1)}`;
}
