/** From the first mark of a merge conflict to its last; a last mark without a first counts by itself. Lines from 1. */
export function conflictLines(lines: readonly string[]): { line: number; endLine: number }[] {
  const found: { line: number; endLine: number }[] = [];
  let open: number | null = null;
  for (const [index, text] of lines.entries()) {
    const line = index + 1;
    if (/^<{7} \S/.test(text) && !edits.test(text)) {
      if (open !== null) found.push({ line: open, endLine: open });
      open = line;
    } else if (/^>{7}(?: \S|\r?$)/.test(text) && !edits.test(text)) {
      found.push({ line: open ?? line, endLine: line });
      open = null;
    }
  }
  if (open !== null) found.push({ line: open, endLine: open });
  return found.sort((a, b) => a.line - b.line);
}

/** Tools that edit by search and replace use the same marks, and their code and docs show them. */
const edits = /^[<>]{7} (?:SEARCH|REPLACE|ORIGINAL|UPDATED?|HEAD:)\b/;
