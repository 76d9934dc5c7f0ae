/** GitHub's account type, by the ending that it gives to the logins of Apps. */
export function accountType(login: string): "Bot" | "User" {
  return login.toLowerCase().endsWith("[bot]") ? "Bot" : "User";
}
