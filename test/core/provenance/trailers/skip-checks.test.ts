import { expect, test } from "vitest";
import { skipRequests } from "../../../../core/provenance/trailers/skip-checks.ts";
import { readTrailers } from "../../../../core/provenance/trailers/trailers.ts";

test.each([
  { says: "GitHub's trailer", message: "Fix\n\n\nskip-checks: true\n", asks: ["`skip-checks: true`"] },
  { says: "in other letters", message: "Fix\n\nSkip-Checks:TRUE\n", asks: ["`skip-checks: true`"] },
  { says: "outside the last paragraph", message: "Fix\n\nskip-checks: true\n\nmore\n", asks: ["`skip-checks: true`"] },
  { says: "indented by a squash", message: "Fix\n\n    skip-checks: true\n", asks: ["`skip-checks: true`"] },
  { says: "its counterpart", message: "Fix\n\nrequest-checks: true\n", asks: ["`request-checks: true`"] },
  { says: "false asks for nothing", message: "Fix\n\nskip-checks: false\n", asks: [] },
  { says: "the words in prose", message: "Teach the parser about skip-checks: true\n", asks: [] },
  { says: "brackets in the subject", message: "Fix [skip ci]\n", asks: ["`[skip ci]`"] },
  { says: "brackets in the body, in capitals", message: "Fix\n\n[CI SKIP]\n", asks: ["`[ci skip]`"] },
  {
    says: "GitHub Actions' own",
    message: "Fix [no ci] [skip actions] [actions skip]\n",
    asks: ["`[no ci]`", "`[skip actions]`", "`[actions skip]`"],
  },
  { says: "Azure's", message: "Fix ***NO_CI***\n", asks: ["`***NO_CI***`"] },
  { says: "an ordinary message", message: "Skip the CI cache when it is stale\n", asks: [] },
])("faults row 48: $says", ({ message, asks }) => {
  expect(skipRequests(message, readTrailers(message).trailers)).toEqual(asks);
});
