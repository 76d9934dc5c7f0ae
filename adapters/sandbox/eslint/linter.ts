/** ESLint and the names of its rules; loaded alone, and only where a directive asks for it. Other people's code: scripts/build.ts. */
import js from "@eslint/js";
import { Linter } from "eslint/universal";

export { js, Linter };
