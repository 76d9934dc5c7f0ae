/** The door of expressions: `if:` in a policy, in the Common Expression Language. */
export { expressionLimits, type ExpressionProblem } from "./cel.ts";
export { compileExpression, type Compiled, type Compiling } from "./compile.ts";
export { commitsTouching, environmentOf, fileAcceptance, fileFields } from "./environment.ts";
export { evaluateExpression, type Scope } from "./evaluate.ts";
export { explainExpression, showResult, type ExplainedPart } from "./explain.ts";
export { functions, macros } from "./functions.ts";
export { variables } from "./schema.ts";
export { typeName, type Field, type Type } from "./types.ts";
export { Fields, Unknown, type Value } from "./values.ts";
