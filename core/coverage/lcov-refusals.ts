/** Why a record is refused. None of them quotes the file: a report can hold anything. */
export const badLine = "the line number is not a whole number from 1 to 10,000,000";
export const badCount = "the count is not a whole number from 0 to 9,007,199,254,740,991";
export const badFields = "the record is cut short or has a field that is not its own";

/** What to do about a record that is refused. */
export function fixFor(wrong: string): string {
  if (wrong !== badCount) return "Write the report again with the tool that made it.";
  return "Write the report again; with gcc, `-fprofile-update=atomic` keeps counts of parallel tests whole.";
}
