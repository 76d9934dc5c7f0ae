import { allLintRules } from "../core/rules.ts";

/** docs/findings.md: every lint rule with what it finds, what to do, and its severities. */
export function findingsPage(): string {
  const rules = [...allLintRules].sort((a, b) => (a.id < b.id ? -1 : 1));
  return `# Findings

What Countersign looks for by itself, and what to do about each. Generated from \`core/rules.ts\` by \`npm run generate\`.

A finding is weighed by who wrote the line: **human** counts for lines that a person declares, that nobody declares, or that automation wrote; **AI, edited** for lines that a
person edited or rewrote after taking them, and for accepted review suggestions; **AI, as is** for the rest of what a tool wrote. The report prints the reason
("error because it was accepted as it came from claude-code"). A policy limits them with \`require: { findings: { max_errors: 0 } }\` and raises single rules with
\`escalate\`: see [policy.md](policy.md).

| Lint rule | Finds | human | AI, edited | AI, as is |
|---|---|---|---|---|
${rules.map(({ id, title, severity }) => `| [${id}](#${id}) | ${title} | ${severity.human} | ${severity.aiEdited} | ${severity.aiAsIs} |`).join("\n")}

${rules.map(({ id, title, help, confidence }) => `## \`${id}\`\n\n${sentence(title)} Confidence: ${confidence}.\n\n**What to do.** ${help}`).join("\n\n")}
`;
}

function sentence(title: string): string {
  return title.endsWith(".") ? title : `${title}.`;
}
