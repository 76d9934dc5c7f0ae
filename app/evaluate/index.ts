export { evaluator, type EvaluateSettings } from "./evaluator.ts";
