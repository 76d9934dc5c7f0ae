import { patterns } from "../core/lint/index.ts";
import { allLintRules } from "../core/rules.ts";

/** docs/findings.md: every lint rule with what it finds, what to do, and its severities. */
export function findingsPage(): string {
  const rules = [...allLintRules].sort((a, b) => (a.id < b.id ? -1 : 1));
  return `# Findings

What Countersign looks for by itself, and what to do about each; [lint.md](lint.md) says how code is looked at. Generated from \`core/rules.ts\` by \`npm run generate\`.

A finding is weighed by whether its lines, or its commit, count as AI under the policy, as \`when: { ai: true }\` and \`coverage.ai_lines\` count them: **AI, edited** for what a
person edited or rewrote after taking it, and for accepted review suggestions; **AI, as is** for the rest of what counts; **human** for everything else. So silence, and a bare
\`AI-Assisted: no\`, count as AI on areas of tier 1 unless [the policy says otherwise](policy.md#when-a-rule-applies), and nothing does in files that \`provenance.exclude\` names. The report prints the reason
("error because it was accepted as it came from claude-code", "error because nobody declared it, and the area counts silence as AI"). A policy limits them with \`require: { findings: { max_errors: 0 } }\` and raises single rules with
\`escalate\`: see [policy.md](policy.md).

| Lint rule | Finds | human | AI, edited | AI, as is |
|---|---|---|---|---|
${rules.map(({ id, title, severity }) => `| [${id}](#${id}) | ${title} | ${severity.human} | ${severity.aiEdited} | ${severity.aiAsIs} |`).join("\n")}

${rules.map(({ id, title, help, confidence }) => `## \`${id}\`\n\n${sentence(title)} Confidence: ${confidence}.${pageOf(id)}\n\n**What to do.** ${help}`).join("\n\n")}
`;
}

/** Patterns in code have a page each, with examples. */
function pageOf(id: string): string {
  const pattern = patterns.find(({ rule }) => rule.id === id);
  if (pattern === undefined) return "";
  const names = pattern.languages.map((language) => languageNames[language]);
  const where = names.length === 0 || pattern.findInText !== undefined ? "text files of every kind" : names.join(", ");
  return ` In ${where}. [Examples, and when to waive it](rules/${id}.md).`;
}

const languageNames = { javascript: "JavaScript and TypeScript", python: "Python", go: "Go", java: "Java" } as const;

function sentence(title: string): string {
  return title.endsWith(".") ? title : `${title}.`;
}
