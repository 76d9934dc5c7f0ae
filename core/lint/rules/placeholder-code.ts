import type { Pattern } from "../pattern.ts";
import { reportDebugOutput } from "../placeholders/debug-output.ts";
import { reportMadeUpResults } from "../placeholders/made-up-results.ts";
import { reportNotes } from "../placeholders/notes.ts";
import { reportUnfinished } from "../placeholders/unfinished.ts";
import { isTestFile } from "../test-files.ts";

/** Code that stands where other code should. Tests may hold what they like. */
export const placeholderCode: Pattern = {
  rule: {
    id: "placeholder-code",
    title: "Code that stands in for what was not written",
    help: "Write what is missing, or leave the way to it out until it is there.",
    confidence: "medium",
    severity: { human: "notice", aiEdited: "warning", aiAsIs: "error" },
  },
  languages: ["javascript", "python", "go", "java"],
  trigger:
    /implement|todo|fixme|placeholder|stub|mock|fake|dummy|sample|real|actual|production|demo|simulat|simplicity|for now|your (?:code|logic)|goes here|supported yet|debug|here\b|xxx|asdf|breakpoint|set_trace|>>>|(?:john|jane) doe|lorem|console\.log|print/i,
  find(file, report) {
    if (isTestFile(file.path)) return;
    reportUnfinished(file, report);
    reportNotes(file, report);
    reportMadeUpResults(file, report);
    reportDebugOutput(file, report);
  },
};
