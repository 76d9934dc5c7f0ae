import { expect, test } from "vitest";
import { coAuthorEmails } from "../../../core/ownership/co-authors.ts";
import { isPlatformAddress, noreplyLogin } from "../../../core/ownership/noreply.ts";

test.each([
  { says: "with a number", email: "12+ann@users.noreply.github.com", is: "ann" },
  { says: "without", email: "ann@users.noreply.github.com", is: "ann" },
  { says: "of a bot", email: "49+dependabot[bot]@users.noreply.github.com", is: "dependabot[bot]" },
  { says: "in another case", email: "12+Ann@Users.NoReply.GitHub.com", is: "Ann" },
  {
    says: "of a server of one's own",
    email: "3+ann@users.noreply.git.acme.example",
    host: "git.acme.example",
    is: "ann",
  },
  { says: "of another server", email: "3+ann@users.noreply.evil.example", host: "git.acme.example", is: null },
  { says: "of a domain that only begins so", email: "ann@users.noreply.github.com.evil.example", is: null },
  { says: "with an at sign in front", email: "x@y@users.noreply.github.com", is: "x@y" },
  { says: "with nothing behind the number", email: "12+@users.noreply.github.com", is: null },
  { says: "with nothing in front", email: "@users.noreply.github.com", is: null },
  { says: "an ordinary one", email: "ann@example.org", is: null },
  { says: "none", email: "", is: null },
])("a private address $says", ({ email, host = null, is }) => {
  expect(noreplyLogin(email, host)).toBe(is);
});

test.each([
  { email: "noreply@github.com", is: true },
  { email: "NoReply@GitHub.com", is: true },
  { email: "noreply@git.acme.example", is: true },
  { email: "noreply@example.org", is: false },
])("the platform's own address $email: $is", ({ email, is }) => {
  expect(isPlatformAddress(email, "git.acme.example")).toBe(is);
});

test.each([
  { says: "one", message: "x\n\nCo-authored-by: Ann <ann@example.org>", is: ["ann@example.org"] },
  { says: "two", message: "co-authored-by: A <a@x>\nCO-AUTHORED-BY: B <b@x>", is: ["a@x", "b@x"] },
  { says: "outside the trailers too", message: "x\n\nCo-authored-by: A <a@x>\n\nmore words", is: ["a@x"] },
  { says: "with brackets in the name", message: "Co-authored-by: A <b> <a@x>", is: ["a@x"] },
  { says: "every address of a line", message: "Co-authored-by: A <a@x> <x>", is: ["a@x"] },
  { says: "two addresses of a line", message: "Co-authored-by: A <a@x> <b@x>", is: ["a@x", "b@x"] },
  { says: "a bare address", message: "Co-authored-by: a@x", is: ["a@x"] },
  { says: "on a folded line", message: "Co-authored-by: Ann\n <a@x>", is: ["a@x"] },
  { says: "on the line after a folded one", message: "Co-authored-by: Ann\n\tEve\n <a@x>", is: ["a@x"] },
  { says: "not on a line that is not folded", message: "Co-authored-by: Ann\n<a@x>", is: [] },
  { says: "not on a folded line of another key", message: "Reviewed-by: Ann\n <a@x>", is: [] },
  { says: "with Windows' line ends", message: "x\r\n\r\nCo-authored-by: A <a@x>\r\n", is: ["a@x"] },
  { says: "none without an address", message: "Co-authored-by: Ann", is: [] },
  { says: "in an open bracket", message: "Co-authored-by: Ann <a@x", is: ["a@x"] },
  { says: "none in an at sign alone", message: "Co-authored-by: Ann <@> @ann x@", is: [] },
  { says: "none in an empty one", message: "Co-authored-by: Ann < >", is: [] },
  { says: "none of another key", message: "Signed-off-by: Ann <a@x>", is: [] },
  { says: "none in a sentence", message: "see Co-authored-by: A <a@x>", is: [] },
])("co-authors: $says", ({ message, is }) => {
  expect(coAuthorEmails(message)).toEqual(is);
});
