import { coverage } from "./coverage.ts";
import { disclosure } from "./disclosure.ts";
import { findings } from "./findings.ts";
import { ownerApproval } from "./owner-approval.ts";
import { secondHuman } from "./second-human.ts";
import { secrets } from "./secrets.ts";
import { trailers } from "./trailers.ts";

/** Every requirement there is, by its key in `require`. A new one is a file beside these and a line here. */
export const requirements = {
  trailers,
  disclosure,
  coverage,
  findings,
  secrets,
  owner_approval: ownerApproval,
  second_human: secondHuman,
};
