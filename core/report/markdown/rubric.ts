import { rubric } from "../rubric.ts";
import { rubricTopics } from "../rubric-item.ts";
import type { Review } from "../review.ts";
import { whole, type Part } from "./page.ts";
import { details, prose } from "./words.ts";

/** What the gate ticks by itself, and what a reviewer must: the questions that every review answers. */
export function reviewRubric(review: Review): Part[] {
  const items = rubric(review);
  const topics = rubricTopics.map((topic) => {
    const rows = items
      .filter((item) => item.topic === topic)
      .map(({ says, by, ticked, evidence }) => {
        const who = by === "reviewer" ? "**reviewer:** " : "";
        return `- [${ticked ? "x" : " "}] ${who}${says}${evidence === null ? "" : `: ${prose(evidence, 300)}`}`;
      });
    return `**${topic.charAt(0).toUpperCase()}${topic.slice(1)}**\n\n${rows.join("\n")}`;
  });
  const { head, foot } = details("Review rubric", topics.join("\n\n"));
  return [whole(`${head}\n\n${foot}`)];
}
