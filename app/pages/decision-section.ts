import { atAGlance, decisionWords, whoCanUnblock, type Review } from "../../core/report/index.ts";
import { html, type Html, type Slot } from "./html.ts";
import { section } from "./frame.ts";
import { prose } from "./prose.ts";

/** The decision in one sentence with who can unblock, then the answer in a few lines, then what to do. */
export function decisionSection(review: Review): Html {
  const { state, enforced, summary } = review.decision;
  const observed =
    state === enforced ? null : html`<p>With every rule enforced: ${decisionWords[enforced].toLowerCase()}.</p>`;
  return html`<div class="verdict ${state}">
      <p><strong>${prose(sentence(review))}</strong></p>
      ${summary.slice(1, mostReasons).map((why) => html`<p>${prose(why)}</p> `)}${observed}${incomplete(review)}
    </div>
    ${override(review)}
    <dl>
      ${atAGlance(review).map(
        ({ label, text }) =>
          html`<dt>${label}</dt>
            <dd>${text}</dd> `,
      )}
    </dl>
    ${nextSteps(review)}`;
}

const mostReasons = 10;

/** `Needs approval: auth waits for 1 approval. Who can unblock it: mona (auth).` */
export function sentence(review: Review): string {
  const { state, summary } = review.decision;
  const why = summary[0] === undefined ? "" : `: ${summary[0]}`;
  const stopped = why === "" || why.endsWith(".") ? why : `${why}.`;
  const who = whoCanUnblock(review);
  return `${decisionWords[state]}${stopped}${who === null ? "" : ` Who can unblock it: ${who}.`}`;
}

function incomplete({ change }: Review): Slot {
  if (change.incomplete.length === 0) return null;
  const rows = change.incomplete.slice(0, mostReasons).map((text) => html`<li>${text}</li>`);
  return html`<p>The change could not be read in full:</p>
    <ul>
      ${rows}
    </ul>`;
}

function override({ decision }: Review): Slot {
  if (decision.override === null) return null;
  const { by, reason, until } = decision.override;
  return html`<div class="verdict block">
    <p><strong>Break-glass</strong> by <bdi>${by}</bdi> until ${until}: ${reason}</p>
  </div> `;
}

const mostSteps = 50;

function nextSteps({ decision }: Review): Slot {
  const all = decision.nextSteps;
  if (all.length === 0) return null;
  const left = all.length - mostSteps;
  const more = left > 0 ? html`<p>${left} more steps are not shown.</p>` : null;
  return section(
    "what-to-do",
    "What to do",
    html`<ol>
        ${all.slice(0, mostSteps).map((step) => html`<li>${prose(step)}</li> `)}
      </ol>
      ${more}`,
  );
}
