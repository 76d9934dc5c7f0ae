/** ESLint's parser of TypeScript, with the TypeScript that this project names and never one of the repository. */
import * as typescriptParser from "@typescript-eslint/parser";

export { typescriptParser };
