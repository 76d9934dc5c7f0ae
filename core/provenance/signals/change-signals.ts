import type { Evidence } from "../../evidence.ts";
import { disclosureMark } from "./disclosures.ts";
import { embeddedMark, keyLine } from "./embedded.ts";
import { footerOf, isOpenBox, withoutTick } from "./footers.ts";
import { toolOfAccount } from "../tools/identities.ts";
import type { Mark } from "./mark.ts";
import { eachOnce, rawMark } from "./message-signals.ts";
import type { Signal, SignalPlace } from "../provenance.ts";
import { hasShape } from "../tools/shape.ts";
import { tools, type Tool } from "../tools/tools.ts";
import { visibleLines, type VisibleLine } from "./visible-lines.ts";

/** What a pull request says about itself. Its title does not count: words in titles name tools for many reasons. */
export interface PullRequestMarks {
  author: string;
  /** GitHub's account type: `User`, `Bot`, `Organization`. */
  authorType: string;
  body: string;
  labels: readonly string[];
}

/** Where a change comes from, as far as it was read. */
export interface ChangeMarks {
  branch: Evidence<string>;
  pullRequest: Evidence<PullRequestMarks>;
}

/**
 * The marks that stand on the change as a whole: its branch, and the pull request's body, author and labels. Each says
 * that a tool took part, not which commit it wrote, so each gives `agent-assisted` and raises every commit.
 * Who opened the pull request is the platform's word; the rest are claims.
 */
export function changeSignals({ branch, pullRequest }: ChangeMarks): Signal[] {
  const fromBranch = branch.state === "present" ? branchSignals(branch.value) : [];
  if (pullRequest.state === "absent") return fromBranch;
  const { author, authorType, body, labels } = pullRequest.value;
  return eachOnce([...fromBranch, ...authorSignals(author, authorType), ...bodySignals(body), ...labelSignals(labels)]);
}

function branchSignals(branch: string): Signal[] {
  return tools
    .filter((tool) => tool.branches?.some((shape) => hasShape(branch, shape)))
    .map((tool) => wholeChange("branch", tool, "branch", branch));
}

function authorSignals(login: string, type: string): Signal[] {
  const tool = toolOfAccount(login, type === "Bot");
  if (tool?.kind !== "agent") return [];
  return [{ ...wholeChange("pull-request-author", tool, "pull-request-author", login), strength: "platform" }];
}

function labelSignals(labels: readonly string[]): Signal[] {
  const written = labels.map((label) => label.trim().toLowerCase());
  return tools.flatMap((tool) => {
    const label = tool.labels?.find((known) => written.includes(known));
    return label === undefined ? [] : [wholeChange("label", tool, "label", label)];
  });
}

function bodySignals(body: string): Signal[] {
  const lines = visibleLines(body);
  return lines.flatMap(({ text, line }, index) => bodyLine(text, line, () => textBelow(lines, index)));
}

/** What is answered below a heading: a box that is not ticked is no answer. */
function textBelow(lines: readonly VisibleLine[], index: number): string {
  const near = lines.slice(index + 1, index + 1 + mostSkipped);
  return near.find(({ text }) => !isOpenBox(text) && !text.startsWith("<!--"))?.text ?? "";
}

const mostSkipped = 5;

function bodyLine(text: string, line: number, below: () => string): Signal[] {
  if (isOpenBox(text)) return [];
  const footer = footerOf(text);
  if (footer !== null) return [wholeChange("pull-request-body", footer.tool, "pull-request-body", text, line)];
  const mark = bodyMark(text) ?? disclosureMark(text, below);
  if (mark === null) return [];
  const place: SignalPlace = { commit: null, field: "pull-request-body", line };
  const verdict = "agent-assisted";
  return [
    { ...mark, kind: "pull-request-body", verdict, class: "embedded", strength: "claim", place, raw: rawMark(text) },
  ];
}

/**
 * A trailer in the body. One that names no tool or model we know is believed only where projects ask for it: Apache's
 * wants `Generated-by:` with the tool's name in the pull request, and `AI-Assisted: yes` needs no name.
 */
function bodyMark(text: string): Mark | null {
  const found = text.startsWith("<!--") ? null : keyLine(withoutTick(text));
  const mark = found === null ? null : embeddedMark(found);
  if (found === null || mark === null) return null;
  if (mark.verdict !== "agent-authored" && mark.verdict !== "agent-assisted") return null;
  const isKnown = mark.agent !== null || mark.model !== null;
  const isName = found.exact && found.value.split(" ").length <= longestName;
  const isAskedFor = mark.kind === "declaration" || (mark.kind === "generated-by" && isName);
  return isKnown || isAskedFor ? mark : null;
}

/** In words: what is longer is a sentence about something else. */
const longestName = 8;

function wholeChange(
  kind: Signal["kind"],
  tool: Tool,
  field: SignalPlace["field"],
  raw: string,
  line: number | null = null,
): Signal {
  const isAccount = field === "pull-request-author";
  return {
    kind,
    source: tool.id,
    agent: tool.kind === "agent" ? tool.id : null,
    model: null,
    class: isAccount ? "identity" : "embedded",
    strength: "claim",
    verdict: "agent-assisted",
    place: { commit: null, field, line },
    raw: rawMark(raw),
  };
}
