import { acceptance } from "./acceptance.ts";
import { attestation } from "./attestation.ts";
import { checks } from "./checks.ts";
import { coverage } from "./coverage.ts";
import { disclosure } from "./disclosure.ts";
import { findings } from "./findings.ts";
import { forbid } from "./forbid.ts";
import { labels } from "./labels.ts";
import { models } from "./models.ts";
import { ownerApproval } from "./owner-approval.ts";
import { secondHuman } from "./second-human.ts";
import { secrets } from "./secrets.ts";
import { signatures } from "./signatures.ts";
import { size } from "./size.ts";
import { tools } from "./tools.ts";
import { trailers } from "./trailers.ts";

/** Every requirement there is, by its key in `require`. A new one is a file beside these and a line here. */
export const requirements = {
  trailers,
  disclosure,
  acceptance,
  tools,
  models,
  coverage,
  findings,
  secrets,
  checks,
  signatures,
  attestation,
  labels,
  size,
  forbid,
  owner_approval: ownerApproval,
  second_human: secondHuman,
};
