/** The page of one pull request. */
export interface PullPath {
  owner: string;
  name: string;
  number: number;
}

/** The pull request of `/pr/<owner>/<repo>/<number>`; null for every other path. */
export function pullPathOf(path: string): PullPath | null {
  const [before, first, owner = "", name = "", number = "", ...rest] = path.split("/");
  if (before !== "" || first !== "pr" || rest.length > 0) return null;
  const isName = ownerName.test(owner) && repositoryName.test(name) && name !== "." && name !== "..";
  return isName && pullNumber.test(number) ? { owner, name, number: Number(number) } : null;
}

/** The path of a pull request's page. The names are GitHub's: nothing in them needs escaping. */
export function pathOf({ owner, name, number }: PullPath): `/${string}` {
  return `/pr/${owner}/${name}/${number}`;
}

/** GitHub's own letters: an owner of managed accounts has an underscore, too. */
const ownerName = /^[A-Za-z0-9_-]{1,100}$/;
const repositoryName = /^[A-Za-z0-9._-]{1,100}$/;
const pullNumber = /^[1-9][0-9]{0,9}$/;
