import type { Verdict } from "../../core/change/authorship.ts";
import { codeSpan, escapeMarkdown } from "../../core/untrusted/index.ts";

/** What a person is told who gave a command: whether it counts, and else why not and who may. */
export interface Answer {
  granted: boolean;
  /** Markdown, one paragraph. */
  text: string;
  /** Refused for want of what was not read: whoever asked may be right. */
  isUnread?: true;
}

/** Why somebody is not among those who may: nobody is named, they are not among the named, or that was not read. */
type WhyNot = "none" | "no" | "unknown" | "yes";

/** Every answer there is. A login is named without `@`: an answer calls nobody. */
export const says = {
  mistake: (text: string): Answer => refused(text),
  explained: (): Answer =>
    granted(
      "The check `countersign` on the head says what decided, what is missing and who can help; it is judged anew now.",
    ),
  rechecked: (): Answer => granted("It is judged again, by what is true now."),
  declared: (commit: string, verdict: Verdict, by: string): Answer =>
    granted(`${shown(commit)} is declared ${verdict} by ${name(by)}. A declaration raises a verdict and lowers none.`),
  cleared: (commit: string, by: string): Answer =>
    granted(
      `${shown(commit)} counts as written by a person: ${name(by)} decided so. A new version of the commit needs a new decision.`,
    ),
  overridden: (head: string, by: string): Answer =>
    granted(
      `Break-glass by ${name(by)} for what stood at ${shown(head)}. It holds for as long as the policy says, and ends when anything of the change is another.`,
    ),
  notAWriter: (by: string, why: "no" | "unknown"): Answer =>
    notRead(
      why,
      `${name(by)} neither opened this pull request nor is known to be able to push. Ask somebody who is one of these.`,
    ),
  noPolicy: (): Answer =>
    notRead("unknown", "The policy at the base does not load, so nobody may do this. Mend it, then write this again."),
  notAPolicyOwner: (by: string, why: WhyNot): Answer =>
    notRead(
      why,
      whyNot(why, {
        none: "The policy at the base names neither `policy_owners` nor `default_owners`, so nobody can clear a commit. Name some.",
        no: `${name(by)} is not among the policy's owners. Ask one of them.`,
        unknown: `Whether ${name(by)} is among the policy's owners was not read: a team is not visible. Ask an owner whom the policy names by login.`,
      }),
    ),
  ownWork: (by: string, commit: string, why: "yes" | "unknown"): Answer =>
    notRead(
      why,
      why === "yes"
        ? `${name(by)} proposed this change or has a part in ${shown(commit)}, and nobody clears their own work. Ask another owner of the policy.`
        : `Whose work ${shown(commit)} is was not read, so nobody can clear it now. Write it again later.`,
    ),
  noSuchCommit: (id: string): Answer =>
    refused(
      `${shown(id)} is not the beginning of exactly one commit of this change. Write it again, with all of its id.`,
    ),
  mayMeanAnother: (id: string): Answer =>
    refused(
      `What stands here now had not been judged when this was written, so ${shown(id)} may mean another commit by now. Write it again, with all of the commit's id.`,
    ),
  notForBreakGlass: (by: string, why: WhyNot): Answer =>
    refused(
      whyNot(why, {
        none: "The policy at the base has no `break_glass`, so nobody can override it.",
        no: `${name(by)} is not among those whom \`break_glass\` names.`,
        unknown: `Whether ${name(by)} is among those whom \`break_glass\` names was not read: a team is not visible.`,
      }),
    ),
  nothingSeen: (): Answer =>
    refused(
      "Nothing had been judged when this was written, so there is nothing that it can be about. Write it again below the check's verdict.",
    ),
};

function whyNot(why: WhyNot, texts: Record<"none" | "no" | "unknown", string>): string {
  return texts[why === "yes" ? "unknown" : why];
}

function granted(text: string): Answer {
  return { granted: true, text };
}

function refused(text: string): Answer {
  return { granted: false, text };
}

/** Only what was read is an answer about the person. */
function notRead(why: WhyNot, text: string): Answer {
  return why === "unknown" ? { ...refused(text), isUnread: true } : refused(text);
}

function shown(commit: string): string {
  return codeSpan(commit.slice(0, 12));
}

function name(login: string): string {
  return escapeMarkdown(login, { maxGraphemes: 100 });
}
