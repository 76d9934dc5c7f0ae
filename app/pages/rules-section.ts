import type { Reason, RuleResult } from "../../core/policy/index.ts";
import { consequence, reasonTree, sortedRules, waiverWords, type Review } from "../../core/report/index.ts";
import { section } from "./frame.ts";
import { prose } from "./prose.ts";
import { html, type Html, type Slot } from "./html.ts";

/** Every rule with the tree of its reasons: those that are not met first and open, those that do not apply last. */
export function rulesSection(review: Review): Html {
  const { open, excepted, holding, others } = sortedRules(review);
  const all = [...open, ...excepted, ...holding, ...others];
  if (all.length === 0) return section("rules", "Why: the tree of reasons", html`<p>The policy has no rule.</p>`);
  const items = all.slice(0, mostRules).map((rule) => ruleItem(review, rule, open.includes(rule)));
  const left = all.length - mostRules;
  const more = left > 0 ? html`<p>${left} more rules are not shown.</p>` : null;
  return section("rules", "Why: the tree of reasons", [items, more, waivers(review)]);
}

const mostRules = 200;
const mostReasons = 50;
const deepest = 8;

function ruleItem(review: Review, rule: RuleResult, isOpen: boolean): Html {
  const from = rule.floor === null ? null : html` of <bdi>${rule.floor}</bdi>`;
  const title = rule.title === "" || rule.title === rule.id ? null : html`: ${rule.title}`;
  const head = html`<summary><code>${rule.id}</code>${from} <strong>${consequence(rule)}</strong>${title}</summary>`;
  const tree = html`<ul class="tree">
    ${reasonItems(reasonTree(review, rule), 1)}
  </ul>`;
  return isOpen ? html`<details open>${head}${tree}</details> ` : html`<details>${head}${tree}</details> `;
}

/** A sign alone would be read out as nothing, or as its name. */
const stateWords: Record<Reason["state"], string> = { yes: "✓ holds", no: "✗ does not hold", unknown: "? not known" };

function reasonItems(reasons: readonly Reason[], depth: number): Slot {
  if (depth > deepest) return html`<li>… deeper reasons stand in the report's JSON</li>`;
  const items = reasons.slice(0, mostReasons).map(({ says, state, fix, reasons: inner }) => {
    const what = html`<span class="quiet">${stateWords[state]}:</span> ${prose(says)}`;
    const how = fix === null ? null : html` <span class="fix">→ ${prose(fix)}</span>`;
    return html`<li>
      ${what}${how}${
        inner.length === 0
          ? null
          : html`<ul>
              ${reasonItems(inner, depth + 1)}
            </ul>`
      }
    </li>`;
  });
  const left = reasons.length - mostReasons;
  return left > 0 ? [...items, html`<li>… ${left} more</li>`] : items;
}

function waivers({ decision }: Review): Slot {
  if (decision.waivers.length === 0) return null;
  const items = decision.waivers
    .slice(0, mostReasons)
    .map((waiver) => html`<li><code>${waiver.id}</code>: ${waiverWords(waiver)}</li>`);
  return html`<h3>Waivers</h3>
    <ul>
      ${items}
    </ul>`;
}
