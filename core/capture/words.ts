/** The text when it is one word of a machine of at most `longest` characters, else null: state files hold nothing else. */
export function machineWord(text: string | null, longest: number): string | null {
  return text !== null && text.length <= longest && /^[A-Za-z0-9._:/@+#=-]+$/.test(text) ? text : null;
}

/** The longest session id that stays within a line of 100 characters behind `AI-Session: `. */
export const longestSession = 88;

/** Long enough for every model's id, short enough for `Assisted-by: <agent>:<model>`. */
export const longestModel = 60;
