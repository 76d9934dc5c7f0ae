/** The door of expressions: `if:` in a policy, in the Common Expression Language. */
export type { ExpressionProblem } from "./expression-problem.ts";
export { expressionLimits } from "./expression-size.ts";
export { asksOnlyForAsIs } from "./as-is.ts";
export { compileExpression, type Compiled, type Compiling } from "./compile.ts";
export { environmentOf } from "./environment.ts";
export { evaluateExpression, type Scope } from "./evaluate.ts";
export { fileAcceptance, fileFields } from "./file-fields.ts";
export { explainExpression, showResult, type ExplainedPart } from "./explain.ts";
export { factsOfExpression, factsOfExpressions } from "./facts.ts";
export { functions, macros } from "./functions.ts";
export { agentsOf, commitsTouching, modelsOf } from "./named.ts";
export { isNeverTrue } from "./never-true.ts";
export { variables } from "./schema.ts";
export { typeName, type Field, type Type } from "./types.ts";
export { Fields, Unknown, type Value } from "./values.ts";
