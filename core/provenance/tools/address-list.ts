import type { Identity } from "../../change/change.ts";
import { parseIdentity } from "./identities.ts";
import { plainPunctuation } from "../signals/look-alikes.ts";

/** A trailer's value as the people and tools that it names. */
export interface AddressList {
  /** Never empty: a value without an address is one identity, as `parseIdentity` reads it. */
  identities: Identity[];
  /** What stands behind the last address, joining words left out: `Claude Code` in `Ann <ann@…> with Claude Code`. */
  rest: string;
}

/**
 * Reads `Name <mail>`, and what people make of it for several: `Ann <ann@…>, Bob <bob@…>`. Every address counts, so
 * that none behind a tool's hides it. Reads each character a bounded number of times.
 */
export function readAddresses(value: string): AddressList {
  const text = plainPunctuation(value);
  const only = text.indexOf("@");
  const close = text.indexOf(">", only);
  // Nearly every value is of this form.
  if (close === text.length - 1 && text.lastIndexOf("@") === only)
    return { identities: [parseIdentity(text)], rest: "" };
  const { identities, end } = addressesOf(text);
  if (identities.length < 2) identities.splice(0, 1, parseIdentity(text));
  return { identities, rest: end === 0 ? "" : withoutJoints(text.slice(end)) };
}

function addressesOf(text: string): { identities: Identity[]; end: number } {
  const identities: Identity[] = [];
  let end = 0;
  for (let at = text.indexOf("@"); at !== -1; at = text.indexOf("@", Math.max(end, at + 1))) {
    let start = at;
    while (start > end && !stops.includes(text.charAt(start - 1))) start--;
    let stop = at + 1;
    while (stop < text.length && !stops.includes(text.charAt(stop))) stop++;
    // `@ann` is a name, and no address.
    if (start === at || stop === at + 1) continue;
    identities.push({ name: withoutJoints(text.slice(end, start)), email: text.slice(start, stop) });
    end = stop;
  }
  return { identities, end };
}

const stops = " \t<>,;()[]\"'";

/** A name without what joins it to the one before and to its own address. */
function withoutJoints(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && " \t>,;&+/".includes(text.charAt(start))) start++;
  while (end > start && " \t<,;".includes(text.charAt(end - 1))) end--;
  const name = text.slice(start, end);
  const word = name.slice(0, longestJoint).toLowerCase();
  const joint = joints.find((known) => word.startsWith(known));
  return joint === undefined ? name : name.slice(joint.length).trimStart();
}

const joints = ["and ", "with ", "using ", "via ", "by "];
const longestJoint = 6;
