import type { SourceFile } from "../../syntax/index.ts";
import type { Pattern } from "../pattern.ts";
import { isTestFile } from "../test-files.ts";
import { unusedNames, type UnusedName } from "../unused-names.ts";

/** Something is declared, and nothing uses it. */
export const unusedAdded: Pattern = {
  rule: {
    id: "unused-added",
    title: "Something is declared and never used",
    help: "Remove it, or use it where it was meant to be used.",
    confidence: "medium",
    severity: { human: "notice", aiEdited: "warning", aiAsIs: "error" },
  },
  languages: ["javascript", "python", "go", "java"],
  trigger: /\b(?:import|require|const|let|var|def|func|function|class|private|type|interface)\b|:=|=/,
  find(file, report) {
    for (const unused of unusedNames(file))
      if (!unused.isVisible)
        report(unused.name, `This ${unused.what} is used nowhere in its file.`, identityOf(unused));
  },
  findUnused(file, report) {
    if (isTestFile(file.path) || isEntryPoint(file)) return;
    for (const unused of unusedNames(file)) {
      const { name, what, isVisible } = unused;
      if (isVisible) report(name.text, name, `This ${what} is used nowhere in the repository.`, identityOf(unused));
    }
  },
};

function identityOf({ what, name }: UnusedName): string {
  return `${what} ${name.text.slice(0, 200)}`;
}

/** What others run or publish: its names are used outside of the repository. */
function isEntryPoint({ path }: SourceFile): boolean {
  return /(?:^|\/)(?:index|main|mod|cli|page|layout|route|middleware|setup|manage|wsgi|asgi|conftest|__init__|__main__|\w+\.config|\w+\.stories)\.\w+$/.test(
    path,
  );
}
