import { resolve } from "node:path";
import { measure, printCosts } from "./measure.ts";

/** How long it takes before anything is done: the CLI and the Action's bundle, beside an empty Node. After `npm run build`. */
const dist = resolve(import.meta.dirname, "..", "dist");
printCosts("start-up", [
  { name: "node, an empty script", cost: await measure("node -e 0", { times: 10 }) },
  { name: "`countersign --version`", cost: await measure(`node ${dist}/cli.js --version`, { times: 10 }) },
  { name: "`countersign check --help`", cost: await measure(`node ${dist}/cli.js check --help`, { times: 10 }) },
  { name: "`countersign owners --help`", cost: await measure(`node ${dist}/cli.js owners --help`, { times: 10 }) },
  // Without its environment the Action ends at once with a clear error: its whole bundle was loaded by then.
  {
    name: "the Action's bundle",
    cost: await measure(`env -i PATH="$PATH" node ${dist}/action.js || true`, { times: 10 }),
  },
]);
