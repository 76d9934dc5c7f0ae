export { contextLines, filterFindings, filterModes, type FilterMode } from "./filter-findings.ts";
export * from "./finding.ts";
export * from "./weigh.ts";
export * from "./other-tools/index.ts";
