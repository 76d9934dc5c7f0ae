/**
 * Why the facts hold no CODEOWNERS although the base has one: GitHub does not load a file of 3 MB or more, so nothing in it
 * has an owner. Whoever needs owners takes this for a broken configuration, not for a repository without the file.
 */
export const codeownersTooLarge = "CODEOWNERS has 3 MB or more, and GitHub does not load it";
