export { escapeHtml, inertMultiline, inertText, withoutWorkflowCommands, type InertOptions } from "./inert.ts";
export { codeBlock, codeSpan, escapeMarkdown, tableCell, type MarkdownOptions } from "./markdown.ts";
export { showPath, type PathFacts } from "./show-path.ts";
export { findSecrets, redact, secretFingerprint, type SecretMatch } from "./redact.ts";
export { redactDeep } from "./redact-deep.ts";
export { secretPatterns, type SecretPattern } from "./secret-patterns.ts";
export { pathForms } from "./path-forms.ts";
export { oddPath } from "./odd-path.ts";
export { looksRandom } from "./randomness.ts";
