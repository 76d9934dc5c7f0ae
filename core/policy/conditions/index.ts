import { acceptance } from "./acceptance.ts";
import { ai } from "./ai.ts";
import { area } from "./area.ts";
import { association } from "./association.ts";
import { author } from "./author.ts";
import { base } from "./base.ts";
import { branch } from "./branch.ts";
import { draft } from "./draft.ts";
import { event } from "./event.ts";
import { fork } from "./fork.ts";
import { if as ifHolds } from "./if.ts";
import { kind } from "./kind.ts";
import { labels } from "./labels.ts";
import { models } from "./models.ts";
import { paths } from "./paths.ts";
import { size } from "./size.ts";
import { tier } from "./tier.ts";
import { tools } from "./tools.ts";
import { verdict } from "./verdict.ts";

/** Every condition there is, by its key in `when`. A new one is a file beside these and a line here. */
export const conditions = {
  ai,
  area,
  tier,
  paths,
  kind,
  verdict,
  acceptance,
  tools,
  models,
  size,
  base,
  branch,
  author,
  association,
  labels,
  event,
  draft,
  fork,
  if: ifHolds,
};
