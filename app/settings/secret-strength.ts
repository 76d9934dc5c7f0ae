/** Why a secret would be no secret, as the end of a sentence; null for a good one. */
export function weakness(secret: string): string | null {
  if (secret.trim() === "") return "is empty";
  if (secret !== secret.trim()) return "begins or ends with white space, which is most likely a slip";
  if (secret.length < shortest) return `has ${secret.length} characters, and ${shortest} is the least`;
  if (new Set(secret).size < fewestCharacters) return "is a few characters over and over";
  if (ownPart(secret).length < shortest / 2) return "is made of well-known words";
  return null;
}

const shortest = 16;
const fewestCharacters = 6;

/** What is left without the words of examples and defaults (Probot's own default is `development`), and without marks. */
function ownPart(secret: string): string {
  const rest = wellKnown.reduce((text, word) => text.replaceAll(word, ""), secret.toLowerCase());
  return Array.from(rest)
    .filter((character) => !marks.includes(character))
    .join("");
}

const marks = "-_.:/+!?#$*<>[]{}() ";

/** The longer ones first: `changeme` is gone before `change` could leave half of it. */
const wellKnown = [
  ...["1234567890", "0123456789", "abcdefghijklmnopqrstuvwxyz", "countersign", "development", "placeholder"],
  ...["production", "correcthorsebatterystaple", "replaceme", "passphrase", "yoursecret", "qwertyuiop", "your-secret"],
  ...["changeit", "changeme", "change_me", "change-me", "password", "letmein", "12345678", "abcdefgh", "staging"],
  ...["testing", "example", "default", "webhook", "client", "github", "secret", "probot", "123456", "qwerty", "abcdef"],
  ...["please", "string", "insert", "admin", "value", "token", "hello", "world", "dummy", "super", "local", "test"],
  ...["your", "here", "this", "1234", "prod", "todo", "hook", "the", "app", "key", "dev", "xxx", "123", "my"],
];
