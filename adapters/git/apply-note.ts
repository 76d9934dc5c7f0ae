import { Problem } from "../../core/problem.ts";
import { showPath } from "../../core/untrusted/index.ts";
import { makeGitDir } from "./object-store.ts";
import { recordRef } from "./note-refs.ts";
import { readRecordNote } from "./read-records.ts";
import { git, gitText, tryGit, type GitRepository } from "./run-git.ts";

/** What is to be written beside a commit. */
export interface NoteRequest {
  commit: string;
  text: string;
  /** Replace a note that is there. */
  force: boolean;
  /** The person's own variables, for `GIT_AUTHOR_NAME` and the like. */
  environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Writes a note on a commit to `refs/notes/ai-provenance`, and touches nothing else: the new notes are made in a git
 * directory of our own that only shares the objects, and the ref moves once, if nobody moved it meanwhile. Throws a
 * `Problem` when there is a note already, the ref holds no notes, or git does not know who writes.
 */
export async function applyNote(repository: GitRepository, request: NoteRequest): Promise<void> {
  const identity = await readIdentity(repository, request.environment);
  for (let attempt = 1; attempt <= mostAttempts; attempt++) {
    if (!request.force && (await readRecordNote(repository, request.commit)) !== null) throw isThere(request.commit);
    const old = await tipOf(repository);
    if (old !== null) await refuseOtherThanCommit(repository, old);
    const made = await makeNotes(repository, old, request, identity);
    // An empty old value means that the ref must not be there. Source: git-update-ref(1).
    const moved = await tryGit(repository, ["update-ref", "-m", "countersign attest", recordRef, made, old ?? ""], {
      environment: identity,
    });
    if (moved.code === 0) return;
    if ((await tipOf(repository)) === old && attempt > 1)
      throw new Problem(
        `${recordRef} could not be written: ${moved.stderr.trim().slice(0, 300)}`,
        "Check that you may write to the repository, and that no other git holds a lock on it.",
      );
  }
  throw new Problem(
    `${recordRef} moved ${mostAttempts} times while a note was being added.`,
    "Try again when less is being written.",
  );
}

/** Each time another writer was faster. */
const mostAttempts = 10;

function isThere(commit: string): Problem {
  return new Problem(
    `${commit} has a note in ${recordRef} already.`,
    "Look at it with `git notes --ref ai-provenance show`, and replace it with `--force`.",
  );
}

async function tipOf(repository: GitRepository): Promise<string | null> {
  const found = await tryGit(repository, ["rev-parse", "--verify", "--quiet", recordRef]);
  return found.code === 0 ? found.stdout.toString("utf8").trim() : null;
}

/** Notes are the tree of a commit; git itself takes anything else for an error. Source: git-notes(1). */
async function refuseOtherThanCommit(repository: GitRepository, tip: string): Promise<void> {
  const found = await tryGit(repository, ["cat-file", "-t", tip], { objectsOnly: true });
  const type = found.code === 0 ? found.stdout.toString("utf8").trim() : "missing object";
  if (type === "commit") return;
  throw new Problem(
    `${recordRef} points at a ${type}, so it holds no notes.`,
    `Look at what it is with \`git cat-file -p ${recordRef}\`, and take it away with \`git update-ref -d ${recordRef}\`.`,
  );
}

async function makeNotes(
  repository: GitRepository,
  old: string | null,
  { commit, text }: NoteRequest,
  identity: Readonly<Record<string, string>>,
): Promise<string> {
  const { path, format } = repository.objects;
  const scratch: GitRepository = {
    gitDir: await makeGitDir(format),
    workTree: null,
    objects: repository.objects,
    environment: { ...repository.environment, GIT_OBJECT_DIRECTORY: path },
  };
  if (old !== null) await git(scratch, ["update-ref", recordRef, old], { environment: identity });
  await git(scratch, ["notes", "--ref", recordRef, "add", "--force", "--file", "-", commit], {
    input: text,
    environment: identity,
  });
  return gitText(scratch, ["rev-parse", recordRef]);
}

/** Who writes, by the person's own settings, which git otherwise runs without here. */
async function readIdentity(
  repository: GitRepository,
  environment: NoteRequest["environment"],
): Promise<Record<string, string>> {
  const own = { GIT_CONFIG_NOSYSTEM: undefined, GIT_CONFIG_GLOBAL: environment["GIT_CONFIG_GLOBAL"] };
  const names = ["GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL", "EMAIL", "HOME"];
  const given = Object.fromEntries(names.map((name) => [name, environment[name]]));
  const said = await Promise.all(
    ["AUTHOR", "COMMITTER"].map((role) =>
      tryGit(repository, ["var", `GIT_${role}_IDENT`], { environment: { ...own, ...given } }),
    ),
  );
  const [author, committer] = said.map(({ code, stdout }) => (code === 0 ? parseIdent(stdout.toString("utf8")) : null));
  if (!author || !committer)
    throw new Problem(
      `git does not know who writes the note on ${showPath(repository.gitDir)}.`,
      'Tell it: `git config user.name "Your Name"` and `git config user.email you@example.com`.',
    );
  return {
    GIT_AUTHOR_NAME: author.name,
    GIT_AUTHOR_EMAIL: author.email,
    GIT_COMMITTER_NAME: committer.name,
    GIT_COMMITTER_EMAIL: committer.email,
  };
}

/** `Name <mail> 1763700000 +0000` */
function parseIdent(text: string): { name: string; email: string } | null {
  const open = text.indexOf("<");
  const close = text.indexOf(">", open);
  if (open === -1 || close === -1) return null;
  const ident = { name: text.slice(0, open).trim(), email: text.slice(open + 1, close) };
  return ident.name === "" || ident.email === "" ? null : ident;
}
