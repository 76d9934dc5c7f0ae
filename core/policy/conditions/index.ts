import { ai } from "./ai.ts";
import { area } from "./area.ts";
import { paths } from "./paths.ts";
import { size } from "./size.ts";

/** Every condition there is, by its key in `when`. A new one is a file beside these and a line here. */
export const conditions = { ai, area, paths, size };
