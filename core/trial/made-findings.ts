import type { z } from "zod";
import type { RawFinding } from "../findings/finding.ts";
import { isOtherToolRule } from "../findings/index.ts";
import { closest, showValue } from "../policy/index.ts";
import { allLintRules } from "../rules.ts";
import { secretRules } from "../secrets/index.ts";
import type { CaseMistake } from "./case-problem.ts";
import type { TrialCase } from "./inherit.ts";

/** The findings that a case writes, as the analyses would have handed them over; a lint rule that there is not is a mistake. */
export function makeFindings({ setting, writtenAt, at }: TrialCase): {
  findings: z.infer<typeof RawFinding>[];
  mistakes: CaseMistake[];
} {
  const known = allLintRules.map(({ id }) => id);
  const written = setting.findings ?? [];
  const mistakes = written.flatMap(({ rule }, index): CaseMistake[] => {
    if (known.includes(rule) || isOtherToolRule(rule)) return [];
    const meant = closest(rule, known);
    const fix = meant === null ? `Lint rules: ${known.join(", ")}.` : `Did you mean \`${meant}\`?`;
    const place = [...(writtenAt.get("findings") ?? at), index, "rule"];
    return [{ code: "CT006", at: place, what: `there is no lint rule ${showValue(rule)}`, fix }];
  });
  const secrets = (setting.secrets ?? []).map((path) => ({
    ...{ rule: secretRules[0]?.id ?? "", path, line: 1, message: "This line has the shape of a secret." },
  }));
  const findings = [...written, ...secrets].map(({ rule, path, line, message }) => ({
    ...{ rule, place: placeOf(path, line), message: message ?? `${rule} was found.`, identity: path ?? "change" },
    ...(isOtherToolRule(rule) ? { toolSeverity: "warning" as const } : {}),
  }));
  return { findings, mistakes };
}

function placeOf(path: string | undefined, line: number | undefined): z.infer<typeof RawFinding>["place"] {
  if (path === undefined) return { kind: "change" };
  return line === undefined ? { kind: "file", path } : { kind: "lines", path, start: line, end: line };
}
