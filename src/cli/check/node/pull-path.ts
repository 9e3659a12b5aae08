import { atLeast, type Runtime } from './runtime';
import type { TomlTable } from './toml-table';

/** What containerd downloads at a time where nobody says otherwise. */
const DOWNLOADS = 3;

/**
 * Why containerd pulls by CRI's own code and not by the transfer service: CheckLocalImagePullConfigs in internal/cri/config/config.go of
 * its source, the same from 2.1 to 2.4. Undefined where it pulls by the transfer service.
 *
 * @param settings the settings of CRI for images
 * @param old tables of old settings of registries that have entries
 * @param runtime the containerd
 */
export function localPull(settings: TomlTable, old: readonly string[], runtime: Runtime): string | undefined {
  if (!atLeast(runtime, 2, 1)) return `containerd ${runtime.version} has no other way`;
  const reasons = [
    settings.use_local_image_pull === true && 'use_local_image_pull = true',
    settings.disable_snapshot_annotations === false && 'disable_snapshot_annotations = false',
    settings.discard_unpacked_layers === true && 'discard_unpacked_layers = true',
    ...old.map((table) => `registry.${table}`),
    (settings.max_concurrent_downloads ?? DOWNLOADS) !== DOWNLOADS &&
      `max_concurrent_downloads = ${settings.max_concurrent_downloads}`,
    settings.image_pull_with_sync_fs === true && 'image_pull_with_sync_fs = true',
  ];
  return reasons.find((reason) => reason !== false);
}
