/**
 * Whether the text of a workflow, or of an action, runs the gate: a line that is no comment names it. That is more than
 * `uses:` and `run:`, and may only tighten: what runs the gate decides whether it runs at all, so its file needs a policy
 * owner to change.
 */
export function runsGate(text: string): boolean {
  return lines(text).some((line) => line.toLowerCase().includes("countersign"));
}

/**
 * Those of the workflows and actions that run the gate, themselves or through another one of the repository that they use.
 * @param files text by path: workflows, and the `action.yml` of actions
 * @param repository `owner/name`, by which a file may call those of its own repository; null: not known
 */
export function gateWorkflows(files: ReadonlyMap<string, string>, repository: string | null = null): string[] {
  const used = new Map([...files].map(([path, text]) => [path, usedPaths(text, repository)]));
  const found = new Set([...files].filter(([, text]) => runsGate(text)).map(([path]) => path));
  for (let before = -1; before !== found.size;) {
    before = found.size;
    const names = new Set([...found].map(usedName));
    for (const [path, uses] of used) if (uses.some((name) => names.has(name))) found.add(path);
  }
  return [...found].sort();
}

/**
 * The paths in the repository that a text may use, lower case: `./.github/actions/gate`, or the same behind the
 * repository's full name, up to the `@`. Whatever begins so counts, also where nothing is used by it.
 */
export function usedPaths(text: string, repository: string | null): string[] {
  const starts = ["./", ...(repository === null ? [] : [`${repository.toLowerCase()}/`])];
  const found = lines(text).flatMap((line) =>
    starts.flatMap((start) => behind(line.toLowerCase(), start).map((rest) => plainPath(upToEnd(rest)))),
  );
  return [...new Set(found)];
}

/** What follows each `start` that begins a path. */
function behind(line: string, start: string): string[] {
  const found: string[] = [];
  for (let at = line.indexOf(start); at >= 0; at = line.indexOf(start, at + start.length))
    if (at === 0 || !"./".includes(line[at - 1] ?? "")) found.push(line.slice(at + start.length));
  return found;
}

/** What a file is called by whoever uses it: a workflow by its path, an action by its folder. */
function usedName(path: string): string {
  const folder = actionFiles.find((file) => path === file || path.endsWith(`/${file}`));
  return plainPath((folder === undefined ? path : path.slice(0, -folder.length)).toLowerCase());
}

/** What an action is written in, in its folder. */
export const actionFiles = ["action.yml", "action.yaml"] as const;

/** Without empty parts, `.` and `..`. */
function plainPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
}

function upToEnd(text: string): string {
  const ends = [" ", "\t", "\r", '"', "'", "@", ",", "}", "]", "#"].map((char) => text.indexOf(char));
  return text.slice(0, Math.min(text.length, ...ends.filter((at) => at >= 0)));
}

/** The lines that are no comments. */
function lines(text: string): string[] {
  return text.split("\n").filter((line) => !line.trimStart().startsWith("#"));
}
