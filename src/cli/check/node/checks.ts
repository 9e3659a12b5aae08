import type { Check } from '../../probe/check';
import { architecture } from './architecture';
import { containerd } from './containerd';
import { containerdConfig } from './containerd-config';
import { defaultList } from './default-list';
import { entryPort } from './entry-port';
import { pullPath, unpackedLayers } from './images';
import { inotify } from './inotify';
import { kernel } from './kernel';
import { proxy } from './proxy';
import { registrySettings } from './registry-settings';

/** The checks of each node, in the order in which people read them. */
export const nodeChecks: readonly Check[] = [
  architecture,
  containerd,
  containerdConfig,
  pullPath,
  unpackedLayers,
  defaultList,
  registrySettings,
  proxy,
  kernel,
  inotify,
  entryPort,
];
