import { pinned } from '../../mirror/images';
import type { Manifest } from '../registry/manifest';
import { type Finding, finding } from '../shared/finding';
import { names } from '../shared/table';
import type { Answered } from './ask';
import { tagged } from './deployed';
import type { ImageFacts } from './facts';

/** The kinds of findings. */
export type ImageCode =
  | 'locked'
  | 'unchanged'
  | 'moved'
  | 'not-locked'
  | 'gone'
  | 'no-tag'
  | 'absent'
  | 'refused'
  | 'could-not-be-asked'
  | 'one-platform'
  | 'fewer-platforms'
  | 'other-version';

type ImageFinding = Finding<ImageCode>;

/**
 * Judges what a registry answered about an image.
 *
 * @param facts what is known
 * @param check whether nothing will be written
 * @param lock the command that writes the digest
 */
export function imageFindings({ deployed, now, locked }: ImageFacts, check: boolean, lock: string): ImageFinding[] {
  const [image] = deployed;
  const subject = tagged(image);
  if (now.kind !== 'found') return [unanswered(subject, now)];
  const { manifest } = now;
  const found: ImageFinding[] = [];
  const { tag, digest } = image;
  if (tag === undefined) {
    const fix = 'write its tag too, and this command says when the tag has moved';
    found.push(finding('note', 'no-tag', subject, 'has a digest and no tag, so nobody sees which version it is', fix));
  } else if (digest === undefined) {
    found.push(
      check
        ? finding('problem', 'not-locked', subject, `has no digest in stack.yaml; it is ${textOf(manifest)}`, lock)
        : finding('ok', 'locked', subject, `is ${textOf(manifest)}`),
    );
  } else if (digest === manifest.digest) {
    found.push(finding('ok', 'unchanged', subject, `is still ${textOf(manifest)}`));
  } else {
    const message = `has moved: ${digest} → ${textOf(manifest)}`;
    const fix = `find out who moved it, and why; then ${lock}`;
    found.push(finding(check ? 'problem' : 'warning', 'moved', subject, message, check ? fix : undefined));
    found.push(...aboutLocked(subject, digest, locked, manifest));
  }
  if (manifest.platforms === undefined) {
    const fix = 'if nodes have several, copy the image with all of them, such as by skopeo copy --all';
    found.push(finding('warning', 'one-platform', subject, 'is for one platform alone', fix));
  }
  const tested = pinned[image.image].tag;
  if (tag !== undefined && tag !== tested) {
    found.push(finding('note', 'other-version', subject, `is not ${tested}, which this package is tested with`));
  }
  return found;
}

/** An image that was not found. */
function unanswered(subject: string, answer: Exclude<Answered, { kind: 'found' }>): ImageFinding {
  if (answer.kind === 'could not be asked') {
    return finding('unknown', 'could-not-be-asked', subject, `could not be asked: ${answer.reason}`);
  }
  const { kind, host, user } = answer;
  if (kind === 'absent') return finding('problem', 'absent', subject, `${host} has no such image`);
  const who = user === undefined ? 'everybody' : `"${user}" and to everybody`;
  const fix = `log in to ${host} by docker login or skopeo login, or name a docker configuration with --docker-config`;
  return finding('problem', 'refused', subject, `${host} refuses it to ${who}, or has no such image`, fix);
}

/** What became of the content that a tag has left. */
function aboutLocked(subject: string, digest: string, locked: Answered | undefined, now: Manifest): ImageFinding[] {
  if (locked?.kind === 'absent') {
    return [finding('warning', 'gone', subject, `its registry no longer has ${digest}: new nodes cannot pull it`)];
  }
  if (locked?.kind !== 'found') return [];
  const lost = (locked.manifest.platforms ?? []).filter((platform) => !(now.platforms ?? []).includes(platform));
  return lost.length === 0 ? [] : [finding('warning', 'fewer-platforms', subject, `is no longer for ${names(lost)}`)];
}

function textOf({ digest, platforms = [] }: Manifest): string {
  return platforms.length === 0 ? digest : `${digest} (${names([...platforms])})`;
}
