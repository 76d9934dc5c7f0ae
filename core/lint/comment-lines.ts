import type { Comment } from "../syntax/index.ts";

/** The comments that begin or end on a line, by its number from 1. */
export function commentsByLine(comments: readonly Comment[]): Map<number, Comment[]> {
  const byLine = new Map<number, Comment[]>();
  for (const comment of comments)
    for (const line of new Set([comment.line, comment.endLine])) {
      const same = byLine.get(line);
      if (same === undefined) byLine.set(line, [comment]);
      else if (same.length < mostOfLine) same.push(comment);
    }
  return byLine;
}

/** More comments than this on a line are there to cost time. */
const mostOfLine = 8;
