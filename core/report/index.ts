export { annotationLimits, annotations, limitAnnotations, type AnnotationLimits } from "./annotations.ts";
export { factsJsonSchema, renderJson, reviewJsonSchema } from "./json.ts";
export { renderSummary, summaryLimits, type SummaryOptions } from "./markdown.ts";
export { aiLines } from "./overview.ts";
export { publish, type Annotation, type Publication } from "./publication.ts";
export { Review, ReviewedCommit, ReviewedFile, reviewVersion } from "./review.ts";
export { renderSarif, sarifLimits } from "./sarif.ts";
export { renderTerminal, type TerminalOptions } from "./terminal.ts";
export { plain } from "./text.ts";
