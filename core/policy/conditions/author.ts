import * as z from "zod";
import { inertText } from "../../untrusted/index.ts";
import type { Condition } from "../condition.ts";
import { stepOfOther, stepsOfList } from "../direction.ts";
import { asList, problemIssue } from "../schemas.ts";
import { worded } from "../wording.ts";
import { isLogin, loginPattern } from "../written/owners.ts";

const login = worded(
  z
    .string()
    .min(1)
    .max(100)
    .check((ctx) => {
      const found = ctx.value === "" || isLogin(ctx.value) ? null : loginProblem(ctx.value);
      if (found !== null) ctx.issues.push({ ...problemIssue("CS012", found.what, found.fix), input: ctx.value });
    }),
  { says: "A login, without `@`; no patterns.", expects: "a login", example: "dependabot[bot]" },
  { pattern: loginPattern },
);

const accountType = worded(z.enum(["bot", "user"]), {
  says: "What GitHub says the account is.",
  expects: "`bot` or `user`",
  example: "bot",
});

const schema = worded(z.union([login, z.array(login).min(1), z.strictObject({ type: accountType })]), {
  says: "The pull request was opened by this account, by one of these, or by an account of a type (`{ type: bot }`).",
  expects: "a login, a list of logins, or `{ type: bot }`",
  example: ["dependabot[bot]", "renovate[bot]"],
});

/** What looks like more than a login, and would never be anybody's. */
function loginProblem(text: string): { what: string; fix: string } {
  const shown = inertText(text, { maxGraphemes: 60 });
  if (text.startsWith("!")) {
    const fix = `Ask by \`if\`: \`change.author != "${shown.slice(1)}"\`.`;
    return { what: "a `!` is no part of a login, and negates nothing here", fix };
  }
  if (text.includes("*")) {
    const fix = text.endsWith("[bot]") ? "Write `author: { type: bot }`." : "List the logins.";
    return { what: `no patterns are read here, and nobody's login is \`${shown}\``, fix };
  }
  if (text.startsWith("app/"))
    return { what: "an App acts by its bot's login", fix: `Write \`${shown.slice(4)}[bot]\`.` };
  if (text.includes("/"))
    return { what: `\`${shown}\` is a team, not a login`, fix: "List the logins of its members." };
  if (isLogin(text.slice(1)) && text.startsWith("@"))
    return { what: "a login stands here without its `@`", fix: `Write \`${shown.slice(1)}\`.` };
  if (text.includes("@")) return { what: "an e-mail address is not a login", fix: "Write the login of the account." };
  return { what: `\`${shown}\` is nobody's login`, fix: "Write `ann`, or `dependabot[bot]` for an App." };
}

/** The logins, in lower case, or the type of account. */
export type AskedAuthor = { logins: readonly string[] } | { type: "bot" | "user" };

/** Whether the pull request's author is one of these. */
export const author: Condition<z.infer<typeof schema>, AskedAuthor> = {
  schema,
  scope: "change",
  facts: ["pullRequest.author", "pullRequest.authorType"],
  resolve: (written) => {
    if (typeof written !== "string" && !Array.isArray(written)) return { type: written.type };
    return { logins: asList(written).map((name) => name.toLowerCase()) };
  },
  compare: (before, after) =>
    "type" in before || "type" in after
      ? stepOfOther(saysAuthor(before), saysAuthor(after))
      : stepsOfList("tightens", before.logins, after.logins),
  says: (asked) => `was opened by ${saysAuthor(asked)}`,
  holds: (asked, { subject: { pullRequest } }) => {
    if (pullRequest.state === "absent") return { state: "unknown", says: inertText(pullRequest.reason) };
    const { author: opened, authorType } = pullRequest.value;
    const isBot = authorType === "Bot";
    const held = "type" in asked ? isBot === (asked.type === "bot") : asked.logins.includes(opened.toLowerCase());
    const who = `${inertText(opened, { maxGraphemes: 100 })}, a ${isBot ? "bot" : "user"}`;
    return { state: held ? "yes" : "no", says: `the pull request was opened by ${who}` };
  },
};

function saysAuthor(asked: AskedAuthor): string {
  return "type" in asked ? `a ${asked.type}` : asked.logins.join(" or ");
}
