import type { Identity } from "../../change/change.ts";
import { readAddresses } from "../tools/address-list.ts";
import { isPersonsMailbox } from "../tools/assisted-by.ts";
import { toolOfIdentity, toolOfSuffix } from "../tools/identities.ts";
import { mark, strongestOf, type Mark } from "./mark.ts";
import type { Signal } from "../provenance.ts";
import { readToolName } from "../tools/tool-names.ts";

/** The agent that signs as `Name <mail>`: its id, a model's name where only that is told, or null for people and bots. */
export function agentOfIdentity(identity: string): string | null {
  const mark = signerMark(identity);
  return mark === null ? null : (mark.agent ?? mark.model);
}

/** The verdict and kind that a tool's identity gives as co-author, or the name that it appends to its user's. */
export function coAuthorMark(value: string): Mark | null {
  return ofEachSigner(value, (identity) => signerOf(identity) ?? suffixMark(identity));
}

/** Suggestion accounts are no co-authors of the whole. */
function signerMark(value: string): Mark | null {
  return ofEachSigner(value, signerOf);
}

function ofEachSigner(value: string, read: (identity: Identity) => Mark | null): Mark | null {
  const { identities, rest } = readAddresses(value);
  return strongestOf([...identities.map(read), rest === "" ? null : nameMark(rest, identities.at(-1)?.email ?? "")]);
}

function suffixMark({ name }: Identity): Mark | null {
  const tool = toolOfSuffix(name);
  return tool === null ? null : mark("co-author", tool.id, "agent-assisted", { agent: tool.id });
}

function signerOf(identity: Identity): Mark | null {
  const match = toolOfIdentity(identity);
  // A bot that bumps versions or formats code beside a person says nothing about who wrote that person's commit.
  if (match === null || match.tool.kind === "automation") return nameMark(identity.name, identity.email);
  const agent = match.tool.id;
  if (match.identity.suggestion) return mark("suggestion", agent, "suggestion", { agent });
  return mark("co-author", agent, "agent-assisted", { agent, model: readToolName(identity.name).model });
}

/** A name that no person bears; `Phi 4` may be a person's, so there the mailbox tells. */
function nameMark(name: string, email: string): Mark | null {
  const { tool, model, numbered, unmistakable } = readToolName(name);
  const agent = tool?.id ?? null;
  const isNobodys = unmistakable || (numbered && !isPersonsMailbox(email));
  return isNobodys ? mark("co-author", agent ?? "Co-authored-by", "agent-assisted", { agent, model }) : null;
}

/** A tool that signs, or the name that it appends to its user's. Nothing for people and robots. */
export function identityMark(value: string, kind: Signal["kind"], verdict: Signal["verdict"]): Mark | null {
  const found = readAddresses(value).identities.map((identity) => {
    const tool = toolOfIdentity(identity)?.tool ?? toolOfSuffix(identity.name);
    if (tool?.kind !== "agent") return null;
    return mark(kind, tool.id, verdict, { agent: tool.id, model: readToolName(identity.name).model });
  });
  return strongestOf(found);
}
