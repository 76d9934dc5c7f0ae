export * from "./finding.ts";
export * from "./weigh.ts";
