import { Change } from "../../change/change.ts";
import type { Condition } from "../condition.ts";
import { stepsOfList } from "../direction.ts";
import { asList, oneOrMore } from "../schemas.ts";
import { worded } from "../wording.ts";

type Event = Change["event"];
const events = Change.shape.event;

const one = worded(events, {
  says: "What the gate runs for.",
  expects: `one of ${events.options.join(", ")}`,
  example: "pull_request",
});

const schema = oneOrMore(one, {
  says: "The gate runs for this event, or for one of these.",
  expects: `one of ${events.options.join(", ")}, or a list of them`,
  example: ["pull_request", "merge_group"],
});

/** Whether the gate runs for one of the events. */
export const event: Condition<Event | Event[], readonly Event[]> = {
  schema,
  scope: "change",
  facts: ["change.event"],
  resolve: (written) => asList(written),
  compare: (before, after) => stepsOfList("tightens", before, after),
  says: (wanted) => `runs for ${wanted.join(" or ")}`,
  holds: (wanted, { subject: { change } }) => {
    return { state: wanted.includes(change.event) ? "yes" : "no", says: `the event is ${change.event}` };
  },
};
