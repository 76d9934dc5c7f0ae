import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { LabelledCase } from "./cases.ts";

/**
 * PMD: an XML file for each rule, with pieces of Java, the number of problems and mostly their lines. Cases that set a
 * property of the rule are left out, and so are those that are switched off.
 */
export function readPmd(folder: string, rules: ReadonlySet<string>): LabelledCase[] {
  const names = globSync("pmd-java/src/test/resources/net/sourceforge/pmd/lang/java/rule/*/xml/*.xml", { cwd: folder });
  return names
    .toSorted()
    .filter((name) => rules.has(basename(name, ".xml")))
    .flatMap((name) => casesOf(basename(name, ".xml"), readFileSync(join(folder, name), "utf8")));
}

function casesOf(rule: string, xml: string): LabelledCase[] {
  const fragments = new Map(
    [...xml.matchAll(/<code-fragment id="([^"]+)">([\s\S]*?)<\/code-fragment>/g)].map(([, id, code]) => [id!, code!]),
  );
  return [...xml.matchAll(/<test-code([^>]*)>([\s\S]*?)<\/test-code>/g)].flatMap(([, head, body], index) => {
    if (/disabled="true"|regressionTest="false"/.test(head!) || body!.includes("<rule-property")) return [];
    const written = /<code>([\s\S]*?)<\/code>/.exec(body!)?.[1];
    const code = written ?? fragments.get(/<code-ref id="([^"]+)"/.exec(body!)?.[1] ?? "");
    const count = /<expected-problems>\s*(\d+)\s*</.exec(body!)?.[1];
    if (code === undefined || count === undefined) return [];
    const lines = /<expected-linenumbers>([\d,\s]+)</.exec(body!)?.[1]?.split(",").map(Number);
    const spans = (lines ?? []).map((line) => ({ start: line, end: line }));
    const hasLines = Number(count) === spans.length;
    return [
      {
        suite: "pmd",
        theirs: rule,
        place: `${rule} case ${index + 1}`,
        files: [{ path: "Case.java", text: textOf(code) }],
        label: hasLines ? { kind: "lines" as const, spans } : { kind: "count" as const, count: Number(count) },
      },
    ];
  });
}

/** PMD counts lines from the first one that is not blank. */
function textOf(code: string): string {
  const cdata = /<!\[CDATA\[([\s\S]*?)\]\]>/.exec(code)?.[1];
  const text =
    cdata ?? code.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");
  return text.replace(/^(?:[ \t]*\r?\n)+/, "").trimEnd() + "\n";
}
