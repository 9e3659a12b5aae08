/** Whether a text is a DNS name in lower case (RFC 1123). */
export function isDnsName(text: string): boolean {
  return text.length <= 253 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(text);
}

/** Whether a text is a host name in lower case with at least one dot, whose labels have at most 63 characters. */
export function isHostName(text: string): boolean {
  return isDnsName(text) && text.includes('.') && text.split('.').every((label) => label.length <= 63);
}
