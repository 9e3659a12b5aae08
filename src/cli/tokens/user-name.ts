/** Whether two user names are the same one: registries do not tell upper from lower case. */
export function isSameUser(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
