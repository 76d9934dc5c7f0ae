import { plain } from "../../core/report/index.ts";
import { html, type Html } from "./html.ts";

/** A sentence in which what stands between two backticks is code: a command to copy, a name. As inert as any other text. */
export function prose(text: string): Html {
  const parts = plain(text, longestSentence).split("`");
  // An odd backtick at the end belongs to the text before it.
  const paired = parts.length % 2 === 1 ? parts : [...parts.slice(0, -2), parts.slice(-2).join("`")];
  return html`${paired.map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))}`;
}

/** In graphemes. */
const longestSentence = 1_500;
