/**
 * Whether a workflow's text runs the gate: a line that is no comment names it. That is more than `uses:` and `run:`, and
 * may only tighten: what runs the gate decides whether it runs at all, so its workflow needs a policy owner to change.
 */
export function runsGate(text: string): boolean {
  return lines(text).some((line) => line.includes("countersign"));
}

/**
 * Those of the workflows that run the gate, themselves or through another workflow of the repository that they call.
 * @param workflows text by path
 */
export function gateWorkflows(workflows: ReadonlyMap<string, string>): string[] {
  const found = new Set([...workflows].filter(([, text]) => runsGate(text)).map(([path]) => path));
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const [path, text] of workflows) if (lines(text).some((line) => calls(line, found))) found.add(path);
  }
  return [...found].sort();
}

function calls(line: string, workflows: ReadonlySet<string>): boolean {
  return (
    line.includes("./.github/workflows/") && [...workflows].some((path) => line.includes(`./${path.toLowerCase()}`))
  );
}

/** The lines that are no comments, in lower case. */
function lines(text: string): string[] {
  return text
    .toLowerCase()
    .split("\n")
    .filter((line) => !line.trimStart().startsWith("#"));
}
