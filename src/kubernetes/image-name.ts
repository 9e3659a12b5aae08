/**
 * The name of an image without its tag and its digest, either or both of which may be there: `host:port/path:tag@digest`.
 *
 * @param reference how the image is referred to
 */
export function imageName(reference: string): string {
  const [name = ''] = reference.split('@');
  const slash = name.lastIndexOf('/');
  const colon = name.indexOf(':', slash + 1);
  // Before the last slash a colon is a port's.
  return colon < 0 ? name : name.slice(0, colon);
}
