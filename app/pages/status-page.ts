import { parseReview, shortSha, type Review } from "../../core/report/index.ts";
import type { VerdictRow } from "../../adapters/store/store.ts";
import { Problem } from "../../core/problem.ts";
import { approvalsSection } from "./approvals-section.ts";
import { decisionSection } from "./decision-section.ts";
import { filesSection } from "./files-section.ts";
import { frame } from "./frame.ts";
import { historySection, instantWords, wordsOf, type PastVerdict } from "./history-section.ts";
import { Address, html, type Html, type Slot } from "./html.ts";
import { provenanceSection } from "./provenance-section.ts";
import { rulesSection } from "./rules-section.ts";

/** What the page of one pull request is made of. */
export interface StatusPage {
  owner: string;
  name: string;
  number: number;
  /** GitHub's own address, `https://github.com`, where the pull request is. */
  webUrl: URL;
  verdict: VerdictRow;
  /** Newest first. */
  history: readonly PastVerdict[];
  /** Whether there are older ones. */
  historyIsCut: boolean;
  user: string | null;
  /** Shows the page for some days to whoever has it; null for whoever came by such a link: it makes no other. */
  share: { address: Address; days: number } | null;
}

/** The page of one pull request: its decision first, then what led there. A pure function of the stored verdict. */
export function statusPage(page: StatusPage): Html {
  const { owner, name, number, verdict, user } = page;
  const review = reviewOf(verdict);
  const decision = review === null ? wordsOf(verdict.decision) : wordsOf(review.decision.state);
  const title = `${decision}: ${owner}/${name} #${number}`;
  const pull = new Address(`/${owner}/${name}/pull/${number}`, page.webUrl);
  const where = html`<a href="${pull}"><bdi>${owner}/${name}</bdi> #${number} on GitHub</a>`;
  const main = html`<h1>${title}</h1>
    <p class="quiet">
      Judged on commit <code>${shortSha(verdict.head)}</code> at
      <time datetime="${verdict.at}">${instantWords(verdict.at)}</time> UTC. Every push is judged anew.
    </p>
    ${review === null ? unreadable(verdict) : sections(review)}${historySection(page.history, page.historyIsCut)}`;
  return frame({ title: `${title} · Countersign`, where, main, foot: foot(page), user });
}

/** What could not be judged has no review. A verdict outlives the version that reached it: then its title is all that can be told. */
function reviewOf({ review }: VerdictRow): Review | null {
  try {
    return parseReview(review, "the stored review");
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}

function unreadable({ title, decision }: VerdictRow): Html {
  const isReview = !["fault", "pending", "over"].includes(decision);
  const why = html`<p>
    Another version of Countersign reached this verdict, and this one cannot show its parts. The next evaluation brings
    them back: comment <code>/countersign recheck</code>.
  </p>`;
  return html`<div class="verdict ${decision}">
    <p><strong>${title}</strong></p>
    ${isReview ? why : null}
  </div> `;
}

const parts: readonly (readonly [id: string, heading: string, section: (review: Review) => Html])[] = [
  ["approvals", "Approvals", approvalsSection],
  ["provenance", "Who wrote it", provenanceSection],
  ["files", "Files", filesSection],
  ["rules", "Why", rulesSection],
];

function sections(review: Review): Html {
  const links = [...parts.map(([id, heading]) => [id, heading] as const), ["history", "History"] as const];
  const items = links.map(([id, heading]) => html`<li><a href="${new Address(`#${id}`)}">${heading}</a></li>`);
  return html`${decisionSection(review)}
    <nav aria-label="On this page">
      <ul>
        ${items}
      </ul>
    </nav>
    ${parts.map(([, , render]) => render(review))}${notes(review)}`;
}

function notes({ notes: all }: Review): Slot {
  if (all.length === 0) return null;
  return html`<section aria-labelledby="notes">
    <h2 id="notes">Notes</h2>
    <ul>
      ${all.slice(0, 50).map((note) => html`<li>${note}</li>`)}
    </ul>
  </section> `;
}

function foot({ verdict, share }: StatusPage): Slot {
  const { evaluation, policyDigest, engine } = verdict;
  const link =
    share === null
      ? null
      : html`<a href="${share.address}">A link to this page for others, good for ${share.days} days</a>`;
  return html`${link}<span>Evaluation <code>${evaluation}</code></span
    ><span>Policy <code>${policyDigest}</code></span
    ><span>${engine}</span>`;
}
