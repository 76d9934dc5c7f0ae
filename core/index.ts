/** The public door of the core: the words of a change, its facts and its review, as types, schemas and pure functions. */
export * from "./change/authorship.ts";
export * from "./change/change.ts";
export * from "./change/line-map.ts";
export * from "./coverage/coverage-review.ts";
export * from "./coverage/report.ts";
export * from "./evidence.ts";
export * from "./facts.ts";
export * from "./findings/finding.ts";
export * from "./policy/decision.ts";
export * from "./provenance/provenance.ts";
export * from "./report/publication.ts";
export * from "./report/review.ts";
export * from "./stage.ts";
