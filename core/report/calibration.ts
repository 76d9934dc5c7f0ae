/** A calibration as a document: for a terminal, and as JSON. */
export {
  calibrationDocument,
  calibrationVersion,
  type CalibrationDocument,
  type CalibrationReading,
} from "./calibration/document.ts";
export { renderCalibrationJson } from "./calibration/json.ts";
export { renderCalibration } from "./calibration/terminal.ts";
