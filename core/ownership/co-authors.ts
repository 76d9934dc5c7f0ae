/**
 * The e-mail addresses of the co-authors that a commit message names, in lines `Co-authored-by: Name <mail>`. Every such
 * line counts, not only those where git finds trailers: a co-author too many approves nothing, one too few approves
 * their own work.
 */
export function coAuthorEmails(message: string): string[] {
  return message.split("\n").flatMap((line) => {
    const colon = line.indexOf(":");
    if (colon < 0 || line.slice(0, colon).trim().toLowerCase() !== "co-authored-by") return [];
    const value = line.slice(colon + 1);
    const start = value.lastIndexOf("<");
    const end = value.indexOf(">", start);
    if (start < 0 || end < 0) return [];
    const email = value.slice(start + 1, end).trim();
    return email === "" ? [] : [email];
  });
}
