import type { Identity, Sha } from "../../change/change.ts";
import { toolOfIdentity, toolOfSuffix } from "../tools/identities.ts";
import { rawMark } from "./message-signals.ts";
import type { Mark } from "./mark.ts";
import type { Signal } from "../provenance.ts";
import { readToolName } from "../tools/tool-names.ts";

/** Who git says wrote and committed; either may be unknown. */
export interface CommitIdentities {
  author?: Identity;
  committer?: Identity;
}

/**
 * What a commit's author and committer say. A tool as author wrote the commit. A tool as committer had a hand in it.
 * Automation counts as author only: a bot that rebases or merges a person's commit did not write it. All are claims:
 * anybody can set both names.
 */
export function identitySignals({ author, committer }: CommitIdentities, commit: Sha | null): Signal[] {
  const marks = [
    { field: "author" as const, who: author, mark: author === undefined ? null : markOfAuthor(author) },
    { field: "committer" as const, who: committer, mark: committer === undefined ? null : markOfCommitter(committer) },
  ];
  return marks.flatMap(({ field, who, mark }) =>
    mark === null
      ? []
      : [
          {
            ...mark,
            class: "identity",
            strength: "claim",
            place: { commit, field, line: null },
            raw: rawMark(`${who?.name} <${who?.email}>`),
          },
        ],
  );
}

const markOfAuthor = remembered(authorMark);
const markOfCommitter = remembered(committerMark);

/** The few people of a history sign thousands of its commits. What is remembered changes no result, and is bounded. */
function remembered(markOf: (who: Identity) => Mark | null): (who: Identity) => Mark | null {
  const known = new Map<string, Mark | null>();
  return (who) => {
    const key = `${who.name}\n${who.email}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const mark = markOf(who);
    if (known.size >= mostRemembered) known.clear();
    if (key.length <= longestRemembered) known.set(key, mark);
    return mark;
  };
}

const mostRemembered = 5_000;
const longestRemembered = 500;

function authorMark(author: Identity): Mark | null {
  const match = toolOfIdentity(author);
  if (match?.tool.kind === "automation") {
    const { id } = match.tool;
    return { kind: "automation", source: id, agent: id, model: null, verdict: "automation" };
  }
  const id = match?.tool.id ?? toolOfSuffix(author.name)?.id;
  if (id === undefined) return null;
  return { kind: "author", source: id, agent: id, model: readToolName(author.name).model, verdict: "agent-authored" };
}

function committerMark(committer: Identity): Mark | null {
  const match = toolOfIdentity(committer);
  if (match?.tool.kind === "automation") return null;
  const id = match?.tool.id ?? toolOfSuffix(committer.name)?.id;
  if (id === undefined) return null;
  const { model } = readToolName(committer.name);
  return { kind: "committer", source: id, agent: id, model, verdict: "agent-assisted" };
}
