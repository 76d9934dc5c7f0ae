import * as z from "zod";
import type { Annotation, Button, Publication } from "../../core/report/index.ts";
import { NotTold } from "./client.ts";
import { isUnknown, writtenOnce, type WritePlace } from "./written-once.ts";

/** Which check run, on which commit. Runs of this name by other Apps are not ours to look at. */
export interface CheckPlace extends WritePlace {
  sha: string;
  /** The check's name. */
  check: string;
  /** Our App's id. */
  app: number;
}

/** A completed check run, without its annotations. */
export interface CheckContent {
  externalId: string;
  conclusion: Publication["conclusion"];
  title: string;
  summary: string;
  detailsUrl: string | null;
  buttons: readonly Button[];
}

/** A check run of ours as GitHub tells it. */
export interface OwnCheckRun {
  id: number;
  externalId: string;
  isCompleted: boolean;
  conclusion: string | null;
  /** How many annotations it has. */
  annotations: number;
}

/** GitHub takes this many annotations in one request, and adds them to those that are there. */
export const annotationsAtOnce = 50;

/** The newest check run of our App and this name on the commit; null when there is none. Throws `NotTold`. */
export async function readOwnCheckRun({
  client,
  owner,
  name,
  sha,
  check,
  app,
}: CheckPlace): Promise<OwnCheckRun | null> {
  const route = "GET /repos/{owner}/{repo}/commits/{ref}/check-runs";
  const asked = { ref: sha, check_name: check, app_id: app, filter: "latest" };
  const { check_runs: runs } = await client.repository(owner, name, "verdict").get(route, asked, Runs);
  const own = runs.filter((run) => run.app?.id === app && run.name === check);
  return own.length === 0 ? null : ownRun(own.reduce((newest, run) => (run.id > newest.id ? run : newest)));
}

/** Shows that a verdict is being worked out. */
export async function startCheckRun(
  place: CheckPlace,
  externalId: string,
  detailsUrl: string | null,
): Promise<OwnCheckRun> {
  const body = {
    ...{ name: place.check, head_sha: place.sha, external_id: externalId, status: "in_progress" },
    ...(detailsUrl === null ? {} : { details_url: detailsUrl }),
    output: { title: "Being judged", summary: "The change is being read. This check completes by itself." },
  };
  return writtenOnce(
    place,
    () => post(place, body),
    () => landedAs(place, externalId),
  );
}

/**
 * Completes a check run: the one that is in progress, or else a new one, with the first annotations. What GitHub refuses as
 * it stands goes without them, and where no more runs may be made the last one is changed: a verdict is never held up by
 * its decoration. Throws `NotTold`.
 */
export async function completeCheckRun(
  place: CheckPlace,
  content: CheckContent,
  annotations: readonly Annotation[],
  known: { id: number; isCompleted: boolean } | null,
): Promise<OwnCheckRun> {
  const plain = bodyOf(place, content, []);
  const first = bodyOf(place, content, annotations);
  const write = (body: object) =>
    known?.isCompleted === false ? patch(place, known.id, body) : post(place, { ...body, head_sha: place.sha });
  const attempts = [
    () => write(first),
    ...(annotations.length > 0 ? [() => write(plain)] : []),
    ...(known?.isCompleted === true ? [() => patch(place, known.id, plain)] : []),
  ];
  return firstAccepted(
    attempts.map((attempt) => () => writtenOnce(place, attempt, () => landedAs(place, content.externalId))),
  );
}

/** Adds annotations to a run that has `already` of them. What GitHub says that it has decides whether they are there. */
export async function appendAnnotations(
  place: CheckPlace,
  { id, annotations: already }: OwnCheckRun,
  { title, summary }: CheckContent,
  more: readonly Annotation[],
): Promise<OwnCheckRun> {
  const output = { title, summary, annotations: more.map(annotationBody) };
  return writtenOnce(
    place,
    () => patch(place, id, { output }),
    async () => {
      const run = await readRun(place, id);
      return run.annotations > already ? run : null;
    },
  );
}

async function firstAccepted(attempts: readonly (() => Promise<OwnCheckRun>)[]): Promise<OwnCheckRun> {
  const [attempt, ...others] = attempts;
  if (attempt === undefined) throw new NotTold("nothing was written");
  try {
    return await attempt();
  } catch (error) {
    const isFormal = error instanceof NotTold && error.status === 422;
    if (others.length === 0 || !isFormal || isUnknown(error)) throw error;
  }
  return firstAccepted(others);
}

/** Our run, when it is the one that was written; an older one says that it was not. */
async function landedAs(place: CheckPlace, externalId: string): Promise<OwnCheckRun | null> {
  const run = await readOwnCheckRun(place);
  return run?.externalId === externalId ? run : null;
}

async function readRun({ client, owner, name }: CheckPlace, id: number): Promise<OwnCheckRun> {
  const route = "GET /repos/{owner}/{repo}/check-runs/{check_run_id}";
  return ownRun(await client.repository(owner, name, "verdict").get(route, { check_run_id: id }, Run));
}

async function post({ client, owner, name }: CheckPlace, body: object): Promise<OwnCheckRun> {
  return answered(
    await client.write("POST /repos/{owner}/{repo}/check-runs", { owner, repo: name, ...body }, "verdict"),
  );
}

async function patch({ client, owner, name }: CheckPlace, id: number, body: object): Promise<OwnCheckRun> {
  const route = "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}";
  return answered(await client.write(route, { owner, repo: name, check_run_id: id, ...body }, "verdict"));
}

function bodyOf({ check }: CheckPlace, content: CheckContent, annotations: readonly Annotation[]): object {
  const { externalId, conclusion, title, summary, detailsUrl, buttons } = content;
  return {
    ...{ name: check, external_id: externalId, status: "completed", conclusion },
    ...(detailsUrl === null ? {} : { details_url: detailsUrl }),
    output: { title, summary, annotations: annotations.map(annotationBody) },
    actions: buttons.map(({ label, description, identifier }) => ({ label, description, identifier })),
  };
}

const levels: Record<Annotation["level"], string> = { error: "failure", warning: "warning", notice: "notice" };

/** One that stands beside no line stands at the file's first. */
function annotationBody({ level, path, startLine, endLine, title, message }: Annotation): object {
  return {
    ...{ path: path ?? "", start_line: startLine ?? 1, end_line: endLine ?? startLine ?? 1 },
    ...{ annotation_level: levels[level], title, message },
  };
}

const Run = z.object({
  id: z.int(),
  name: z.string(),
  external_id: z.string().nullish(),
  status: z.string(),
  conclusion: z.string().nullable(),
  app: z.object({ id: z.int() }).nullable(),
  output: z.object({ annotations_count: z.int() }),
});
const Runs = z.object({ check_runs: z.array(Run) });

/** An answer of another shape says nothing of what was done. */
function answered(answer: unknown): OwnCheckRun {
  const read = Run.safeParse(answer);
  if (!read.success) throw new NotTold("GitHub's answer has another shape than documented");
  return ownRun(read.data);
}

function ownRun({ id, external_id, status, conclusion, output }: z.infer<typeof Run>): OwnCheckRun {
  const isCompleted = status === "completed";
  return { id, externalId: external_id ?? "", isCompleted, conclusion, annotations: output.annotations_count };
}
