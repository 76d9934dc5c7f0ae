import * as z from "zod";
import { NotTold } from "./client.ts";
import { writtenOnce, type WritePlace } from "./written-once.ts";

/** A comment of ours that is kept up to date: there is one of its marker on a pull request. */
export interface OwnComment {
  /** An HTML comment that begins it, and that no other comment of ours begins with. */
  marker: string;
  /** Markdown, without the marker. */
  body: string;
  /** Our App's login, with or without its `[bot]`: the graph and the REST API tell it differently. */
  author: string;
}

/** GitHub takes 65,536 characters. */
export const longestComment = 60_000;

/**
 * Writes the comment, or brings it up to date. The oldest of ours stays; younger ones, which two writers at once can make,
 * are deleted. Gives the id. Throws `NotTold`, and `TooMany` where there are more comments than are read.
 */
export async function applyComment(place: WritePlace, number: number, comment: OwnComment): Promise<number> {
  const text = `${comment.marker}\n${comment.body}`;
  const [oldest, ...younger] = await readOwn(place, number, comment);
  if (oldest === undefined) return create(place, number, comment, text);
  await Promise.all(younger.map(({ id }) => remove(place, id)));
  if (oldest.body !== text) await update(place, oldest.id, text);
  return oldest.id;
}

/** What its writer knows of a comment of ours: its id; or that writing it was begun, and not before this instant of GitHub's. */
export type KnownComment = { id: number } | { since: string; author: string };

/**
 * The same of a comment whose writer remembers it, and is the only one: without a list of comments, which on one that many
 * people talk about is long. One that a person deleted stays deleted. Where a lost answer leaves it open whether it is
 * there, that is said next time by `since`. Throws `NotTold`.
 * @param known null: nobody has begun to write it
 */
export async function applyKnownComment(
  place: WritePlace,
  number: number,
  { marker, body }: Pick<OwnComment, "marker" | "body">,
  known: KnownComment | null,
): Promise<number> {
  const text = `${marker}\n${body}`;
  if (known === null) return post(place, number, text);
  if ("id" in known) {
    await update(place, known.id, text);
    return known.id;
  }
  const [own] = await readOwn(place, number, { marker, author: known.author }, known.since);
  if (own === undefined) return post(place, number, text);
  if (own.body !== text) await update(place, own.id, text);
  return own.id;
}

async function create(place: WritePlace, number: number, comment: OwnComment, text: string): Promise<number> {
  const made = await writtenOnce(
    place,
    () => post(place, number, text),
    async () => (await readOwn(place, number, comment))[0]?.id ?? null,
  );
  // Another instance may have seen none either.
  const [oldest, ...younger] = await readOwn(place, number, comment);
  await Promise.all(younger.map(({ id }) => remove(place, id)));
  return oldest?.id ?? made;
}

async function post({ client, owner, name: repo }: WritePlace, number: number, body: string): Promise<number> {
  const route = "POST /repos/{owner}/{repo}/issues/{issue_number}/comments";
  return idOf(await client.write(route, { owner, repo, issue_number: number, body }, "decoration"));
}

async function update({ client, owner, name: repo }: WritePlace, id: number, body: string): Promise<void> {
  const route = "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}";
  await client.write(route, { owner, repo, comment_id: id, body }, "decoration");
}

async function remove({ client, owner, name: repo }: WritePlace, id: number): Promise<void> {
  try {
    const route = "DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}";
    await client.write(route, { owner, repo, comment_id: id }, "decoration");
  } catch (error) {
    if (!(error instanceof NotTold) || error.status !== 404) throw error;
  }
}

/**
 * Ours of this marker, the oldest first: of all of them, or of those that were written since an instant. Throws `TooMany`
 * where they are more than is read: then nobody knows whether ours is among them.
 */
async function readOwn(
  { client, owner, name }: WritePlace,
  number: number,
  { marker, author }: Pick<OwnComment, "marker" | "author">,
  since?: string,
) {
  const all = await client
    .repository(owner, name, "decoration")
    .list(
      "GET /repos/{owner}/{repo}/issues/{issue_number}/comments",
      { issue_number: number, ...(since === undefined ? {} : { since }) },
      { shape: z.array(Comment), items: (page) => page, key: ({ id }) => id },
    );
  const isOwn = (user: z.infer<typeof Comment>["user"]) => user?.type === "Bot" && slug(user.login) === slug(author);
  const own = all.filter(({ user, body }) => isOwn(user) && (body ?? "").split("\n", 1)[0]?.trimEnd() === marker);
  return own.sort((a, b) => a.id - b.id);
}

const Comment = z.object({
  id: z.int(),
  body: z.string().nullish(),
  user: z.object({ login: z.string(), type: z.string() }).nullable(),
});

/** A person can have the name of an App, and is no `Bot`. */
function slug(login: string): string {
  return login.endsWith("[bot]") ? login.slice(0, -"[bot]".length) : login;
}

function idOf(answer: unknown): number {
  const read = Comment.safeParse(answer);
  if (!read.success) throw new NotTold("GitHub's answer has another shape than documented");
  return read.data.id;
}
