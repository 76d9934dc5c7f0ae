import type { Evidence } from "../evidence.ts";
import { embeddedMark, keyLine } from "./embedded.ts";
import { footerOf, isOpenBox } from "./footers.ts";
import { toolOfAccount } from "./identities.ts";
import { eachOnce, rawMark } from "./message-signals.ts";
import type { Signal, SignalPlace } from "./provenance.ts";
import { hasShape } from "./shape.ts";
import { tools, type Tool } from "./tools.ts";

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

/** Fenced text and HTML comments are templates and quotations, except for the comments that tools sign with. */
function bodySignals(body: string): Signal[] {
  const signals: Signal[] = [];
  let inFence = false;
  let inComment = false;
  for (const [index, line] of body.split("\n").entries()) {
    const text = line.trim();
    if (!inComment && text.startsWith("```")) inFence = !inFence;
    if (!inComment && !inFence) signals.push(...bodyLine(text, index + 1));
    inComment = staysInComment(text, inComment);
  }
  return signals;
}

function staysInComment(text: string, inComment: boolean): boolean {
  const open = text.lastIndexOf("<!--");
  const close = text.lastIndexOf("-->");
  return open > close ? true : inComment && close === -1;
}

function bodyLine(text: string, line: number): Signal[] {
  if (isOpenBox(text)) return [];
  const footer = footerOf(text);
  if (footer !== null) return [wholeChange("pull-request-body", footer.tool, "pull-request-body", text, line)];
  const found = text.startsWith("<!--") ? null : keyLine(text);
  const mark = found === null ? null : embeddedMark(found);
  if (mark === null || (mark.agent === null && mark.model === null)) return [];
  if (mark.verdict !== "agent-authored" && mark.verdict !== "agent-assisted") return [];
  const place: SignalPlace = { commit: null, field: "pull-request-body", line };
  const verdict = "agent-assisted";
  return [
    { ...mark, kind: "pull-request-body", verdict, class: "embedded", strength: "claim", place, raw: rawMark(text) },
  ];
}

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
