import noUnsanitized from "eslint-plugin-no-unsanitized";
import promise from "eslint-plugin-promise";
import security from "eslint-plugin-security";
import { Linter } from "eslint";
import type { LabelledCase } from "./cases.ts";
import { peers } from "./mapping.ts";
import type { Look } from "./measure-cases.ts";

const plugins = { security, "no-unsanitized": noUnsanitized, promise };

/** What the ESLint rules report, all those named for our rule together. Null of a case that ESLint cannot read. */
export function peerLook(names: readonly string[]): Look {
  const linter = new Linter();
  const rules = Object.fromEntries(names.map((name) => [name, "error" as const]));
  return ({ files }) =>
    files.flatMap(({ text, path }) => {
      const config = {
        files: ["**/*.js", "**/*.jsx"],
        plugins,
        rules,
        languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } }, sourceType: sourceType(text) },
        linterOptions: { reportUnusedDisableDirectives: "off" as const },
      };
      const messages = linter.verify(text, [config], path);
      return messages.filter(({ ruleId }) => ruleId !== null).map(({ line }) => ({ start: line, end: line }));
    });
}

function sourceType(text: string): "module" | "script" {
  return /^\s*(?:import|export)\b/m.test(text) ? "module" : "script";
}

/** The peers that there are for a rule. */
export function peersOf(rule: string): readonly string[] {
  return peers[rule] ?? [];
}

/** ESLint reads JavaScript here. */
export function isForPeers({ files }: LabelledCase): boolean {
  return files.every(({ path }) => /\.jsx?$/.test(path));
}
