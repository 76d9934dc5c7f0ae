import type { BranchDemands, RequiredCheck, SeenCheck } from "../../adapters/github/read-branch-demands.ts";
import { fromEvidence, sound, type Advice } from "./advice.ts";
import type { DoctorFacts } from "./doctor-facts.ts";

/** What the branch demands: our check, from our App, and nobody past it. */
export function demandAdvice(facts: DoctorFacts): Advice[] {
  const { demands, seen, workflowsMayApprove, branch } = facts;
  return [
    ...fromEvidence(demands, { topic: "required check", what: `What ${branch} demands`, fix: readFix }, (found) => [
      ...requiredCheck(found, facts),
      ...bypasses(found),
    ]),
    ...fromEvidence(
      seen,
      { topic: "same name", what: "Who else publishes a check of our name", fix: readFix },
      (found) => sameName(found, facts),
    ),
    ...fromEvidence(
      workflowsMayApprove,
      { topic: "approvals", what: "Whether workflows may approve pull requests", fix: adminFix },
      approvals,
    ),
  ];
}

const readFix =
  "Give a token that may read the repository's contents and checks in GITHUB_TOKEN, or the App's settings.";
const adminFix = "Give a token of an administrator in GITHUB_TOKEN.";

function requiredCheck({ checks }: BranchDemands, { branch, checkName, appId }: DoctorFacts): Advice[] {
  const ours = checks.filter(({ name }) => name === checkName);
  const pin = `In the branch's rules, require the status check \`${checkName}\` with the App as its source. GitHub offers it once the App has published one in the last seven days.`;
  if (ours.length === 0)
    return [
      problem(
        "error",
        `The check \`${checkName}\` is not required on ${branch}.`,
        "A pull request merges whatever the gate says.",
        pin,
      ),
    ];
  const pinned = ours.flatMap(({ app }) => (app === null ? [] : [app]));
  if (pinned.length === 0)
    return [
      problem(
        "error",
        `The check \`${checkName}\` is required on ${branch} from any source.`,
        "Whoever may write to the repository can publish a green check of that name.",
        pin,
      ),
    ];
  if (appId === null)
    return [
      {
        ...problem(
          "error",
          `The check \`${checkName}\` is required from the App ${pinned.join(" and ")}; whether that is yours was not looked at: the App's settings were not given.`,
          "A check of another App's would be waited for, or believed.",
          "Give the App's settings (APP_ID, PRIVATE_KEY).",
        ),
        level: "unread",
      },
    ];
  if (!pinned.includes(appId))
    return [
      problem(
        "error",
        `The check \`${checkName}\` is required from the App ${pinned.join(" and ")}, and yours is ${appId}.`,
        "Pull requests wait for a check that never comes, or believe another App's.",
        pin,
      ),
    ];
  return [sound("required check", `The check \`${checkName}\` is required on ${branch}, from this App.`)];
}

function bypasses({ bypassedBy }: BranchDemands): Advice[] {
  return fromEvidence(
    bypassedBy,
    { topic: "required check", what: "Who may go past the rules", fix: adminFix },
    (all) =>
      all.length === 0
        ? [sound("required check", "Nobody is listed to go past the rules.")]
        : [
            problem(
              "warning",
              `The rules can be gone past by ${all.join(", ")}.`,
              "What they merge is not held up by the gate; it is told afterwards, as an alarm.",
              "Take them off the ruleset's bypass list, or keep it as short as it is meant.",
            ),
          ],
  );
}

/** Another App's check, or a status, of the name that people trust. */
function sameName(seen: readonly SeenCheck[], { checkName, appId, demands }: DoctorFacts): Advice[] {
  const others = seen.filter(({ name, app }) => name === checkName && (app === null || app.id !== appId));
  if (appId === null) {
    const from = [...new Set(others.map(sourceOf))];
    if (from.length < 2) return [sound("same name", `No two sources publish \`${checkName}\`.`)];
    return [
      {
        ...problem(
          "warning",
          `\`${checkName}\` is published by ${from.join(" and ")}.`,
          "A reader cannot tell which one counts.",
          renameFix,
        ),
        topic: "same name",
      },
    ];
  }
  if (others.length === 0) return [sound("same name", `Nobody else publishes \`${checkName}\`.`)];
  const isPinned =
    demands.state === "present" &&
    demands.value.checks.some((check: RequiredCheck) => check.name === checkName && check.app === appId);
  return [...new Set(others.map(sourceOf))].map((source) => ({
    level: isPinned ? "warning" : "error",
    topic: "same name",
    what: `${source.charAt(0).toUpperCase()}${source.slice(1)} publishes \`${checkName}\`, too.`,
    why: isPinned ? "It does not count, but a reader cannot tell." : "Nothing keeps it from counting as ours.",
    fix: renameFix,
  }));
}

const renameFix =
  "Give a workflow's job of that name another `name`; if no workflow of yours publishes it, find out who does.";

function sourceOf({ app }: SeenCheck): string {
  return app === null ? "a commit status" : `the App ${app.slug} (${app.id})`;
}

function approvals(mayApprove: boolean): Advice[] {
  if (!mayApprove) return [sound("approvals", "Workflows cannot approve pull requests.")];
  return [
    {
      ...{ level: "warning", topic: "approvals", what: "Workflows may approve pull requests." },
      why: "GitHub counts such an approval; Countersign counts no bot's.",
      fix: 'Under Settings, Actions, General, take away "Allow GitHub Actions to create and approve pull requests".',
    },
  ];
}

function problem(level: "error" | "warning", what: string, why: string, fix: string): Advice {
  return { level, topic: "required check", what, why, fix };
}
