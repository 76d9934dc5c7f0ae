/**
 * Why the facts hold no CODEOWNERS although the base has one: GitHub does not load a file of 3 MB or more, so nothing in it
 * has an owner. Whoever needs owners takes this for a broken configuration, not for a repository without the file.
 */
export const codeownersTooLarge = "CODEOWNERS has 3 MB or more, and GitHub does not load it";

/** The same where something else than a file stands in the first place that GitHub looks in. */
export function codeownersNotAFile(path: string): string {
  return `${path}${notAFile}`;
}

const notAFile = " is not a file: a link, submodule or folder is not followed";

/** Whether a reason of absence says that the base has a CODEOWNERS that cannot be read. */
export function isBrokenCodeowners(reason: string): boolean {
  return reason === codeownersTooLarge || reason.endsWith(notAFile);
}
