export type { Advice, Topic } from "./advice.ts";
export { diagnose } from "./diagnose.ts";
export type { DoctorFacts, WorkflowFile } from "./doctor-facts.ts";
export { renderDoctor, renderDoctorJson } from "./render.ts";
