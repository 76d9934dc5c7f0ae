import * as z from "zod";
import { inertText } from "../../untrusted/index.ts";
import type { Condition } from "../condition.ts";
import { asList } from "../schemas.ts";
import { worded } from "../wording.ts";

const login = worded(z.string().min(1).max(100), {
  says: "A login, without `@`.",
  expects: "a login",
  example: "dependabot[bot]",
});

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
  says: (asked) => `was opened by ${"type" in asked ? `a ${asked.type}` : asked.logins.join(" or ")}`,
  holds: (asked, { subject: { pullRequest } }) => {
    if (pullRequest.state === "absent") return { state: "unknown", says: inertText(pullRequest.reason) };
    const { author: opened, authorType } = pullRequest.value;
    const isBot = authorType === "Bot";
    const held = "type" in asked ? isBot === (asked.type === "bot") : asked.logins.includes(opened.toLowerCase());
    const who = `${inertText(opened, { maxGraphemes: 100 })}, a ${isBot ? "bot" : "user"}`;
    return { state: held ? "yes" : "no", says: `the pull request was opened by ${who}` };
  },
};
