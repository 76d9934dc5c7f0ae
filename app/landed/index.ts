export { landed } from "./landed.ts";
