import { Address, html, styleElement, type Html, type Slot } from "./html.ts";
import { style } from "./style.ts";

export interface FrameContent {
  /** Of the window; the page's own heading stands in `main`. */
  title: string;
  /** Where the reader is, beside the name of the App. */
  where: Slot;
  main: Html;
  /** Behind the page's end: what was judged by what. */
  foot: Slot;
  /** Who is signed in; null: nobody, or a signed link led here. */
  user: string | null;
}

/** A whole page: what every one has around what it says. */
export function frame({ title, where, main, foot, user }: FrameContent): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        ${styleElement(style)}
      </head>
      <body>
        <a class="to-content" href="${new Address("#main")}">Skip to the content</a>
        <header>
          <strong>Countersign</strong>${where === null ? null : html`<span>${where}</span>`}${signedIn(user)}
        </header>
        <main id="main" tabindex="-1">${main}</main>
        <footer>${foot === null ? html`<span>Countersign</span>` : foot}</footer>
      </body>
    </html> `;
}

function signedIn(user: string | null): Slot {
  if (user === null) return null;
  return html`<form method="post" action="${new Address("/sign-out")}">
    <button>Sign out <bdi>${user}</bdi></button>
  </form>`;
}

/** Part of a page under a heading of its own. */
export function section(id: string, heading: string, content: Slot): Html {
  return html`<section aria-labelledby="${id}">
    <h2 id="${id}">${heading}</h2>
    ${content}
  </section> `;
}

/** A column; a number stands at its right. */
export interface Column {
  name: string;
  isNumber?: true;
}

/**
 * A table with its caption; its first cells head their rows. It scrolls by itself on a narrow screen, also by keyboard.
 * `left` rows were not written, and the caption says how many.
 */
export function table(
  id: string,
  caption: string,
  columns: readonly Column[],
  rows: readonly Slot[][],
  left = 0,
): Html {
  const heads = columns.map(
    ({ name, isNumber }) => html`<th scope="col" class="${isNumber ? "number" : "text"}">${name}</th>`,
  );
  const more = left === 0 ? "" : ` (${left} more are not shown)`;
  return html`<div class="wide" role="region" tabindex="0" aria-labelledby="${id}">
    <table>
      <caption id="${id}">
        ${caption}${more}
      </caption>
      <thead>
        <tr>
          ${heads}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map((slot, index) => cell(slot, index, columns))}
            </tr> `,
        )}
      </tbody>
    </table>
  </div> `;
}

function cell(slot: Slot, index: number, columns: readonly Column[]): Html {
  const shape = columns[index]?.isNumber ? "number" : "text";
  if (index === 0) return html`<th scope="row">${slot}</th>`;
  return html`<td class="${shape}">${slot}</td>`;
}
