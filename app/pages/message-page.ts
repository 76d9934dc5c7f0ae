import { frame } from "./frame.ts";
import { html, type Html, type Slot } from "./html.ts";

/** A page that says one thing: sign in, nothing here, GitHub does not answer. */
export function messagePage(heading: string, content: Slot, user: string | null = null): Html {
  const main = html`<h1>${heading}</h1>
    ${content} `;
  return frame({ title: `${heading} · Countersign`, where: null, main, foot: null, user });
}
