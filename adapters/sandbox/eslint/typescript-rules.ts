/** The rules of typescript-eslint. */
import typescriptRules from "@typescript-eslint/eslint-plugin/use-at-your-own-risk/rules";

export { typescriptRules };
