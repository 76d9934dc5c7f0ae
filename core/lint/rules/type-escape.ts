import type { SourceFile } from "../../syntax/index.ts";
import type { Pattern, Report } from "../pattern.ts";
import { isTestFile } from "../test-files.ts";
import { reportGoEscapes } from "../type-escapes/go.ts";
import { reportJavaEscapes } from "../type-escapes/java.ts";
import { reportJavascriptEscapes } from "../type-escapes/javascript.ts";
import { reportPythonEscapes } from "../type-escapes/python.ts";

/** The type checker is told to look away. Tests do so to hand in what is wrong, and are left out. */
export const typeEscape: Pattern = {
  rule: {
    id: "type-escape",
    title: "The type checker is told to look away",
    help: "Write the type that it is, or narrow an unknown value by a check before it is used.",
    confidence: "medium",
    severity: { human: "notice", aiEdited: "warning", aiAsIs: "error" },
  },
  languages: ["javascript", "python", "go", "java"],
  trigger: /\b[aA]ny\b|\bas\s+(?:unknown|never)\b|>\s*unknown|[\w)\]]!|\.\(|\bunsafe\b|\([A-Z]/,
  find(file, report) {
    if (!isTestFile(file.path)) reporters[file.language](file, report);
  },
};

const reporters: Record<SourceFile["language"], (file: SourceFile, report: Report) => void> = {
  javascript: reportJavascriptEscapes,
  python: reportPythonEscapes,
  go: reportGoEscapes,
  java: reportJavaEscapes,
};
