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

/** An image by its parts. */
export interface ImageParts {
  /** Its name, with its registry if the reference has one. */
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

/**
 * The parts of an image's reference, such as `host:port/path:tag@digest`.
 *
 * @param reference how the image is referred to
 */
export function imageParts(reference: string): ImageParts {
  const repository = imageName(reference);
  const [tagged = '', digest] = reference.split('@');
  return { repository, tag: tagged.slice(repository.length + 1) || undefined, digest };
}
