import type { Evidence } from "../evidence.ts";
import { inertText } from "../untrusted/index.ts";
import type { SpokenCommit } from "./commit-provenance.ts";
import type { Signal } from "./provenance.ts";
import { toolOfAccount } from "./tools/identities.ts";
import type { Tool } from "./tools/tools.ts";

/** Who opened a pull request, and whom signatures speak for: what the platform knows of a bot. */
export interface PlatformWord {
  pullRequest: Evidence<Account>;
  /** The pull requests of a merge group with the commits that each brought; null where the queue made its commits anew. */
  members?: readonly (Account & { commits: ReadonlySet<string> | null })[];
  /** Whom a commit's verified signature speaks for; left out: nobody read it. */
  signersOf?: (sha: string) => Evidence<Signers>;
}

interface Signers {
  /** Accounts, in lower case. */
  logins: readonly string[];
  /** Whether the platform made the commit for its author together with somebody else. */
  shared: boolean;
}

interface Account {
  author: string;
  /** GitHub's account type: `User`, `Bot`, `Organization`. */
  authorType: string;
}

/**
 * Anybody can write a bot's name into a commit, and whoever can push can put that commit on the bot's pull request. The
 * platform stands behind the name where the same bot opened the pull request that brought the commit, and a verified
 * signature is the bot's own, or the platform's for it and nobody else: a squash merge of what others pushed is signed in the
 * name of whoever opened it. Else it stays a claim, with the reason where the bot did open it.
 */
export function knownBots(platform: PlatformWord): (spoken: SpokenCommit) => SpokenCommit {
  const openers = botsOpening(platform);
  if (openers.length === 0) return (spoken) => spoken;
  return (spoken) => ({
    ...spoken,
    signals: spoken.signals.map((signal): Signal => {
      if (signal.class !== "identity" || signal.kind !== "automation") return signal;
      const own = openers.find(({ tool, commits }) => {
        return tool.id === signal.agent && (commits === "all" || commits === null || commits.has(spoken.sha));
      });
      if (own === undefined) return signal;
      const unproven = whyUnproven(own, spoken.sha, platform);
      return unproven === null ? { ...signal, strength: "platform" } : { ...signal, unproven };
    }),
  });
}

interface Opener {
  /** The account, in lower case. */
  login: string;
  tool: Tool;
  commits: ReadonlySet<string> | "all" | null;
}

/** The bots that the platform knows to have opened the change, or one of a merge group; last those of unknown commits. */
function botsOpening({ pullRequest, members = [] }: PlatformWord): Opener[] {
  const single = pullRequest.state === "present" ? [{ ...pullRequest.value, commits: "all" as const }] : [];
  const openers = (members.length === 0 ? single : members).flatMap(({ author, authorType, commits }): Opener[] => {
    const tool = authorType === "Bot" ? toolOfAccount(author, true) : null;
    return tool?.kind === "automation" ? [{ login: botLogin(author), tool, commits }] : [];
  });
  return openers.toSorted((a, b) => Number(a.commits === null) - Number(b.commits === null));
}

/** The platform's own name for a bot may leave out `[bot]`, which no person's login can have. */
function botLogin(author: string): string {
  const login = author.toLowerCase();
  return login.endsWith("[bot]") ? login : `${login}[bot]`;
}

function whyUnproven({ login, tool, commits }: Opener, sha: string, { signersOf }: PlatformWord): string | null {
  if (tool.runsWorkflows === true) return "whoever can change a workflow can write in its name";
  if (commits === null) return "the merge queue made commits anew, and which of them are the bot's is not known";
  const signers = signersOf?.(sha);
  if (signers === undefined) return "its signature was not read";
  if (signers.state === "absent")
    return `its signature was not read: ${inertText(signers.reason, { maxGraphemes: 200 })}`;
  const { logins, shared } = signers.value;
  if (logins.length === 0) return "no verified signature speaks for it";
  if (!logins.includes(login)) return "its verified signature is somebody else's";
  return shared ? "the platform made the commit for it, and the message names a co-author" : null;
}

/**
 * Whether somebody may have asked for what this account opened: an agent works at a request, and so may a bot of which we
 * know nothing; robots that bring versions and releases do not.
 */
export function worksAtRequest({ author, authorType }: Account): boolean {
  const tool = toolOfAccount(author, authorType === "Bot");
  if (tool?.kind === "automation" && tool.runsWorkflows !== true) return false;
  return authorType === "Bot" || tool?.kind === "agent";
}
