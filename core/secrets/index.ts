import type { LintRule } from "../findings/finding.ts";
import { secretLiteralRule } from "./secret-literal.ts";

export { secretScanner, type SecretScan, type SecretScanner } from "./secret-literal.ts";

export const secretRules: readonly LintRule[] = [secretLiteralRule];
