import { stringify } from "yaml";
import { policyKeys, problemCodes } from "../core/policy/index.ts";

/** Every problem code of the policy loader as a Markdown table. */
export function problemCodeTable(): string {
  const rows = Object.entries(problemCodes).map(
    ([code, { means, instead }]) => `| ${code} | ${cell(means)} | ${cell(instead)} |`,
  );
  return ["| Code | What is wrong | What to write |", "| --- | --- | --- |", ...rows].join("\n");
}

/** Every key of a policy as a Markdown list: the sentences are too long for a table. */
export function policyKeyList(): string {
  const items = policyKeys().map(({ path, says, example }) => {
    const value = stringify(example, { collectionStyle: "flow", lineWidth: 0, flowCollectionPadding: false }).trim();
    return `- \`${path}\`: ${says} Example: \`${value}\`.`;
  });
  return items.join("\n");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
