import * as z from "zod";
import type { Owners } from "../../ownership/approval.ts";
import { problemIssue } from "../schemas.ts";
import { worded, type Wording } from "../wording.ts";

/** People by login and teams by name, as a policy writes them: without the `@` of CODEOWNERS. */
export const ownersExample = { teams: ["acme/payments"], users: ["ann"] };

/** A mapping with `users`, `teams` or both, at least one name in all. */
export function ownersSchema(wording: Omit<Wording, "expects" | "example">) {
  const schema = z
    .strictObject({
      teams: worded(z.array(name("team", isTeam, "a team, `payments` or `acme/payments`")), {
        says: "Teams: `payments` of the repository's own organisation, or `acme/payments`.",
        expects: "a list of teams",
        example: ["acme/payments"],
      }).optional(),
      users: worded(z.array(name("user", isLogin, "a login")), {
        says: "People by their logins.",
        expects: "a list of logins",
        example: ["ann"],
      }).optional(),
    })
    .refine(namesSomebody, { params: { code: "CS011", what: "nobody is named", fix: fixFor(ownersExample) } });
  const whole = { ...wording, expects: "a mapping with `teams` or `users`", example: ownersExample };
  return worded(schema, whole, { minProperties: 1 });
}

/** The names as written, each once. */
export function resolveOwners(written: z.infer<ReturnType<typeof ownersSchema>>): Owners {
  const sorted = (names: readonly string[] = []) => [...new Set(names)].sort();
  return { users: sorted(written.users), teams: sorted(written.teams) };
}

/** `{ teams: [acme/payments], users: [ann] }` as a person would write it. */
function fixFor({ teams, users }: typeof ownersExample): string {
  return `Write \`{ teams: [${teams.join(", ")}], users: [${users.join(", ")}] }\`.`;
}

function namesSomebody({ teams = [], users = [] }: { teams?: string[] | undefined; users?: string[] | undefined }) {
  return teams.length + users.length > 0;
}

function name(kind: "team" | "user", isRight: (text: string) => boolean, expects: string) {
  const schema = z.string().check((ctx) => {
    const found = nameProblem(ctx.value, kind, isRight);
    if (found !== null) ctx.issues.push({ ...problemIssue("CS028", found.what, found.fix), input: ctx.value });
  });
  const example = kind === "team" ? "acme/payments" : "ann";
  const pattern = kind === "team" ? `^(${word}/)?${word}$` : `^${word}(\\[bot\\])?$`;
  return worded(schema, { says: `The name of a ${kind}.`, expects, example }, { pattern, maxLength: longestName });
}

/** A login as a regular expression, for editors. */
export const loginPattern = `^[A-Za-z0-9_][A-Za-z0-9_.-]*(\\[bot\\])?$`;

/** What GitHub allows in names of accounts and of teams, roughly: letters, digits, `-`, `_` and `.`. */
const word = "[A-Za-z0-9_][A-Za-z0-9_.-]*";
const longestName = 140;

function nameProblem(text: string, kind: "team" | "user", isRight: (text: string) => boolean) {
  if (text.startsWith("@")) {
    const bare = text.slice(1);
    return { what: "a name stands here without its `@`", fix: isTeam(bare) ? `Write \`${bare}\`.` : "Remove the `@`." };
  }
  if (isRight(text)) return null;
  if (kind === "user" && isTeam(text)) {
    return { what: `\`${text}\` is a team, not a login`, fix: `Write it below \`teams\`: \`teams: [${text}]\`.` };
  }
  if (kind === "user" && text.includes("@")) {
    return { what: "an e-mail address is not a login", fix: "Write the login of the account." };
  }
  const expected = kind === "team" ? "a team, `payments` or `acme/payments`" : "a login";
  return { what: `expected ${expected}`, fix: `Write \`${kind === "team" ? "acme/payments" : "ann"}\`.` };
}

/** The login of a person, or of an App's account with its `[bot]`. */
export function isLogin(text: string): boolean {
  return isWord(text.endsWith("[bot]") ? text.slice(0, -"[bot]".length) : text);
}

function isTeam(text: string): boolean {
  const parts = text.split("/");
  return parts.length <= 2 && parts.every(isWord);
}

function isWord(text: string): boolean {
  if (text === "" || text.length > longestName || text.startsWith("-") || text.startsWith(".")) return false;
  return Array.from(text).every((char) => /[A-Za-z0-9_.-]/.test(char));
}
