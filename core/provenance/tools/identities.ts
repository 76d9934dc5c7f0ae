import type { Identity } from "../../change/change.ts";
import { foldLookAlikes, plainPunctuation } from "../signals/look-alikes.ts";
import { tools, type Tool, type ToolIdentity } from "./tools.ts";

/** A tool, and which of its identities was met. */
export interface IdentityMatch {
  tool: Tool;
  identity: ToolIdentity;
}

/**
 * The tool that signs with this identity, or null. The login comes first, the number second (real bots carry other
 * bots' numbers), the mailbox third, and never a name alone: people are called Claude, Devin and Jules. What a robot
 * signs is asked for less, so half a match makes none: its login must stand in the mail, or the mail be its own.
 */
export function toolOfIdentity({ name, email }: Identity): IdentityMatch | null {
  const mail = fold(email);
  const noreply = noreplyParts(mail);
  const ofMail = named(byMail.get(mail), name)[0] ?? null;
  if (noreply !== null) return byLoginFirst(noreply, name) ?? ofMail;
  const shown = fold(name);
  const ofName = shown.endsWith("[bot]") ? byLoginFirst({ login: shown, id: null }, name) : null;
  return ofName !== null && isNoRobot(ofName) ? ofName : ofMail;
}

/** The tool whose account this is. The platform's own name for it may leave out `[bot]`. */
export function toolOfAccount(login: string, isBot: boolean): Tool | null {
  const account = fold(login);
  const entries = byLogin.get(account) ?? (isBot ? byLogin.get(`${account}[bot]`) : undefined);
  return entries?.[0]?.tool ?? null;
}

/** The tool that appends its name to its user's, as in `Ann (aider)`, or null. */
export function toolOfSuffix(name: string): Tool | null {
  const shown = fold(name);
  return suffixes.find(({ suffix }) => shown.endsWith(suffix))?.tool ?? null;
}

/** `Name <mail>` in its parts; either may be empty. Without angle brackets, the word with an `@` is the mail. */
export function parseIdentity(written: string): Identity {
  const text = plainPunctuation(written);
  const open = text.lastIndexOf("<");
  if (open !== -1) {
    const close = text.indexOf(">", open);
    const email = text.slice(open + 1, close === -1 ? undefined : close).trim();
    return { name: text.slice(0, open).trim(), email };
  }
  const words = text.split(" ");
  const email = words.find((word) => word.includes("@")) ?? "";
  return {
    name: words
      .filter((word) => word !== email)
      .join(" ")
      .trim(),
    email,
  };
}

function byLoginFirst({ login, id }: Account, name: string): IdentityMatch | null {
  const sameLogin = named(byLogin.get(login), name);
  // One login may serve several purposes that only the number tells apart; without it, the stronger reading counts.
  const exact = sameLogin.find((match) => id !== null && match.identity.id === id);
  const agent = exact ?? sameLogin.find((match) => match.identity.suggestion !== true) ?? sameLogin[0];
  return agent ?? named(id === null ? undefined : byId.get(id), name).find(isNoRobot) ?? null;
}

function isNoRobot({ tool }: IdentityMatch): boolean {
  return tool.kind !== "automation";
}

/** The matches whose shared account or mailbox has the right display name before it. */
function named(matches: readonly IdentityMatch[] | undefined, name: string): IdentityMatch[] {
  const folded = fold(name);
  return (matches ?? []).filter(
    ({ identity }) => identity.names?.some((start) => folded.startsWith(fold(start))) ?? true,
  );
}

interface Account {
  login: string;
  id: number | null;
}

/** `<number>+<login>@users.noreply.github.com`; the number is missing from old addresses. */
function noreplyParts(mail: string): Account | null {
  const suffix = "@users.noreply.github.com";
  if (!mail.endsWith(suffix)) return null;
  const local = mail.slice(0, -suffix.length);
  const plus = local.indexOf("+");
  const id = Number(local.slice(0, Math.max(plus, 0)));
  return { login: local.slice(plus + 1), id: plus > 0 && Number.isSafeInteger(id) ? id : null };
}

function fold(text: string): string {
  return foldLookAlikes(text).trim();
}

const matches: readonly IdentityMatch[] = tools.flatMap((tool) =>
  (tool.identities ?? []).map((identity) => ({ tool, identity })),
);
const byLogin = Map.groupBy(matches, ({ identity }) => identity.login?.toLowerCase());
const byId = Map.groupBy(matches, ({ identity }) => identity.id);
const byMail = Map.groupBy(matches, ({ identity }) => identity.mail?.toLowerCase());
const suffixes = tools.flatMap((tool) => (tool.nameSuffix === undefined ? [] : [{ tool, suffix: tool.nameSuffix }]));
