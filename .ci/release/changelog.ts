/** What a changelog says about a version. */
export interface Section {
  /** The day of its release, if the heading has one. */
  readonly day?: string;
  /** Its text, without the heading. */
  readonly text: string;
}

/** A version's section of a changelog in the form of Keep a Changelog; nothing if there is none. */
export function section(changelog: string, version: string): Section | undefined {
  const [, ...parts] = changelog.split(/^## /m);
  for (const part of parts) {
    const [heading = '', ...lines] = part.split('\n');
    if (!heading.startsWith(`[${version}]`)) continue;
    return { day: / - (\d{4}-\d{2}-\d{2})$/.exec(heading)?.[1], text: lines.join('\n').trim() };
  }
  return undefined;
}
