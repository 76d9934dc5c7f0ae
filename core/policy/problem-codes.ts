/**
 * Every problem that a policy file can have, by its code. A code never changes its meaning; a new problem gets a new one.
 * `means` and `instead` are the rows of the table in docs/policy.md. From CS101 on they are warnings: the policy loads.
 */
export const problemCodes = {
  CS001: { means: "the file is larger than 256 kB", instead: "a shorter policy: name areas instead of listing files" },
  CS002: { means: "something is nested deeper than 32 levels", instead: "no key of a policy needs more than 8 levels" },
  CS003: { means: "the file holds more than 5,000 values", instead: "fewer, wider patterns" },
  CS004: {
    means:
      "a byte that is not UTF-8, a byte order mark, a control character, a text-direction character, one without width, or a no-break space in a space's place stands in the file",
    instead: 'plain UTF-8 without a byte order mark; such a character inside a text as an escape, `"\\u202e"`',
  },
  CS005: { means: "a tab stands in the file", instead: 'spaces; a tab inside a text as `"\\t"`' },
  CS006: { means: "the text is not YAML", instead: "what the message says; most often quotes or a space are missing" },
  CS007: {
    means: "an anchor or an alias (`&name`, `*name`), or a glob in its place",
    instead: 'a glob in quotes, `["*.tf"]`; a repeated value written out',
  },
  CS008: {
    means: "a tag (`!name`), or an exclusion in its place",
    instead: 'an exclusion in quotes, `["!src/gen/**"]`',
  },
  CS009: { means: "a key stands twice in one mapping", instead: "each key once" },
  CS010: {
    means: "a key that no policy has",
    instead: "the key that the message suggests; the table below has them all",
  },
  CS011: { means: "a key is missing", instead: "the key that the message names" },
  CS012: { means: "a value of the wrong kind or out of range", instead: "a value as the message shows" },
  CS013: {
    means: "a key of the policy language that this version does not judge yet",
    instead: "the policy without it; it would otherwise be a rule that nobody enforces",
  },
  CS014: {
    means: "a word or number that YAML readers disagree about (`no`, `on`, `012`, `0x1F`, `12:30`)",
    instead: 'quotes when a text is meant (`"no"`), `true` or `false`, or a plain decimal number',
  },
  CS015: { means: "a date without quotes", instead: 'quotes: `"2027-01-15"`' },
  CS016: {
    means: "a value begins with a character that YAML reserves (`@`, a backtick, `%`, `>`, `|`)",
    instead: 'quotes: `"@acme/payments"`; for a limit, only the number',
  },
  CS017: { means: "a directive (`%YAML`), or more than one document", instead: "one document, without directives" },
  CS018: { means: "a key that is not a plain word (`<<`, `__proto__`, a number, a list)", instead: "a word" },
  CS019: {
    means: "a path pattern that is not allowed",
    instead: "letters, `*`, `**` between slashes, `?`; at most 256 characters",
  },
  CS020: { means: "a rule names an area that the policy does not have", instead: "a name under `areas`" },
  CS021: { means: "a rule names a lint rule that does not exist", instead: "a lint rule of the catalogue" },
  CS022: { means: "two rules, or two waivers, have the same id", instead: "one id each" },
  CS023: { means: "`version` is not 1", instead: "`version: 1`" },
  CS024: {
    means: "there is no policy, it has another name or is a link, or a second file stands beside it",
    instead: "one file, `.github/countersign.yml`",
  },
  CS026: { means: "the file is empty", instead: "at least `version: 1`" },
  CS027: {
    means: "a name that is not lower-case letters, digits and hyphens",
    instead: "a name such as `billing-api`",
  },
  CS028: {
    means: "an owner that is neither a login nor a team",
    instead: "names without `@`: `teams: [acme/payments]`, `users: [ann]`",
  },
  CS029: { means: "a day that does not exist, or is written otherwise", instead: '`"2027-01-15"`' },
  CS030: { means: "a span of time that cannot be read", instead: "`30m`, `4h` or `2d`, at most 30 days" },
  CS031: { means: "a policy to build on is not named as it should be", instead: "`repo: owner/name`, `path`, `ref`" },
  CS032: { means: "a policy to build on is not pinned by a commit", instead: "the commit's id with all its digits" },
  CS033: { means: "a preset that the engine does not have", instead: "the preset that the message suggests" },
  CS034: {
    means: "a policy of another repository was not read",
    instead: "access to that repository, or a clone that has the commit; the policy without it would be weaker",
  },
  CS035: {
    means: "a policy of another repository is another text than its digest says",
    instead: "the digest of the text that you mean",
  },
  CS036: {
    means: "a policy of another repository builds on a third one",
    instead: "all of them in the policy itself: policies build on each other one level deep",
  },
  CS037: {
    means: "a rule has the id of a floor's rule",
    instead: "another id: a floor's rule cannot be replaced",
  },
  CS038: { means: "a waiver names a rule that this policy does not have", instead: "a rule of this policy" },
  CS039: {
    means: "a waiver for a lint rule that reports credentials",
    instead: "no such waiver: a credential is withdrawn and taken out of the code",
  },
  CS040: { means: "a policy builds on more than 8 others", instead: "fewer floors and presets, with the same rules" },
  CS041: {
    means: "a policy and its floors together are larger than 256 kB, or hold more than 5,000 values",
    instead: "fewer, wider patterns in the largest of them",
  },
  CS042: {
    means: "a severity for a lint rule that reports credentials",
    instead: "no such severity: a credential is withdrawn and taken out of the code",
  },
  CS050: {
    means: "an expression (`if`) that cannot be read, or asks for something that there is not",
    instead: "what the message suggests; docs/expressions.md has every name",
  },
  CS051: {
    means: "a tool or an agent that the engine does not know, so that nothing could ever match it",
    instead: "a name that `countersign tools` lists, or `any`",
  },
  CS101: {
    means: "a rule, or a part of one, can never apply or never ask for anything",
    instead: "another condition, or no such rule",
  },
  CS102: { means: "a rule contradicts itself, or another with the same conditions", instead: "one of the two" },
  CS103: { means: "an area that no rule uses", instead: "a rule that uses it; or keep it: reports show areas" },
  CS104: { means: "a percentage between 0 and 1", instead: "80 for 80 %, not 0.8" },
  CS105: { means: "a pattern that matches only at the root of the repository", instead: "`**/*.md` for every folder" },
  CS106: { means: "a policy without rules", instead: "at least one rule, or no policy file" },
  CS107: { means: "a trailer key that looks like a misspelt one", instead: "the key that the message suggests" },
  CS108: { means: "a date that changes nothing", instead: "the mode alone, or the date alone" },
  CS109: {
    means: "an exception that has ended, or ends within 14 days",
    instead: "the policy without it, or a new decision and date",
  },
  CS110: {
    means: "an `if` that asks for `as-is` and is evaded by saying nothing",
    instead: '`acceptance in ["as-is", "unstated"]`',
  },
  CS111: { means: "a text for people that ends at a ` #12`, a comment to YAML", instead: "the whole text in quotes" },
  CS112: {
    means:
      "conditions or exclusions that leave hardly any file: only links, names that look alike, a second area, or a rename",
    instead: "one of the two that exclude each other",
  },
  CS113: {
    means: "a question about a pull request where the events of the rule have none",
    instead: "another event, or no such question",
  },
  CS114: { means: "a rule that repeats another", instead: "one of the two" },
  CS115: {
    means: "a `*` in the name of a label or a check, where no patterns are read",
    instead: "each name, or an expression that asks by `glob`",
  },
  CS116: {
    means: "a rule or an area of the file that asks less than the preset's of the same name",
    instead: "what the preset asks, or nothing where less is meant",
  },
} as const satisfies Record<string, { means: string; instead: string }>;

/** `CS001` and so on. */
export type ProblemCode = keyof typeof problemCodes;
